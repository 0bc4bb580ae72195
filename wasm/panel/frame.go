//go:build js

package main

import (
	"syscall/js"

	"wwebridge/wasm/internal/elements"
)

// followFrame connects at once when the iframe that WWE runs in has loaded,
// which the page may insert after the panel. The load event does not bubble:
// the document hears it before the iframe does. A connection that is there
// follows the iframe by itself.
func (p *panel) followFrame(id string) {
	p.on.add(elements.Wrap(js.Global().Get("document")), "load", true, func(_ js.Value, on *elements.Element) {
		if on.GetAttribute("id") == id {
			p.model.Appeared()
		}
	})
}
