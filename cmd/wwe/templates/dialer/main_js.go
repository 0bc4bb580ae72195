package main

import (
	"cmp"
	"context"
	"syscall/js"

	"wwebridge/wasm/wwe"
)

func main() {
	// wwe dev and wwe build write the origin into the page. Never take it from the page's URL.
	origin := element("origin").Get("content").String()
	svc, err := wwe.Connect(context.Background(), wwe.WithOrigin(origin))
	if err == nil {
		js.Global().Call("addEventListener", "submit", js.FuncOf(func(_ js.Value, args []js.Value) any {
			args[0].Call("preventDefault")
			go submit(svc, args[0].Get("target"), args[0].Get("submitter")) // a handler must not wait
			return nil
		}))
		err = follow(context.Background(), svc, show) // only returns if it fails
	}
	element("failure").Set("textContent", explain(err))
}

// submit dials or changes the agent's state, and shows the result in the form.
func submit(svc *wwe.Service, form, button js.Value) {
	done, err := "Your state is changed.", error(nil)
	if form.Get("id").String() == "agent" {
		err = svc.Agent.SetState(context.Background(), element("states").Get("value").String())
	} else {
		number := dialled(cmp.Or(button.Get("value").String(), element("number").Get("value").String()))
		done = "Calling " + number
		_, err = svc.Voice.Dial(context.Background(), number, nil)
	}
	if err != nil {
		done = explain(err)
	}
	form.Call("querySelector", "output").Set("textContent", done)
}

// show draws the view. It sets textContent, never innerHTML: others have written these texts.
func show(v view) {
	element("status").Set("textContent", "You are: "+v.State)
	if states := element("states"); states.Get("length").Int() != len(v.States) { // not while the agent chooses
		states.Call("replaceChildren")
		for _, s := range v.States {
			states.Call("add", js.Global().Get("Option").New(s.DisplayName, s.OperationName))
		}
	}
	recent := element("recent")
	for recent.Get("childElementCount").Int() < len(v.Recent) { // a button stays, so that it keeps the focus
		recent.Call("append", element("entry").Get("content").Call("cloneNode", true))
	}
	for n, number := range v.Recent {
		recent.Get("children").Index(n).Get("firstElementChild").Set("value", number)
	}
}

func element(id string) js.Value { return js.Global().Get("document").Call("getElementById", id) }

// explain says who can fix an error, and how. The error's own text is for that person.
func explain(err error) string { return wwe.CategoryOf(err).Explain() + " (" + err.Error() + ")" }
