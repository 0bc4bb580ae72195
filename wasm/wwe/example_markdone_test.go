package wwe_test

import (
	"context"
	"fmt"
	"sync"
	"time"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// wrapUp keeps a call open until the agent has chosen a disposition.
type wrapUp struct {
	svc   *wwe.Service
	guard *wwe.MarkDoneGuard

	// archive saves a disposition in your own system, because not every WWE
	// accepts user data after the end of a call.
	archive func(ctx context.Context, i wwe.Interaction, disposition string) error

	mu    sync.Mutex
	saved map[string]bool // by InteractionUUID, as another call may get the same id
}

func newWrapUp(ctx context.Context, svc *wwe.Service, archive func(context.Context, wwe.Interaction, string) error) (*wrapUp, error) {
	w := &wrapUp{svc: svc, archive: archive, saved: map[string]bool{}}
	var err error
	w.guard, err = svc.GuardMarkDone(ctx, w.missing)
	return w, err
}

// missing is the guard's function. The guard calls it when the agent presses
// Done, and in Recheck.
func (w *wrapUp) missing(_ context.Context, i wwe.Interaction) (warning string, block bool) {
	w.mu.Lock()
	saved := w.saved[i.InteractionUUID]
	w.mu.Unlock()
	_, written := i.UserData["Disposition"] // by this page before a reload, or by another page
	return "Choose a disposition first.", !saved && !written
}

// choose saves the agent's choice, during or after the call, and allows the
// call to close. If it returns an error, the call stays open: show the error
// and let the agent retry.
func (w *wrapUp) choose(ctx context.Context, i wwe.Interaction, disposition string) error {
	err := w.svc.Interaction.SetUserData(ctx, i.InteractionID, wwe.UserData{"Disposition": disposition})
	if err != nil { // WWE refused or did not answer
		err = w.archive(ctx, i, disposition)
	}
	if err != nil {
		return err
	}
	w.mu.Lock()
	w.saved[i.InteractionUUID] = true
	w.mu.Unlock()
	return w.guard.Recheck(ctx, i.InteractionID)
}

// The agent hangs up, presses Done, is stopped, chooses a disposition in the
// panel, and the call closes. This works whether or not WWE accepts user data
// after the end of a call. A choice made during the call is in the user data
// with every WWE.
func ExampleService_GuardMarkDone() {
	for _, afterRelease := range []bool{true, false} {
		host := wwetest.NewHost(wwetest.WithConfig(func(c *wwetest.Config) {
			c.UserDataAfterRelease = afterRelease
			c.BlockMarkDoneTimeout = 300 * time.Millisecond
		}))
		svc, _ := host.Connect()
		ctx := context.Background()
		archived := "nothing"
		wrapUp, err := newWrapUp(ctx, svc, func(_ context.Context, _ wwe.Interaction, disposition string) error {
			archived = disposition
			return nil
		})
		if err != nil {
			fmt.Println("cannot guard:", err)
			return
		}
		go func() {
			for err := range wrapUp.guard.Errors() {
				fmt.Println("a call may have been closed without a disposition:", err)
			}
		}()

		id := host.Ring(wwetest.Call{ANI: "+33140000001"})
		_ = svc.Interaction.Accept(ctx, id)
		_ = host.HangUp(id)
		fmt.Println("the agent presses Done:", host.MarkDone(id))

		i, _ := svc.Interaction.GetByInteractionID(ctx, id)
		fmt.Println("the agent chooses:", wrapUp.choose(ctx, i, "sold"))
		i, _ = host.Interaction(id)
		fmt.Println("in the user data:", i.UserData["Disposition"], "- in the archive:", archived)

		fmt.Println("the agent presses Done:", host.MarkDone(id))
		fmt.Println("open calls:", len(host.Interactions()))
		_ = wrapUp.guard.Close()
		_ = svc.Close()
	}
	// Output:
	// the agent presses Done: Choose a disposition first.
	// the agent chooses: <nil>
	// in the user data: sold - in the archive: nothing
	// the agent presses Done: <nil>
	// open calls: 0
	// the agent presses Done: Choose a disposition first.
	// the agent chooses: <nil>
	// in the user data: <nil> - in the archive: sold
	// the agent presses Done: <nil>
	// open calls: 0
}
