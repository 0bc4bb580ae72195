//go:build js

package main

import "syscall/js"

// storage returns the page's "localStorage" or "sessionStorage". The getters of
// both throw an exception if the browser stores nothing. Only Invoke catches an
// exception of a getter.
func storage(kind string) (s js.Value, ok bool) {
	defer func() { ok = recover() == nil && s.Type() == js.TypeObject }()
	s = js.Global().Get("Reflect").Get("get").Invoke(js.Global(), kind)
	return s, true
}

// stored returns the value of the key, or "" if there is none.
func stored(kind, key string) (value string) {
	s, ok := storage(kind)
	if !ok {
		return ""
	}
	defer func() { _ = recover() }() // the browser may have revoked access
	if v := s.Call("getItem", key); v.Type() == js.TypeString {
		return v.String()
	}
	return ""
}

// store sets the value of the key. It returns false if there is no room.
func store(kind, key, value string) (ok bool) {
	s, there := storage(kind)
	if !there {
		return false
	}
	defer func() { ok = recover() == nil }()
	s.Call("setItem", key, value)
	return true
}
