//go:build js

package main

import "syscall/js"

// storage returns the page's "localStorage" or "sessionStorage", which throw
// if the browser keeps nothing. Only Invoke catches an exception of a getter.
func storage(kind string) (s js.Value, ok bool) {
	defer func() { ok = recover() == nil && s.Type() == js.TypeObject }()
	s = js.Global().Get("Reflect").Get("get").Invoke(js.Global(), kind)
	return s, true
}

// stored returns the value of the key, "" if there is none.
func stored(kind, key string) (value string) {
	s, ok := storage(kind)
	if !ok {
		return ""
	}
	defer func() { _ = recover() }() // the browser has changed its mind
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
