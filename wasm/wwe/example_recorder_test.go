package wwe_test

import (
	"context"
	"fmt"
	"strings"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// A panel records its session, here with the simulated WWE. After a fault, it
// saves the recording for a test that replays it (see wwetest.NewReplay). The
// recording contains nothing that customers typed.
func ExampleRecorder() {
	recorder := wwe.NewRecorder(wwe.KeepKeys("Segment"))
	host := wwetest.NewHost()
	svc, err := host.Connect(wwe.WithRecorder(recorder)) // in a page: wwe.Connect(ctx, …)
	if err != nil {
		panic(err)
	}
	defer svc.Close()

	id := host.Ring(wwetest.Call{ANI: "+33140000001", UserData: wwe.UserData{"Segment": "Gold", "Name": "Ada Lovelace"}})
	i, err := svc.Interaction.GetByInteractionID(context.Background(), id)
	if err != nil {
		panic(err)
	}
	fmt.Println("the panel has:", i.UserData["Segment"], i.UserData["Name"], i.ANI)

	recording := recorder.Recording()
	fmt.Println("messages:", strings.Count(recording, "\n"))
	for _, text := range []string{"Gold", "Ada Lovelace", "+33140000001", "redacted-1"} {
		fmt.Println(text, strings.Contains(recording, text))
	}
	// Output:
	// the panel has: Gold Ada Lovelace +33140000001
	// messages: 2
	// Gold true
	// Ada Lovelace false
	// +33140000001 false
	// redacted-1 true
}
