//go:build js

// Command panel is the agent panel of index.html: it shows the interactions
// that the agent has in WWE and lets the agent act on them.
package main

import (
	"syscall/js"

	"honnef.co/go/js/dom/v2"
)

// main puts the panel on the page. The page's configuration is the origin of
// WWE in <meta name="wwe-origin">, and ?client=object for Genesys' client.
func main() {
	document := dom.GetWindow().Document()
	query := js.Global().Get("URLSearchParams").New(js.Global().Get("location").Get("search"))
	parameter := func(name string) string {
		if value := query.Call("get", name); value.Type() == js.TypeString {
			return value.String()
		}
		return ""
	}
	o := options{Client: parameter("client") == "object", Lang: parameter("lang"), Theme: parameter("theme")}
	if meta := document.QuerySelector(`meta[name="wwe-origin"]`); meta != nil {
		o.Origin = meta.GetAttribute("content")
	}
	newPanel(document.QuerySelector("#panel"), o, func(string, any) {})
	select {}
}
