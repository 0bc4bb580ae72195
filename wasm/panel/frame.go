//go:build js

package main

import (
	"syscall/js"

	"wwebridge/wasm/internal/elements"
)

// followFrame connects at once when the iframe for WWE has loaded, because the page may insert it after
// the panel. The load event does not bubble, so the document listens in the capture phase. An existing
// connection follows the iframe by itself.
func (p *panel) followFrame(id string) {
	p.on.add(elements.Wrap(js.Global().Get("document")), "load", true, func(_ js.Value, on *elements.Element) {
		if on.GetAttribute("id") == id {
			p.model.Appeared()
		}
	})
}
