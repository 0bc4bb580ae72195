package main

import (
	"fmt"
	"reflect"
	"testing"
	"testing/synctest"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

func TestTheViewFollowsTheAgentAndTheCalls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		host := wwetest.NewHost() // a simulated WWE, in memory
		svc, err := host.Connect()
		if err != nil {
			t.Fatal(err)
		}
		defer svc.Close()
		var shown view
		go follow(t.Context(), svc, func(v view) { shown = v })

		synctest.Wait() // until follow waits for a change
		check(t, shown, view{State: "Ready", States: host.AgentStates()})
		host.Ring(wwetest.Call{ANI: "+33140000001"})
		if _, err := svc.Voice.Dial(t.Context(), dialled("+33 1 40-00.00 02"), nil); err != nil {
			t.Fatal(err)
		}
		if err := svc.Agent.SetState(t.Context(), "NotReady"); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		check(t, shown.State, "Not Ready")
		check(t, shown.Recent, []string{"+33140000002", "+33140000001"})
	})
}

func TestRecentNumbersAreTenDifferentOnes(t *testing.T) {
	var numbers []string
	for n := range 12 {
		numbers = recent(numbers, []wwe.Interaction{{ANI: fmt.Sprint(n)}, {Media: "chat"}})
	}
	check(t, numbers, []string{"11", "10", "9", "8", "7", "6", "5", "4", "3", "2"})
	numbers = recent(numbers, []wwe.Interaction{{ANI: "me", DNIS: "5", Direction: wwe.DirectionOut}})
	check(t, numbers, []string{"5", "11", "10", "9", "8", "7", "6", "4", "3", "2"})
}

func TestANumberIsDialledAsItIsWrittenButForItsGaps(t *testing.T) {
	for text, want := range map[string]string{"+33 1 40-00.00 01": "+33140000001", "(0800) 123/4": "08001234", "*21#": "*21#", "1-800-CALL": "1800CALL", " ": ""} {
		check(t, dialled(text), want)
	}
}

func check(t *testing.T, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
