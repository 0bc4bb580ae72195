//go:build !js

package wwetest_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
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
	o.done(t, "system.popupToast", `{"title":"Hi","keyValues":{"deep":`+strings.Repeat("[", 600)+strings.Repeat("]", 600)+`}}`)
	saved := h.Email(wwetest.Email{From: "ann@example.com", Subject: "S", UserData: wwe.UserData{"__proto__": []any{1.5, nil}}})
	require.NoError(t, h.Answer(saved))
	require.NoError(t, h.Do(saved, wwetest.ActionSave))
	h.Ring(wwetest.Call{ANI: "+337", Contact: &wwe.Contact{DisplayName: "Ann", Unknown: map[string]wwe.JSON{"vip": `[true]`}}})
	h.Configure(func(c *wwetest.Config) {
		c.Agent.FirstName, c.ReadAllowed, c.Options, c.KeepWindow = "Kim", "Segment", map[string]string{"voice.x": "1"}, true
	})
	h.Fault(wwetest.Fault{Request: "agent.setState", Refuse: "no", Next: 3})
	h.Fault(wwetest.Fault{Topic: "agent", Kind: wwetest.FaultKindDelay, Delay: time.Second, Probability: 0.5})
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
		t.Run(way+" counts ids from 1 again if reuseIds is true", func(t *testing.T) {
			host := hostWith(t, `{"reuseIds":true}`)
			gone := host.Ring(wwetest.Call{})
			require.NoError(t, host.Reject(gone))
			held := host.Ring(wwetest.Call{ANI: "Anna"})
			require.NoError(t, host.Answer(held))
			_, err := host.Consult(held, wwe.Target{Destination: "1002"})
			require.NoError(t, err)
			before := host.Interactions()
			host = refresh(t, host)
			now := host.Interactions()
			require.Len(t, now, 2)
			for n, i := range now {
				assert.Equal(t, before[n].InteractionUUID, i.InteractionUUID)
				assert.Equal(t, []string{"1", "2"}[n], i.InteractionID)
				assert.Equal(t, []string{"", "1"}[n], i.ParentInteractionID)
			}
			assert.Equal(t, "3", host.Ring(wwetest.Call{}))
		})
		t.Run(way+" keeps a workbin in which two had the same id", func(t *testing.T) {
			host := hostWith(t, `{"reuseIds":true}`)
			for _, subject := range []string{"first", "second"} {
				id := host.Email(wwetest.Email{Subject: subject})
				require.Equal(t, "1", id)
				require.NoError(t, host.Answer(id))
				require.NoError(t, host.Do(id, wwetest.ActionSave))
				host = refresh(t, host)
			}
			assert.Len(t, host.Workbin(), 2)
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
	bubble(t, "by Load, again and again, leaves a call and a toast their time, and what has none for ever", func(t *testing.T) {
		clock := wwetest.NewClock()
		host := hostWith(t, `{"noAnswerTimeout":20000,"keepWindow":true}`, wwetest.WithClock(clock))
		host.Chat(wwetest.Chat{From: "Ann"})
		host.Ring(wwetest.Call{ANI: "+331"})
		w := newWidget(host)
		w.done(t, "system.popupToast", `{"title":"stays"}`)
		w.done(t, "system.popupToast", `{"title":"Hi","autoCloseTimeout":20000}`)
		host.Configure(func(c *wwetest.Config) { c.NoAnswerTimeout = 0 })
		host.Ring(wwetest.Call{ANI: "+332"})
		for range 3 {
			clock.Advance(6 * time.Second)
			require.NoError(t, host.Load(host.Save()))
		}
		clock.Advance(2*time.Second - 1)
		assert.Len(t, host.Interactions(), 3)
		assert.Len(t, host.Toasts(), 2)
		clock.Advance(1)
		assert.Equal(t, []string{"+332"}, anis(host))
		assert.Len(t, host.Toasts(), 1)
		clock.Advance(time.Hour)
		assert.Equal(t, []string{"+332"}, anis(host))
		assert.Len(t, host.Toasts(), 1)
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

func anis(host *wwetest.Host) []string {
	var all []string
	for _, i := range host.Interactions() {
		all = append(all, i.ANI)
	}
	return all
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
		"it is not JSON":                                         "{",
		"is not JSON":                                            saved + "{}",
		"it is not a JSON object":                                "7",
		"it is of version 0, not 1":                              "{}",
		"it is of version 2, not 1":                              changed(t, saved, set("version", 2)),
		"there is no property more":                              changed(t, saved, set("more", 2)),
		"interactions has the wrong type":                        changed(t, saved, set("interactions", "x")),
		"configuration: rateLimit":                               changed(t, saved, func(w map[string]any) { w["config"].(map[string]any)["rateLimit"] = -1 }),
		"the agent has no media":                                 changed(t, saved, set("media", []any{})),
		"no state of the agent's":                                changed(t, saved, first("media", set("state", "Asleep"))),
		"an interaction without caseId":                          changed(t, saved, first("interactions", func(i map[string]any) { delete(i["interaction"].(map[string]any), "caseId") })),
		"an interaction without state":                           changed(t, saved, first("interactions", func(i map[string]any) { delete(i["interaction"].(map[string]any), "state") })),
		"without interactionId":                                  changed(t, saved, first("interactions", set("interaction", map[string]any{}))),
		"interactions[0].interaction.Unknown has the wrong type": changed(t, saved, first("interactions", func(i map[string]any) { i["interaction"].(map[string]any)["Unknown"] = "{" })),
		"the user data is not an object":                         changed(t, saved, first("interactions", set("userData", "7"))),
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
		"a toast that has closed":             changed(t, saved, first("toasts", set("closesIn", -1))),
		"an offer that is over":               changed(t, saved, first("interactions", set("offeredFor", -1))),
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
		first["d"], first["c"], first["b"], first["a"] = 1, 2, 3, 4
	})
	for range 50 {
		require.ErrorContains(t, wwetest.NewHost().Load(saved), "there is no property interactions[0].interaction.a")
	}
}

// oddTexts are texts as a page in JavaScript can make them, and others.
var oddTexts = []string{"", "a", "é", "\xed\xa0\x80", "x\xed\xb0\x80\xed\xa0\x80y", "\ufffd", "\ufffe", "\ufffeed", "\xff", "\x00", "\u2028", `"`, "👩"}

// TestARandomWorldIsLoadedAsItWasSaved promises that nothing is lost, whatever
// has happened, and that everything goes on in the same way.
func TestARandomWorldIsLoadedAsItWasSaved(t *testing.T) {
	for seed := range uint64(60) {
		bubble(t, "seed "+strconv.FormatUint(seed, 10), func(t *testing.T) {
			random := rand.New(rand.NewPCG(seed, 11))
			clock := wwetest.NewClock()
			was := wwetest.NewHost(wwetest.WithSeed(seed), wwetest.WithClock(clock))
			work(random, was, clock, 60)
			got := wwetest.NewHost(wwetest.WithClock(clock))
			work(random, got, clock, 10)
			require.NoError(t, got.Load(was.Save()))
			was.Restart()
			requireSameText(t, was.Save(), got.Save())
			clock.Advance(time.Duration(random.IntN(3000)) * time.Millisecond)
			for _, i := range was.Interactions() {
				for _, action := range was.Actions(i.InteractionID) {
					require.Equal(t, was.Do(i.InteractionID, action), got.Do(i.InteractionID, action), "%s of %s", action, i.State)
				}
			}
			requireSameText(t, was.Save(), got.Save())
			clock.Advance(time.Hour)
			synctest.Wait()
		})
	}
}

// requireSameText shows where two long texts begin to differ.
func requireSameText(t *testing.T, want, got wwe.JSON) {
	t.Helper()
	n := 0
	for n < min(len(want), len(got)) && want[n] == got[n] {
		n++
	}
	from := max(0, n-100)
	require.Equal(t, want[from:min(len(want), n+100)], got[from:min(len(got), n+100)])
}

// work has things happen that can be told from what Save returns. Nothing in it
// takes its time but blocks of mark done.
func work(random *rand.Rand, host *wwetest.Host, clock *wwetest.Clock, steps int) {
	text := func() string { return oddTexts[random.IntN(len(oddTexts))] + oddTexts[random.IntN(len(oddTexts))] }
	id := func() string {
		if all := host.Interactions(); len(all) > 0 {
			return all[random.IntN(len(all))].InteractionID
		}
		return "none"
	}
	frame := host.Attach(wwetest.Origin, func(string) {})
	defer frame.Detach()
	ask := func(name string, parameters ...string) {
		frame.Receive(`{"request":"` + name + `","parameters":[` + strings.Join(parameters, ",") + `],"referenceId":"r","userAgent":"WWE Client"}`)
	}
	for range steps {
		data := wwe.UserData{text(): text(), "n": random.IntN(3)}
		contact := &wwe.Contact{DisplayName: text(), FirstName: text(), Unknown: map[string]wwe.JSON{text(): wwe.JSON(quoted("a")), "u": `"\ud800"`}}
		switch random.IntN(16) {
		case 0:
			host.Ring(wwetest.Call{ANI: text(), DNIS: text(), UserData: data, Contact: contact})
		case 1:
			host.TransferIn(wwetest.Call{ANI: text(), UserData: data}, text())
		case 2:
			host.Chat(wwetest.Chat{From: text(), Media: text(), UserData: data})
		case 3:
			host.Email(wwetest.Email{From: text(), Subject: text(), Contact: contact})
		case 4:
			host.Preview(wwetest.Preview{Campaign: text(), Phone: text(), UserData: data})
		case 5:
			name := "c" + text()
			_ = host.LoadCampaign(wwetest.Campaign{Name: name, Mode: text(), Records: [][]wwetest.Record{
				{{Phone: text(), Fields: wwe.RecordFields{text(): text()}}, {Phone: text()}}, {{Phone: text()}},
			}})
			_ = host.StartCampaign(name)
			if random.IntN(2) == 0 {
				ask("outbound.startDirectPushPreview")
			}
		case 6:
			host.Configure(func(c *wwetest.Config) {
				c.Agent.FirstName, c.ErrorText, c.WriteAllowed = text(), text(), text()+",*"
				c.Agent.Roles, c.Options = []string{text()}, map[string]string{text(): text()}
				c.KeepWindow, c.BlocksLapse, c.UserDataStates, c.ReuseIDs = random.IntN(3) > 0, random.IntN(2) == 0, random.IntN(2) == 0, random.IntN(2) == 0
				c.BlockMarkDoneTimeout = time.Duration(random.Int64N(4e9))
				c.QuarantineDelay = time.Duration(random.Int64N(1e18))
				c.CaseExpandedDelay = time.Duration(random.IntN(1e9))
			})
		case 7:
			host.Fault(wwetest.Fault{Request: text() + "x", Refuse: text(), Kind: wwetest.FaultKindRefuse, Next: random.IntN(3), Probability: random.Float64()})
			host.Fault(wwetest.Fault{Topic: "x" + wwe.Topic(text()), Kind: wwetest.FaultKindData, Data: `"\udc00"`, Delay: time.Duration(random.Int64())})
		case 8:
			ask("interaction.blockMarkdone", quoted(id()), `"\ud800 stays"`)
		case 9:
			ask("system.popupToast", `{"title":"\udc00"}`)
			ask("system.openDialog", `"https://a.example/\ud800"`, `{"label":"\udfff"}`)
			ask("system.updateViewInApplicationMenuBar", `{"name":"\ud800"}`)
		case 10:
			ask("interaction.setUserData", quoted(id()), `{"\ud800":"\udc00"}`)
			ask("outbound.updateRecordFields", quoted(id()), `{"\ud800":"\udc00"}`)
		case 11:
			_ = host.AddParty(id(), wwe.Party{Name: text(), Identifier: text(), PhoneNumber: text(), FirstName: text()})
		case 12:
			clock.Advance(time.Duration(random.IntN(1500)) * time.Millisecond)
		default:
			id := id()
			if actions := host.Actions(id); len(actions) > 0 {
				_ = host.Do(id, actions[random.IntN(len(actions))])
			}
		}
	}
}

func TestATimeThatCanBeConfiguredIsSavedAndLoaded(t *testing.T) {
	const century = 100 * 365 * 24 * time.Hour
	for _, option := range []struct {
		name string
		of   func(*wwetest.Config) *time.Duration
	}{
		{"noAnswerTimeout", func(c *wwetest.Config) *time.Duration { return &c.NoAnswerTimeout }},
		{"quarantineDelay", func(c *wwetest.Config) *time.Duration { return &c.QuarantineDelay }},
		{"blockMarkDoneTimeout", func(c *wwetest.Config) *time.Duration { return &c.BlockMarkDoneTimeout }},
		{"caseExpandedDelay", func(c *wwetest.Config) *time.Duration { return &c.CaseExpandedDelay }},
	} {
		for _, d := range []time.Duration{0, 1, 999, 1_000_001, time.Hour + 1, 1e18 - 1, 1e18} {
			host := wwetest.NewHost(wwetest.WithConfig(func(c *wwetest.Config) { *option.of(c) = d }))
			loaded := wwetest.NewHost()
			require.NoError(t, loaded.Load(host.Save()), "%s is %d", option.name, d)
			config := loaded.Config()
			assert.Equal(t, d, *option.of(&config), option.name)
		}
		for _, d := range []time.Duration{1e18 + 1, century, math.MaxInt64} {
			assert.PanicsWithValue(t, "wwetest: Configure: "+option.name+": it is at most 1e12 milliseconds, which are 31 years", func() {
				wwetest.NewHost().Configure(func(c *wwetest.Config) { *option.of(c) = d })
			})
		}
		for _, text := range []string{"1000000000001", "1e12000", "1e300"} {
			assert.ErrorContains(t, wwetest.NewHost().ConfigureJSON(wwe.JSON(`{"`+option.name+`":`+text+`}`)), option.name, text)
		}
	}
}

func TestABlockOfMarkDoneLapsesInTheLoadedWorldToo(t *testing.T) {
	clock := wwetest.NewClock()
	host := hostWith(t, `{"blocksLapse":true,"keepWindow":true,"blockMarkDoneTimeout":1000}`, wwetest.WithClock(clock))
	id := answeredCall(t, host)
	require.NoError(t, host.HangUp(id))
	asked(host, "interaction.blockMarkdone", quoted(id), `"no"`)
	clock.Advance(600 * time.Millisecond)
	clock = wwetest.NewClock() // another one, as after a reload of the page
	clock.Advance(time.Hour)
	loaded := wwetest.NewHost(wwetest.WithClock(clock))
	require.NoError(t, loaded.Load(host.Save()))
	id = loaded.Interactions()[0].InteractionID
	clock.Advance(399 * time.Millisecond)
	require.EqualError(t, loaded.MarkDone(id), "no")
	clock.Advance(time.Millisecond)
	require.NoError(t, loaded.MarkDone(id))
}

// TestNothingOfTheWorldBeforeReachesTheLoadedOne has everything that waits for
// a time wait in one world, and its time come in the next.
func TestNothingOfTheWorldBeforeReachesTheLoadedOne(t *testing.T) {
	next := wwetest.NewHost()
	require.NoError(t, next.LoadCampaign(wwetest.Campaign{Name: "Spring", Records: [][]wwetest.Record{{{Phone: "+331"}}, {{Phone: "+332"}}}}))
	require.NoError(t, next.StartCampaign("Spring"))
	asked(next, "outbound.startDirectPushPreview")
	asked(next, "system.popupToast", `{"title":"Hi","autoCloseTimeout":0}`)
	next.Configure(func(c *wwetest.Config) { c.KeepWindow = true })
	answeredCall(t, next)
	for name, leave := range map[string]func(t *testing.T, host *wwetest.Host){
		"by Load":           func(t *testing.T, host *wwetest.Host) { require.NoError(t, host.Load(next.Save())) },
		"by Reset and Load": func(t *testing.T, host *wwetest.Host) { host.Reset(); require.NoError(t, host.Load(next.Save())) },
	} {
		bubble(t, name, func(t *testing.T) {
			clock := wwetest.NewClock()
			host := hostWith(t, `{"noAnswerTimeout":500}`, wwetest.WithClock(clock))
			b := newInbox(host, "interaction", "markdone", "agent")
			require.NoError(t, host.LoadCampaign(wwetest.Campaign{Name: "Winter", Records: [][]wwetest.Record{{{Phone: "+333"}}}}))
			require.NoError(t, host.StartCampaign("Winter"))
			b.send("outbound.startDirectPushPreview")
			pushed := host.Interactions()[0].InteractionID
			b.send("system.popupToast", `{"title":"Hi","autoCloseTimeout":500}`)
			b.send("interaction.markdone", quoted(pushed)) // "Done and Stop", in a second
			done := make(chan error, 1)
			idle := answeredCall(t, host)
			require.NoError(t, host.HangUp(idle))
			go func() { done <- host.MarkDone(idle) }()
			host.Ring(wwetest.Call{ANI: "1"})
			host.Fault(wwetest.Fault{Request: "agent.setState", Kind: wwetest.FaultKindDelay, Delay: 500 * time.Millisecond})
			b.send("agent.setState", `"NotReady"`)
			synctest.Wait()

			leave(t, host)
			b.take()
			before := host.Save()
			clock.Advance(time.Hour)
			assert.Equal(t, string(before), string(host.Save()))
			assert.Empty(t, b.take())
			assert.EqualError(t, <-done, "WWE was refreshed before interaction "+idle+" was marked done")
		})
	}
}

func TestMarkDoneThatWaitsEndsWithARefresh(t *testing.T) {
	clicks := map[string]func(b *inbox, host *wwetest.Host, id string) error{
		"the agent wants": func(_ *inbox, host *wwetest.Host, id string) error { return host.MarkDone(id) },
		"a widget wants": func(b *inbox, _ *wwetest.Host, id string) error {
			b.frame.Receive(`{"request":"interaction.markdone","parameters":["` + id + `"],"referenceId":"r","userAgent":"WWE Client"}`)
			return nil // there is no answer
		},
	}
	for who, markDone := range clicks {
		bubble(t, "which "+who, func(t *testing.T) {
			clock := wwetest.NewClock()
			host := wwetest.NewHost(wwetest.WithClock(clock))
			b := newInbox(host, "markdone")
			id := answeredCall(t, host)
			require.NoError(t, host.HangUp(id))
			done := make(chan error, 1)
			go func() { done <- markDone(b, host, id) }()
			synctest.Wait()
			host.Restart()
			clock.Advance(time.Hour)
			assert.Len(t, host.Interactions(), 1)
			if err := <-done; who == "the agent wants" {
				require.EqualError(t, err, "WWE was refreshed before interaction "+id+" was marked done")
			}
		})
	}
}

// FuzzLoad loads anything, and lives on with it.
func FuzzLoad(f *testing.F) {
	f.Add(string(wwetest.NewHost().Save()))
	host := wwetest.NewHost()
	host.Ring(wwetest.Call{ANI: "+331"})
	host.Preview(wwetest.Preview{Phone: "+331"})
	f.Add(string(host.Save()))
	for seed := range uint64(5) {
		random, clock := rand.New(rand.NewPCG(seed, 12)), wwetest.NewClock()
		host := wwetest.NewHost(wwetest.WithClock(clock))
		work(random, host, clock, 40)
		f.Add(string(host.Save()))
	}
	f.Fuzz(func(t *testing.T, text string) {
		host := hostWith(t, `{"blockMarkDoneTimeout":0}`, wwetest.WithClock(wwetest.NewClock()))
		if host.Load(wwe.JSON(text)) != nil {
			return
		}
		again := wwetest.NewHost(wwetest.WithClock(wwetest.NewClock()))
		require.NoError(t, again.Load(host.Save()), "what was loaded can be saved")
		host.Restart()
		requireSameText(t, host.Save(), again.Save())
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
	for _, depth := range []int{490, 496, 497, 498, 499, 500, 501, 600, 20_000} {
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
