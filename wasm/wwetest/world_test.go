//go:build !js

package wwetest_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// fullDesk is an office in which everything else has happened too.
func fullDesk(t *testing.T) *wwetest.Host {
	o := newOffice(t)
	h := o.host
	require.NoError(t, h.SetMediaState("chat", "NotReadyReason/Lunch"))
	require.NoError(t, h.LoadCampaign(wwetest.Campaign{Name: "Spring", Mode: "Preview", Records: [][]wwetest.Record{
		{{Phone: "+334", Fields: wwe.RecordFields{"GSW_FROM": "10:10"}}, {Phone: "+335"}}, {{Phone: "+336"}},
	}}))
	require.NoError(t, h.StartCampaign("Spring"))
	o.done(t, "outbound.getPreviewRecord", `"Spring"`)
	all := h.Interactions()
	shown := all[len(all)-1].InteractionID
	o.done(t, "outbound.setCallResult", quoted(shown), "6")
	o.done(t, "interaction.blockMarkdone", quoted(o.ids[idle]), `"no"`)
	o.done(t, "sipEndpoint.muteSpeaker")
	o.done(t, "system.popupToast", `{"title":"Hi"}`)
	saved := h.Email(wwetest.Email{From: "ann@example.com", Subject: "S", UserData: wwe.UserData{"__proto__": []any{1.5, nil}}})
	require.NoError(t, h.Answer(saved))
	require.NoError(t, h.Do(saved, wwetest.ActionSave))
	h.Ring(wwetest.Call{ANI: "+337", Contact: &wwe.Contact{DisplayName: "Ann", Unknown: map[string]wwe.JSON{"vip": `[true]`}}})
	h.Configure(func(c *wwetest.Config) {
		c.Agent.FirstName, c.ReadAllowed, c.Options, c.KeepWindow = "Kim", "Segment", map[string]string{"voice.x": "1"}, true
	})
	h.Fault(wwetest.Fault{Request: "agent.setState", Refuse: "no", Next: 3})
	h.Fault(wwetest.Fault{Topic: "agent", Kind: wwetest.FaultDelay, Delay: time.Second, Probability: 0.5})
	o.ask("agent.setState", `"Ready"`) // uses one
	return h
}

// asked is the Host's answer to a widget.
func asked(host *wwetest.Host, name string, parameters ...string) string {
	w := newWidget(host)
	defer w.frame.Detach()
	return w.ask(name, parameters...)
}

// sameWorld fails the test unless the two hold the same.
func sameWorld(t *testing.T, want, got *wwetest.Host) {
	t.Helper()
	require.Equal(t, idsOf(want.Interactions()), idsOf(got.Interactions()))
	assert.Equal(t, string(want.InteractionsJSON()), string(got.InteractionsJSON()))
	for _, i := range want.Interactions() {
		assert.Equal(t, want.Actions(i.InteractionID), got.Actions(i.InteractionID), i.State)
		wantRecord, wants := want.RecordOutcome(i.InteractionID)
		gotRecord, gets := got.RecordOutcome(i.InteractionID)
		assert.Equal(t, wants, gets)
		assert.Equal(t, wantRecord, gotRecord)
		if wants {
			assert.Equal(t, asked(want, "outbound.getChainedRecords", quoted(i.InteractionID)), asked(got, "outbound.getChainedRecords", quoted(i.InteractionID)))
		}
	}
	assert.Equal(t, want.Workbin(), got.Workbin())
	assert.Equal(t, want.Media(), got.Media())
	assert.Equal(t, want.Config(), got.Config())
	assert.Equal(t, want.Faults(), got.Faults())
	assert.Equal(t, want.Toasts(), got.Toasts())
	for _, question := range []string{"outbound.getCampaigns", "sipEndpoint.isSpeakerMute", "sipEndpoint.isMicrophoneMute"} {
		assert.Equal(t, asked(want, question), asked(got, question))
	}
	assert.Equal(t, want.Save(), got.Save())
}

func TestLoadingWhatWasSavedIsARefresh(t *testing.T) {
	was := fullDesk(t)
	before, saved := was.Interactions(), was.Save()
	got := wwetest.NewHost(wwetest.WithSeed(9))
	got.Ring(wwetest.Call{ANI: "is forgotten"})
	got.Fault(wwetest.Fault{Request: "voice.dial"})
	require.NoError(t, got.Load(saved))
	was.Restart()
	sameWorld(t, was, got)
	after := got.Interactions()
	require.Len(t, after, len(before))
	for n := range before {
		assert.NotContains(t, idsOf(before), after[n].InteractionID, "ids of interactions are new")
		assert.Equal(t, before[n].InteractionUUID, after[n].InteractionUUID)
		assert.Equal(t, before[n].CaseID, after[n].CaseID)
		assert.Equal(t, before[n].State, after[n].State)
	}

	t.Run("after which everything goes on", func(t *testing.T) {
		for _, i := range was.Interactions() {
			id := i.InteractionID
			for _, action := range was.Actions(id) {
				if action == wwetest.ActionMarkDone {
					assert.Equal(t, was.MarkDone(id), got.MarkDone(id))
				} else {
					assert.Equal(t, was.Do(id, action), got.Do(id, action), "%s of %s", action, i.State)
				}
			}
		}
		for _, host := range []*wwetest.Host{was, got} {
			host.Ring(wwetest.Call{ANI: "+338"})
			asked(host, "outbound.getPreviewRecord", `"Spring"`)
			_, err := host.Pull(host.Workbin()[0].InteractionUUID)
			require.NoError(t, err)
		}
		sameWorld(t, was, got)
	})
}

func TestLoadingLeavesAWorldOfItsOwn(t *testing.T) {
	was := fullDesk(t)
	a, b := wwetest.NewHost(), wwetest.NewHost()
	saved := was.Save()
	require.NoError(t, a.Load(saved))
	require.NoError(t, b.Load(saved))
	id := a.Interactions()[0].InteractionID
	_ = a.SetUserData(id, wwe.UserData{"a": "b"})
	require.NoError(t, a.UnloadCampaign("Spring"))
	a.ClearFaults()
	was.Restart()
	sameWorld(t, was, b)
}

func TestARefresh(t *testing.T) {
	fill := func(t *testing.T, configuration wwe.JSON) *wwetest.Host {
		host := hostWith(t, configuration)
		id := answeredCall(t, host)
		require.NoError(t, host.HangUp(id))
		w := newWidget(host)
		w.done(t, "system.popupToast", `{"title":"Hi"}`)
		w.done(t, "system.openDialog", `"https://a.example/"`)
		w.done(t, "system.updateViewInApplicationMenuBar", `{"name":"v"}`)
		w.done(t, "interaction.blockMarkdone", quoted(id), `"no"`)
		return host
	}
	ways := map[string]func(t *testing.T, host *wwetest.Host) *wwetest.Host{
		"by Restart": func(_ *testing.T, host *wwetest.Host) *wwetest.Host { host.Restart(); return host },
		"by Load": func(t *testing.T, host *wwetest.Host) *wwetest.Host {
			fresh := wwetest.NewHost()
			require.NoError(t, fresh.Load(host.Save()))
			return fresh
		},
	}
	for way, refresh := range ways {
		t.Run(way+" takes along what widgets have put into WWE's window, and what blocks mark done", func(t *testing.T) {
			host := refresh(t, fill(t, `{}`))
			assert.Empty(t, host.Toasts())
			assert.Empty(t, host.Dialogs())
			assert.Empty(t, host.Views())
			assert.Contains(t, asked(host, "system.popupToast", `{"title":"Hi"}`), `"wweCustomToast0"`)
			require.NoError(t, host.MarkDone("2"))
		})
		t.Run(way+" keeps all that if keepWindow is true", func(t *testing.T) {
			host := refresh(t, fill(t, `{"keepWindow":true}`))
			assert.Len(t, host.Toasts(), 1)
			assert.Len(t, host.Dialogs(), 1)
			assert.Len(t, host.Views(), 1)
			assert.Contains(t, asked(host, "system.popupToast", `{"title":"Hi"}`), `"wweCustomToast1"`)
			require.EqualError(t, host.MarkDone("2"), "no")
		})
	}
	bubble(t, "by Load takes a call from an agent who does not answer in time", func(t *testing.T) {
		clock := wwetest.NewClock()
		host := hostWith(t, `{"noAnswerTimeout":20000}`)
		host.Ring(wwetest.Call{})
		fresh := wwetest.NewHost(wwetest.WithClock(clock))
		require.NoError(t, fresh.Load(host.Save()))
		clock.Advance(20 * time.Second)
		assert.Empty(t, fresh.Interactions())
	})
	t.Run("by Load in the midst of a subscription ends it, as Restart does", func(t *testing.T) {
		host := wwetest.NewHost()
		s := newSubscriber(t, host, "interaction")
		restarted := 0
		s.frame.OnRestart(func() { restarted++ })
		require.NoError(t, host.Load(wwetest.NewHost().Save()))
		assert.Equal(t, 1, restarted)
		assert.Zero(t, host.Subscriptions("interaction"))
	})
}

// changed is the saved text with something else in a place of it.
func changed(t testing.TB, saved wwe.JSON, change func(world map[string]any)) wwe.JSON {
	t.Helper()
	var world map[string]any
	require.NoError(t, json.Unmarshal([]byte(saved), &world))
	change(world)
	text, err := json.Marshal(world)
	require.NoError(t, err)
	return wwe.JSON(text)
}

func TestWhatCannotBeLoadedIsRefusedAndChangesNothing(t *testing.T) {
	saved := fullDesk(t).Save()
	first := func(list string, change func(item map[string]any)) func(map[string]any) {
		return func(world map[string]any) { change(world[list].([]any)[0].(map[string]any)) }
	}
	set := func(name string, value any) func(map[string]any) {
		return func(object map[string]any) { object[name] = value }
	}
	for reason, text := range map[string]wwe.JSON{
		"it is not JSON":                     "{",
		"is not JSON":                        saved + "{}",
		"it is not a JSON object":            "7",
		"it is of version 0, not 1":          "{}",
		"it is of version 2, not 1":          changed(t, saved, set("version", 2)),
		"there is no property more":          changed(t, saved, set("more", 2)),
		"interactions has the wrong type":    changed(t, saved, set("interactions", "x")),
		"configuration: rateLimit":           changed(t, saved, func(w map[string]any) { w["config"].(map[string]any)["rateLimit"] = -1 }),
		"the agent has no media":             changed(t, saved, set("media", []any{})),
		"no state of the agent's":            changed(t, saved, first("media", set("state", "Asleep"))),
		"an interaction without caseId":      changed(t, saved, first("interactions", func(i map[string]any) { delete(i["interaction"].(map[string]any), "CaseID") })),
		"an interaction without state":       changed(t, saved, first("interactions", func(i map[string]any) { delete(i["interaction"].(map[string]any), "State") })),
		"without interactionId":              changed(t, saved, first("interactions", set("interaction", map[string]any{}))),
		"the property vip of an interaction": changed(t, saved, first("interactions", func(i map[string]any) { i["interaction"].(map[string]any)["Unknown"] = map[string]any{"vip": "{"} })),
		"the user data is not an object":     changed(t, saved, first("interactions", set("userData", "7"))),
		"two interactions have the id": changed(t, saved, func(w map[string]any) {
			w["interactions"] = append(w["interactions"].([]any), w["interactions"].([]any)[0])
		}),
		"there is no kind of interactions 9":  changed(t, saved, first("interactions", set("kind", 9))),
		"there is no kind of interactions -1": changed(t, saved, first("workbin", set("kind", -1))),
		"a preview without a number":          changed(t, saved, first("interactions", set("kind", 4))),
		"a campaign needs a name":             changed(t, saved, first("campaigns", set("Name", ""))),
		"customer 1 of the campaign":          changed(t, saved, first("campaigns", set("Records", []any{[]any{}}))),
		"there is no fault":                   changed(t, saved, first("faults", set("Kind", "dance"))),
		"lastId":                              changed(t, saved, set("lastId", -1)),
		"ids":                                 changed(t, saved, set("ids", "AAAA")),
		"toasts":                              changed(t, saved, first("toasts", set("Parameters", "{"))),
	} {
		t.Run(reason, func(t *testing.T) {
			host := fullDesk(t)
			before := host.Save()
			err := host.Load(text)
			require.ErrorContains(t, err, reason)
			assert.True(t, strings.HasPrefix(err.Error(), "wwetest: Load: "), err)
			assert.Equal(t, before, host.Save())
		})
	}
}

func TestOfSeveralWrongPropertiesTheFirstIsNamed(t *testing.T) {
	saved := changed(t, fullDesk(t).Save(), func(world map[string]any) {
		first := world["interactions"].([]any)[0].(map[string]any)["interaction"].(map[string]any)
		first["Unknown"] = map[string]any{"d": "{", "c": "{", "b": "{", "a": "{"}
	})
	for range 50 {
		require.ErrorContains(t, wwetest.NewHost().Load(saved), "the property a of an interaction")
	}
}

// FuzzLoad loads anything, and lives on with it.
func FuzzLoad(f *testing.F) {
	f.Add(string(wwetest.NewHost().Save()))
	host := wwetest.NewHost()
	host.Ring(wwetest.Call{ANI: "+331"})
	host.Preview(wwetest.Preview{Phone: "+331"})
	f.Add(string(host.Save()))
	f.Fuzz(func(t *testing.T, text string) {
		host := hostWith(t, `{"blockMarkDoneTimeout":0}`, wwetest.WithClock(wwetest.NewClock()))
		if host.Load(wwe.JSON(text)) != nil {
			return
		}
		require.NoError(t, wwetest.NewHost().Load(host.Save()), "what was loaded can be saved")
		for _, i := range host.Interactions() {
			for _, action := range allActions {
				if action != wwetest.ActionMarkDone {
					_ = host.Do(i.InteractionID, action)
				}
			}
			w := newWidget(host)
			for _, request := range []string{"interaction.getByInteractionId", "outbound.callPreviewRecord", "outbound.getChainedRecords", "interaction.consult"} {
				w.frame.Receive(`{"request":"` + request + `","parameters":["` + i.InteractionID + `",1],"referenceId":"r","userAgent":"WWE Client"}`)
			}
		}
		require.True(t, json.Valid([]byte(host.InteractionsJSON())))
	})
}

func TestUserDataOfAnyDepthIsSavedAndLoaded(t *testing.T) {
	for _, depth := range []int{490, 600, 20_000} {
		host := wwetest.NewHost()
		svc, err := host.Connect()
		require.NoError(t, err)
		id := host.Ring(wwetest.Call{ANI: "1"})
		deep := strings.Repeat("[", depth) + strings.Repeat("]", depth)
		require.NoError(t, svc.Interaction.SetUserData(t.Context(), id, wwe.UserData{"deep": wwe.JSON(deep)}))
		loaded := wwetest.NewHost()
		require.NoError(t, loaded.Load(host.Save()), depth)
		assert.Equal(t, host.Interactions()[0].UserData, loaded.Interactions()[0].UserData, depth)
		require.NoError(t, svc.Close())
	}
}
