//go:build js

package main

import (
	"syscall/js"

	"wwebridge/wasm/internal/elements"
)

// copy copies a text to the clipboard through a selection. That also works in a cross-origin iframe,
// where the clipboard API needs a permission that WWE does not grant.
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
