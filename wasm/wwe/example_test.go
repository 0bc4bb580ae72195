package wwe_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// connectExample replaces wwe.Connect(ctx) in a page that WWE embeds. One call
// is ringing.
func connectExample() (*wwetest.Host, *wwe.Service) {
	host := wwetest.NewHost()
	host.Ring(wwetest.Call{ANI: "+33140000001", UserData: wwe.UserData{"Segment": "Gold"}})
	svc, err := host.Connect()
	if err != nil {
		panic(err)
	}
	return host, svc
}

func ExampleInteractionNamespace_GetInteractions() {
	_, svc := connectExample()
	defer svc.Close()

	interactions, err := svc.Interaction.GetInteractions(context.Background())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, i := range interactions {
		fmt.Println(i.InteractionID, i.ANI, i.State, i.UserData["Segment"])
	}
	// Output:
	// 1 +33140000001 RINGING Gold
}

func ExampleInteractionNamespace_SetUserData() {
	_, svc := connectExample()
	defer svc.Close()
	ctx := context.Background()

	err := svc.Interaction.SetUserData(ctx, "1", wwe.UserData{"Reason": "order", "Order": map[string]any{"number": 4711}})
	if err != nil {
		fmt.Println(err)
		return
	}
	i, err := svc.Interaction.GetByInteractionID(ctx, "1")
	fmt.Println(i.UserData, err)
	// Output:
	// map[Order:map[number:4711] Reason:order Segment:Gold] <nil>
}

func ExampleInteractionNamespace_Consult() {
	host, svc := connectExample()
	defer svc.Close()
	ctx := context.Background()

	if err := svc.Interaction.Accept(ctx, "1"); err != nil {
		fmt.Println(err)
		return
	}
	target := wwe.Target{Type: wwe.TargetTypeSkill, Destination: "French"}
	if err := svc.Interaction.Consult(ctx, "1", target, wwe.UserData{"Reason": "advice"}, nil); err != nil {
		fmt.Println(err)
		return
	}
	for _, i := range host.Interactions() {
		fmt.Printf("%s %s, parent %q\n", i.InteractionID, i.State, i.ParentInteractionID)
	}
	// Output:
	// 1 HELD, parent ""
	// 2 TALKING, parent "1"
}

// Never block in a DOM event handler: start the call there and wait for its
// result elsewhere.
func ExampleAsync() {
	_, svc := connectExample()
	defer svc.Close()
	ctx := context.Background()

	var done <-chan wwe.Result[[]wwe.Interaction]
	onClick := func() {
		done = wwe.Async(func() ([]wwe.Interaction, error) { return svc.Interaction.GetInteractions(ctx) })
	}

	onClick()
	result := <-done
	fmt.Println(len(result.Value), result.Err)
	// Output:
	// 1 <nil>
}

// Go sends any request from a DOM event handler, which must not block.
func ExampleService_Go() {
	host, svc := connectExample()
	defer svc.Close()

	var done <-chan wwe.Result[wwe.JSON]
	onClick := func() { done = svc.Go(context.Background(), "interaction.accept", "1") }

	onClick()
	result := <-done
	fmt.Println(result.Err, host.Interactions()[0].State)
	// Output:
	// <nil> TALKING
}

// Call sends a request that has no method of its own.
func ExampleService_Call() {
	host, svc := connectExample()
	defer svc.Close()
	host.Fault(wwetest.Fault{Request: "agent.getState", Data: `{"type":"READY","displayName":"Ready","operationName":"Ready"}`})

	data, err := svc.Call(context.Background(), "agent.getState")
	if err != nil {
		fmt.Println(err)
		return
	}
	state, err := data.Value()
	fmt.Println(data, err)
	fmt.Println(state.(map[string]any)["displayName"])
	// Output:
	// {"type":"READY","displayName":"Ready","operationName":"Ready"} <nil>
	// Ready
}

// A retry is safe if the request was not sent. Otherwise, check the current
// state first: WWE may have performed the request.
func ExampleTimeoutError() {
	host, svc := connectExample()
	defer svc.Close()
	late, cancel := context.WithTimeout(context.Background(), 0)
	defer cancel()

	err := svc.Interaction.Accept(late, "1")
	fmt.Println(err)
	var timeout *wwe.TimeoutError
	if errors.As(err, &timeout) && !timeout.Sent {
		err = svc.Interaction.Accept(context.Background(), "1")
	}
	fmt.Println(host.Interactions()[0].State, err)
	// Output:
	// wwe: interaction.accept: not sent: the context's deadline had passed before the request was sent
	// TALKING <nil>
}

// Use errors.Is and errors.As to distinguish errors.
func Example_errors() {
	host, svc := connectExample()
	ctx := context.Background()
	tell := func(err error) {
		var refused *wwe.RequestError
		var argument *wwe.ArgumentError
		switch {
		case errors.Is(err, wwe.ErrNotFound):
			fmt.Println("it is gone")
		case errors.Is(err, wwe.ErrTimeout): // matches context.DeadlineExceeded too
			fmt.Println("WWE does not answer")
		case errors.Is(err, wwe.ErrClosed):
			fmt.Println("the connection is closed")
		case errors.Is(err, context.Canceled):
			fmt.Println("nobody waits any more")
		case errors.As(err, &refused):
			fmt.Println("WWE says:", refused.Message)
		case errors.As(err, &argument):
			fmt.Println("not sent:", argument.Argument, argument.Problem)
		}
	}

	_, err := svc.Interaction.GetByInteractionID(ctx, "404")
	tell(err)

	tell(svc.Interaction.MarkDone(ctx, "1"))

	tell(svc.Interaction.SetUserData(ctx, "1", wwe.UserData{"callback": func() {}}))

	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	tell(svc.Interaction.Accept(cancelled, "1"))

	host.Fault(wwetest.Fault{Request: "interaction.accept"})
	impatient, stop := context.WithTimeout(ctx, time.Millisecond)
	defer stop()
	tell(svc.Interaction.Accept(impatient, "1"))

	svc.Close()
	tell(svc.Interaction.Accept(ctx, "1"))
	// Output:
	// it is gone
	// WWE says: interaction 1 is RINGING: markDone is not possible
	// not sent: keyValues.callback a value of this Go type cannot be sent; strings, booleans, numbers, nil, slices, maps with strings as keys, structs with fields that are all exported, and what has MarshalJSON can
	// nobody waits any more
	// WWE does not answer
	// the connection is closed
}
