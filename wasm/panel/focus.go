//go:build js

package main

import (
	"syscall/js"

	"wwebridge/wasm/internal/elements"
)

// focused is the element of this panel that has the focus, nil if none has.
func (p *panel) focused() *elements.Element {
	active := elements.Wrap(js.Global().Get("document").Get("activeElement"))
	if active == nil || !p.root.Contains(active) {
		return nil
	}
	return active
}

// keepFocus puts the focus to what comes next where what had it has gone, so
// that who works by keyboard need not begin at the top of the page.
func (p *panel) keepFocus(active *elements.Element) {
	if active == nil {
		return
	}
	if active.IsShown() {
		if p.focused() == nil { // it has moved in the page
			active.Focus()
		}
		return
	}
	candidates := []string{".dock .actions button:not([hidden])", ".row[data-selected] .select", ".select", ".bar [role=combobox]:enabled", "summary"}
	if active.Matches("input, textarea, select") { // who types would press what gets the focus
		candidates[0] = ".dock .title"
	}
	if active.Matches(".pair *") { // who works on user data wants no button there that concerns the call
		for _, e := range active.Closest("tr").QuerySelectorAll(".pair button") { // what has come in its place
			if e.IsShown() {
				giveFocus(e)
				return
			}
		}
		candidates = append([]string{".detail:not([hidden]) .search input", ".detail:not([hidden]) .add input"}, candidates...)
	}
	for _, next := range candidates {
		if e := p.root.QuerySelector(next); e != nil && e.IsShown() {
			giveFocus(e)
			return
		}
	}
}

// giveFocus moves the focus from a control that has gone. The next press of the
// key may still be meant for that one.
func giveFocus(e *elements.Element) {
	if e.HasAttribute("data-action") {
		settle(elements.Wrap(e.Underlying().Get("parentElement")))
	}
	e.Focus()
}

// moveAmong moves the focus from one to another of the elements that fit the
// selector, as arrow keys do in a list.
func (p *panel) moveAmong(selector string, from *elements.Element, key string) bool {
	var all []*elements.Element
	for _, e := range p.root.QuerySelectorAll(selector) {
		if e.IsShown() {
			all = append(all, e)
		}
	}
	at := -1
	for n, e := range all {
		if e.Is(from) {
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
		all[at].Focus()
	}
	return true
}
