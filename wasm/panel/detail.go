//go:build js

package main

import (
	"time"

	"wwebridge/wasm/internal/elements"
	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/panel/words"
)

// detail shows everything about one interaction, below its dock. It contains the form of an action that
// needs input.
type detail struct {
	w        *words.Words
	element  *elements.Element
	form     *actionForm
	wrapUp   *wrapUp
	userData *userData
	more     *elements.Element // folded: occasional actions and facts
	bar      *bar
	facts    *facts
	missing  *elements.Element
}

func newDetail(w *words.Words, d *dock, key string) *detail {
	shown := &detail{
		w: w, userData: newUserData(w), bar: newBar(w, model.MoreBar[:]), facts: newFacts(w), missing: elements.New("p", "missing"),
	}
	shown.form = newActionForm(w, d.bar, shown.bar)
	shown.wrapUp = newWrapUp(w, d.bar.buttons[model.MarkDone])
	shown.more = elements.New("details", "fold", elements.Text("summary", "", w.More), shown.bar.element, shown.facts.element)
	shown.more.SetAttribute("data-section", "details")
	shown.element = elements.New("div", "detail", shown.form.element, shown.wrapUp.element, shown.userData.element, shown.more, shown.missing)
	shown.element.SetAttribute("data-key", key)
	return shown
}

func (d *detail) show(v *model.View, now time.Time) {
	i := v.Selected
	d.form.show(i)
	d.wrapUp.show(v)
	d.userData.show(i, i.Writable && d.allowsData(v))
	d.bar.show(i, d.form.action)
	d.facts.show(i, v, now)
	d.showMissing(v.Missing)
	elements.SetFlag(d.more, "open", v.Open["details"])
}

func (d *detail) allowsData(v *model.View) bool {
	for _, request := range v.Missing {
		if request == model.SetUserData.Request() {
			return false
		}
	}
	return true
}

// showMissing says which requests WWE does not allow this page to use, and who can change that.
func (d *detail) showMissing(missing []string) {
	elements.Hide(d.missing, len(missing) == 0)
	if len(missing) > 0 {
		elements.SetText(d.missing, d.w.Forbidden(missing...))
	}
}

func (d *detail) tick(now time.Time) {
	if d.more.HasAttribute("open") {
		d.facts.tick(now)
	}
}
