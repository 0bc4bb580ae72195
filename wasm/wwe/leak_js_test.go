package wwe_test

import (
	"context"
	"runtime"
	"syscall/js"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// goInstance finds the object that runs this program, in wasm_exec.js, which
// holds every JavaScript value that Go has a reference to: each js.Func too.
func goInstance() js.Value {
	found := js.Global().Call("eval", `(() => {
		const make = Go.prototype._makeFuncWrapper, found = {};
		Go.prototype._makeFuncWrapper = function(id) { found.go = this; Go.prototype._makeFuncWrapper = make; return make.call(this, id) };
		return found;
	})()`)
	js.FuncOf(func(js.Value, []js.Value) any { return nil }).Release()
	return found.Get("go")
}

// counts are what a leak would make grow.
type counts struct{ values, goroutines int }

// settled collects garbage until the counts do not fall any more.
func settled(instance js.Value) counts {
	var now counts
	for same := 0; same < 5; {
		runtime.GC()
		time.Sleep(time.Millisecond) // finalizers, which release values, run on a goroutine
		next := counts{instance.Get("_values").Length() - instance.Get("_idPool").Length(), runtime.NumGoroutine()}
		if next == now {
			same++
		} else {
			same = 0
		}
		now = next
	}
	return now
}

// A call leaves nothing behind, however it ends, and a closed Service nothing either.
func TestNothingLeaks(t *testing.T) {
	for _, r := range []rig{memory(), postMessageRig().rig, clientObjectRig("client object", false).rig, clientObjectRig("old client object", true).rig} {
		t.Run(r.name, func(t *testing.T) {
			leaksNothing(t,
				func(t *testing.T) { useAndClose(t, r, 20) },
				func(t *testing.T) { useAndClose(t, r, 500) })
		})
	}
}

// Whatever WWE does wrong, nothing is left of it.
func TestFaultsOver(t *testing.T) {
	for _, r := range []rig{postMessageRig().rig, clientObjectRig("client object", false).rig, clientObjectRig("old client object", true).rig} {
		t.Run(r.name, func(t *testing.T) {
			leaksNothing(t,
				func(t *testing.T) { faults(t, r, wwetest.FaultKindTwice, wwetest.FaultKindForge) },
				func(t *testing.T) { allFaults(t, r) })
		})
	}
}

// leaksNothing runs two things and fails if the second leaves more than the
// first, which fills what is kept for good.
func leaksNothing(t *testing.T, first, second func(t *testing.T)) {
	instance := goInstance()
	t.Run("first", first)
	before := settled(instance)
	t.Run("second", second)
	after := settled(instance)
	for deadline := time.Now().Add(30 * lateness); after.values > before.values+3 && time.Now().Before(deadline); { // for what comes late, and for a Service that waits for a grant
		after = settled(instance)
	}
	assert.LessOrEqual(t, after.values, before.values+3, "JavaScript values that Go holds")
	assert.LessOrEqual(t, after.goroutines, before.goroutines)
}

func useAndClose(t *testing.T, r rig, rounds int) {
	host := wwetest.NewHost()
	svc := r.connect(t, host)
	id := host.Ring(wwetest.Call{ANI: "1"})
	host.Fault(wwetest.Fault{Request: "interaction.accept"}) // silence
	host.Fault(wwetest.Fault{Request: "interaction.reject", Refuse: "no"})
	ctx, cancel := context.WithCancel(t.Context())
	var unanswered []<-chan wwe.Result[wwe.JSON]
	for range rounds {
		require.NoError(t, svc.Interaction.SetUserData(t.Context(), id, wwe.UserData{"k": "v"}))
		require.Error(t, svc.Interaction.Reject(t.Context(), id))
		unanswered = append(unanswered, svc.Go(ctx, "interaction.accept", id), svc.Go(t.Context(), "interaction.accept", id))
	}
	for range rounds / 10 {
		sub, err := svc.Subscribe(t.Context(), wwe.TopicInteraction)
		require.NoError(t, err)
		w, err := svc.Watch(t.Context())
		require.NoError(t, err)
		for _, value := range []string{"w", "x"} { // the mirror shows x by its event, and is closed before it verifies that
			require.NoError(t, svc.Interaction.SetUserData(t.Context(), id, wwe.UserData{"k": value}))
			eventually(t, func() bool { i, _ := w.Interaction(id); return i.UserData["k"] == value }, "the mirror follows")
		}
		require.NoError(t, w.Close())
		require.NoError(t, sub.Close())
	}
	subscribed(t, svc, "left open")
	cancel()
	require.NoError(t, svc.Close())
	for _, result := range unanswered {
		require.Error(t, (<-result).Err)
	}
	for range rounds / 20 {
		require.NoError(t, r.connect(t, host).Close())
	}
}
