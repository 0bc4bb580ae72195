package main

import (
	"context"
	"syscall/js"

	"wwebridge/wasm/wwe"
)

var document = js.Global().Get("document")

func main() {
	set("failure", explain(run(context.Background()))) // run only returns if it fails
	set("status", "")
}

func run(ctx context.Context) error {
	// wwe dev and wwe build write the origin into the page. Never take it from the page's URL.
	origin := document.Call("querySelector", "meta[name=wwe-origin]").Get("content").String()
	svc, err := wwe.Connect(ctx, wwe.WithOrigin(origin))
	if err != nil {
		return err
	}
	return follow(ctx, svc, show)
}

func show(v view) {
	set("agent", v.Agent)
	set("state", v.State)
	set("status", v.Warning)
	element("empty").Set("hidden", len(v.Interactions) > 0)
	list := element("interactions")
	list.Call("replaceChildren")
	for _, r := range v.Interactions {
		item := element("row").Get("content").Get("firstElementChild").Call("cloneNode", true)
		item.Call("querySelector", ".who").Set("textContent", r.Who)
		item.Call("querySelector", ".state").Set("textContent", r.State)
		list.Call("append", item)
	}
}

func element(id string) js.Value { return document.Call("getElementById", id) }

// set shows a text. It sets textContent, never innerHTML: customers type some of these texts.
func set(id, text string) { element(id).Set("textContent", text) }
