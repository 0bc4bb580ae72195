package main

import (
	"cmp"
	"context"
	"slices"
	"syscall/js"

	"wwebridge/wasm/wwe"
)

var document = js.Global().Get("document")

func main() {
	// wwe dev and wwe build write the origin into the page. Never take it from the page's URL.
	origin := document.Call("querySelector", "meta[name=wwe-origin]").Get("content").String()
	svc, err := wwe.Connect(context.Background(), wwe.WithOrigin(origin))
	if err == nil {
		err = run(context.Background(), svc) // only returns if it fails
	}
	set(document, "#failure", explain(err))
}

func run(ctx context.Context, svc *wwe.Service) error {
	w, err := newWrapUp(ctx, svc, archive)
	if err != nil {
		return err
	}
	go func() {
		for err := range w.guard.Errors() {
			set(document, "#warning", "A call may have closed without a disposition. "+explain(err))
		}
	}()
	document.Call("addEventListener", "submit", js.FuncOf(func(_ js.Value, args []js.Value) any {
		args[0].Call("preventDefault")
		go submit(ctx, w, args[0].Get("target"), args[0].Get("submitter").Get("value").String()) // a handler must not wait
		return nil
	}))
	cards := map[string]js.Value{} // by InteractionUUID
	for interactions, err := range svc.Follow(ctx) {
		if err != nil {
			return err
		}
		set(document, "#status", "")
		draw(cards, slices.DeleteFunc(interactions, isConsultation))
	}
	return nil
}

// draw shows a card for each interaction. A card stays the same element while the agent types in it.
func draw(cards map[string]js.Value, interactions []wwe.Interaction) {
	for uuid, card := range cards {
		if !slices.ContainsFunc(interactions, func(i wwe.Interaction) bool { return i.InteractionUUID == uuid }) {
			card.Call("remove")
			delete(cards, uuid)
		}
	}
	for _, i := range interactions {
		card, known := cards[i.InteractionUUID]
		if !known {
			card = document.Call("querySelector", "#card").Get("content").Get("firstElementChild").Call("cloneNode", true)
			card.Get("elements").Get("disposition").Set("value", i.UserData.Text("Disposition"))
			card.Get("elements").Get("note").Set("value", i.UserData.Text("Note"))
			document.Call("querySelector", "#cards").Call("append", card)
			cards[i.InteractionUUID] = card
		}
		card.Get("dataset").Set("id", i.InteractionID)
		set(card, "h2", cmp.Or(i.ANI, i.DNIS, i.Media, "Interaction "+i.InteractionID))
		card.Call("querySelector", "[value=done]").Set("hidden", i.State != wwe.StateIdle)
	}
}

// submit saves the card, or marks its interaction done, and shows the result on the card.
func submit(ctx context.Context, w *wrapUp, card js.Value, button string) {
	id, fields, result := card.Get("dataset").Get("id").String(), card.Get("elements"), "Saved."
	i, err := w.svc.Interaction.GetByInteractionID(ctx, id)
	if err == nil && button == "save" {
		err = w.save(ctx, i, fields.Get("disposition").Get("value").String(), fields.Get("note").Get("value").String())
	} else if err == nil {
		err = w.svc.Interaction.MarkDone(ctx, id)
	}
	if err != nil {
		result = explain(err)
	}
	set(card, "output", result)
}

// archive keeps the data in this browser. Replace it by a request to a system of your own.
func archive(i wwe.Interaction, data wwe.UserData) (err error) {
	defer func() { err, _ = recover().(error) }() // the browser refuses by an exception
	js.Global().Get("localStorage").Call("setItem", "wrap-up "+i.InteractionUUID, data.Text("Disposition")+"\n"+data.Text("Note"))
	return nil
}

// explain says who can fix an error, and how. The error's own text is for that person.
func explain(err error) string { return wwe.CategoryOf(err).Explain() + " (" + err.Error() + ")" }

// set shows a text. It sets textContent, never innerHTML: customers type some of these texts.
func set(parent js.Value, selector, text string) {
	parent.Call("querySelector", selector).Set("textContent", text)
}
