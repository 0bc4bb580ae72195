//go:build js

package main

import (
	"strconv"

	"wwebridge/wasm/internal/elements"
	"wwebridge/wasm/panel/words"
)

// manyKeys is how many keys of user data a search is worth its place for.
const manyKeys = 10

// search shows the keys that fit what the agent types, and says how many.
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
