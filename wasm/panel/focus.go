//go:build js

package main

import (
	"syscall/js"

	"wwebridge/wasm/internal/elements"
)

// focused returns the element of this panel that has the focus, nil for none.
func (p *panel) focused() *elements.Element {
	active := elements.Wrap(js.Global().Get("document").Get("activeElement"))
	if active == nil || !p.root.Contains(active) {
		return nil
	}
	return active
}

// keepFocus moves the focus to a suitable element if the focused one has gone. Otherwise keyboard users
// would have to start again at the top of the page.
func (p *panel) keepFocus(active *elements.Element) {
	if active == nil {
		return
	}
	if active.IsShown() {
		if p.focused() == nil { // the element was moved within the page
			active.Focus()
		}
		return
	}
	candidates := []string{".dock .actions button:not([hidden])", ".row[data-selected] .select", ".select", ".bar [role=combobox]:enabled", "summary"}
	if active.Matches("input, textarea, select") { // keys that are still being typed would press a button
		candidates[0] = ".dock .title"
	}
	if active.Matches(".pair *") { // an agent editing user data must not land on a call button
		for _, e := range active.Closest("tr").QuerySelectorAll(".pair button") { // the buttons that replaced it
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

// giveFocus moves the focus away from a control that has gone. The new control ignores presses for a
// moment, because the next key press may still be meant for the old one.
func giveFocus(e *elements.Element) {
	if e.HasAttribute("data-action") {
		settle(elements.Wrap(e.Underlying().Get("parentElement")))
	}
	e.Focus()
}

// moveAmong moves the focus among the elements that match the selector, as arrow keys do in a list. It
// reports whether the key is one that it handles.
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
