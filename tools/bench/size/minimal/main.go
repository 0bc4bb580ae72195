//go:build js

// This program is a minimal widget: it connects, lists the agent's interactions, and
// subscribes to their events.
package main

import (
	"context"
	"syscall/js"

	"wwebridge/wasm/wwe"
)

func main() {
	ctx := context.Background()
	svc, err := wwe.Connect(ctx, wwe.WithOrigin(js.Global().Get("wweOrigin").String()))
	if err != nil {
		show(err.Error())
		return
	}
	sub, err := svc.Subscribe(ctx, wwe.TopicInteraction)
	if err != nil {
		show(err.Error())
		return
	}
	all, err := svc.Interaction.GetInteractions(ctx)
	if err != nil {
		show(err.Error())
		return
	}
	for _, i := range all {
		show(i.ANI)
	}
	for event := range sub.Events() {
		if e, ok := event.(wwe.InteractionEvent); ok {
			show(e.Interaction.ANI)
		}
	}
}

func show(text string) { js.Global().Get("document").Get("body").Set("innerText", text) }
