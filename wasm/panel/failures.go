//go:build js

package main

import (
	"strconv"
	"strings"

	"wwebridge/wasm/internal/elements"
	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/panel/words"
)

// failureList shows failures until they are dismissed: the failed action, the reason, and who can fix it.
// The announcer reads them to screen readers.
type failureList struct {
	w       *words.Words
	element *elements.Element
	rows    *elements.Rows
}

func newFailureList(w *words.Words) *failureList {
	list := elements.New("div", "failures")
	return &failureList{w, list, elements.NewRows(list)}
}

// show shows one row per failure. Failures that look alike share a row.
func (l *failureList) show(failures []*model.Failure) {
	var rows []string // each row is the ids of its failures, between spaces
	for n, f := range failures {
		row := " "
		for m, other := range failures {
			if other.LooksLike(f) {
				if m < n {
					row = "" // it is in an earlier row
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

// isIn reports whether the failure belongs to the row.
func isIn(row string, f *model.Failure) bool {
	return strings.Contains(row, " "+strconv.Itoa(f.ID)+" ")
}

// dismiss dismisses the failures in the button's row.
func (p *panel) dismiss(button *elements.Element) {
	row := button.GetAttribute("data-failure")
	for _, f := range p.view.Failures {
		if isIn(row, f) {
			p.model.Dismiss(f.ID)
		}
	}
}
