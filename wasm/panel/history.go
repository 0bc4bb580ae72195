//go:build js

package main

import (
	"strconv"

	"wwebridge/wasm/internal/elements"
	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/panel/words"
)

// historyView lists the events of this session, latest first.
type historyView struct {
	w       *words.Words
	element *elements.Element
	count   *elements.Element
	rows    *elements.Element
	nothing *elements.Element
	last    int   // the number of the last entry shown
	shown   []int // the numbers of the entries in the rows, from the last row up
}

func newHistoryView(w *words.Words) *historyView {
	h := &historyView{w: w, rows: elements.New("ol", "entries"), count: elements.New("span", "count"), nothing: elements.Text("p", "quiet", w.NoHistory)}
	h.rows.SetAttribute("aria-label", w.History)
	h.rows.SetAttribute("tabindex", "0") // it scrolls
	summary := elements.New("summary", "", elements.Text("span", "", w.History), h.count)
	h.element = elements.New("details", "history fold", summary, h.nothing, h.rows)
	h.element.SetAttribute("data-section", "history")
	return h
}

// show adds as many new entries as the work allows.
func (h *historyView) show(v *model.View, work *work) {
	elements.SetFlag(h.element, "open", v.Open["history"])
	failed := 0
	for _, e := range v.History {
		if e.Kind == model.Failed {
			failed++
		}
		if e.N > h.last && work.goesOn() {
			h.last = e.N
			h.add(e)
		}
	}
	for len(h.shown) > 0 && len(v.History) > 0 && h.shown[0] < v.History[0].N { // no longer kept
		h.shown = h.shown[1:]
		h.rows.LastChild().Remove()
	}
	text := ""
	if failed > 0 {
		text = words.Fill(h.w.Failures, strconv.Itoa(failed), "")
	}
	elements.SetText(h.count, text)
	elements.Hide(h.count, text == "")
	elements.Hide(h.nothing, len(v.History) > 0)
	elements.Hide(h.rows, len(v.History) == 0)
	elements.Hide(h.element, len(v.History) == 0)
}

func (h *historyView) add(e *model.Entry) {
	shape := icon(entryIcon(e))
	at := elements.Text("time", "", clock(e.At))
	text := elements.New("span", "", elements.Text("span", "", h.w.Entry(e)))
	if e.Why != nil {
		text.AppendChild(elements.Text("span", "fix", h.w.Fix(e.Why)))
	}
	row := elements.New("li", "", at, shape, text)
	row.SetAttribute("data-kind", string(e.Kind))
	if number := e.Number(); number != "" {
		row.AppendChild(callButton(h.w, number))
	}
	h.rows.Prepend(row)
	h.shown = append(h.shown, e.N)
}

func entryIcon(e *model.Entry) string {
	switch e.Kind {
	case model.Arrived:
		return mediaIcon(e.Interaction)
	case model.StateChanged:
		return lookOf(e.Interaction.State)
	case model.Failed, model.LostConnection, model.NoConnection:
		return "warning"
	case model.Gone:
		return "over"
	case model.AgentIs:
		return "conference"
	}
	return "done"
}
