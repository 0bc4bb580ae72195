//go:build js

package main

import (
	"syscall/js"

	"wwebridge/wasm/internal/elements"
)

// copy puts a text into the clipboard by a selection, which works in an iframe
// of another origin too, where the newer way needs a permission that WWE does
// not give.
func (p *panel) copy(button *elements.Element) {
	field := elements.New("textarea", "unseen")
	field.SetAttribute("aria-hidden", "true")
	field.SetValue(button.GetAttribute("data-text"))
	p.root.AppendChild(field)
	field.Select()
	copied := js.Global().Get("document").Call("execCommand", "copy").Bool()
	field.Remove()
	button.Focus()
	text := p.words.CannotCopy
	if copied {
		text = p.words.Copied
	}
	p.announcer.politely(text)
}
