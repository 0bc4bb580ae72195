//go:build js

package main

import (
	"syscall/js"

	"honnef.co/go/js/dom/v2"

	"wwebridge/internal/page"
	"wwebridge/wasm/panel/model"
)

// listeners are what must be taken off the page again.
type listeners struct{ all []func() }

func (l *listeners) add(target dom.EventTarget, event string, capture bool, do func(dom.Event)) {
	f := target.AddEventListener(event, capture, do)
	l.all = append(l.all, func() { target.RemoveEventListener(event, capture, f) }) // which releases f too
}

func (l *listeners) release() {
	for _, release := range l.all {
		release()
	}
	l.all = nil
}

// listen hears every event in the panel at its root, so that parts come and go
// without listeners of their own.
func (p *panel) listen() {
	p.on.add(p.root, "click", false, func(e dom.Event) {
		if summary := e.Target().Closest("summary"); summary != nil {
			e.PreventDefault() // the model opens it, or else what is drawn before the browser tells would close it again
			section := summary.ParentElement()
			p.model.Open(section.GetAttribute("data-section"), !section.HasAttribute("open"))
			return
		}
		if button := e.Target().Closest("button[data-action]"); button != nil && button.GetAttribute("type") != "submit" {
			p.press(button)
		}
	})
	p.on.add(p.root, "submit", false, func(e dom.Event) {
		e.PreventDefault()
		p.submit(e.Target())
	})
	p.on.add(p.root, "change", false, func(e dom.Event) {
		if choice := e.Target(); choice.HasAttribute("data-media") {
			p.agent.choose(choice.GetAttribute("data-media"), page.Value(choice))
		}
	})
	p.on.add(p.root, "input", false, func(e dom.Event) {
		if d := p.detailAround(e.Target()); d != nil && e.Target().HasAttribute("data-search") {
			d.userData.search(page.Value(e.Target()))
		}
	})
	p.on.add(p.root, "toggle", true, func(e dom.Event) {
		if section := e.Target().GetAttribute("data-section"); section != "" {
			p.model.Open(section, e.Target().HasAttribute("open"))
		}
	})
	p.on.add(p.root, "keydown", false, func(e dom.Event) {
		target, key := e.Target(), e.Underlying().Get("key")
		if key.Type() != js.TypeString || e.Underlying().Get("isComposing").Truthy() {
			return
		}
		switch {
		case target.Class().Contains("select"):
			if p.moveAmong(".select", target, key.String()) {
				e.PreventDefault()
			}
		case key.String() == "Escape":
			p.escape(target)
		}
	})
	p.repaint.everySecond(p.tick)
}

// press does what a button says.
func (p *panel) press(button dom.Element) {
	action := button.GetAttribute("data-action")
	if button.GetAttribute("aria-disabled") == "true" {
		return // it is under way, or not allowed
	}
	switch action {
	case "again":
		p.model.TryAgain()
		return
	case "dismiss":
		p.model.Dismiss(failureOf(button))
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
func (p *panel) submit(form dom.Element) {
	i := p.itemAround(form)
	d := p.detailAround(form)
	if i == nil || d == nil {
		return
	}
	switch form.GetAttribute("data-form") {
	case "add":
		d.userData.add(p.model, i.InteractionID)
	case "edit":
		d.userData.save(p.model, i.InteractionID, form)
	case "action":
		if offer := i.Offer(d.form.action); offer != nil && offer.Allowed {
			d.form.send(p.model, i.InteractionID)
		}
	}
}

// escape closes what the agent has opened.
func (p *panel) escape(target dom.Element) {
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

func (p *panel) detailAround(e dom.Element) *detail {
	around := e.Closest(".detail")
	if around == nil {
		return nil
	}
	return p.details[around.GetAttribute("data-key")]
}
