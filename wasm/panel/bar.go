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

// shapeOf returns the icon of an action and the style of its button: "primary", "danger" or "".
func shapeOf(a model.Action) (shape, look string) {
	switch a {
	case model.HangUp, model.EndConsultation:
		return "hangUp", "danger"
	case model.MarkDone:
		return "done", "primary"
	case model.CompleteTransfer:
		return "transfer", "primary"
	case model.CompleteConference:
		return "conference", ""
	case model.BackToCustomer:
		return "resume", ""
	case model.MuteMicrophone:
		return "mute", ""
	case model.UnmuteMicrophone:
		return "unmute", ""
	case model.StartRecording, model.ResumeRecording:
		return "record", ""
	case model.PauseRecording:
		return "hold", ""
	case model.StopRecording:
		return "stop", ""
	case model.BlockMarkDone:
		return "lock", ""
	case model.UnblockMarkDone:
		return "unlock", ""
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
			showOffer(b.buttons[a], offer, b.w)
			shown := offer != nil && a != asked
			elements.Hide(b.buttons[a], !shown)
			if shown { // the same button for another interaction counts as another one
				b.steady[n].offered = keyOf(i) + " " + string(a)
			}
			if offer != nil {
				name := b.w.Action(a, i)
				elements.SetText(b.names[a], name)
				elements.SetAttribute(b.names[a], "title", name) // a long name is cut off
			}
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
