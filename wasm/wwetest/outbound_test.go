package wwetest_test

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// spring is a campaign with two customers, of whom the first has two numbers.
func spring() wwetest.Campaign {
	return wwetest.Campaign{Name: "Spring", Mode: "Preview", Records: [][]wwetest.Record{
		{{Phone: "5001", Fields: wwe.RecordFields{"GSW_FROM": "10:10"}}, {Phone: "5002"}},
		{{Phone: "6001"}},
	}}
}

// newCampaign is a Host on which that campaign has started, and a widget.
func newCampaign(t *testing.T, opts ...wwetest.Option) (*wwetest.Host, *widget) {
	host := wwetest.NewHost(opts...)
	require.NoError(t, host.LoadCampaign(spring()))
	require.NoError(t, host.StartCampaign("Spring"))
	return host, newWidget(host)
}

// previewRecord gets the first record: interaction 1.
func previewRecord(t *testing.T, opts ...wwetest.Option) (*wwetest.Host, *widget) {
	host, w := newCampaign(t, opts...)
	w.done(t, "outbound.getPreviewRecord", `"Spring"`)
	return host, w
}

// had tells the state and number of each interaction that WWE holds.
func had(host *wwetest.Host) (all []string) {
	for _, i := range host.Interactions() {
		all = append(all, i.InteractionID+" "+string(i.State)+" "+i.Parties[0].PhoneNumber)
	}
	return all
}

func TestCampaigns(t *testing.T) {
	t.Run("are told of when they are loaded, started and unloaded", func(t *testing.T) {
		host := wwetest.NewHost()
		s := newSubscriber(t, host, "outbound")
		w := newWidget(host)
		assert.Contains(t, w.ask("outbound.getCampaigns"), `"data":[]`)
		require.NoError(t, host.LoadCampaign(spring()))
		assert.Contains(t, w.ask("outbound.getCampaigns"), `"data":[{"name":"Spring","mode":"Preview","started":false}]`)
		require.NoError(t, host.StartCampaign("Spring"))
		assert.Contains(t, w.ask("outbound.getCampaigns"), `"data":[{"name":"Spring","mode":"Preview","started":true}]`)
		require.NoError(t, host.UnloadCampaign("Spring"))
		assert.Contains(t, w.ask("outbound.getCampaigns"), `"data":[]`)
		assert.Equal(t, []string{
			event("outbound", `{"eventType":"CampaignLoaded","campaign":"Spring"}`),
			event("outbound", `{"eventType":"CampaignStarted","campaign":"Spring","mode":"Preview"}`),
			event("outbound", `{"eventType":"CampaignUnloaded","campaign":"Spring"}`),
		}, s.eventsOf(host, wwe.TopicOutbound))
	})

	t.Run("that cannot be are refused, and nobody is told", func(t *testing.T) {
		host, _ := newCampaign(t)
		s := newSubscriber(t, host, "outbound")
		require.Error(t, host.LoadCampaign(spring()), "twice")
		require.Error(t, host.LoadCampaign(wwetest.Campaign{}), "without a name")
		require.Error(t, host.LoadCampaign(wwetest.Campaign{Name: "x", Records: [][]wwetest.Record{{}}}), "a customer without a number")
		require.Error(t, host.StartCampaign("Spring"), "twice")
		require.Error(t, host.StartCampaign("Autumn"))
		require.Error(t, host.UnloadCampaign("Autumn"))
		assert.Empty(t, s.eventsOf(host, wwe.TopicOutbound))
	})

	t.Run("are the Host's own", func(t *testing.T) {
		host := wwetest.NewHost()
		c := spring()
		require.NoError(t, host.LoadCampaign(c))
		c.Records[0][0].Phone, c.Records[0][0].Fields["GSW_FROM"] = "spoiled", "spoiled"
		c.Records[0] = nil
		require.NoError(t, host.StartCampaign("Spring"))
		newWidget(host).done(t, "outbound.getPreviewRecord", `"Spring"`)
		assert.Equal(t, []string{"1 PREVIEW 5001"}, had(host))
		outcome, _ := host.RecordOutcome("1")
		outcome.Fields["GSW_FROM"] = "spoiled"
		outcome, _ = host.RecordOutcome("1")
		assert.Equal(t, wwe.RecordFields{"GSW_FROM": "10:10"}, outcome.Fields)
	})
}

func TestARecord(t *testing.T) {
	t.Run("comes as a preview, selected, with its fields and its campaign in the user data", func(t *testing.T) {
		host, w := newCampaign(t)
		s := newSubscriber(t, host, "interaction")
		w.done(t, "outbound.getPreviewRecord", `"Spring"`)
		i, _ := host.Interaction("1")
		assert.Equal(t, wwe.StatePreview, i.State)
		assert.Equal(t, "outboundpreview", i.Media)
		assert.Equal(t, wwe.UserData{"GSW_CAMPAIGN_NAME": "Spring", "GSW_FROM": "10:10"}, i.UserData)
		assert.True(t, i.IsCaseSelected)
		assert.Equal(t, "interaction PREVIEW 1 PREVIEW", s.story(host)[0])
	})

	t.Run("comes once, in order, until there are no more", func(t *testing.T) {
		host, w := previewRecord(t)
		w.done(t, "outbound.getPreviewRecord", `"Spring"`)
		assert.Equal(t, []string{"1 PREVIEW 5001", "2 PREVIEW 6001"}, had(host))
		assert.Contains(t, w.ask("outbound.getPreviewRecord", `"Spring"`), `"errorMessage":"the campaign \"Spring\" has no more records"`)
	})

	t.Run("does not come of a campaign that is not active", func(t *testing.T) {
		host := wwetest.NewHost()
		require.NoError(t, host.LoadCampaign(spring()))
		w := newWidget(host)
		for _, name := range []string{`"Spring"`, `"Autumn"`, `null`, `7`, `["Spring"]`} {
			assert.Contains(t, w.ask("outbound.getPreviewRecord", name), `"errorMessage"`)
		}
		assert.Empty(t, host.Interactions())
	})

	t.Run("has a chain, fields and a result of the call", func(t *testing.T) {
		_, w := previewRecord(t)
		assert.Contains(t, w.ask("outbound.getChainedRecords", `"1"`), `"data":[{"recordHandle":1,"phone":"5001"},{"recordHandle":2,"phone":"5002"}]`)
		assert.Contains(t, w.ask("outbound.getRecordFields", `"1"`), `"data":{"GSW_FROM":"10:10"}`)
		assert.Contains(t, w.ask("outbound.getCallResult", `"1"`), `"data":0`)
		assert.Contains(t, w.ask("outbound.getListOfCallResults"), `"data":[{"value":6,"name":"Busy"},`)
	})

	t.Run("without fields has none", func(t *testing.T) {
		_, w := previewRecord(t)
		w.done(t, "outbound.getPreviewRecord", `"Spring"`)
		assert.Contains(t, w.ask("outbound.getRecordFields", `"2"`), `"data":{}`)
		w.done(t, "outbound.updateRecordFields", `"2"`, `{"GSW_CUSTOM_STRING":"é"}`)
		assert.Contains(t, w.ask("outbound.getRecordFields", `"2"`), `"data":{"GSW_CUSTOM_STRING":"é"}`)
	})

	for _, c := range []struct {
		request    string
		parameters []string
		want       wwetest.RecordOutcome
		undo       string
	}{
		{"setCallResult", []string{`6`}, wwetest.RecordOutcome{CallResult: 6}, ""},
		{"setDoNotCall", nil, wwetest.RecordOutcome{DoNotCall: true}, "removeDoNotCall"},
		{"rescheduleRecord", []string{`2`, `"3/9/2027 9:05"`, `"CAMPAIGN"`},
			wwetest.RecordOutcome{Rescheduled: "3/9/2027 9:05", Callback: wwe.CallbackTypeCampaign}, "cancelReschedule"},
		{"updateRecordFields", []string{`{"GSW_UNTIL":"12:00"}`},
			wwetest.RecordOutcome{Fields: wwe.RecordFields{"GSW_FROM": "10:10", "GSW_UNTIL": "12:00"}}, ""},
	} {
		t.Run("keeps what "+c.request+" makes of it", func(t *testing.T) {
			host, w := previewRecord(t)
			fresh, _ := host.RecordOutcome("1")
			want := c.want
			if want.Fields == nil {
				want.Fields = fresh.Fields
			}
			w.done(t, "outbound."+c.request, append([]string{`"1"`}, c.parameters...)...)
			outcome, _ := host.RecordOutcome("1")
			assert.Equal(t, want, outcome)
			if c.undo != "" {
				w.done(t, "outbound."+c.undo, `"1"`)
				outcome, _ = host.RecordOutcome("1")
				assert.Equal(t, fresh, outcome, "it is taken back")
			}
		})
	}

	t.Run("has its customer called at the number of the handle, as a call in the same case", func(t *testing.T) {
		host, w := previewRecord(t)
		s := newSubscriber(t, host, "interaction")
		w.done(t, "outbound.callPreviewRecord", `"1"`, `2`)
		assert.Equal(t, []string{"1 READY 5002", "2 DIALING 5002"}, had(host))
		all := host.Interactions()
		assert.Equal(t, all[0].CaseID, all[1].CaseID)
		assert.Equal(t, wwe.DirectionOut, all[1].Direction)
		assert.Equal(t, "10:10", all[1].UserData["GSW_FROM"])
		story := s.story(host)
		assert.Equal(t, []string{"interaction READY 1 READY", "interaction DIALING 2 DIALING"}, story[:2])
	})

	for _, request := range []string{"rejectPreviewRecord", "cancelPreviewRecord", "callPreviewRecord"} {
		t.Run("stays as it is while its customer is being called: "+request, func(t *testing.T) {
			host, w := previewRecord(t)
			w.done(t, "outbound.callPreviewRecord", `"1"`, `1`)
			require.NoError(t, host.Answer("2"))
			want := had(host)
			assert.Contains(t, w.ask("outbound."+request, `"1"`, `1`), `"errorMessage":"the customer of interaction 1 is being called: 2"`)
			assert.Contains(t, w.ask("interaction.markdone", `"1"`), `"errorMessage"`)
			assert.Equal(t, want, had(host))

			require.NoError(t, host.HangUp("2"))
			w.done(t, "outbound."+request, `"1"`, `1`)
		})
	}

	for request, state := range map[string]wwe.State{"rejectPreviewRecord": wwe.StateRejected, "cancelPreviewRecord": wwe.StateCanceled} {
		t.Run("is gone after "+request, func(t *testing.T) {
			host, w := previewRecord(t)
			s := newSubscriber(t, host, "interaction")
			w.done(t, "outbound."+request, `"1"`)
			assert.Empty(t, host.Interactions())
			assert.Equal(t, "interaction "+string(state)+" 1 "+string(state), s.story(host)[0])
			_, there := host.RecordOutcome("1")
			assert.False(t, there)
		})
	}

	t.Run("of Host.Preview is one too", func(t *testing.T) {
		host := wwetest.NewHost()
		id := host.Preview(wwetest.Preview{Campaign: "Spring", Phone: "5001"})
		w := newWidget(host)
		assert.Contains(t, w.ask("outbound.getChainedRecords", quoted(id)), `"data":[{"recordHandle":1,"phone":"5001"}]`)
		w.done(t, "outbound.callPreviewRecord", quoted(id), `1`)
		assert.Equal(t, []string{"1 READY 5001", "2 DIALING 5001"}, had(host))
	})
}

func TestRecordsAreRefusedWhatCannotBeAndStayAsTheyAre(t *testing.T) {
	host, w := previewRecord(t)
	call := host.Ring(wwetest.Call{ANI: "7"})
	interactions := host.Interactions()
	outcome, _ := host.RecordOutcome("1")
	refused := func(request string, parameters ...string) {
		t.Helper()
		assert.Contains(t, w.ask("outbound."+request, parameters...), `"errorMessage"`, "%s %v", request, parameters)
		assert.Equal(t, interactions, host.Interactions())
		now, _ := host.RecordOutcome("1")
		assert.Equal(t, outcome, now, "%s %v", request, parameters)
	}
	for _, request := range []string{
		"getChainedRecords", "getRecordFields", "rejectPreviewRecord", "cancelPreviewRecord", "cancelReschedule", "getCallResult",
		"setDoNotCall", "removeDoNotCall", "updateRecordFields", "callPreviewRecord", "rescheduleRecord", "setCallResult",
	} {
		for _, id := range []string{`null`, `"404"`, `1`, `["1"]`, `{"interactionId":"1"}`, `"__proto__"`, quoted(call)} {
			refused(request, id, `1`, `"3/9/2027 9:05"`, `"CAMPAIGN"`)
			refused(request, id, `{"a":"b"}`)
		}
	}
	for _, handle := range []string{`null`, `0`, `3`, `-1`, `1.5`, `1e300`, `-1e300`, `"1"`, `[1]`, `4294967297`} {
		refused("callPreviewRecord", `"1"`, handle)
		refused("rescheduleRecord", `"1"`, handle, `"3/9/2027 9:05"`, `"CAMPAIGN"`)
	}
	for _, date := range []string{`null`, `""`, `"tomorrow"`, `"13/1/2027 9:05"`, `"2027-03-09T09:05"`, `7`} {
		refused("rescheduleRecord", `"1"`, `1`, date, `"CAMPAIGN"`)
	}
	refused("rescheduleRecord", `"1"`, `1`, `"3/9/2027 9:05"`)
	for _, result := range []string{`null`, `"6"`, `6.5`, `1000`, `-6`, `{}`} {
		refused("setCallResult", `"1"`, result)
	}
	for _, fields := range []string{`null`, `{}`, `[]`, `"x"`, `{"GSW_FROM":7}`, `{"a":"b","c":null}`, `{"a":{"b":"c"}}`} {
		refused("updateRecordFields", `"1"`, fields)
	}
}

func TestDirectPush(t *testing.T) {
	t.Run("gives the next record whenever the agent has none", func(t *testing.T) {
		host, w := newCampaign(t)
		w.done(t, "outbound.startDirectPushPreview")
		assert.Equal(t, []string{"1 PREVIEW 5001"}, had(host))
		w.done(t, "outbound.startDirectPushPreview")
		assert.Equal(t, []string{"1 PREVIEW 5001"}, had(host), "one at a time")
		w.done(t, "outbound.rejectPreviewRecord", `"1"`)
		assert.Equal(t, []string{"2 PREVIEW 6001"}, had(host))
		require.NoError(t, host.MarkDone("2"))
		assert.Empty(t, host.Interactions(), "there are no more")
	})

	t.Run("tells what became of the last record before it gives the next", func(t *testing.T) {
		host, w := newCampaign(t)
		w.done(t, "outbound.startDirectPushPreview")
		s := newSubscriber(t, host, "interaction")
		require.NoError(t, host.MarkDone("1"))
		assert.Equal(t, []string{"interaction MARK_DONE 1 COMPLETED", "interaction PREVIEW 2 PREVIEW"}, s.story(host)[:2])
	})

	t.Run("begins when the campaign does", func(t *testing.T) {
		host := wwetest.NewHost()
		w := newWidget(host)
		w.done(t, "outbound.startDirectPushPreview")
		require.NoError(t, host.LoadCampaign(spring()))
		assert.Empty(t, host.Interactions())
		require.NoError(t, host.StartCampaign("Spring"))
		assert.Equal(t, []string{"1 PREVIEW 5001"}, had(host))
	})

	t.Run("goes from one campaign to the next", func(t *testing.T) {
		host, w := newCampaign(t)
		require.NoError(t, host.LoadCampaign(wwetest.Campaign{Name: "Autumn", Records: [][]wwetest.Record{{{Phone: "9001"}}}}))
		require.NoError(t, host.StartCampaign("Autumn"))
		w.done(t, "outbound.startDirectPushPreview")
		require.NoError(t, host.UnloadCampaign("Spring"))
		assert.Equal(t, []string{"1 PREVIEW 5001"}, had(host), "what the agent has stays")
		require.NoError(t, host.MarkDone("1"))
		assert.Equal(t, []string{"2 PREVIEW 9001"}, had(host))
	})

	t.Run("ends with stopDirectPushPreview, for the next record", func(t *testing.T) {
		host, w := newCampaign(t)
		w.done(t, "outbound.startDirectPushPreview")
		w.done(t, "outbound.stopDirectPushPreview")
		w.done(t, "outbound.cancelPreviewRecord", `"1"`)
		assert.Empty(t, host.Interactions())
	})

	t.Run("ends with the request markdone, which is Done and Stop", func(t *testing.T) {
		host, w := newCampaign(t)
		w.done(t, "outbound.startDirectPushPreview")
		w.done(t, "interaction.markdone", `"1"`)
		assert.Empty(t, host.Interactions())
		w.done(t, "outbound.startDirectPushPreview")
		assert.Equal(t, []string{"2 PREVIEW 6001"}, had(host), "until it is asked for again")
	})

	t.Run("also where a widget may block mark done, and does not", func(t *testing.T) {
		clock := wwetest.NewClock()
		host, w := newCampaign(t, wwetest.WithClock(clock))
		newSubscriber(t, host, "markdone")
		w.done(t, "outbound.startDirectPushPreview")
		w.frame.Receive(`{"request":"interaction.markdone","parameters":["1"],"referenceId":"m","userAgent":"WWE Client"}`)
		clock.Advance(time.Second)
		assert.Contains(t, <-w.messages, `"referenceId":"m"`)
		assert.Empty(t, host.Interactions())
	})

	t.Run("goes on where markdone is refused", func(t *testing.T) {
		host, w := newCampaign(t)
		w.done(t, "outbound.startDirectPushPreview")
		w.done(t, "interaction.blockMarkdone", `"1"`, `"no"`)
		assert.Contains(t, w.ask("interaction.markdone", `"1"`), `"errorMessage":"no"`)
		w.done(t, "outbound.rejectPreviewRecord", `"1"`)
		assert.Equal(t, []string{"2 PREVIEW 6001"}, had(host))
	})

	t.Run("does not end with the markdone of something else", func(t *testing.T) {
		host, w := newCampaign(t)
		w.done(t, "outbound.startDirectPushPreview")
		call := host.Ring(wwetest.Call{})
		require.NoError(t, host.Answer(call))
		require.NoError(t, host.HangUp(call))
		w.done(t, "interaction.markdone", quoted(call))
		w.done(t, "outbound.rejectPreviewRecord", `"1"`)
		assert.Equal(t, []string{"3 PREVIEW 6001"}, had(host))
	})

	t.Run("ends with Reset", func(t *testing.T) {
		host, w := newCampaign(t)
		w.done(t, "outbound.startDirectPushPreview")
		host.Reset()
		require.NoError(t, host.LoadCampaign(spring()))
		require.NoError(t, host.StartCampaign("Spring"))
		assert.Empty(t, host.Interactions())
	})
}

func TestEveryCustomerOfACampaignIsPreviewedOnceAndInOrder(t *testing.T) {
	const customers = 50
	c := wwetest.Campaign{Name: "Long"}
	for n := range customers {
		c.Records = append(c.Records, []wwetest.Record{{Phone: strconv.Itoa(1000 + n)}})
	}
	host := wwetest.NewHost()
	require.NoError(t, host.LoadCampaign(c))
	require.NoError(t, host.StartCampaign("Long"))
	w := newWidget(host)
	w.done(t, "outbound.startDirectPushPreview")
	for n := range customers {
		id := strconv.Itoa(n + 1)
		require.Equal(t, []string{fmt.Sprintf("%s PREVIEW %d", id, 1000+n)}, had(host))
		w.done(t, "outbound."+[]string{"rejectPreviewRecord", "cancelPreviewRecord"}[n%2], quoted(id))
	}
	assert.Empty(t, host.Interactions())
}
