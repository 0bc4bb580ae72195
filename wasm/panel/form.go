//go:build js

package main

import (
	"wwebridge/wasm/internal/elements"
	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/panel/words"
	"wwebridge/wasm/wwe"
)

// actionForm asks for the arguments of an action: the target of a consultation, transfer or conference,
// or the message to show to an agent who presses Done. While open, it replaces the action's button and
// has the same name.
type actionForm struct {
	_        [0]func() // not comparable: less code
	w        *words.Words
	element  *elements.Element
	bars     [2]*bar      // with the buttons of the actions: the dock's bar and the one under "More"
	action   model.Action // "" while it is closed
	busy     bool
	kind     *elements.Element
	where    *elements.Element
	media    *elements.Element
	key      *elements.Element
	value    *elements.Element
	message  *elements.Element
	target   *elements.Element // the fields for a target
	mediaIn  *elements.Element
	toTell   *elements.Element
	submit   *elements.Element
	sendText *elements.Element
}

// targetTypes lists the kinds of targets, most common first.
var targetTypes = []wwe.TargetType{
	wwe.TargetTypeAgent, wwe.TargetTypeCustomContact, wwe.TargetTypeAgentGroup, wwe.TargetTypeSkill, wwe.TargetTypeInteractionQueue, wwe.TargetTypeRoutingPoint,
}

func newActionForm(w *words.Words, dock, more *bar) *actionForm {
	f := &actionForm{
		w: w, bars: [2]*bar{dock, more},
		kind: elements.New("select", ""), where: elements.Input("destination"), media: elements.New("select", ""),
		key: elements.Input("passKey"), value: elements.Input("passValue"), message: elements.Input("message"),
		sendText: elements.New("span", ""),
	}
	for _, t := range targetTypes {
		f.kind.AppendChild(option(string(t), w.Targets.Text(t)))
	}
	f.media.AppendChild(option("", w.SameMedia))
	for _, media := range []string{"voice", "chat"} {
		f.media.AppendChild(option(media, media))
	}
	f.where.SetAttribute("data-suggest", "")
	f.mediaIn = elements.Labelled(w.Media, f.media)
	f.target = elements.New("div", "fields",
		elements.Labelled(w.TargetKind, f.kind), elements.Labelled(w.Destination, f.where), f.mediaIn,
		elements.Labelled(w.PassKey, f.key), elements.Labelled(w.PassValue, f.value))
	hint := elements.Text("p", "fix", w.MessageHint) // a placeholder would be cut off
	hint.SetAttribute("id", uniqueID())
	f.message.SetAttribute("aria-describedby", hint.GetAttribute("id"))
	f.toTell = elements.New("div", "fields", elements.Labelled(w.Message, f.message), hint)
	f.submit = elements.New("button", "primary", f.sendText)
	f.submit.SetAttribute("type", "submit")
	f.element = elements.New("form", "ask", f.target, f.toTell,
		elements.New("div", "buttons", f.submit, elements.Button(w.Cancel, "cancel")))
	f.element.SetAttribute("data-form", "action")
	elements.Hide(f.element, true)
	return f
}

func option(value, text string) *elements.Element {
	e := elements.Text("option", "", text)
	e.SetAttribute("value", value)
	return e
}

// open opens the form for an action.
func (f *actionForm) open(a model.Action) {
	if f.busy {
		return
	}
	f.action = a
	blocks := a == model.BlockMarkDone
	elements.Hide(f.target, blocks)
	elements.Hide(f.toTell, !blocks)
	elements.Hide(f.mediaIn, a != model.Consult)
	f.where.SetRequired(!blocks)
	f.message.SetRequired(blocks)
	elements.SetText(f.sendText, f.w.Actions.Text(a))
	elements.Hide(f.element, false)
	elements.Hide(f.button(), true)
	if blocks {
		f.message.Focus()
	} else {
		f.where.Focus()
	}
}

// button returns the button that the form replaces.
func (f *actionForm) button() *elements.Element {
	if button := f.bars[0].buttons[f.action]; button != nil {
		return button
	}
	return f.bars[1].buttons[f.action]
}

// close closes the form and returns the focus to the action's button.
func (f *actionForm) close() {
	button := f.button()
	f.action = ""
	elements.Hide(f.element, true)
	if button != nil {
		elements.Hide(button, false)
		button.Focus()
	}
}

// show closes the form once its action makes no sense any more.
func (f *actionForm) show(i *model.Item) {
	if f.action == "" {
		return
	}
	offer := i.Offer(f.action)
	if offer == nil && !f.busy {
		f.action = ""
		elements.Hide(f.element, true)
		return
	}
	setAvailable(f.submit, offer == nil || offer.Allowed, f.busy, "")
}

// send performs the action. The input stays until the action has succeeded.
func (f *actionForm) send(do doer, id string) {
	if f.busy {
		return
	}
	t := model.Task{Action: f.action, On: id, Message: f.message.Value()}
	if f.action != model.BlockMarkDone {
		t.Target = wwe.Target{Type: wwe.TargetType(f.kind.Value()), Destination: f.where.Value()}
		if f.action == model.Consult {
			t.Target.Media = f.media.Value()
		}
		if key := f.key.Value(); key != "" {
			t.UserData = wwe.UserData{key: f.value.Value()}
		}
	}
	f.busy = do(t, func(succeeded bool) {
		f.busy = false
		setAvailable(f.submit, true, false, "")
		if !succeeded {
			return
		}
		hadFocus := f.element.QuerySelector(":focus") != nil
		f.action = ""
		elements.Hide(f.element, true)
		for _, field := range []*elements.Element{f.where, f.key, f.value, f.message} {
			field.SetValue("")
		}
		if hadFocus {
			f.bars[0].focusFirst()
		}
	})
	setAvailable(f.submit, true, f.busy, "")
}
