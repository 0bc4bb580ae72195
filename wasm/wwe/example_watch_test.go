package wwe_test

import (
	"context"
	"fmt"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// Follow every interaction: the mirror is kept current, and a signal tells
// when there is something new to show.
func ExampleService_Watch() {
	host := wwetest.NewHost()
	svc, _ := host.Connect() // in a widget: wwe.Connect(ctx, wwe.WithOrigin("https://wwe.example.com"))
	defer svc.Close()

	workspace, err := svc.Watch(context.Background())
	if err != nil {
		fmt.Println("cannot follow WWE:", err)
		return
	}
	id := host.Ring(wwetest.Call{ANI: "+33140000001"})
	shown := wwe.State("")
	for range workspace.Changed() {
		i, found := workspace.Interaction(id)
		if !found || i.State == shown {
			continue
		}
		shown = i.State
		fmt.Println(i.ANI, i.State)
		if i.State == wwe.StateTalking {
			break
		}
		_ = svc.Interaction.Accept(context.Background(), id)
	}
	// Output:
	// +33140000001 RINGING
	// +33140000001 TALKING
}

// Screen pop: show the customer's record as soon as a call with a customer
// number in its user data arrives.
func ExampleService_Subscribe_screenPop() {
	host := wwetest.NewHost()
	svc, _ := host.Connect()
	defer svc.Close()

	calls, err := svc.Subscribe(context.Background(), wwe.TopicInteraction)
	if err != nil {
		fmt.Println("no screen pop:", err)
		return
	}
	host.Ring(wwetest.Call{ANI: "+33140000001"})
	host.Ring(wwetest.Call{ANI: "+33140000002", UserData: wwe.UserData{"CustomerNumber": "4711"}})
	for event := range calls.Events() {
		e, ok := event.(wwe.InteractionEvent)
		if !ok || e.Type != wwe.EventRinging {
			continue
		}
		if number, ok := e.Interaction.UserData["CustomerNumber"].(string); ok {
			fmt.Println("show the record of customer", number)
			break
		}
	}
	// Output: show the record of customer 4711
}
