//go:build js

package main

import (
	"syscall/js"

	"wwebridge/wasm/internal/elements"
	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/panel/shortcuts"
	"wwebridge/wasm/panel/words"
)

// shortcutList lists the panel's shortcuts.
type shortcutList struct {
	element *elements.Element
	summary *elements.Element
}

func newShortcutList(w *words.Words, all []shortcuts.Shortcut) *shortcutList {
	rows := elements.New("dl", "facts")
	for _, s := range all {
		rows.AppendChild(elements.Text("dt", "", shortcutName(w, s.Command)))
		rows.AppendChild(elements.New("dd", "", elements.Text("kbd", "", s.Keys.String())))
	}
	l := &shortcutList{summary: elements.Text("summary", "", w.Shortcuts)}
	l.element = elements.New("details", "fold shortcuts", l.summary, rows)
	l.element.SetAttribute("data-section", "shortcuts")
	elements.Hide(l.element, len(all) == 0)
	return l
}

// shortcutName returns the panel's name for a command.
func shortcutName(w *words.Words, c shortcuts.Command) string {
	name := func(a model.Action) string { return w.Actions.Text(a) }
	switch c {
	case shortcuts.Hold:
		return name(model.Hold) + " / " + name(model.Resume)
	case shortcuts.Mute:
		return name(model.MuteMicrophone) + " / " + name(model.UnmuteMicrophone)
	case shortcuts.Dial:
		return w.CallSomebody
	case shortcuts.List:
		return w.Shortcuts
	}
	return name(model.Action(c)) // the other commands are named like their actions
}

func (l *shortcutList) show(v *model.View) { elements.SetFlag(l.element, "open", v.Open["shortcuts"]) }

// listenForShortcuts handles keys pressed anywhere in the document, except in another panel.
func (p *panel) listenForShortcuts(all []shortcuts.Shortcut) {
	if len(all) == 0 {
		return
	}
	p.on.add(elements.Wrap(js.Global().Get("document")), "keydown", false, func(e js.Value, on *elements.Element) {
		if e.Get("key").Type() != js.TypeString || e.Get("defaultPrevented").Truthy() || !p.hears(on) {
			return
		}
		if e.Get("repeat").Truthy() || e.Get("isComposing").Truthy() || e.Call("getModifierState", "AltGraph").Truthy() {
			return
		}
		var held shortcuts.Modifiers
		for n, name := range [...]string{"ctrlKey", "altKey", "shiftKey", "metaKey"} {
			if e.Get(name).Truthy() {
				held |= 1 << n
			}
		}
		c := shortcuts.Match(all, shortcuts.Press{
			Key: e.Get("key").String(), Code: e.Get("code").String(), Modifiers: held,
			IsTyped: on.Underlying().Get("isContentEditable").Truthy() || on.Matches("input, textarea, select"),
		})
		if c != "" {
			e.Call("preventDefault")
			p.shortcut(c)
		}
	})
}

// hears reports whether a key pressed on the element is for this panel.
func (p *panel) hears(on *elements.Element) bool {
	if on == nil || on.Underlying().Get("closest").IsUndefined() { // the target is the document itself
		return false
	}
	around := on.Closest(".wwe-panel")
	return around == nil || around.Is(p.root)
}

// shortcut performs a command, as the corresponding button does.
func (p *panel) shortcut(c shortcuts.Command) {
	p.view = p.model.View() // as in press
	i := p.view.Selected
	switch c {
	case shortcuts.Accept, shortcuts.Reject:
		p.answer(model.Action(c))
	case shortcuts.Hold:
		p.first(i, model.Hold, model.Resume)
	case shortcuts.Mute:
		p.first(i, model.MuteMicrophone, model.UnmuteMicrophone)
	case shortcuts.HangUp, shortcuts.MarkDone:
		p.first(i, model.Action(c))
	case shortcuts.Consult, shortcuts.Transfer:
		a := model.Action(c)
		if i == nil {
			break
		}
		if d, offer := p.details[keyOf(i)], i.Offer(a); d != nil && offer != nil && offer.Allowed && !offer.Pending {
			d.form.open(a)
		}
	case shortcuts.Dial:
		p.dial.open()
	case shortcuts.List:
		elements.SetFlag(p.shortcuts.element, "open", true)
		p.model.Open("shortcuts", true)
		p.shortcuts.summary.Focus()
	}
}

// answer accepts or rejects the selected interaction if it rings, otherwise the first one that does.
func (p *panel) answer(a model.Action) {
	i := p.view.Selected
	if i == nil || i.Offer(a) == nil {
		if len(p.view.Ringing) == 0 {
			return
		}
		i = p.find(func(i *model.Item) bool { return i.Key == p.view.Ringing[0].Key })
	}
	if i == nil {
		return
	}
	if a == model.Accept {
		p.model.Select(i.InteractionID)
	}
	p.first(i, a)
}

// first performs the first of the actions that the interaction offers now.
func (p *panel) first(i *model.Item, actions ...model.Action) {
	if i == nil {
		return
	}
	for _, a := range actions {
		if offer := i.Offer(a); offer != nil {
			p.model.Do(model.Task{Action: a, On: offer.On}, nil)
			return
		}
	}
}
