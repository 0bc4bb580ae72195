package main

import (
	"errors"
	"testing"
	"testing/synctest"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// The story of a call, in a WWE that accepts user data after the end of a call and in one that does not.
func TestACallStaysOpenUntilItsWrapUpIsSaved(t *testing.T) {
	for name, afterRelease := range map[string]bool{"user data after the end": true, "no user data after the end": false} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				archived := wwe.UserData{}
				host, w := start(t, afterRelease, func(_ wwe.Interaction, data wwe.UserData) error { archived = data; return nil })
				id := host.Ring(wwetest.Call{ANI: "+33140000001"})
				do(t, host.Answer(id))
				do(t, host.HangUp(id))
				if err := host.MarkDone(id); err == nil || len(host.Interactions()) != 1 {
					t.Fatal("the agent could close the call without a wrap-up")
				}
				i, _ := host.Interaction(id)
				do(t, w.save(t.Context(), i, "sold", "An invoice came twice."))
				if i, _ = host.Interaction(id); afterRelease {
					archived = i.UserData
				}
				if archived.Text("Disposition") != "sold" || archived.Text("Note") != "An invoice came twice." {
					t.Errorf("saved: %v", archived)
				}
				do(t, host.MarkDone(id))
			})
		})
	}
}

func TestAWrapUpDuringTheCallIsUserData(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		host, w := start(t, false, func(wwe.Interaction, wwe.UserData) error { return errors.New("not needed") })
		id := host.Ring(wwetest.Call{})
		do(t, host.Answer(id))
		i, _ := host.Interaction(id)
		do(t, w.save(t.Context(), i, "lost", "Too dear."))
		do(t, host.HangUp(id))
		do(t, host.MarkDone(id))
	})
}

func TestWhatIsSavedNowhereKeepsTheCallOpen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		full := errors.New("the disk is full")
		host, w := start(t, false, func(wwe.Interaction, wwe.UserData) error { return full })
		id := host.Ring(wwetest.Call{})
		do(t, host.Answer(id))
		do(t, host.HangUp(id))
		i, _ := host.Interaction(id)
		if err := w.save(t.Context(), i, "sold", "Yes."); !errors.Is(err, full) {
			t.Errorf("saved: %v", err)
		}
		if host.MarkDone(id) == nil {
			t.Error("the agent could close the call")
		}
	})
}

// start guards a simulated WWE in memory.
func start(t *testing.T, afterRelease bool, archive func(wwe.Interaction, wwe.UserData) error) (*wwetest.Host, *wrapUp) {
	t.Helper()
	host := wwetest.NewHost(wwetest.WithConfig(func(c *wwetest.Config) { c.UserDataAfterRelease = afterRelease }))
	svc, err := host.Connect()
	do(t, err)
	t.Cleanup(func() { svc.Close() })
	w, err := newWrapUp(t.Context(), svc, archive)
	do(t, err)
	return host, w
}

func do(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
