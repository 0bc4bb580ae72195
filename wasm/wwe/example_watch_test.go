package wwe_test

import (
	"context"
	"fmt"
	"time"

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

// Block mark done until a form is filled.
func ExampleService_GuardMarkDone() {
	host := wwetest.NewHost(wwetest.WithConfig(func(c *wwetest.Config) { c.BlockMarkDoneTimeout = 300 * time.Millisecond }))
	svc, _ := host.Connect()
	defer svc.Close()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()

	_, err := svc.GuardMarkDone(ctx, func(_ context.Context, i wwe.Interaction) (warning string, block bool) {
		_, filled := i.UserData["Disposition"]
		return "Choose a disposition first.", !filled
	})
	if err != nil {
		fmt.Println("cannot guard:", err)
		return
	}

	id := host.Ring(wwetest.Call{ANI: "+33140000001"})
	_ = svc.Interaction.Accept(ctx, id)
	fmt.Println("agent presses Done during the call:", host.MarkDone(id))
	_ = host.HangUp(id)
	fmt.Println("agent presses Done:", host.MarkDone(id))
	// Output:
	// agent presses Done during the call: interaction 1 is TALKING: markDone is not possible
	// agent presses Done: Choose a disposition first.
}
