//go:build js

package main

import (
	"strconv"

	"wwebridge/wasm/internal/elements"
	"wwebridge/wasm/panel/words"
)

// manyKeys is the number of user data keys from which on a search field appears.
const manyKeys = 10

// search shows the keys that match the agent's search and announces their number.
func (p *panel) search(field *elements.Element) {
	d := p.detailAround(field)
	if d == nil {
		return
	}
	found := d.userData.search(field.Value())
	if field.Value() != "" {
		p.announcer.politely(words.Fill(p.words.Found, strconv.Itoa(found), strconv.Itoa(len(d.userData.shown))))
	}
}
