//go:build js

package main

import (
	"syscall/js"
	"time"

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
	case shortcuts.HangUp: // a consultation ends before the customer's call
		if p.isMeant(i, model.EndConsultation, model.HangUp) {
			p.first(i, model.EndConsultation, model.HangUp)
		}
	case shortcuts.MarkDone:
		if p.isMeant(i, model.MarkDone) {
			p.demandDisposition(p.dock.bar.buttons[model.MarkDone])
			p.first(i, model.MarkDone)
		}
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

// isMeant reports whether a shortcut that cannot be undone was meant for the
// interaction: as with its buttons, not if the dock has just changed.
func (p *panel) isMeant(i *model.Item, actions ...model.Action) bool {
	if i == nil || p.dock.element.GetAttribute("data-key") != keyOf(i) {
		return false
	}
	for _, a := range actions {
		if isSettling(p.dock.bar.buttons[a]) {
			return false
		}
	}
	return true
}

// ring is the interaction that the shortcuts for accept and reject act on, as last drawn.
type ring struct {
	key   int // 0 for none
	since time.Time
}

// show updates the ring. An interaction that rings alone can be answered at once.
func (r *ring) show(v *model.View, now time.Time) {
	key := keyToAnswer(v)
	if key != r.key && key != 0 && r.key != 0 {
		r.since = now
	}
	r.key = key
}

// keyToAnswer is the key of the selected interaction if it rings, or else of the
// first one that does, 0 for none.
func keyToAnswer(v *model.View) int {
	if i := v.Selected; i != nil && model.IsOffered(i.Interaction) {
		return i.Key
	}
	if len(v.Ringing) > 0 {
		return v.Ringing[0].Key
	}
	return 0
}

// answer accepts or rejects the ringing interaction, unless the key was meant for an earlier one.
func (p *panel) answer(a model.Action) {
	key := keyToAnswer(p.view)
	if key != p.ring.key || time.Since(p.ring.since) < settleTime {
		return
	}
	i := p.find(func(i *model.Item) bool { return i.Key == key })
	if i != nil {
		p.perform(i, a)
	}
}

// first performs the first of the actions that the interaction offers now.
func (p *panel) first(i *model.Item, actions ...model.Action) {
	if i == nil {
		return
	}
	for _, a := range actions {
		if i.Offer(a) != nil {
			p.perform(i, a)
			return
		}
	}
}
