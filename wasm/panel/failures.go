//go:build js

package main

import (
	"strconv"

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

func (l *failureList) show(failures []*model.Failure) {
	var ids []string
	byID := map[string]*model.Failure{}
	for _, f := range failures {
		id := strconv.Itoa(f.ID)
		ids = append(ids, id)
		byID[id] = f
	}
	l.rows.Sync(ids, func(id string) *elements.Element { return l.newRow(id, byID[id]) }, func(string) {})
	elements.Hide(l.element, len(ids) == 0)
}

func (l *failureList) newRow(id string, f *model.Failure) *elements.Element {
	dismiss := smallButton(l.w.Dismiss, "dismiss", "reject")
	dismiss.SetAttribute("data-failure", id)
	text := elements.New("div", "",
		elements.Text("strong", "", words.Fill(l.w.Failed.Text(f.Action), f.Key, "")),
		elements.Text("p", "", l.w.Why(f)),
		elements.Text("p", "fix", l.w.Fix(f)))
	return elements.New("div", "failure", icon("warning"), text, dismiss)
}

// failureOf finds the failure that a button dismisses, nil if it is gone.
func (p *panel) failureOf(dismiss *elements.Element) *model.Failure {
	id := dismiss.GetAttribute("data-failure")
	for _, f := range p.view.Failures {
		if strconv.Itoa(f.ID) == id {
			return f
		}
	}
	return nil
}
