package wwe_test

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// hostile promises, over the rig's transport, what comes of user data, answers
// and moments that nobody wishes for.
func hostile(t *testing.T, r rig) {
	run := func(name string, f func(t *testing.T)) { t.Run(r.name+"/"+name, f) }

	run("user data of any kind goes there and back", func(t *testing.T) {
		data := wwe.UserData{
			"":                          "the empty key",
			"__proto__":                 map[string]any{"polluted": true, "__proto__": "x"},
			"constructor":               "c",
			"toString":                  nil,
			strings.Repeat("long", 1e4): strings.Repeat("é", 1e5),
			"nested":                    []any{1.0, -2.5, []any{map[string]any{"a": []any{}}}, false},
			"emoji 😀":                   "👩‍👩‍👧 \u2028\u2029 \x00\x1f\"\\</script>",
			"lone \xed\xa0\xbd high":    "low \xed\xb8\x80",
			"number":                    1e21,
		}
		host := wwetest.NewHost()
		svc := r.connect(t, host)
		id := host.Ring(wwetest.Call{ANI: "1"})
		require.NoError(t, svc.Interaction.SetUserData(t.Context(), id, data))
		assert.Equal(t, data, host.Interactions()[0].UserData, "what WWE holds")
		got, err := svc.Interaction.GetByInteractionID(t.Context(), id)
		require.NoError(t, err)
		assert.Equal(t, data, got.UserData, "what comes back")
		for key := range data {
			require.NoError(t, svc.Interaction.DeleteUserData(t.Context(), id, key))
		}
		assert.Empty(t, host.Interactions()[0].UserData, "every key can be deleted")
	})

	run("10 MB of user data", func(t *testing.T) {
		host := wwetest.NewHost()
		svc := r.connect(t, host)
		id := host.Ring(wwetest.Call{ANI: "1"})
		big := wwe.UserData{}
		for n := range 10 {
			big[strings.Repeat("k", n+1)] = strings.Repeat("x", 1<<20)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		require.NoError(t, svc.Interaction.SetUserData(ctx, id, big))
		got, err := svc.Interaction.GetByInteractionID(ctx, id)
		require.NoError(t, err)
		assert.True(t, len(got.UserData) == len(big) && got.UserData["kkkkkkkkkk"] == big["kkkkkkkkkk"])
	})

	run("data of the wrong type is an error that names the property", func(t *testing.T) {
		host := wwetest.NewHost()
		svc := r.connect(t, host)
		for data, want := range map[wwe.JSON]string{
			`[{"interactionId":1}]`:                                      `data[0].interactionId: expected a string, found a number`,
			`[{"interactionId":"1","state":{}}]`:                         `data[0].state: expected a string, found an object`,
			`[{"interactionId":"1"},{"interactionId":"2","userData":7}]`: `data[1].userData: expected an object, found a number`,
			`[{"interactionId":"1","parties":[{"name":[]}]}]`:            `data[0].parties[0].name: expected a string, found an array`,
			`[{"interactionId":"1","isConsultation":"yes"}]`:             `data[0].isConsultation: expected a boolean, found a string`,
			`[{"interactionId":"1","contact":"Ann"}]`:                    `data[0].contact: expected an object, found a string`,
			`[{"state":"IDLE"}]`:                                         `data[0]: an interaction without interactionId`,
			`[null]`:                                                     `data[0]: an interaction without interactionId`,
			`{}`:                                                         `data: expected an array, found an object`,
			`"none"`:                                                     `data: expected an array, found a string`,
			wwe.JSON(`[{"interactionId":"1","userData":{"k":` + strings.Repeat("[", 600) + strings.Repeat("]", 600) + `}}]`): `nested too deeply`,
		} {
			host.Fault(wwetest.Fault{Request: "interaction.getInteractions", Data: data})
			_, err := svc.Interaction.GetInteractions(t.Context())
			require.ErrorContains(t, err, want)
			assert.Regexp(t, `^wwe: interaction\.getInteractions: data`, err.Error())
		}
	})

	run("unknown values and properties survive, both spellings are read", func(t *testing.T) {
		host := wwetest.NewHost()
		svc := r.connect(t, host)
		host.Fault(wwetest.Fault{Request: "interaction.getInteractions", Data: `[{
			"interactionId":"7","parentInteraction":"3","state":"TELEPORTING","previousState":null,"direction":"SIDEWAYS",
			"callType":"X","recordingState":"Y","ronaCallState":"Z","startDate":12,"extra":{"a":[1]},
			"contact":{"displayName":"Ann Lee","firstName":"Ann","lastname":"Lee","vip":true},
			"parties":[{"name":"n","firstname":"F","lastname":"L","role":"customer"}]}]`})
		got, err := svc.Interaction.GetInteractions(t.Context())
		require.NoError(t, err)
		assert.Equal(t, []wwe.Interaction{{
			InteractionID: "7", ParentInteractionID: "3", State: "TELEPORTING", Direction: "SIDEWAYS",
			CallType: "X", RecordingState: "Y", RonaCallState: "Z",
			Contact: &wwe.Contact{DisplayName: "Ann Lee", FirstName: "Ann", LastName: "Lee", Unknown: map[string]wwe.JSON{"vip": "true"}},
			Parties: []wwe.Party{{Name: "n", FirstName: "F", LastName: "L", Unknown: map[string]wwe.JSON{"role": `"customer"`}}},
			Unknown: map[string]wwe.JSON{"startDate": "12", "extra": `{"a":[1]}`},
		}}, got)
	})

	run("what cannot be right is refused before it is sent", func(t *testing.T) {
		host := wwetest.NewHost()
		n := r.connect(t, host).Interaction
		ctx := t.Context()
		itself := map[string]any{}
		itself["itself"] = itself
		_, getErr := n.GetByInteractionID(ctx, "")
		for want, err := range map[string]error{
			"interaction.getByInteractionId: interactionId: must not be empty":        getErr,
			"interaction.accept: interactionId: must not be empty":                    n.Accept(ctx, ""),
			"interaction.reject: interactionId: must not be empty":                    n.Reject(ctx, ""),
			"interaction.markdone: interactionId: must not be empty":                  n.MarkDone(ctx, ""),
			"interaction.blockMarkdone: interactionId: must not be empty":             n.BlockMarkDone(ctx, "", "w"),
			"interaction.unblockMarkdone: interactionId: must not be empty":           n.UnblockMarkDone(ctx, ""),
			"interaction.setUserData: interactionId: must not be empty":               n.SetUserData(ctx, "", nil),
			"interaction.deleteUserData: interactionId: must not be empty":            n.DeleteUserData(ctx, "", "k"),
			"interaction.selectCaseByCaseId: caseId: must not be empty":               n.SelectCaseByCaseID(ctx, ""),
			"interaction.consult: interactionId: must not be empty":                   n.Consult(ctx, "", agent, nil, nil),
			"interaction.consult: target.destination: must not be empty":              n.Consult(ctx, "1", wwe.Target{Type: wwe.TargetAgent}, nil, nil),
			"interaction.consult: target: media needs a type; CUSTOM_CONTACT is":      n.Consult(ctx, "1", wwe.Target{Destination: "5", Media: "voice"}, nil, nil),
			"interaction.singleStepTransfer: target.media: only a consultation":       n.SingleStepTransfer(ctx, "1", wwe.Target{Type: "AGENT", Destination: "5", Media: "voice"}, nil, nil),
			"interaction.singleStepConference: target.destination: must not":          n.SingleStepConference(ctx, "1", wwe.Target{}, nil, nil),
			"interaction.completeTransfer: consultInteractionId: must not be empty":   n.CompleteTransfer(ctx, ""),
			"interaction.completeConference: consultInteractionId: must not be empty": n.CompleteConference(ctx, ""),
			"interaction.setUserData: keyValues.when: a value of this Go type":        n.SetUserData(ctx, "1", wwe.UserData{"when": time.Now()}),
			"interaction.setUserData: keyValues.f[0]: a value of this Go type":        n.SetUserData(ctx, "1", wwe.UserData{"f": []any{func() {}}}),
			"interaction.setUserData: keyValues.n: JSON has no number for NaN":        n.SetUserData(ctx, "1", wwe.UserData{"n": math.NaN()}),
			"nested too deeply": n.SetUserData(ctx, "1", itself),
		} {
			var argument *wwe.ArgumentError
			if assert.ErrorAs(t, err, &argument, want) {
				assert.Contains(t, err.Error(), want)
			}
		}
		assert.Empty(t, host.Requests(), "nothing reached WWE")
	})

	run("any request can be called, with parameters of any kind", func(t *testing.T) {
		host := wwetest.NewHost()
		svc := r.connect(t, host)
		host.Fault(wwetest.Fault{Request: "future.method", Data: `{"a":1}`})
		data, err := svc.Call(t.Context(), "future.method", "s", 1, nil, wwe.Undefined, true, []string{"x"}, wwe.UserData{"k": "v"}, agent, wwe.JSON(`{"raw":[]}`))
		require.NoError(t, err)
		assert.JSONEq(t, `{"a":1}`, string(data))
		var texts []string
		for _, p := range host.Requests()[0].Parameters {
			texts = append(texts, string(p))
		}
		assert.Equal(t, []string{`"s"`, `1`, `null`, `null`, `true`, `["x"]`, `{"k":"v"}`, agentJSON, `{"raw":[]}`}, texts)
		if r.undefined != nil {
			assert.Equal(t, []int{3}, r.undefined())
		}
		_, err = svc.Call(t.Context(), "future.method", "s", wwe.JSON(`{not json`))
		require.ErrorContains(t, err, "wwe: future.method: parameter 2: unexpected text")
		for _, name := range []string{"constructor.constructor", "__proto__.toString", "toString", "interaction.constructor", ""} {
			host.ClearFaults()
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
			_, err = svc.Call(ctx, name, "alert(1)")
			cancel()
			require.Error(t, err, "%q is answered by WWE or not at all", name)
		}
	})

	run("a call whose context has ended is not sent", func(t *testing.T) {
		host := wwetest.NewHost()
		svc := r.connect(t, host)
		why := errors.New("the panel was closed")
		ctx, cancel := context.WithCancelCause(t.Context())
		cancel(why)
		_, err := svc.Interaction.GetInteractions(ctx)
		assert.Equal(t, why, err)
		late, stop := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
		defer stop()
		_, err = svc.Interaction.GetInteractions(late)
		require.ErrorIs(t, err, wwe.ErrTimeout)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		assert.Empty(t, host.Requests())
	})

	run("a context that is cancelled during the call gives its cause", func(t *testing.T) {
		host := wwetest.NewHost()
		svc := r.connect(t, host)
		host.Fault(wwetest.Fault{})
		why := errors.New("the panel was closed")
		ctx, cancel := context.WithCancelCause(t.Context())
		result := svc.Go(ctx, "interaction.getInteractions")
		select {
		case got := <-result:
			t.Fatalf("answered before anything happened: %v", got)
		default:
		}
		cancel(why)
		got := <-result
		assert.Equal(t, why, got.Err)
		_, open := <-result
		assert.False(t, open, "one result, then the channel is closed")
	})

	run("a context that is cancelled after the answer changes nothing", func(t *testing.T) {
		svc := r.connect(t, wwetest.NewHost())
		ctx, cancel := context.WithCancel(t.Context())
		_, err := svc.Interaction.GetInteractions(ctx)
		require.NoError(t, err)
		cancel()
		_, err = svc.Interaction.GetInteractions(t.Context())
		require.NoError(t, err)
	})

	run("Close ends the calls in flight, and all later ones", func(t *testing.T) {
		host := wwetest.NewHost()
		svc := r.connect(t, host)
		host.Fault(wwetest.Fault{})
		var results []<-chan wwe.Result[wwe.JSON]
		for range 100 {
			results = append(results, svc.Go(t.Context(), "interaction.getInteractions"))
		}
		require.NoError(t, svc.Close())
		for _, result := range results {
			got := <-result
			require.ErrorIs(t, got.Err, wwe.ErrClosed)
		}
		require.NoError(t, svc.Close(), "a second time")
		require.EqualError(t, svc.Interaction.Accept(t.Context(), "1"), "wwe: interaction.accept: the service is closed")
	})

	run("answers keep the order of the calls", func(t *testing.T) {
		host := wwetest.NewHost()
		svc := r.connect(t, host)
		id := host.Ring(wwetest.Call{ANI: "1"})
		var results []<-chan wwe.Result[wwe.JSON]
		for n := range 50 {
			results = append(results, svc.Go(t.Context(), "interaction.setUserData", id, wwe.UserData{"n": n}))
		}
		for _, result := range results {
			require.NoError(t, (<-result).Err)
		}
		assert.Equal(t, wwe.UserData{"n": 49.0}, host.Interactions()[0].UserData)
	})

	run("two Services in one page do not answer each other", func(t *testing.T) {
		first, second := wwetest.NewHost(), wwetest.NewHost()
		a, b := r.connect(t, first), r.connect(t, second)
		first.Ring(wwetest.Call{ANI: "1"})
		for range 20 {
			fromA := a.Go(t.Context(), "interaction.getInteractions")
			fromB := b.Go(t.Context(), "interaction.getInteractions")
			assert.Contains(t, string((<-fromA).Value), "RINGING")
			assert.Equal(t, wwe.JSON("[]"), (<-fromB).Value)
		}
		require.NoError(t, a.Close())
		_, err := b.Interaction.GetInteractions(t.Context())
		require.NoError(t, err, "closing one leaves the other")
	})
}
