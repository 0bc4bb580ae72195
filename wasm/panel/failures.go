//go:build js

package main

import (
	"strconv"
	"strings"

	"wwebridge/wasm/internal/elements"
	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/panel/words"
)

// failureList shows what has failed until it is dismissed: what, why, and who
// can do something about it. Screen readers are told by the announcer.
type failureList struct {
	w       *words.Words
	element *elements.Element
	rows    *elements.Rows
}

func newFailureList(w *words.Words) *failureList {
	list := elements.New("div", "failures")
	return &failureList{w, list, elements.NewRows(list)}
}

// equals are failures that look the same: the list shows them as one.
type equals struct {
	first *model.Failure
	id    string // the ids of all, each after a space
	times int
}

func (l *failureList) show(failures []*model.Failure) {
	var ids []string
	byID := map[string]*equals{}
	for n, f := range failures {
		e := &equals{first: f}
		for m, other := range failures {
			if other.LooksLike(f) {
				if m < n {
					e = nil // it is shown with that one
					break
				}
				e.id += " " + strconv.Itoa(other.ID)
				e.times += other.Times
			}
		}
		if e != nil {
			ids = append(ids, e.id)
			byID[e.id] = e
		}
	}
	l.rows.Sync(ids, func(id string) *elements.Element { return l.newRow(byID[id]) }, func(string) {})
	elements.Hide(l.element, len(ids) == 0)
}

func (l *failureList) newRow(e *equals) *elements.Element {
	f := e.first
	dismiss := smallButton(l.w.Dismiss, "dismiss", "reject")
	dismiss.SetAttribute("data-failure", e.id)
	what := words.Fill(l.w.Failed.Text(f.Action), f.Key, "")
	if e.times > 1 {
		what += " (" + strconv.Itoa(e.times) + "\u00a0×)"
	}
	text := elements.New("div", "",
		elements.Text("strong", "", what),
		elements.Text("p", "", l.w.Why(f)),
		elements.Text("p", "fix", l.w.Fix(f)))
	return elements.New("div", "failure", icon("warning"), text, dismiss)
}

// dismiss takes away the failures that a button is for.
func (p *panel) dismiss(button *elements.Element) {
	ids := button.GetAttribute("data-failure") + " "
	for _, f := range p.view.Failures {
		if strings.Contains(ids, " "+strconv.Itoa(f.ID)+" ") {
			p.model.Dismiss(f.ID)
		}
	}
}
