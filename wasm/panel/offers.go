//go:build js

package main

import (
	"time"

	"wwebridge/wasm/internal/elements"
	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/panel/words"
	"wwebridge/wasm/wwe"
)

// offers shows the ringing interactions. The dock reserves space for the first one. Further ones overlay
// the content below, so that they move nothing.
type offers struct {
	w       *words.Words
	element *elements.Element
	keys    []string // by place, "" for an empty one
	places  []*offerPlace
}

// offerPlace is a place for an offer, with the row of its current offer.
type offerPlace struct {
	_       [0]func() // not comparable: less code
	element *elements.Element
	key     string
	row     *row
}

func newOffers(w *words.Words) *offers {
	o := &offers{w: w, element: elements.New("ul", "ringing")}
	o.element.SetAttribute("aria-label", w.State(wwe.StateRinging))
	return o
}

// show updates the offers. It adds as many new ones as the work allows.
func (o *offers) show(v *model.View, now time.Time, work *work) {
	items := map[string]*model.Item{}
	var keys []string
	for _, c := range v.Cases {
		for _, i := range c.Items {
			if model.IsOffered(i.Interaction) {
				key := keyOf(i)
				keys = append(keys, key)
				items[key] = i
			}
		}
	}
	o.keys = model.Places(o.keys, keys)
	elements.Hide(o.element, len(keys) == 0)
	for n, key := range o.keys {
		if n == len(o.places) {
			if !work.goesOn() {
				break
			}
			p := &offerPlace{element: elements.New("li", "")}
			o.places = append(o.places, p)
			o.element.AppendChild(p.element)
		}
		p := o.places[n]
		if p.key != key {
			if p.row != nil {
				p.row.element.Remove()
			}
			p.key, p.row = key, nil
			if key != "" {
				p.row = newRow(o.w, key)
				p.element.AppendChild(p.row.element)
			}
		}
		if p.row != nil {
			i := items[key]
			p.row.show(i, v.Selected != nil && v.Selected.Key == i.Key, true, now)
		}
	}
	for len(o.places) > len(o.keys) {
		last := len(o.places) - 1
		o.places[last].element.Remove()
		o.places = o.places[:last]
	}
}

func (o *offers) tick(now time.Time) {
	for _, p := range o.places {
		if p.row != nil {
			p.row.tick(now)
		}
	}
}
