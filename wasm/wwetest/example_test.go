package wwetest_test

import (
	"context"
	"errors"
	"fmt"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// acceptGold is the logic of a widget: it accepts the calls of gold customers.
func acceptGold(ctx context.Context, svc *wwe.Service) error {
	interactions, err := svc.Interaction.GetInteractions(ctx)
	if err != nil {
		return err
	}
	for _, i := range interactions {
		if i.State == wwe.StateRinging && i.UserData["Segment"] == "Gold" {
			if err := svc.Interaction.Accept(ctx, i.InteractionID); err != nil {
				return err
			}
		}
	}
	return nil
}

// A widget is tried against calls that ring.
func Example() {
	host := wwetest.NewHost()
	svc, err := host.Connect()
	if err != nil {
		panic(err)
	}
	defer svc.Close()

	host.Ring(wwetest.Call{ANI: "+33140000001", UserData: wwe.UserData{"Segment": "Gold"}})
	host.Ring(wwetest.Call{ANI: "+33140000002"})
	if err := acceptGold(context.Background(), svc); err != nil {
		panic(err)
	}

	for _, i := range host.Interactions() {
		fmt.Println(i.ANI, i.State)
	}
	// Output:
	// +33140000001 TALKING
	// +33140000002 RINGING
}

// What a widget asked of WWE, in order and with its parameters.
func ExampleHost_Requests() {
	host := wwetest.NewHost()
	svc, err := host.Connect()
	if err != nil {
		panic(err)
	}
	defer svc.Close()

	host.Ring(wwetest.Call{ANI: "+33140000001", UserData: wwe.UserData{"Segment": "Gold"}})
	if err := acceptGold(context.Background(), svc); err != nil {
		panic(err)
	}

	for _, r := range host.Requests() {
		fmt.Println(r.Name, r.Parameters)
	}
	// Output:
	// interaction.getInteractions []
	// interaction.accept ["1"]
}

// What a widget does when WWE refuses. A Fault without Refuse and Data keeps
// WWE silent instead, until the call times out.
func ExampleHost_Fault() {
	host := wwetest.NewHost()
	svc, err := host.Connect()
	if err != nil {
		panic(err)
	}
	defer svc.Close()
	host.Ring(wwetest.Call{ANI: "+33140000001", UserData: wwe.UserData{"Segment": "Gold"}})

	host.Fault(wwetest.Fault{Request: "interaction.accept", Refuse: "too many requests"})
	var refused *wwe.RequestError
	if err := acceptGold(context.Background(), svc); errors.As(err, &refused) {
		fmt.Println(refused.Message)
	}

	host.ClearFaults()
	fmt.Println(acceptGold(context.Background(), svc))
	// Output:
	// too many requests
	// <nil>
}

// The end of a call, from the ring to its removal.
func ExampleHost_HangUp() {
	host := wwetest.NewHost()
	svc, err := host.Connect()
	if err != nil {
		panic(err)
	}
	defer svc.Close()
	ctx := context.Background()

	id := host.Ring(wwetest.Call{ANI: "+33140000001"})
	fmt.Println(svc.Interaction.Accept(ctx, id))
	fmt.Println(svc.Interaction.MarkDone(ctx, id))
	fmt.Println(host.HangUp(id))
	fmt.Println(svc.Interaction.MarkDone(ctx, id))
	fmt.Println(len(host.Interactions()))
	// Output:
	// <nil>
	// wwe: interaction.markdone: WWE refused: interaction 1 is TALKING: markDone is not possible
	// <nil>
	// <nil>
	// 0
}
