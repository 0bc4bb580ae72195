//go:build js

package main

import (
	"syscall/js"

	"wwebridge/wasm/internal/elements"
	"wwebridge/wasm/panel/model"
)

// listeners are what must be taken off the page again.
type listeners struct{ all []listener }

type listener struct {
	target  js.Value
	event   string
	capture bool
	f       js.Func
}

func (l *listeners) add(target *elements.Element, event string, capture bool, do func(event js.Value, on *elements.Element)) {
	f := js.FuncOf(func(_ js.Value, args []js.Value) any {
		do(args[0], elements.Wrap(args[0].Get("target")))
		return nil
	})
	target.Underlying().Call("addEventListener", event, f, capture)
	l.all = append(l.all, listener{target.Underlying(), event, capture, f})
}

func (l *listeners) release() {
	for _, heard := range l.all {
		heard.target.Call("removeEventListener", heard.event, heard.f, heard.capture)
		heard.f.Release()
	}
	l.all = nil
}

// listen hears every event in the panel at its root, so that parts come and go
// without listeners of their own.
func (p *panel) listen() {
	p.on.add(p.root, "click", false, func(e js.Value, on *elements.Element) {
		p.repaint.free()
		if summary := on.Closest("summary"); summary != nil {
			e.Call("preventDefault") // the model opens it, or else what is drawn before the browser tells would close it again
			section := summary.Closest("details")
			p.model.Open(section.GetAttribute("data-section"), !section.HasAttribute("open"))
			return
		}
		button := on.Closest("button")
		switch {
		case button == nil:
		case button.GetAttribute("type") == "submit": // by Enter too; a sandbox without allow-forms has no submit events
			e.Call("preventDefault")
			if form := button.Closest("form"); form != nil && form.IsValid() {
				p.submit(form)
			}
		case button.HasAttribute("data-action"):
			p.press(button)
		}
	})
	p.on.add(p.root, "submit", false, func(e js.Value, form *elements.Element) {
		e.Call("preventDefault")
		p.submit(form)
	})
	p.on.add(p.root, "change", false, func(_ js.Value, choice *elements.Element) {
		if choice.HasAttribute("data-media") {
			p.agent.choose(choice.GetAttribute("data-media"), choice.Value())
		}
	})
	p.on.add(p.root, "input", false, func(_ js.Value, field *elements.Element) {
		if d := p.detailAround(field); d != nil && field.HasAttribute("data-search") {
			d.userData.search(field.Value())
		}
	})
	p.on.add(p.root, "toggle", true, func(_ js.Value, fold *elements.Element) {
		if section := fold.GetAttribute("data-section"); section != "" {
			p.model.Open(section, fold.HasAttribute("open"))
		}
	})
	p.on.add(p.root, "keydown", false, func(e js.Value, on *elements.Element) {
		pressed := e.Get("key")
		if pressed.Type() != js.TypeString || e.Get("isComposing").Truthy() {
			return
		}
		key := pressed.String()
		if key == " " && !e.Get("repeat").Truthy() {
			p.pressing(on)
		}
		switch {
		case on.HasClass("select"):
			if p.moveAmong(".select", on, key) {
				e.Call("preventDefault")
			}
		case key == "Escape":
			p.escape(on)
		}
	})
	p.on.add(p.root, "pointerdown", true, func(e js.Value, on *elements.Element) {
		if !e.Get("button").Truthy() { // the main one
			p.pressing(on)
		}
	})
	for _, end := range []string{"pointerup", "pointercancel", "keyup"} { // anywhere: a hand may slip off
		p.on.add(elements.Wrap(js.Global().Get("document")), end, true, func(js.Value, *elements.Element) { p.repaint.released() })
	}
	p.repaint.everySecond(p.tick)
}

// pressing leaves the page as it is until the agent lets go of what is pressed.
func (p *panel) pressing(on *elements.Element) {
	if on.Closest("button, summary, a") != nil {
		p.repaint.keep(longestPress)
	}
}

// doer begins a task, see model.Do.
type doer func(t model.Task, done func(succeeded bool)) bool

// do is the panel's doer: what comes of a task changes the page when nothing is pressed.
func (p *panel) do(t model.Task, done func(succeeded bool)) bool {
	return p.model.Do(t, func(succeeded bool) {
		p.repaint.result(func() { done(succeeded) })
	})
}

// press does what a button says.
func (p *panel) press(button *elements.Element) {
	action := button.GetAttribute("data-action")
	if button.GetAttribute("aria-disabled") == "true" {
		return // it is under way, or not allowed
	}
	p.view = p.model.View() // what was pressed may have gone since it was drawn
	switch action {
	case "again":
		p.model.TryAgain()
		return
	case "more":
		p.list.toFirst = true
		p.model.ShowMore()
		return
	case "dismiss":
		p.dismiss(button)
		return
	}
	i := p.itemAround(button)
	if i == nil {
		return
	}
	d := p.details[keyOf(i)]
	switch a := model.Action(action); a {
	case "select":
		p.model.Select(i.InteractionID)
	case "copy":
		p.copy(button)
	case "cancel":
		d.form.close()
	case "edit":
		d.userData.edit(button)
	case "leave":
		d.userData.leave(button)
	case model.DeleteUserData:
		p.model.Do(model.Task{Action: a, On: i.InteractionID, Key: d.userData.keyOf(button)}, nil)
	case model.Consult, model.Transfer, model.Conference, model.BlockMarkDone:
		d.form.open(a)
	default:
		if a == model.Accept {
			p.model.Select(i.InteractionID)
		}
		if offer := i.Offer(a); offer != nil {
			p.model.Do(model.Task{Action: a, On: offer.On}, nil)
		}
	}
}

// submit sends what a form holds.
func (p *panel) submit(form *elements.Element) {
	p.view = p.model.View() // as in press
	i := p.itemAround(form)
	d := p.detailAround(form)
	if i == nil || d == nil {
		return
	}
	switch form.GetAttribute("data-form") {
	case "add":
		d.userData.add(p.do, i.InteractionID)
	case "edit":
		d.userData.save(p.do, i.InteractionID, form)
	case "action":
		if offer := i.Offer(d.form.action); offer != nil && offer.Allowed {
			d.form.send(p.do, i.InteractionID)
		}
	}
}

// escape closes what the agent has opened.
func (p *panel) escape(target *elements.Element) {
	d := p.detailAround(target)
	form := target.Closest("form")
	if d == nil || form == nil {
		return
	}
	switch form.GetAttribute("data-form") {
	case "edit":
		d.userData.leave(form)
	case "action":
		d.form.close()
	}
}

func (p *panel) detailAround(e *elements.Element) *detail {
	around := e.Closest(".detail")
	if around == nil {
		return nil
	}
	return p.details[around.GetAttribute("data-key")]
}
