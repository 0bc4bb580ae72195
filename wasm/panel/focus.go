//go:build js

package main

import (
	"syscall/js"

	"honnef.co/go/js/dom/v2"
)

// focused is the element of this panel that has the focus, null if none has.
func (p *panel) focused() js.Value {
	active := js.Global().Get("document").Get("activeElement")
	if active.IsNull() || !p.root.Underlying().Call("contains", active).Bool() {
		return js.Null()
	}
	return active
}

// keepFocus puts the focus to what comes next where what had it has gone, so
// that who works by keyboard need not begin at the top of the page.
func (p *panel) keepFocus(active js.Value) {
	if active.IsNull() || isShown(active) {
		return
	}
	candidates := []string{".detail:not([hidden]) .actions button:not([hidden])", ".row[data-selected] .select", ".select", ".bar select"}
	if active.Call("matches", ".pair *").Bool() { // who works on user data wants no button there that concerns the call
		candidates = append([]string{".detail:not([hidden]) .search input", ".detail:not([hidden]) .add input"}, candidates...)
	}
	for _, next := range candidates {
		if e := p.root.QuerySelector(next); e != nil && isShown(e.Underlying()) {
			focus(e)
			return
		}
	}
}

func isShown(e js.Value) bool { return e.Call("getClientRects").Length() > 0 }

func focus(e dom.Element) { e.Underlying().Call("focus") }

// moveAmong moves the focus from one to another of the elements that fit the
// selector, as arrow keys do in a list.
func (p *panel) moveAmong(selector string, from dom.Element, key string) bool {
	all := p.root.QuerySelectorAll(selector)
	at := -1
	for n, e := range all {
		if e.Underlying().Equal(from.Underlying()) {
			at = n
		}
	}
	switch key {
	case "ArrowDown":
		at++
	case "ArrowUp":
		at--
	case "Home":
		at = 0
	case "End":
		at = len(all) - 1
	default:
		return false
	}
	if at >= 0 && at < len(all) {
		focus(all[at])
	}
	return true
}
