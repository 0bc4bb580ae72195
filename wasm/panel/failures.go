//go:build js

package main

import (
	"strconv"

	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/panel/page"
	"wwebridge/wasm/panel/words"
)

// failureList shows what has failed until it is dismissed: what, why, and who
// can do something about it. Screen readers are told by the announcer.
type failureList struct {
	w       *words.Words
	element *page.Element
	rows    map[string]*failureRow
}

type failureRow struct{ element *page.Element }

func (r *failureRow) Element() *page.Element { return r.element }

func newFailureList(w *words.Words) *failureList {
	return &failureList{w, page.New("div", "failures"), map[string]*failureRow{}}
}

func (l *failureList) show(failures []*model.Failure) {
	var ids []string
	byID := map[string]*model.Failure{}
	for _, f := range failures {
		id := strconv.Itoa(f.ID)
		ids = append(ids, id)
		byID[id] = f
	}
	page.Sync(l.element, l.rows, ids, func(id string) *failureRow { return l.newRow(id, byID[id]) })
	page.Hide(l.element, len(ids) == 0)
}

func (l *failureList) newRow(id string, f *model.Failure) *failureRow {
	dismiss := smallButton(l.w.Dismiss, "dismiss", "reject")
	dismiss.SetAttribute("data-failure", id)
	text := page.New("div", "",
		page.Text("strong", "", words.Fill(l.w.Failed.Text(f.Action), f.Key, "")),
		page.Text("p", "", l.w.Why(f)),
		page.Text("p", "fix", l.w.Fix(f)))
	e := page.New("div", "failure", icon("warning"), text, dismiss)
	return &failureRow{e}
}

func failureOf(dismiss *page.Element) int {
	id, _ := strconv.Atoi(dismiss.GetAttribute("data-failure"))
	return id
}
