//go:build js

package main

import (
	"syscall/js"

	"honnef.co/go/js/dom/v2"

	"wwebridge/internal/page"
)

// copy puts a text into the clipboard by a selection, which works in an iframe
// of another origin too, where the newer way needs a permission that WWE does
// not give.
func (p *panel) copy(button dom.Element) {
	field := page.Element("textarea", "unseen")
	field.SetAttribute("aria-hidden", "true")
	page.SetValue(field, button.GetAttribute("data-text"))
	p.root.AppendChild(field)
	field.Underlying().Call("select")
	copied := js.Global().Get("document").Call("execCommand", "copy").Bool()
	p.root.RemoveChild(field)
	focus(button)
	text := p.words.CannotCopy
	if copied {
		text = p.words.Copied
	}
	p.announcer.politely(text)
}
