package main

import (
	"strings"
	"syscall/js"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/internal/elements"
	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

var asksForAll = options{WrapUp: model.WrapUpOptions{
	Dispositions: []model.Disposition{{Value: "sold", Label: "Sold"}, {Value: "lost", Label: "Not interested"}}, NoteKey: "Note",
}}

// enters is what the browser does where the agent types, and leaves the field.
func enters(control *elements.Element, text string) {
	control.SetValue(text)
	for _, event := range []string{"input", "change"} {
		control.Underlying().Call("dispatchEvent", js.Global().Get("Event").New(event, map[string]any{"bubbles": true}))
	}
}

func TestADispositionThatThePageDoesNotKnowShowsAsItIs(t *testing.T) {
	host := wwetest.NewHost()
	id := host.Ring(wwetest.Call{ANI: "+33 1", UserData: wwe.UserData{"DispositionCode": "<b>by the IVR</b>"}})
	require.NoError(t, host.Answer(id))
	p := connected(t, host, asksForAll)
	defer p.unmount()
	choice := func() *elements.Element { return p.root.QuerySelector("[data-wrapup=disposition]") }
	until(t, func() bool { return choice() != nil && choice().Value() == "<b>by the IVR</b>" })
	enters(choice(), "sold")
	until(t, func() bool { return host.Interactions()[0].UserData["DispositionCode"] == "sold" })
	until(t, func() bool { return len(choice().QuerySelectorAll("option")) == 3 })
	require.NoError(t, host.SetUserData(id, wwe.UserData{"DispositionCode": "elsewhere"}))
	until(t, func() bool { return choice().Value() == "elsewhere" })
}

// Each call has its own, also what the agent has not left yet.
func TestANoteIsOfItsOwnCall(t *testing.T) {
	host := wwetest.NewHost()
	anna, bert := host.Ring(wwetest.Call{ANI: "Anna"}), host.Ring(wwetest.Call{ANI: "Bert"})
	require.NoError(t, host.Answer(anna))
	require.NoError(t, host.Answer(bert))
	p := connected(t, host, asksForAll)
	defer p.unmount()
	until(t, func() bool { return len(p.root.QuerySelectorAll(".row")) == 2 })
	note := func(who string) *elements.Element {
		if d := p.root.QuerySelector(".detail:not([hidden])"); d != nil && p.dock.title.TextContent() == who {
			return d.QuerySelector("[data-wrapup=note]")
		}
		return nil
	}
	selects := func(id string) {
		p.model.Select(id)
		until(t, func() bool { // WWE follows: until then, it may move the selection itself
			selected := p.model.View().Selected
			return selected.InteractionID == id && selected.IsCaseSelected
		})
	}
	for _, call := range []struct{ id, who string }{{anna, "Anna"}, {bert, "Bert"}} {
		selects(call.id)
		until(t, func() bool { return note(call.who) != nil })
		assert.Empty(t, note(call.who).Value())
		enters(note(call.who), "of "+call.who)
	}
	until(t, func() bool {
		for _, i := range host.Interactions() {
			if i.UserData["Note"] != "of "+i.ANI {
				return false
			}
		}
		return true
	})
	selects(anna)
	until(t, func() bool { return note("Anna") != nil && note("Anna").Value() == "of Anna" })
}

func TestTheOptionsOfTheWorkAreRead(t *testing.T) {
	o, err := readOptions(js.ValueOf(map[string]any{
		"keys":         []any{"Customer", "Order"},
		"dispositions": []any{map[string]any{"value": "sold", "label": "Sold"}}, "dispositionKey": "Outcome", "dispositionRequired": true, "noteKey": "Note",
	}))
	require.NoError(t, err)
	assert.Equal(t, []string{"Customer", "Order"}, o.Keys)
	assert.Equal(t, model.WrapUpOptions{Dispositions: []model.Disposition{{Value: "sold", Label: "Sold"}}, DispositionKey: "Outcome", NoteKey: "Note", Required: true}, o.WrapUp)
	_, err = readOptions(js.ValueOf(map[string]any{"noteKey": 7}))
	assert.Error(t, err)
}

func TestAValueThatFoldsIsEditedWhole(t *testing.T) {
	host := wwetest.NewHost()
	long := strings.Repeat("word ", 100)
	require.NoError(t, host.Answer(host.Ring(wwetest.Call{ANI: "+33 1", UserData: wwe.UserData{"Note": long}})))
	p := connected(t, host, options{})
	defer p.unmount()
	until(t, func() bool { return p.root.QuerySelector(".whole") != nil })
	assert.Less(t, len(p.root.QuerySelector(".value").TextContent()), 210)
	p.root.QuerySelector("[data-action=edit]").Underlying().Call("click")
	assert.Equal(t, long, p.root.QuerySelector("[name=edited]").Value())
}

func TestATextOfSeveralLinesKeepsThemWhileItIsEdited(t *testing.T) {
	host := wwetest.NewHost()
	require.NoError(t, host.Answer(host.Ring(wwetest.Call{ANI: "+33 1", UserData: wwe.UserData{"Note": "one\ntwo"}})))
	p := connected(t, host, options{})
	defer p.unmount()
	until(t, func() bool { return p.root.QuerySelector("[data-action=edit]") != nil })
	p.root.QuerySelector("[data-action=edit]").Underlying().Call("click")
	field := p.root.QuerySelector("[name=edited]")
	assert.Equal(t, "one\ntwo", field.Value())
	field.SetValue("one\ntwo\nthree")
	p.root.QuerySelector("[data-form=edit] [type=submit]").Underlying().Call("click")
	until(t, func() bool { return host.Interactions()[0].UserData["Note"] == "one\ntwo\nthree" })
}
