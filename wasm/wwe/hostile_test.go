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

	run("user data of Go's other types arrives as JSON has it", func(t *testing.T) {
		type disposition string
		host := wwetest.NewHost()
		svc := r.connect(t, host)
		id := host.Ring(wwetest.Call{ANI: "1"})
		require.NoError(t, svc.Interaction.SetUserData(t.Context(), id, wwe.UserData{
			"state": wwe.StateTalking, "named": disposition("sold"), "int": uint16(7), "list": []disposition{"a", "b"},
			"map": map[disposition]int8{"a": -1}, "json": wwe.JSON(`{"a":[1]}`), "fields": wwe.RecordFields{"GSW_FROM": "10:10"},
			"time": time.Date(2027, 3, 9, 9, 5, 0, 0, time.UTC), "nested": []wwe.UserData{{"k": wwe.DirectionIn}},
		}))
		got, err := svc.Interaction.GetByInteractionID(t.Context(), id)
		require.NoError(t, err)
		assert.Equal(t, wwe.UserData{
			"state": "TALKING", "named": "sold", "int": 7.0, "list": []any{"a", "b"}, "map": map[string]any{"a": -1.0},
			"json": map[string]any{"a": []any{1.0}}, "fields": map[string]any{"GSW_FROM": "10:10"}, "time": "2027-03-09T09:05:00Z",
			"nested": []any{map[string]any{"k": "IN"}},
		}, got.UserData)
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

	run("an odd property costs itself only", func(t *testing.T) {
		host := wwetest.NewHost()
		svc := r.connect(t, host)
		deep := strings.Repeat("[", 600) + strings.Repeat("]", 600)
		host.Fault(wwetest.Fault{Request: "interaction.getInteractions", Data: wwe.JSON(`[{"interactionId":"1","state":"TALKING"},
			{"interactionId":2,"connId":12345,"ani":true,"dnis":{},"caseId":7.50,"state":[],"isConsultation":0,"userData":[],"parties":{},"contact":"Ann"},
			{"interactionId":"3","userData":{"deep":` + deep + `,"k":"v"},"parties":["Ann",{"name":5,"phoneNumber":{"n":1}},null,7],"extra":` + deep + `}]`)})
		got, err := svc.Interaction.GetInteractions(t.Context())
		require.NoError(t, err)
		require.Len(t, got, 3)
		assert.Equal(t, wwe.Interaction{InteractionID: "1", State: wwe.StateTalking}, got[0])
		assert.Equal(t, wwe.Interaction{InteractionID: "2", ConnID: "12345", ANI: "true", CaseID: got[1].CaseID, Unknown: map[string]wwe.JSON{
			"dnis": `{}`, "state": `[]`, "isConsultation": `0`, "userData": `[]`, "parties": `{}`, "contact": `"Ann"`}}, got[1])
		assert.Regexp(t, `^7\.50?$`, got[1].CaseID)
		assert.Equal(t, "v", got[2].UserData["k"])
		assert.Equal(t, map[string]wwe.JSON{"extra": wwe.JSON(deep), "parties[0]": `"Ann"`, "parties[3]": `7`}, got[2].Unknown)
		assert.Equal(t, []wwe.Party{{Name: "5", Unknown: map[string]wwe.JSON{"phoneNumber": `{"n":1}`}}, {}}, got[2].Parties)
		value, levels := got[2].UserData["deep"], 1
		for array, is := value.([]any); is; array, is = value.([]any) {
			value = array[0]
			levels++
		}
		assert.Equal(t, wwe.JSON(strings.Repeat("[", 101)+strings.Repeat("]", 101)), value, "from where it is too deep it is text")
		assert.Equal(t, 500, levels)

		host.ClearFaults()
		id := host.Ring(wwetest.Call{ANI: "1"})
		require.NoError(t, svc.Interaction.SetUserData(t.Context(), id, got[2].UserData.Clone()))
		assert.Contains(t, string(host.InteractionsJSON()), `"deep":`+deep, "and goes back as it came")
	})

	run("an interaction without a usable id is left out and reported, the others come", func(t *testing.T) {
		host := wwetest.NewHost()
		svc := r.connect(t, host)
		for id, want := range map[string]string{
			`{"state":"IDLE"}`:       `an interaction without interactionId`,
			`{"interactionId":null}`: `an interaction without interactionId`,
			`{"interactionId":""}`:   `an interaction without interactionId`,
			`{"interactionId":{}}`:   `an interaction without interactionId`,
			`{"interactionId":[1]}`:  `an interaction without interactionId`,
			`{"interactionId":true}`: `an interaction without interactionId`,
			`null`:                   `an interaction without interactionId`,
			`"1"`:                    `expected an object, found a string`,
			`7`:                      `expected an object, found a number`,
			`[]`:                     `expected an object, found an array`,
		} {
			data := wwe.JSON(`[{"interactionId":"1"},` + id + `,{"interactionId":"3"}]`)
			host.Fault(wwetest.Fault{Request: "interaction.getInteractions", Data: data})
			got, err := svc.Interaction.GetInteractions(t.Context())
			require.EqualError(t, err, "wwe: interaction.getInteractions: data[1]: "+want+"; left out")
			var odd *wwe.DataError
			require.ErrorAs(t, err, &odd)
			assert.JSONEq(t, string(data), string(odd.Data))
			assert.Equal(t, wwe.CategoryAuthor, odd.Category())
			assert.Equal(t, []wwe.Interaction{{InteractionID: "1"}, {InteractionID: "3"}}, got)
		}
		host.Fault(wwetest.Fault{Request: "interaction.getInteractions", Data: `[{},[],{"interactionId":"1"},7]`})
		got, err := svc.Interaction.GetInteractions(t.Context())
		require.EqualError(t, err, "wwe: interaction.getInteractions: data[0]: an interaction without interactionId; left out, and 2 more")
		assert.Equal(t, []wwe.Interaction{{InteractionID: "1"}}, got)
	})

	run("data that cannot be used at all is an error that says what is wrong", func(t *testing.T) {
		host := wwetest.NewHost()
		svc := r.connect(t, host)
		for data, want := range map[wwe.JSON]string{
			`{}`:     `data: expected an array, found an object`,
			`"none"`: `data: expected an array, found a string`,
		} {
			host.Fault(wwetest.Fault{Request: "interaction.getInteractions", Data: data})
			got, err := svc.Interaction.GetInteractions(t.Context())
			require.EqualError(t, err, "wwe: interaction.getInteractions: "+want)
			assert.Nil(t, got)
		}
		for data, want := range map[wwe.JSON]string{
			`{"state":"IDLE"}`:        `data: an interaction without interactionId`,
			`{"interactionId":[]}`:    `data: an interaction without interactionId`,
			`{"interactionId":false}`: `data: an interaction without interactionId`,
			`[]`:                      `data: expected an object, found an array`,
		} {
			host.Fault(wwetest.Fault{Request: "interaction.getByInteractionId", Data: data})
			_, err := svc.Interaction.GetByInteractionID(t.Context(), "1")
			require.EqualError(t, err, "wwe: interaction.getByInteractionId: "+want)
		}
	})

	run("an element of a list that is none of its kind costs itself only", func(t *testing.T) {
		host := wwetest.NewHost()
		svc := r.connect(t, host)
		const state = `{"type":"READY","displayName":"Ready","operationName":"Ready"}`
		ready := wwe.MediaState{Type: "READY", DisplayName: "Ready", OperationName: "Ready"}
		host.Fault(wwetest.Fault{Request: "agent.getStateList", Data: `[` + state + `,"READY",{"type":{}},` + state + `]`})
		states, err := svc.Agent.GetStateList(t.Context())
		require.EqualError(t, err, "wwe: agent.getStateList: data[1]: expected an object, found a string; left out, and 1 more")
		assert.Equal(t, []wwe.MediaState{ready, ready}, states)
		host.Fault(wwetest.Fault{Request: "media.getMediaList", Data: `[null,{"media":"voice","state":` + state + `},{"media":"chat","state":"READY"}]`})
		media, err := svc.Media.GetMediaList(t.Context())
		require.EqualError(t, err, "wwe: media.getMediaList: data[0]: expected an object, found null; left out")
		assert.Equal(t, []wwe.Media{{Name: "voice", State: ready}, {Name: "chat", Unknown: map[string]wwe.JSON{"state": `"READY"`}}}, media)
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
			"interaction.consult: target.destination: must not be empty":              n.Consult(ctx, "1", wwe.Target{Type: wwe.TargetTypeAgent}, nil, nil),
			"interaction.consult: target: media needs a type; CUSTOM_CONTACT is":      n.Consult(ctx, "1", wwe.Target{Destination: "5", Media: "voice"}, nil, nil),
			"interaction.singleStepTransfer: target.media: only a consultation":       n.SingleStepTransfer(ctx, "1", wwe.Target{Type: "AGENT", Destination: "5", Media: "voice"}, nil, nil),
			"interaction.singleStepConference: target.destination: must not":          n.SingleStepConference(ctx, "1", wwe.Target{}, nil, nil),
			"interaction.completeTransfer: consultInteractionId: must not be empty":   n.CompleteTransfer(ctx, ""),
			"interaction.completeConference: consultInteractionId: must not be empty": n.CompleteConference(ctx, ""),
			"interaction.setUserData: keyValues.when: a value of this Go type":        n.SetUserData(ctx, "1", wwe.UserData{"when": struct{}{}}),
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
		data, err := svc.Call(t.Context(), "future.method", "s", 1, nil, wwe.Undefined{}, true, []string{"x"}, wwe.UserData{"k": "v"}, agent, wwe.JSON(`{"raw":[]}`))
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
