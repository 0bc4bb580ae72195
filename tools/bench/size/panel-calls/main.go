//go:build js

// This program uses the parts of package wwe that the panel needs, without the panel.
package main

import (
	"context"
	"syscall/js"

	"wwebridge/wasm/wwe"
)

func main() {
	ctx := context.Background()
	svc, err := wwe.Connect(ctx, wwe.WithOrigin("https://wwe.example.com"), wwe.WithFrame("wwe"), wwe.WithTimeout(1))
	if err != nil {
		println(err.Error())
		return
	}
	w, err := svc.Watch(ctx)
	if err != nil {
		println(err.Error())
		return
	}
	sub, _ := svc.Subscribe(ctx, wwe.TopicAgent, wwe.TopicMedia)
	for w.Err() == nil {
		changed := w.Changed()
		println(len(w.Interactions()), w.Stale(), sub.Events())
		println(ask(ctx, svc, js.Global().Get("name").String()) == nil)
		<-changed
	}
}

func ask(ctx context.Context, svc *wwe.Service, id string) error {
	allowed, err := svc.System.GetAllowedServices(ctx)
	println(allowed.Allows("interaction.accept"), err)
	agent, _ := svc.Agent.Get(ctx)
	state, _ := svc.Agent.GetState(ctx)
	states, _ := svc.Agent.GetStateList(ctx)
	media, _ := svc.Media.GetMediaList(ctx)
	println(agent.Username, state.Type, len(states), len(media))
	option, err := svc.Configuration.GetOption(ctx, id)
	println(option, err)
	for _, err := range []error{
		svc.Agent.SetState(ctx, id), svc.Media.SetState(ctx, id, id),
		svc.Interaction.Consult(ctx, id, wwe.Target{Destination: id}, nil, nil),
		svc.Interaction.SingleStepTransfer(ctx, id, wwe.Target{Destination: id}, nil, nil),
		svc.Interaction.SingleStepConference(ctx, id, wwe.Target{Destination: id}, nil, nil),
		svc.Interaction.BlockMarkDone(ctx, id, id), svc.Interaction.SetUserData(ctx, id, wwe.UserData{id: id}),
		svc.Interaction.DeleteUserData(ctx, id, id), svc.Interaction.SelectCaseByCaseID(ctx, id),
	} {
		println(err)
	}
	_, err = svc.Call(ctx, "voice.hold", id)
	return err
}
