package wwetest_test

import (
	"context"
	"fmt"
	"time"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// acceptAll is the logic of a widget: it accepts what rings, once it has looked.
func acceptAll(ctx context.Context, svc *wwe.Service) error {
	interactions, err := svc.Interaction.GetInteractions(ctx)
	if err != nil {
		return err
	}
	for _, i := range interactions {
		if err := svc.Interaction.Accept(ctx, i.InteractionID); err != nil {
			return err
		}
	}
	return nil
}

// A recording that an agent's panel has saved becomes a test: the widget must
// do again what it did then. The second one here does something else.
func ExampleReplay() {
	const recording = `{"at":0,"from":"widget","message":{"request":"interaction.getInteractions","referenceId":"go-1","userAgent":"WWE Client","protocolVersion":2}}
{"at":2,"from":"wwe","message":{"request":"interaction.getInteractions","referenceId":"go-1","data":[{"interactionId":"1","state":"RINGING","userData":{"Segment":"Gold","Name":"redacted-1"},"ani":"redacted-2"}],"userAgent":"WWE Server","protocolVersion":2}}
{"at":2,"from":"widget","message":{"request":"interaction.accept","parameters":["1"],"referenceId":"go-2","userAgent":"WWE Client","protocolVersion":2}}
{"at":4,"from":"wwe","message":{"request":"interaction.accept","referenceId":"go-2","userAgent":"WWE Server","protocolVersion":2}}
`
	rejectGold := func(ctx context.Context, svc *wwe.Service) error {
		interactions, err := svc.Interaction.GetInteractions(ctx)
		if err == nil && interactions[0].UserData["Segment"] == "Gold" {
			err = svc.Interaction.Reject(ctx, interactions[0].InteractionID)
		}
		return err
	}

	for _, widget := range []func(context.Context, *wwe.Service) error{acceptAll, rejectGold} {
		replay, err := wwetest.NewReplay(recording)
		if err != nil {
			panic(err)
		}
		svc, err := replay.Connect()
		if err != nil {
			panic(err)
		}
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		go widget(ctx, svc)
		fmt.Println(replay.Wait(ctx))
		cancel()
		svc.Close()
	}
	// Output:
	// <nil>
	// line 3 of the recording: expected interaction.accept ["1"]; the widget sent interaction.reject ["1"]
}
