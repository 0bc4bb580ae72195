package wwetest_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// acceptGold is the logic of a widget. It accepts the calls of gold customers.
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

// Test a widget with calls that ring.
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

// Check the requests that a widget sent to WWE, in order and with their
// parameters.
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

// Test how a widget reacts when WWE refuses its request. A Fault without Refuse
// and Data keeps WWE silent instead, until the call times out.
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

// A screen pop: the widget shows the customer data that comes with a call.
func ExampleHost_Ring() {
	host := wwetest.NewHost()
	svc, err := host.Connect()
	if err != nil {
		panic(err)
	}
	defer svc.Close()
	ctx := context.Background()
	events, err := svc.Subscribe(ctx, wwe.TopicInteraction)
	if err != nil {
		panic(err)
	}

	host.Ring(wwetest.Call{ANI: "+33140000001", UserData: wwe.UserData{"CustomerID": "4711"}})

	if e, ok := (<-events.Events()).(wwe.InteractionEvent); ok {
		fmt.Println(e.Type, "from", e.Interaction.ANI, "customer", e.Interaction.UserData["CustomerID"])
	}
	// Output:
	// RINGING from +33140000001 customer 4711
}

// A widget rejects an anonymous call, so that somebody else can answer it.
func ExampleHost_Interaction() {
	host := wwetest.NewHost()
	svc, err := host.Connect()
	if err != nil {
		panic(err)
	}
	defer svc.Close()
	ctx := context.Background()

	known := host.Ring(wwetest.Call{ANI: "+33140000001"})
	anonymous := host.Ring(wwetest.Call{ANI: "anonymous"})
	fmt.Println(svc.Interaction.Accept(ctx, known), svc.Interaction.Reject(ctx, anonymous))

	i, _ := host.Interaction(known)
	_, held := host.Interaction(anonymous)
	fmt.Println(i.State, held)
	// Output:
	// <nil> <nil>
	// TALKING false
}

// At the end of a call, the widget stores the outcome and marks the call done.
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
	fmt.Println(svc.Interaction.SetUserData(ctx, id, wwe.UserData{"Outcome": "sold"}))
	fmt.Println(svc.Interaction.MarkDone(ctx, id))
	fmt.Println(host.HangUp(id)) // the customer hangs up

	i, _ := host.Interaction(id)
	fmt.Println(i.State, i.UserData["Outcome"])
	fmt.Println(svc.Interaction.MarkDone(ctx, id))
	fmt.Println(len(host.Interactions()))
	// Output:
	// <nil>
	// <nil>
	// wwe: interaction.markdone: WWE refused: interaction 1 is TALKING: markDone is not possible
	// <nil>
	// IDLE sold
	// <nil>
	// 0
}

// A widget blocks mark done until its form is complete.
func ExampleHost_MarkDone() {
	host := wwetest.NewHost()
	svc, err := host.Connect()
	if err != nil {
		panic(err)
	}
	defer svc.Close()
	ctx := context.Background()

	id := host.Ring(wwetest.Call{})
	fmt.Println(svc.Interaction.BlockMarkDone(ctx, id, "Please fill in the form"))
	fmt.Println(host.Answer(id), host.HangUp(id))
	fmt.Println(host.MarkDone(id)) // the agent presses Done
	fmt.Println(svc.Interaction.UnblockMarkDone(ctx, id))
	fmt.Println(host.MarkDone(id))
	// Output:
	// <nil>
	// <nil> <nil>
	// Please fill in the form
	// <nil>
	// <nil>
}

// Nobody answers a call. The Clock makes twenty seconds pass at once.
func ExampleClock() {
	clock := wwetest.NewClock()
	host := wwetest.NewHost(wwetest.WithClock(clock), wwetest.WithConfig(func(c *wwetest.Config) { c.NoAnswerTimeout = 20 * time.Second }))
	svc, err := host.Connect()
	if err != nil {
		panic(err)
	}
	defer svc.Close()
	host.Ring(wwetest.Call{ANI: "+33140000001"})
	events, err := svc.Subscribe(context.Background(), wwe.TopicInteraction)
	if err != nil {
		panic(err)
	}

	clock.Advance(20 * time.Second)

	if e, ok := (<-events.Events()).(wwe.InteractionEvent); ok {
		fmt.Println(e.Type, e.Interaction.RonaCallState)
	}
	fmt.Println(len(host.Interactions()))
	// Output:
	// RELEASED NO_ANSWER
	// 0
}

// A consultation ends in a transfer. The test decides when the colleague
// answers.
func ExampleHost_Answer() {
	host := wwetest.NewHost(wwetest.WithConfig(func(c *wwetest.Config) { c.TargetsAnswer = false }))
	svc, err := host.Connect()
	if err != nil {
		panic(err)
	}
	defer svc.Close()
	ctx := context.Background()
	show := func() {
		for _, i := range host.Interactions() {
			fmt.Println(i.InteractionID, "is", i.State)
		}
	}

	id := host.Ring(wwetest.Call{ANI: "+33140000001"})
	fmt.Println(host.Answer(id))
	fmt.Println(svc.Interaction.Consult(ctx, id, wwe.Target{Type: wwe.TargetTypeAgent, Destination: "1002"}, nil, nil))
	show()
	fmt.Println(host.Answer("2"))
	show()
	fmt.Println(svc.Interaction.CompleteTransfer(ctx, "2"))
	show()
	// Output:
	// <nil>
	// <nil>
	// 1 is HELD
	// 2 is DIALING
	// <nil>
	// 1 is HELD
	// 2 is TALKING
	// <nil>
	// 1 is IDLE
}

// A chat joins its session step by step. At the end, the customer leaves it.
func ExampleHost_Chat() {
	host := wwetest.NewHost(wwetest.WithConfig(func(c *wwetest.Config) { c.ChatJoins = false }))
	svc, err := host.Connect()
	if err != nil {
		panic(err)
	}
	defer svc.Close()

	id := host.Chat(wwetest.Chat{From: "Ann", UserData: wwe.UserData{"Topic": "Invoice"}})
	fmt.Println(svc.Interaction.Accept(context.Background(), id))
	for _, action := range []wwetest.Action{wwetest.ActionJoin, wwetest.ActionJoinFails, wwetest.ActionJoin, wwetest.ActionJoin, wwetest.ActionJoin, wwetest.ActionHangUp} {
		if err := host.Do(id, action); err != nil {
			panic(err)
		}
		i, _ := host.Interaction(id)
		fmt.Println(i.State)
	}
	// Output:
	// <nil>
	// JOIN_PENDING
	// JOIN_FAILED
	// JOIN_PENDING
	// HISTORY_IN_PROGRESS
	// HISTORY_DONE
	// IDLE
}

// The agent saves an email in the workbin and pulls it again. WWE gives it a
// new id, but its UUID stays.
func ExampleHost_Pull() {
	host := wwetest.NewHost()
	id := host.Email(wwetest.Email{From: "ann@example.com", Subject: "My order"})
	fmt.Println(host.Answer(id), host.Do(id, wwetest.ActionSave))
	saved := host.Workbin()[0]
	fmt.Println(saved.State, saved.UserData["Subject"], len(host.Interactions()))

	again, err := host.Pull(saved.InteractionUUID)
	i, _ := host.Interaction(again)
	fmt.Println(err, i.State, again != id, i.InteractionUUID == saved.InteractionUUID)
	// Output:
	// <nil> <nil>
	// SAVED My order 0
	// <nil> PULLED true true
}

// Test how a widget reacts when WWE does not answer at all.
func ExampleHost_Fault_silence() {
	host := wwetest.NewHost()
	svc, err := host.Connect(wwe.WithTimeout(20 * time.Millisecond))
	if err != nil {
		panic(err)
	}
	defer svc.Close()

	host.Fault(wwetest.Fault{Kind: wwetest.FaultKindSilence})
	_, err = svc.Interaction.GetInteractions(context.Background())
	fmt.Println(errors.Is(err, wwe.ErrTimeout))
	// Output:
	// true
}

// The administrator lets the widget read and write only a few keys.
func ExampleWithConfig() {
	host := wwetest.NewHost(wwetest.WithConfig(func(c *wwetest.Config) {
		c.AcceptedOrigins = wwetest.Origin + " (interaction.*)"
		c.ReadAllowed = "Segment"
		c.WriteAllowed = "Outcome"
	}))
	svc, err := host.Connect()
	if err != nil {
		panic(err)
	}
	defer svc.Close()
	ctx := context.Background()

	id := host.Ring(wwetest.Call{UserData: wwe.UserData{"Segment": "Gold", "Balance": "-100"}})
	i, err := svc.Interaction.GetByInteractionID(ctx, id)
	fmt.Println(i.UserData, err)
	fmt.Println(svc.Interaction.SetUserData(ctx, id, wwe.UserData{"Segment": "Silver"}))
	_, err = svc.Call(ctx, "agent.get")
	fmt.Println(err)
	// Output:
	// map[Segment:Gold] <nil>
	// wwe: interaction.setUserData: WWE refused: the user data Segment may not be written
	// wwe: agent.get: WWE refused: origin https://panel.example.com may not use agent.get
}

// A widget changes the agent's state and follows its events.
func ExampleHost_SetAgentState() {
	host := wwetest.NewHost()
	svc, err := host.Connect()
	if err != nil {
		panic(err)
	}
	defer svc.Close()
	ctx := context.Background()
	events, err := svc.Subscribe(ctx, wwe.TopicAgent)
	if err != nil {
		panic(err)
	}

	fmt.Println(host.SetAgentState("NotReady")) // by a supervisor
	if e, ok := (<-events.Events()).(wwe.AgentEvent); ok {
		fmt.Println(e.State.DisplayName)
	}
	_, err = svc.Call(ctx, "agent.setState", "Ready")
	fmt.Println(err, host.AgentState().DisplayName)
	// Output:
	// <nil>
	// Not Ready
	// <nil> Ready
}
