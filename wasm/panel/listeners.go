//go:build js

package main

import (
	"syscall/js"

	"wwebridge/wasm/internal/elements"
	"wwebridge/wasm/panel/model"
)

// listeners holds the event listeners to remove from the page again.
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

// listen adds the panel's event listeners to its root, so that its parts come and go without listeners.
func (p *panel) listen() {
	p.on.add(p.root, "click", false, func(e js.Value, on *elements.Element) {
		p.repaint.free()
		if isSettling(on) {
			e.Call("preventDefault")
			return
		}
		if summary := on.Closest("summary"); summary != nil {
			e.Call("preventDefault") // the model opens it; a repaint before the toggle event would undo the browser's
			section := summary.Closest("details")
			p.model.Open(section.GetAttribute("data-section"), !section.HasAttribute("open"))
			return
		}
		button := on.Closest("button")
		switch {
		case button == nil:
		case button.GetAttribute("type") == "submit": // Enter too; a sandbox without allow-forms has no submit event
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
	p.agent.listen()
	p.on.add(p.root, "change", false, func(_ js.Value, choice *elements.Element) { p.enterWrapUp(choice, true) })
	p.on.add(p.root, "input", false, func(_ js.Value, field *elements.Element) {
		switch {
		case field.HasAttribute("data-filter"):
			p.list.search(field.Value())
		case p.enterWrapUp(field, false):
		case field.HasAttribute("data-search"):
			p.search(field)
		}
	})
	p.on.add(p.root, "focusin", false, func(_ js.Value, field *elements.Element) {
		if field.HasAttribute("data-suggest") {
			p.suggest(field)
		}
	})
	p.on.add(p.root, "toggle", true, func(_ js.Value, fold *elements.Element) {
		if section := fold.GetAttribute("data-section"); section != "" {
			p.model.Open(section, fold.HasAttribute("open"))
		}
	})
	p.on.add(p.root, "scroll", true, func(_ js.Value, on *elements.Element) {
		if on.HasClass("cases") {
			p.list.countBelow()
		}
	})
	p.on.add(p.root, "keydown", false, func(e js.Value, on *elements.Element) {
		pressed := e.Get("key")
		if pressed.Type() != js.TypeString || e.Get("isComposing").Truthy() {
			return
		}
		key, again := pressed.String(), e.Get("repeat").Truthy()
		if key == " " && !again {
			p.pressing(on)
		}
		switch {
		case key == "Enter" && again: // a key that is held down counts once
			e.Call("preventDefault")
		case on.HasClass("select"):
			if p.moveAmong(".select", on, key) {
				e.Call("preventDefault")
			}
		case on.HasAttribute("data-filter") && key == "ArrowDown":
			if first := p.root.QuerySelector(".case:not([hidden]) .row:not([hidden]) .select"); first != nil {
				e.Call("preventDefault")
				first.Focus()
			}
		case key == "Escape":
			p.escape(on)
		}
	})
	p.on.add(p.root, "pointerdown", true, func(e js.Value, on *elements.Element) {
		if !e.Get("button").Truthy() { // the main button
			p.pressing(on)
		}
	})
	for _, end := range []string{"pointerup", "pointercancel", "keyup"} { // the pointer may leave the button
		p.on.add(elements.Wrap(js.Global().Get("document")), end, true, func(js.Value, *elements.Element) { p.repaint.released() })
	}
	p.repaint.everySecond(p.tick)
}

// pressing delays repaints until the agent releases the pressed control.
func (p *panel) pressing(on *elements.Element) {
	if on.Closest("button, summary, a") != nil {
		p.repaint.keep(longestPress)
	}
}

// doer starts a task, see model.Model.Do.
type doer func(t model.Task, done func(succeeded bool)) bool

// do is the panel's doer. It calls done when nothing is pressed, because done may change the page.
func (p *panel) do(t model.Task, done func(succeeded bool)) bool {
	return p.model.Do(t, func(succeeded bool) {
		p.repaint.result(func() { done(succeeded) })
	})
}

// press performs the action of a button.
func (p *panel) press(button *elements.Element) {
	action := button.GetAttribute("data-action")
	if button.GetAttribute("aria-disabled") == "true" {
		p.demandDisposition(button)
		return // the action is pending or not allowed
	}
	p.view = p.model.View() // the interaction may have gone since the button was drawn
	switch action {
	case "again":
		p.model.TryAgain()
		return
	case "more":
		p.list.toFirst = true
		p.model.ShowMore()
		return
	case "call":
		p.dial.call(button.GetAttribute("data-number"))
		return
	case "notify":
		p.attention.ask()
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
	case "saveWrapUp":
		p.model.SaveWrapUp(i.InteractionID)
	case "edit":
		d.userData.edit(button)
	case "leave":
		d.userData.leave(button)
	case undo:
		p.model.Restore(i.InteractionID, d.userData.keyOf(button))
	case "fold":
		d.userData.fold(button)
	case model.DeleteUserData:
		p.model.Do(model.Task{Action: a, On: i.InteractionID, Key: d.userData.keyOf(button)}, nil)
	case model.Consult, model.Transfer, model.Conference, model.BlockMarkDone:
		if d != nil { // the detail appears a moment after the dock
			d.form.open(a)
		}
	default:
		p.perform(i, a)
	}
}

// perform performs an action that needs no more input, if the interaction offers it.
func (p *panel) perform(i *model.Item, a model.Action) {
	if a == model.Accept {
		p.model.Select(i.InteractionID)
	}
	offer := i.Offer(a)
	if offer == nil {
		return
	}
	if a == model.BackToCustomer {
		p.model.Select(offer.On)
		a = model.Resume
	}
	p.model.Do(model.Task{Action: a, On: offer.On}, nil)
}

// submit handles a submitted form.
func (p *panel) submit(form *elements.Element) {
	p.view = p.model.View() // as in press
	if form.GetAttribute("data-form") == "dial" {
		p.dial.send()
		return
	}
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

// escape closes the form or empties the search that the agent is in.
func (p *panel) escape(target *elements.Element) {
	d := p.detailAround(target)
	form := target.Closest("form")
	if d != nil && target.HasAttribute("data-search") {
		target.SetValue("")
		p.search(target)
		return
	}
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
