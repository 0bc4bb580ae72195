package main

import (
	"errors"
	"reflect"
	"testing"
	"testing/synctest"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

func TestTheViewFollowsTheAgentAndTheInteractions(t *testing.T) {
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
		check(t, shown, view{Agent: host.Agent().FullName(), State: "Ready"})
		id := host.Ring(wwetest.Call{ANI: "+33140000001"})
		synctest.Wait()
		check(t, shown.Interactions, []row{{"+33140000001", "Ringing"}})
		if err := host.Answer(id); err != nil {
			t.Fatal(err)
		}
		if err := host.SetAgentState("NotReady"); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		check(t, shown.State, "Not Ready")
		check(t, shown.Interactions, []row{{"+33140000001", "Talking"}})
		host.Chat(wwetest.Chat{From: "Ann Smith"})
		synctest.Wait()
		check(t, shown.Interactions, []row{{"+33140000001", "Talking"}, {"Ann Smith", "Waiting for you"}})
	})
}

func TestARefusalNamesWhoCanFixIt(t *testing.T) {
	host := wwetest.NewHost()
	host.Fault(wwetest.Fault{Request: "agent.get", Refuse: "not for you"})
	svc, err := host.Connect()
	if err != nil {
		t.Fatal(err)
	}
	defer svc.Close()
	err = follow(t.Context(), svc, func(view) {})
	check(t, wwe.CategoryOf(err), wwe.CategoryAgent)
	check(t, explain(errors.New("boom")), wwe.CategoryAuthor.Explain()+" (boom)")
	check(t, explain(nil), "")
}

func check(t *testing.T, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
