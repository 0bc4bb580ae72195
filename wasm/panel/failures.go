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

// show has a row for each failure, and one for all that look the same.
func (l *failureList) show(failures []*model.Failure) {
	var rows []string // the ids of what each is for, between spaces
	for n, f := range failures {
		row := " "
		for m, other := range failures {
			if other.LooksLike(f) {
				if m < n {
					row = "" // it has one
					break
				}
				row += strconv.Itoa(other.ID) + " "
			}
		}
		if row != "" {
			rows = append(rows, row)
		}
	}
	l.rows.Sync(rows, func(row string) *elements.Element { return l.newRow(row, failures) }, func(string) {})
	elements.Hide(l.element, len(rows) == 0)
}

func (l *failureList) newRow(row string, failures []*model.Failure) *elements.Element {
	var f *model.Failure
	times := 0
	for _, one := range failures {
		if isIn(row, one) {
			f = one
			times += f.Times
		}
	}
	dismiss := smallButton(l.w.Dismiss, "dismiss", "reject")
	dismiss.SetAttribute("data-failure", row)
	what := words.Fill(l.w.Failed.Text(f.Action), f.Key, "")
	if times > 1 {
		what += " (" + strconv.Itoa(times) + "\u00a0×)"
	}
	text := elements.New("div", "",
		elements.Text("strong", "", what),
		elements.Text("p", "", l.w.Why(f)),
		elements.Text("p", "fix", l.w.Fix(f)))
	return elements.New("div", "failure", icon("warning"), text, dismiss)
}

// isIn reports whether the row is for the failure.
func isIn(row string, f *model.Failure) bool {
	return strings.Contains(row, " "+strconv.Itoa(f.ID)+" ")
}

// dismiss takes away the failures that a button is for.
func (p *panel) dismiss(button *elements.Element) {
	row := button.GetAttribute("data-failure")
	for _, f := range p.view.Failures {
		if isIn(row, f) {
			p.model.Dismiss(f.ID)
		}
	}
}
