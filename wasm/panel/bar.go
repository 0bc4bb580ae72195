//go:build js

package main

import (
	"wwebridge/wasm/internal/elements"
	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/panel/words"
)

// bar is an action bar: the buttons of an interaction, each in its slot.
type bar struct {
	w       *words.Words
	element *elements.Element
	slots   []model.Slot
	buttons map[model.Action]*elements.Element
	names   map[model.Action]*elements.Element
	steady  []steadyPart // the slots
}

func newBar(w *words.Words, slots []model.Slot) *bar {
	b := &bar{
		w: w, element: elements.New("div", "actions"), slots: slots,
		buttons: map[model.Action]*elements.Element{}, names: map[model.Action]*elements.Element{},
	}
	for _, slot := range slots {
		place := elements.New("div", "slot")
		for _, a := range slot {
			shape, look := shapeOf(a)
			button, name := elements.Button("", string(a)), elements.New("span", "")
			button.AppendChild(icon(shape))
			button.AppendChild(name)
			if look != "" {
				button.AddClass(look)
			}
			b.buttons[a], b.names[a] = button, name
			place.AppendChild(button)
		}
		b.element.AppendChild(place)
		b.steady = append(b.steady, steadyPart{element: place})
	}
	return b
}

// shapes lists the actions whose icon is not named like the action, or whose button has a style: "primary" or
// "danger".
var shapes = [...]struct {
	action      model.Action
	shape, look string
}{
	{model.HangUp, "hangUp", "danger"},
	{model.EndConsultation, "hangUp", "danger"},
	{model.MarkDone, "done", "primary"},
	{model.CompleteTransfer, "transfer", "primary"},
	{model.CompleteConference, "conference", ""},
	{model.BackToCustomer, "resume", ""},
	{model.CallPreview, "callOut", "primary"},
	{model.MuteMicrophone, "mute", ""},
	{model.UnmuteMicrophone, "unmute", ""},
	{model.StartRecording, "record", ""},
	{model.PauseRecording, "hold", ""},
	{model.ResumeRecording, "record", ""},
	{model.StopRecording, "stop", ""},
	{model.BlockMarkDone, "lock", ""},
	{model.UnblockMarkDone, "unlock", ""},
}

// shapeOf returns the icon of an action and the style of its button, or "" for none.
func shapeOf(a model.Action) (shape, look string) {
	for n := range shapes {
		if shapes[n].action == a {
			return shapes[n].shape, shapes[n].look
		}
	}
	return string(a), ""
}

// show shows the buttons of the actions that make sense. It hides the button of the asked action, because
// that action's form is open in its place.
func (b *bar) show(i *model.Item, asked model.Action) {
	for n, slot := range b.slots {
		b.steady[n].offered = ""
		for _, a := range slot {
			offer := i.Offer(a)
			if a == asked {
				offer = nil
			}
			showOffer(b.buttons[a], offer, b.w)
			if offer == nil {
				continue
			}
			b.steady[n].offered = keyOf(i) + " " + string(a) // the same button for another interaction counts as another one
			name := b.w.Action(a, i)
			elements.SetText(b.names[a], name)
			elements.SetAttribute(b.names[a], "title", name) // a long name is cut off
		}
	}
}

// focusFirst focuses the first visible button.
func (b *bar) focusFirst() {
	for _, slot := range b.slots {
		for _, a := range slot {
			if button := b.buttons[a]; button.IsShown() {
				button.Focus()
				return
			}
		}
	}
}
