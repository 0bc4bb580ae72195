package wwe_test

import (
	"context"
	"fmt"
	"time"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// Follow all interactions: the current ones first, and then again after every
// change.
func ExampleService_Follow() {
	host := wwetest.NewHost()
	svc, _ := host.Connect() // in a widget: wwe.Connect(ctx, wwe.WithOrigin("https://wwe.example.com"))
	defer svc.Close()
	ctx := context.Background()

	id := host.Ring(wwetest.Call{ANI: "+33140000001"})
	shown := wwe.State("")
	for interactions, err := range svc.Follow(ctx) {
		if err != nil {
			fmt.Println("cannot follow WWE:", err)
			return
		}
		if len(interactions) == 0 {
			break
		}
		i := interactions[0]
		if i.State == shown {
			continue // another property has changed
		}
		shown = i.State
		fmt.Println(i.ANI, i.State)
		switch i.State {
		case wwe.StateRinging:
			_ = svc.Interaction.Accept(ctx, id)
		case wwe.StateTalking:
			_ = svc.Voice.HangUp(ctx, id)
		case wwe.StateIdle:
			_ = svc.Interaction.MarkDone(ctx, id)
		}
	}
	fmt.Println("no interaction is left")
	// Output:
	// +33140000001 RINGING
	// +33140000001 TALKING
	// +33140000001 IDLE
	// no interaction is left
}

// A panel that also waits for other events, or shows whether it is up to date,
// uses the mirror directly.
func ExampleService_Watch() {
	host := wwetest.NewHost()
	svc, _ := host.Connect()
	defer svc.Close()

	workspace, err := svc.Watch(context.Background())
	if err != nil {
		fmt.Println("cannot follow WWE:", err)
		return
	}
	host.Ring(wwetest.Call{ANI: "+33140000001"})
	for workspace.Err() == nil {
		changed := workspace.Changed() // before reading
		if interactions := workspace.Interactions(); len(interactions) > 0 {
			fmt.Println(interactions[0].ANI, interactions[0].State, "is up to date:", workspace.Stale() == nil)
			break
		}
		select {
		case <-changed:
		case <-time.After(time.Minute):
			fmt.Println("no call for a minute")
		}
	}
	// Output: +33140000001 RINGING is up to date: true
}

// Screen pop: when a call arrives with a customer number in its user data, show
// the customer's record at once.
func ExampleService_Events_screenPop() {
	host := wwetest.NewHost()
	svc, _ := host.Connect()
	defer svc.Close()
	go func() {
		for host.Subscriptions(wwe.TopicInteraction) == 0 { // until the loop below has begun
			time.Sleep(time.Millisecond)
		}
		host.Ring(wwetest.Call{ANI: "+33140000001"})
		host.Ring(wwetest.Call{ANI: "+33140000002", UserData: wwe.UserData{"CustomerNumber": "4711"}})
	}()

	for event, err := range svc.Events(context.Background(), wwe.TopicInteraction) {
		if err != nil {
			fmt.Println("no screen pop:", err)
			return
		}
		e, ok := event.(wwe.InteractionEvent)
		if !ok || e.Type != wwe.EventTypeRinging {
			continue
		}
		if number, ok := e.Interaction.UserData["CustomerNumber"].(string); ok {
			fmt.Println("show the record of customer", number)
			break
		}
	}
	// Output: show the record of customer 4711
}
