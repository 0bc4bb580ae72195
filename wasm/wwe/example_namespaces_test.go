package wwe_test

import (
	"context"
	"fmt"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// Click-to-dial: the agent clicks a number on the page, WWE dials it, and the
// page shows the progress of the call.
func ExampleVoiceNamespace_Dial() {
	host := wwetest.NewHost()
	svc, _ := host.Connect() // in a widget: wwe.Connect(ctx, wwe.WithOrigin("https://wwe.example.com"))
	defer svc.Close()
	ctx := context.Background()

	calls, err := svc.Subscribe(ctx, wwe.TopicInteraction)
	if err != nil {
		fmt.Println("cannot follow the call:", err)
		return
	}
	clicked := func(number string) { // on its own goroutine, see Async
		if _, err := svc.Voice.Dial(ctx, number, wwe.UserData{"Reason": "callback"}); err != nil {
			fmt.Println("no call:", err)
		}
	}

	clicked("") // the page has a customer without a number
	clicked("+33140000001")
	for event := range calls.Events() {
		e, ok := event.(wwe.InteractionEvent)
		if !ok || e.Interaction.DNIS != "+33140000001" {
			continue
		}
		fmt.Println(e.Interaction.DNIS, e.Interaction.State, e.Interaction.UserData["Reason"])
		if e.Interaction.State == wwe.StateTalking {
			break
		}
		_ = host.Answer(e.Interaction.InteractionID) // the customer answers
	}
	// Output:
	// no call: wwe: voice.dial: destination: must not be empty
	// +33140000001 DIALING callback
	// +33140000001 TALKING callback
}

// An agent-state widget lists the states to choose from and shows the current
// state, even if it is changed elsewhere.
func ExampleAgentNamespace_SetState() {
	host := wwetest.NewHost()
	svc, _ := host.Connect()
	defer svc.Close()
	ctx := context.Background()

	changes, err := svc.Subscribe(ctx, wwe.TopicAgent) // before reading, so that no change is missed
	if err != nil {
		fmt.Println("no states:", err)
		return
	}
	now, err := svc.Agent.GetState(ctx)
	if err != nil {
		fmt.Println("no state:", err)
		return
	}
	states, err := svc.Agent.GetStateList(ctx)
	if err != nil {
		fmt.Println("no states:", err)
		return
	}
	fmt.Println("now:", now.DisplayName)
	for _, s := range states[:3] {
		fmt.Println("to choose:", s.DisplayName)
	}

	// The agent chooses the second one here, and then another one in WWE's own
	// menu.
	if err := svc.Agent.SetState(ctx, states[1].OperationName); err != nil {
		fmt.Println("not set:", err)
	}
	_ = host.SetAgentState("AfterCallWork")
	for range 2 {
		if e, ok := (<-changes.Events()).(wwe.AgentEvent); ok {
			fmt.Println("now:", e.State.DisplayName)
		}
	}
	// Output:
	// now: Ready
	// to choose: Ready
	// to choose: Not Ready
	// to choose: Lunch
	// now: Not Ready
	// now: After Call Work
}

// A toast with buttons. Genesys does not document how WWE reports which button
// was pressed, so the example looks for it in a system event.
func ExampleSystemNamespace_PopupToast() {
	host := wwetest.NewHost()
	svc, _ := host.Connect()
	defer svc.Close()
	ctx := context.Background()

	presses, err := svc.Subscribe(ctx, wwe.TopicSystem)
	if err != nil {
		fmt.Println("presses are not heard:", err)
		return
	}
	toast, err := svc.System.PopupToast(ctx, wwe.Toast{
		Title:   "Callback",
		Message: "Mrs Smith waits for your call.",
		Buttons: []any{"Call", "Later"},
	})
	if err != nil {
		fmt.Println("no toast:", err)
		return
	}
	_ = host.PressToast(toast.ID, "Call") // the agent presses it

	event := (<-presses.Events()).(wwe.UnknownEvent)
	value, _ := event.Data.Value()
	data, _ := value.(map[string]any)
	if data["toastId"] == toast.ID {
		fmt.Println("pressed:", data["button"])
	}
	// Output: pressed: Call
}

// An outbound preview panel: the agent views the next customer of a campaign,
// calls, and records the result.
func ExampleOutboundNamespace() {
	host := wwetest.NewHost()
	_ = host.LoadCampaign(wwetest.Campaign{Name: "Spring", Records: [][]wwetest.Record{
		{{Phone: "+33140000001", Fields: wwe.RecordFields{"GSW_FROM": "10:10"}}},
	}})
	_ = host.StartCampaign("Spring")
	svc, _ := host.Connect()
	defer svc.Close()
	ctx := context.Background()

	// The record arrives as an interaction.
	previews, err := svc.Subscribe(ctx, wwe.TopicInteraction)
	if err == nil {
		_, err = svc.Outbound.GetPreviewRecord(ctx, "Spring")
	}
	if err != nil {
		fmt.Println("no record:", err)
		return
	}
	var record wwe.Interaction
	for record.State != wwe.StatePreview {
		if e, ok := (<-previews.Events()).(wwe.InteractionEvent); ok {
			record = e.Interaction
		}
	}
	fmt.Println("to call:", record.Parties[0].PhoneNumber, "from", record.UserData["GSW_FROM"])

	// The agent presses Call. Handle 1 is the first record of the customer's chain.
	if err := svc.Outbound.CallPreviewRecord(ctx, record.InteractionID, 1); err != nil {
		fmt.Println("not called:", err)
	}
	call := host.Interactions()[1].InteractionID
	_ = host.Answer(call)
	_ = host.HangUp(call)

	const answered = 33 // from GetListOfCallResults
	if err := svc.Outbound.SetCallResult(ctx, record.InteractionID, answered); err != nil {
		fmt.Println("no result:", err)
	}
	if err := svc.Outbound.SetDoNotCall(ctx, record.InteractionID); err != nil {
		fmt.Println("the customer will be called again:", err)
	}
	outcome, _ := host.RecordOutcome(record.InteractionID)
	fmt.Println("result:", outcome.CallResult, "do not call again:", outcome.DoNotCall)
	// Output:
	// to call: +33140000001 from 10:10
	// result: 33 do not call again: true
}

// Two widgets in the same WWE communicate on a channel.
func ExampleMessengerNamespace_BroadcastMessage() {
	host := wwetest.NewHost()
	search, _ := host.Connect()
	defer search.Close()
	record, _ := host.Connect()
	defer record.Close()
	ctx := context.Background()

	// One widget listens...
	messages, err := record.Subscribe(ctx, wwe.TopicMessenger("customers"))
	if err != nil {
		fmt.Println("cannot listen:", err)
		return
	}
	// ...and the other one announces which customer the agent has found.
	if err := search.Messenger.BroadcastMessage(ctx, "customers", map[string]any{"customer": "4711"}); err != nil {
		fmt.Println("cannot tell:", err)
		return
	}

	message := (<-messages.Events()).(wwe.MessengerEvent).Message
	value, err := message.Value() // any page may have sent it: validate it
	found, ok := value.(map[string]any)
	if err != nil || !ok {
		fmt.Println("not a message for us")
		return
	}
	fmt.Println("show customer", found["customer"])
	// Output: show customer 4711
}

// First ask WWE which requests this page may use, and show the others as
// unavailable.
func ExampleSystemNamespace_GetAllowedServices() {
	host := wwetest.NewHost(wwetest.WithConfig(func(c *wwetest.Config) {
		c.AcceptedOrigins = wwetest.Origin + " (system.*, interaction.*)"
	}))
	svc, _ := host.Connect()
	defer svc.Close()

	allowed, err := svc.System.GetAllowedServices(context.Background())
	if err != nil {
		fmt.Println("WWE does not accept this page:", err)
		return
	}
	for _, request := range []string{"interaction.accept", "voice.dial"} {
		fmt.Println(request, allowed.Allows(request))
	}
	// Output:
	// interaction.accept true
	// voice.dial false
}

// Each error has a category that says who can fix it.
func ExampleCategoryOf() {
	host := wwetest.NewHost()
	svc, _ := host.Connect()
	defer svc.Close()

	err := svc.Voice.Hold(context.Background(), "404")
	switch who := wwe.CategoryOf(err); who {
	case wwe.CategoryAuthor, wwe.CategoryConfiguration:
		fmt.Println("for the log:", err, who.Explain())
	case wwe.CategoryAgent, wwe.CategoryConnection:
		fmt.Println(err)
		fmt.Println(who.Explain())
	}
	// Output:
	// wwe: voice.hold: WWE refused: no interaction has the id "404"
	// WWE refused it, mostly because of the state of the interaction, which the agent must check; if that allows it, WWE's options may not.
}

// If WWE is open in several tabs, each contains the widget. Only the widget in
// the leading tab writes.
func ExampleSystemNamespace_Leads() {
	host := wwetest.NewHost()
	id := host.Ring(wwetest.Call{})
	svc, _ := host.Connect()
	defer svc.Close()
	ctx := context.Background()

	leads, err := svc.System.Leads(ctx)
	if err != nil {
		fmt.Println("not known:", err)
		return
	}
	if leads {
		fmt.Println("written:", svc.Interaction.SetUserData(ctx, id, wwe.UserData{"Score": 7}))
	}
	// Output: written: <nil>
}
