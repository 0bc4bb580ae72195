//go:build js

package main

import (
	"wwebridge/wasm/internal/elements"
	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/panel/words"
	"wwebridge/wasm/wwe"
)

// dialForm calls a number that the agent types, or one whose call button the agent presses anywhere in
// the panel.
type dialForm struct {
	_                  [0]func() // not comparable: less code
	p                  *panel
	element, fold      *elements.Element
	field, submit, why *elements.Element
	failures           *failureList
	now                model.Dialing
}

func newDialForm(p *panel) *dialForm {
	w := p.words
	d := &dialForm{
		p: p, field: elements.Input("number"), why: elements.New("p", "quiet"), failures: newFailureList(w),
		submit: iconButton(w.Actions.Text(model.Dial), string(model.Dial), "callOut"),
	}
	d.field.SetAttribute("type", "tel")
	d.field.SetAttribute("data-suggest", string(wwe.TargetTypeCustomContact))
	d.field.SetRequired(true)
	d.submit.SetAttribute("type", "submit")
	d.submit.AddClass("primary")
	form := elements.New("form", "dial", elements.Labelled(w.Number, d.field), d.submit)
	form.SetAttribute("data-form", "dial")
	d.fold = elements.New("details", "fold", elements.Text("summary", "", w.CallSomebody), form, d.why)
	d.fold.SetAttribute("data-section", "dial")
	d.element = elements.New("section", "calling", d.fold, d.failures.element) // failures move no button
	d.element.SetAttribute("aria-label", w.CallSomebody)
	return d
}

func (d *dialForm) show(v *model.View) {
	d.now = v.Dialing
	elements.Hide(d.element, v.Phase != model.Live && v.Phase != model.Lost)
	elements.SetFlag(d.fold, "open", v.Open["dial"])
	elements.SetFlag(d.p.root, "data-no-dial", !d.now.Allowed) // this flag hides the call buttons beside numbers
	why := d.problem()
	setAvailable(d.submit, why == "", d.now.Pending, why)
	elements.SetText(d.why, why)
	elements.Hide(d.why, why == "")
	var mine []*model.Failure
	for _, f := range v.Failures {
		if f.Action == model.Dial {
			mine = append(mine, f)
		}
	}
	d.failures.show(mine)
}

// problem returns why the panel cannot dial now, or "" if it can.
func (d *dialForm) problem() string {
	w := d.p.words
	switch {
	case !d.now.Allowed:
		return w.Forbidden(model.Dial.Request())
	case d.now.Busy:
		return w.DialBusy
	}
	return ""
}

// open opens the form and focuses its field.
func (d *dialForm) open() {
	elements.SetFlag(d.fold, "open", true)
	d.p.model.Open("dial", true)
	d.field.Focus()
}

// call dials a number. If the panel cannot dial now, it opens the form with the
// number and the reason.
func (d *dialForm) call(number string) {
	d.field.SetValue(number)
	if why := d.problem(); why != "" {
		d.open()
		d.p.announcer.politely(why)
		return
	}
	d.send()
}

// send dials the number in the field. It empties the field once WWE has accepted the number.
func (d *dialForm) send() {
	number := model.Trim(d.field.Value())
	if number == "" || d.problem() != "" {
		return
	}
	d.p.do(model.Task{Action: model.Dial, Number: number}, func(succeeded bool) {
		if succeeded && model.Trim(d.field.Value()) == number {
			d.field.SetValue("")
		}
	})
}

// callButton returns a button that dials the number.
func callButton(w *words.Words, number string) *elements.Element {
	b := smallButton(words.Fill(w.CallNumber, number, ""), "call", "callOut")
	b.AddClass("call")
	b.SetAttribute("data-number", number)
	return b
}

// suggest fills the browser's list of suggestions for a target field. It is called when the field gets
// the focus.
func (p *panel) suggest(field *elements.Element) {
	if p.suggestions == nil {
		p.suggestions = elements.New("datalist", "")
		p.suggestions.SetAttribute("id", uniqueID())
		p.root.AppendChild(p.suggestions)
	}
	kind := field.GetAttribute("data-suggest")
	if kind == "" { // the form lets the agent choose the type
		kind = field.Closest("form").QuerySelector("select").Value()
	}
	elements.Empty(p.suggestions)
	for _, s := range p.model.Suggestions(wwe.TargetType(kind)) {
		p.suggestions.AppendChild(option(s.Destination, s.Name))
	}
	field.SetAttribute("list", p.suggestions.GetAttribute("id"))
}
