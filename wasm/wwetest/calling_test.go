//go:build !js

package wwetest_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// hostWith returns a Host with a configuration such as {"rateLimit":1}.
func hostWith(t *testing.T, configuration wwe.JSON, opts ...wwetest.Option) *wwetest.Host {
	t.Helper()
	host := wwetest.NewHost(opts...)
	require.NoError(t, host.ConfigureJSON(configuration))
	return host
}

// answeredCall rings and answers a call.
func answeredCall(t *testing.T, host *wwetest.Host) (id string) {
	t.Helper()
	id = host.Ring(wwetest.Call{ANI: "+331"})
	require.NoError(t, host.Answer(id))
	return id
}

// dialNumber has the agent call the number.
func dialNumber(t *testing.T, host *wwetest.Host, number string) (id string) {
	t.Helper()
	id, err := host.Dial(wwetest.Call{DNIS: number})
	require.NoError(t, err)
	return id
}

func TestTheAgentTalksOnOneCallAtATime(t *testing.T) {
	for name, c := range map[string]struct {
		second func(t *testing.T, host *wwetest.Host, b *inbox)
		events []string // after HELD of the first call
		state  wwe.State
	}{
		"a second call is answered in WWE": {func(t *testing.T, host *wwetest.Host, _ *inbox) {
			require.NoError(t, host.Answer(host.Ring(wwetest.Call{ANI: "+332"})))
		}, []string{"ESTABLISHED", "CASE_COLLAPSED", "CASE_EXPANDED", "CASE_SELECTED"}, wwe.StateTalking},
		"a second call is accepted by a widget": {func(_ *testing.T, host *wwetest.Host, b *inbox) {
			b.send("interaction.accept", quoted(host.Ring(wwetest.Call{ANI: "+332"})))
		}, nil, wwe.StateTalking},
		"a second call is answered by a widget": {func(_ *testing.T, host *wwetest.Host, b *inbox) {
			b.send("voice.answer", quoted(host.Ring(wwetest.Call{ANI: "+332"})))
		}, nil, wwe.StateTalking},
		"another number is dialled": {func(_ *testing.T, _ *wwetest.Host, b *inbox) {
			b.send("voice.dial", `"+333"`)
		}, nil, wwe.StateDialing},
		"a held call is resumed": {func(t *testing.T, host *wwetest.Host, b *inbox) {
			require.NoError(t, host.Hold("1"))
			id := answeredCall(t, host)
			require.NoError(t, host.Hold(id))
			require.NoError(t, host.Resume("1"))
			b.send("voice.resume", quoted(id))
		}, nil, wwe.StateTalking},
	} {
		bubble(t, "and the first is held when "+name, func(t *testing.T) {
			host := wwetest.NewHost()
			answeredCall(t, host)
			b := newInbox(host, "interaction")
			b.take()
			c.second(t, host, b)
			assert.Equal(t, wwe.StateHeld, stateOf(host, "1"))
			assert.Equal(t, c.state, stateOf(host, "2"))
			told := types(t, b.take())
			if c.events != nil {
				var want []string
				for _, event := range append([]string{"RINGING", "HELD"}, c.events...) {
					want = append(want, "interaction "+event)
				}
				assert.Equal(t, want, told, "WWE tells that the first is held before it tells of the second")
			}
		})
	}
	bubble(t, "unless holdOthers is false", func(t *testing.T) {
		host := hostWith(t, `{"holdOthers":false}`)
		first, second := answeredCall(t, host), answeredCall(t, host)
		_, err := host.Dial(wwetest.Call{DNIS: "+333"})
		require.NoError(t, err)
		assert.Equal(t, wwe.StateTalking, stateOf(host, first))
		assert.Equal(t, wwe.StateTalking, stateOf(host, second))
	})
	bubble(t, "and not on a chat", func(t *testing.T) {
		host := wwetest.NewHost()
		chat := host.Chat(wwetest.Chat{From: "Ann"})
		require.NoError(t, host.Answer(chat))
		answeredCall(t, host)
		assert.Equal(t, wwe.StateHistoryDone, stateOf(host, chat))
	})
	bubble(t, "and holds the customer's when the consultation is taken up again, and the other way round", func(t *testing.T) {
		host, id := talkingCall(t)
		consultation, err := host.Consult(id, wwe.Target{Destination: "7001"})
		require.NoError(t, err)
		require.NoError(t, host.Resume(id))
		assert.Equal(t, wwe.StateHeld, stateOf(host, consultation))
		require.NoError(t, host.Resume(consultation))
		assert.Equal(t, wwe.StateHeld, stateOf(host, id))
	})
}

func TestASecondConsultationAboutACall(t *testing.T) {
	const consult = "interaction.consult"
	begin := func(t *testing.T, host *wwetest.Host) *inbox {
		id := answeredCall(t, host)
		b := newInbox(host)
		require.Equal(t, []string{answered(consult, "")}, b.send(consult, quoted(id), `"7001"`))
		return b
	}
	bubble(t, "is refused while the first is on, and nothing changes", func(t *testing.T) {
		host := wwetest.NewHost()
		b := begin(t, host)
		before := host.Interactions()
		assert.Equal(t, []string{refused(consult, "interaction 1 has a consultation already: 2")}, b.send(consult, `"1"`, `"7002"`, `{"a":"b"}`))
		assert.Equal(t, before, host.Interactions())
		_, err := host.Consult("1", wwe.Target{Destination: "7002"})
		require.EqualError(t, err, "interaction 1 has a consultation already: 2")
	})
	bubble(t, "may follow the first", func(t *testing.T) {
		host := wwetest.NewHost()
		b := begin(t, host)
		require.NoError(t, host.HangUp("2"))
		assert.Equal(t, []string{answered(consult, "")}, b.send(consult, `"1"`, `"7002"`))
	})
	bubble(t, "may be by another media", func(t *testing.T) {
		b := begin(t, wwetest.NewHost())
		assert.Equal(t, []string{answered(consult, "")}, b.send(consult, `"1"`, `{"type":"AGENT","destination":"7002","media":"chat"}`))
	})
	const byChat = `{"type":"AGENT","destination":"7002","media":"chat"}`
	bubble(t, "is refused by the same media, whatever that is", func(t *testing.T) {
		host := wwetest.NewHost()
		b := begin(t, host)
		b.send(consult, `"1"`, byChat)
		before := host.Interactions()
		assert.Equal(t, []string{refused(consult, "interaction 1 has a consultation already: 3")}, b.send(consult, `"1"`, byChat))
		assert.Equal(t, before, host.Interactions())
	})
	bubble(t, "is refused about a chat too", func(t *testing.T) {
		host := wwetest.NewHost()
		id := host.Chat(wwetest.Chat{From: "Ann"})
		require.NoError(t, host.Answer(id))
		b := newInbox(host)
		for _, target := range []string{byChat, `{"type":"AGENT","destination":"7002","media":"voice"}`} {
			assert.Equal(t, answered(consult, ""), b.send(consult, quoted(id), target)[0])
			assert.Contains(t, b.send(consult, quoted(id), target)[0], `"errorMessage":"interaction 1 has a consultation already: `)
		}
	})
	for _, target := range []string{`"7002"`, byChat} {
		bubble(t, "is one about a consultation: "+target, func(t *testing.T) {
			host := wwetest.NewHost()
			b := begin(t, host)
			before := host.Interactions()
			assert.Equal(t, []string{refused(consult, "interaction 2 is a consultation itself")}, b.send(consult, `"2"`, target))
			assert.Equal(t, before, host.Interactions())
		})
	}
	bubble(t, "is possible if severalConsultations is true", func(t *testing.T) {
		b := begin(t, hostWith(t, `{"severalConsultations":true}`))
		assert.Equal(t, []string{answered(consult, "")}, b.send(consult, `"1"`, `"7002"`))
		assert.Equal(t, []string{answered(consult, "")}, b.send(consult, `"1"`, byChat))
		assert.Equal(t, []string{answered(consult, "")}, b.send(consult, `"1"`, byChat))
		assert.Equal(t, []string{answered(consult, "")}, b.send(consult, `"3"`, `"7003"`))
	})
}

func TestAConsultationByAMediaThatIsNotKnown(t *testing.T) {
	const consult = "interaction.consult"
	for name, begin := range map[string]func(host *wwetest.Host) string{
		"a call":      func(host *wwetest.Host) string { return host.Ring(wwetest.Call{}) },
		"a chat":      func(host *wwetest.Host) string { return host.Chat(wwetest.Chat{}) },
		"a work item": func(host *wwetest.Host) string { return host.WorkItem(wwetest.WorkItem{Media: "fax"}) },
	} {
		for _, media := range []string{"carrier pigeon", "Voice", "outboundpreview", "fax", "email", "workitem"} {
			bubble(t, "is refused about "+name+": "+media, func(t *testing.T) {
				host := wwetest.NewHost()
				id := begin(host)
				require.NoError(t, host.Answer(id))
				before := host.Interactions()
				assert.Equal(t, []string{refused(consult, "interaction 1: there are no consultations by "+media)},
					newInbox(host).send(consult, quoted(id), `{"type":"AGENT","destination":"7002","media":"`+media+`"}`))
				assert.Equal(t, before, host.Interactions())
			})
		}
	}
	bubble(t, "is possible about a chat of that media", func(t *testing.T) {
		host := wwetest.NewHost()
		id := host.Chat(wwetest.Chat{Media: "instagram"})
		require.NoError(t, host.Answer(id))
		assert.Equal(t, answered(consult, ""), newInbox(host).send(consult, quoted(id), `{"type":"AGENT","destination":"7002"}`)[0])
	})
}

func TestACallToOneself(t *testing.T) {
	requests := func(to string) map[string][]string {
		return map[string][]string{
			"voice.dial":                       {quoted(to)},
			"voice.dialEx":                     {quoted(to), `{}`, `{}`},
			"interaction.consult":              {`"1"`, quoted(to)},
			"interaction.singleStepTransfer":   {`"1"`, `{"type":"AGENT","destination":"` + to + `"}`},
			"interaction.singleStepConference": {`"1"`, `{"type":"CUSTOM_CONTACT","destination":"` + to + `"}`},
		}
	}
	for _, self := range []string{"1001", "alex.martin", "Alex.Martin", "ALEX.MARTIN", " 1001", "\u00a0alex.martin "} {
		for request, parameters := range requests(self) {
			bubble(t, "by "+request+" is refused: "+self, func(t *testing.T) {
				host := wwetest.NewHost()
				answeredCall(t, host)
				before := host.Interactions()
				assert.Equal(t, []string{refused(request, self+" is the agent's own")}, newInbox(host).send(request, parameters...))
				assert.Equal(t, before, host.Interactions())
			})
			bubble(t, "by "+request+" is possible if selfCalls is true: "+self, func(t *testing.T) {
				host := hostWith(t, `{"selfCalls":true}`)
				answeredCall(t, host)
				assert.Equal(t, answered(request, ""), newInbox(host).send(request, parameters...)[0])
			})
		}
	}
	bubble(t, "is none if a skill has the agent's name", func(t *testing.T) {
		host := wwetest.NewHost()
		id := answeredCall(t, host)
		assert.Equal(t, []string{answered("interaction.consult", "")},
			newInbox(host).send("interaction.consult", quoted(id), `{"type":"SKILL","destination":"alex.martin"}`))
	})
	bubble(t, "is none if the agent has no number", func(t *testing.T) {
		host := hostWith(t, `{"agent":{"employeeId":"","username":""}}`)
		assert.Equal(t, answered("voice.dial", ""), newInbox(host).send("voice.dial", `"1001"`)[0])
	})
	for _, kind := range []wwe.TargetType{"PLACE", "EXTENSION", "agent"} {
		bubble(t, "is refused as a target of type "+string(kind), func(t *testing.T) {
			host := hostWith(t, `{"anyTargetType":true}`)
			_, err := host.Consult(answeredCall(t, host), wwe.Target{Type: kind, Destination: " 1001"})
			require.EqualError(t, err, " 1001 is the agent's own")
		})
	}
	bubble(t, "is refused if the configuration has capitals or spaces", func(t *testing.T) {
		host := hostWith(t, `{"agent":{"employeeId":" E1 ","username":"ALEX "}}`)
		for _, number := range []string{"e1", "alex"} {
			_, err := host.Dial(wwetest.Call{DNIS: number})
			require.EqualError(t, err, number+" is the agent's own")
		}
	})
	bubble(t, "is refused of the record of a preview too", func(t *testing.T) {
		host := wwetest.NewHost()
		id := host.Preview(wwetest.Preview{Phone: "1001 "})
		assert.Contains(t, newInbox(host).send("outbound.callPreviewRecord", quoted(id), "1")[0], `"errorMessage":"1001  is the agent's own"`)
	})
	bubble(t, "is refused in WWE's own window too", func(t *testing.T) {
		host := wwetest.NewHost()
		_, err := host.Dial(wwetest.Call{DNIS: "1001"})
		require.EqualError(t, err, "1001 is the agent's own")
		assert.Empty(t, host.Interactions())
	})
}

func TestATargetOfATypeThatIsNotKnown(t *testing.T) {
	const robot = `{"type":"ROBOT","destination":"5002","media":null}`
	for _, request := range []string{"interaction.consult", "interaction.singleStepTransfer", "interaction.singleStepConference"} {
		bubble(t, "is refused by "+request, func(t *testing.T) {
			host := wwetest.NewHost()
			id := answeredCall(t, host)
			before := host.Interactions()
			assert.Equal(t, []string{refused(request, `there is no target type "ROBOT"`)}, newInbox(host).send(request, quoted(id), robot, `{"a":"b"}`))
			assert.Equal(t, before, host.Interactions())
		})
		bubble(t, "is taken by "+request+" if anyTargetType is true", func(t *testing.T) {
			host := hostWith(t, `{"anyTargetType":true}`)
			assert.Equal(t, []string{answered(request, "")}, newInbox(host).send(request, quoted(answeredCall(t, host)), robot))
		})
		for _, known := range []wwe.TargetType{
			wwe.TargetTypeAgent, wwe.TargetTypeAgentGroup, wwe.TargetTypeSkill, wwe.TargetTypeInteractionQueue, wwe.TargetTypeRoutingPoint, wwe.TargetTypeCustomContact,
		} {
			bubble(t, "is not "+string(known)+" to "+request, func(t *testing.T) {
				host := wwetest.NewHost()
				assert.Equal(t, []string{answered(request, "")}, newInbox(host).send(request, quoted(answeredCall(t, host)), `{"type":"`+string(known)+`","destination":"5002"}`))
			})
		}
	}
}

func TestNoNumberIsNotDialled(t *testing.T) {
	host := wwetest.NewHost()
	for _, number := range []string{"", " "} {
		_, err := host.Dial(wwetest.Call{DNIS: number})
		require.EqualError(t, err, "there is no number to dial")
	}
	assert.NotContains(t, host.Actions(host.Preview(wwetest.Preview{})), wwetest.ActionCall)
	assert.Len(t, host.Interactions(), 1)
}

func TestASecondDialOfANumber(t *testing.T) {
	const number = `"+331"`
	bubble(t, "is refused while the first is DIALING", func(t *testing.T) {
		host := wwetest.NewHost()
		b := newInbox(host)
		assert.Len(t, b.send("voice.dial", number), 1)
		for _, request := range []string{"voice.dial", "voice.dialEx"} {
			assert.Equal(t, []string{refused(request, "+331 is being called already: interaction 1")}, b.send(request, number))
		}
		_, err := host.Dial(wwetest.Call{DNIS: "+331"})
		require.EqualError(t, err, "+331 is being called already: interaction 1")
		assert.Len(t, host.Interactions(), 1)
	})
	bubble(t, "is refused with spaces around it too", func(t *testing.T) {
		host := wwetest.NewHost()
		b := newInbox(host)
		b.send("voice.dial", number)
		assert.Equal(t, []string{refused("voice.dial", " +331 is being called already: interaction 1")}, b.send("voice.dial", `" +331"`))
		assert.Equal(t, []string{refused("voice.dial", "there is no number to dial")}, b.send("voice.dial", `"  "`))
	})
	bubble(t, "is refused however it is written", func(t *testing.T) {
		host := wwetest.NewHost()
		dialNumber(t, host, "+33 1 40 00 00 01")
		for _, same := range []string{"+33140000001", "+33-1.40/00 (00)01", "+33\u00a01\u202f40\u201100\u20110001"} {
			_, err := host.Dial(wwetest.Call{DNIS: same})
			require.EqualError(t, err, same+" is being called already: interaction 1")
		}
		dialNumber(t, host, "+33140000002")
		dialNumber(t, host, "a.b")
		dialNumber(t, host, "ab") // these are names
	})
	bubble(t, "is refused while a consultation is DIALING it, and the other way round", func(t *testing.T) {
		host := hostWith(t, `{"targetsAnswer":false}`)
		call, target := answeredCall(t, host), wwe.Target{Type: wwe.TargetTypeAgent, Destination: "5002"}
		dialled := dialNumber(t, host, "5002")
		_, err := host.Consult(call, target)
		require.EqualError(t, err, "5002 is being called already: interaction 2")
		require.NoError(t, host.HangUp(dialled))
		_, err = host.Consult(call, target)
		require.NoError(t, err)
		_, err = host.Dial(wwetest.Call{DNIS: "5002"})
		require.EqualError(t, err, "5002 is being called already: interaction 3")
	})
	bubble(t, "is possible when the first is answered, and so is another number before", func(t *testing.T) {
		host := wwetest.NewHost()
		b := newInbox(host)
		b.send("voice.dial", number)
		assert.Equal(t, []string{answered("voice.dial", "")}, b.send("voice.dial", `"+332"`))
		require.NoError(t, host.Answer("1"))
		assert.Equal(t, []string{answered("voice.dial", "")}, b.send("voice.dial", number))
	})
	bubble(t, "is a second call if repeatedDials is true", func(t *testing.T) {
		host := hostWith(t, `{"repeatedDials":true}`)
		b := newInbox(host)
		b.send("voice.dial", number)
		assert.Equal(t, []string{answered("voice.dial", "")}, b.send("voice.dial", number))
		assert.Len(t, host.Interactions(), 2)
	})
	bubble(t, "is none of what a preview offers", func(t *testing.T) {
		host := wwetest.NewHost()
		id := host.Preview(wwetest.Preview{Phone: "+331"})
		require.NoError(t, host.Answer(id))
		require.NoError(t, host.Do(id, wwetest.ActionCall))
		assert.NotContains(t, host.Actions(id), wwetest.ActionCall)
		require.ErrorContains(t, host.Do(id, wwetest.ActionCall), "+331 is being called already")
		require.NoError(t, host.Reject("2"))
		assert.Contains(t, host.Actions(id), wwetest.ActionCall, "the agent may try again")
	})
}

func TestAnInboundInternalCallHasNoANI(t *testing.T) {
	host := wwetest.NewHost()
	host.Ring(wwetest.Call{Type: wwe.CallTypeInternal, ANI: "1002", DNIS: "1001"})
	i := host.Interactions()[0]
	assert.Empty(t, i.ANI)
	assert.Equal(t, "1002", i.Parties[0].Name)
	assert.Equal(t, wwe.DirectionIn, i.Direction)
}

// The frame of one interaction, as with the option interaction.web-content.
func TestTheFrameOfACall(t *testing.T) {
	const read = "interaction.getByInteractionId"
	frameOf := func(host *wwetest.Host, id string) *inbox {
		b := newInbox(host)
		b.frame.OfInteraction(id)
		return b
	}
	begin := func(t *testing.T, configuration wwe.JSON) (*wwetest.Host, *wwetest.Clock) {
		clock := wwetest.NewClock()
		return hostWith(t, configuration, wwetest.WithClock(clock)), clock
	}
	bubble(t, "that the agent dials is told 30 ms after its subscription that the case is expanded, once", func(t *testing.T) {
		host, clock := begin(t, `{}`)
		id := dialNumber(t, host, "1002")
		b := frameOf(host, id)
		everywhere := newInbox(host, "interaction")
		assert.Equal(t, []string{granted("0")}, b.subscribe("interaction", "media", "markdone"))
		assert.Contains(t, b.send(read, quoted(id))[0], `"state":"DIALING","previousState":"UNKNOWN"`)
		everywhere.take()
		clock.Advance(30*time.Millisecond - 1)
		assert.Empty(t, b.take())
		clock.Advance(1)
		assert.Equal(t, []string{event("interaction", `{"eventType":"CASE_EXPANDED","selectedCaseId":"`+host.Interactions()[0].CaseID+`"}`)}, b.take())
		assert.Empty(t, everywhere.take(), "other frames have been told when it was dialled")
		assert.Len(t, b.subscribe("agent", "interaction"), 1)
		clock.Advance(time.Minute)
		assert.Empty(t, b.take())
	})
	bubble(t, "that the agent dials is told so in each world that it lives in", func(t *testing.T) {
		host, clock := begin(t, `{}`)
		b := frameOf(host, dialNumber(t, host, "1002"))
		for _, refresh := range []func(){func() {}, host.Restart, func() { require.NoError(t, host.Load(host.Save())) }} {
			refresh()
			b.frame.OfInteraction(host.Interactions()[0].InteractionID)
			b.subscribe("interaction")
			clock.Advance(30 * time.Millisecond)
			assert.Equal(t, []string{"interaction CASE_EXPANDED"}, types(t, b.take()))
		}
	})
	bubble(t, "that the agent dials is told nothing if caseExpandedDelay is 0", func(t *testing.T) {
		host, clock := begin(t, `{"caseExpandedDelay":0}`)
		b := frameOf(host, dialNumber(t, host, "1002"))
		b.subscribe("interaction")
		clock.Advance(time.Minute)
		assert.Empty(t, b.take())
	})
	for name, meanwhile := range map[string]func(host *wwetest.Host, b *inbox){
		"the frame is gone":        func(_ *wwetest.Host, b *inbox) { b.frame.Detach() },
		"the call is gone":         func(host *wwetest.Host, _ *inbox) { _ = host.HangUp("1"); _ = host.MarkDone("1") },
		"the case is folded":       func(host *wwetest.Host, _ *inbox) { _ = host.ToggleCase(host.Interactions()[0].CaseID) },
		"WWE was refreshed":        func(host *wwetest.Host, _ *inbox) { host.Restart() },
		"it has unsubscribed":      func(_ *wwetest.Host, b *inbox) { b.unsubscribe("0") },
		"it never asked for those": func(_ *wwetest.Host, b *inbox) { b.unsubscribe("0"); b.subscribe("agent") },
	} {
		bubble(t, "that the agent dials is told nothing of its case when "+name, func(t *testing.T) {
			host, clock := begin(t, `{}`)
			b := frameOf(host, dialNumber(t, host, "1002"))
			b.subscribe("interaction")
			meanwhile(host, b)
			b.take()
			clock.Advance(time.Minute)
			assert.Empty(t, b.take())
		})
	}
	bubble(t, "that came in has two answers, and no event for as long as nothing happens", func(t *testing.T) {
		host, clock := begin(t, `{}`)
		id := answeredCall(t, host)
		clock.Advance(60 * time.Millisecond) // the iframe comes now
		b := frameOf(host, id)
		assert.Equal(t, []string{granted("0")}, b.subscribe("interaction", "media", "markdone"))
		assert.Contains(t, b.send(read, quoted(id))[0], `"state":"TALKING","previousState":"RINGING"`)
		clock.Advance(10 * time.Second)
		assert.Empty(t, b.take())
	})
}

func TestABlockOfMarkDone(t *testing.T) {
	blocked := func(t *testing.T, configuration wwe.JSON) (*wwetest.Host, *wwetest.Clock, string) {
		clock := wwetest.NewClock()
		host := hostWith(t, configuration, wwetest.WithClock(clock))
		id := answeredCall(t, host)
		require.NoError(t, host.HangUp(id))
		newInbox(host).send("interaction.blockMarkdone", quoted(id), `"no"`)
		return host, clock, id
	}
	bubble(t, "holds until it is taken back", func(t *testing.T) {
		host, clock, id := blocked(t, `{}`)
		clock.Advance(time.Hour)
		require.EqualError(t, host.MarkDone(id), "no")
	})
	bubble(t, "lapses after block-markdone-timeout if blocksLapse is true", func(t *testing.T) {
		host, clock, id := blocked(t, `{"blocksLapse":true}`)
		clock.Advance(time.Second - 1)
		require.EqualError(t, host.MarkDone(id), "no")
		clock.Advance(1)
		require.NoError(t, host.MarkDone(id))
	})
	bubble(t, "keeps what it was made against, however soon after the announcement it came", func(t *testing.T) {
		host := hostWith(t, `{"blocksLapse":true}`)
		id := answeredCall(t, host)
		require.NoError(t, host.HangUp(id))
		b := newInbox(host, "markdone")
		done := make(chan error, 1)
		go func() { done <- host.MarkDone(id) }()
		require.Len(t, b.take(), 1, "it is announced")
		b.send("interaction.blockMarkdone", quoted(id), `"no"`)
		require.EqualError(t, <-done, "no")
		require.NoError(t, host.MarkDone(id), "the next attempt finds no block")
	})
}

func TestUserDataOfACallThatIsOver(t *testing.T) {
	over := func(t *testing.T, configuration wwe.JSON) (*wwetest.Host, *inbox) {
		host := hostWith(t, configuration)
		require.NoError(t, host.HangUp(answeredCall(t, host)))
		return host, newInbox(host)
	}
	bubble(t, "can no longer be changed", func(t *testing.T) {
		host, b := over(t, `{}`)
		assert.Contains(t, b.send("interaction.setUserData", `"1"`, `{"a":"b"}`)[0], `"errorMessage":"interaction 1 is not live`)
		assert.Contains(t, b.send("interaction.deleteUserData", `"1"`, `"a"`)[0], `"errorMessage":"interaction 1 is not live`)
		require.Error(t, host.SetUserData("1", wwe.UserData{"a": "b"}))
	})
	bubble(t, "can be changed if userDataAfterRelease is true", func(t *testing.T) {
		host, b := over(t, `{"userDataAfterRelease":true}`)
		assert.Equal(t, []string{answered("interaction.setUserData", "")}, b.send("interaction.setUserData", `"1"`, `{"a":"b","c":"d"}`))
		assert.Equal(t, []string{answered("interaction.deleteUserData", "")}, b.send("interaction.deleteUserData", `"1"`, `"a"`))
		require.NoError(t, host.SetUserData("1", wwe.UserData{"e": "f"}))
		assert.Equal(t, wwe.UserData{"c": "d", "e": "f"}, host.Interactions()[0].UserData)
		require.Error(t, host.SetUserData("404", nil))
	})
}

func TestURLVariables(t *testing.T) {
	const template = "https://a.example/$Agent.UserName$?n=$Agent.FullName$&f=$Agent.FirstName$&l=$Agent.LastName$&e=$Agent.EmployeeId$&i=$Interaction.Id$"
	odd := func(more string) wwe.JSON {
		return wwe.JSON(`{"agent":{"firstname":"Ann&b=1","lastname":"O'Léa 50%","username":"a/b","employeeId":"#7"}` + more + `}`)
	}
	bubble(t, "are put in as they are, as WWE's log shows", func(t *testing.T) {
		assert.Equal(t, "https://a.example/a/b?n=Ann&b=1 O'Léa 50%&f=Ann&b=1&l=O'Léa 50%&e=#7&i=3", hostWith(t, odd("")).ExpandURL(template, "3"))
	})
	bubble(t, "are encoded if encodeUrlVariables is true", func(t *testing.T) {
		assert.Equal(t, "https://a.example/a%2Fb?n=Ann%26b%3D1%20O%27L%C3%A9a%2050%25&f=Ann%26b%3D1&l=O%27L%C3%A9a%2050%25&e=%237&i=3",
			hostWith(t, odd(`,"encodeUrlVariables":true`)).ExpandURL(template, "3"))
	})
	bubble(t, "of no interaction and unknown ones", func(t *testing.T) {
		assert.Equal(t, "https://a.example/?i=&x=$Agent.Shoe$", wwetest.NewHost().ExpandURL("https://a.example/?i=$Interaction.Id$&x=$Agent.Shoe$", ""))
	})
	bubble(t, "are the same in a dialog's URL, and never encoded in its label", func(t *testing.T) {
		for configuration, url := range map[wwe.JSON]string{odd(""): "https://a.example/?n=Ann&b=1", odd(`,"encodeUrlVariables":true`): "https://a.example/?n=Ann%26b%3D1"} {
			host := hostWith(t, configuration)
			newInbox(host).send("system.openDialog", `"https://a.example/?n=$Agent.FirstName$"`, `{"label":"$Agent.FirstName$"}`)
			assert.Equal(t, url, host.Dialogs()[0].URL)
			assert.Equal(t, "Ann&b=1", host.Dialogs()[0].Label)
		}
	})
}

// Defects that another simulator of WWE's neighbours had.
func TestWhatAnotherSimulatorGotWrong(t *testing.T) {
	sam := wwe.Target{Type: wwe.TargetTypeAgent, Destination: "sam"}
	bubble(t, "the customer is held as soon as a consultation begins, whatever else may be held", func(t *testing.T) {
		for _, configuration := range []wwe.JSON{`{"targetsAnswer":false}`, `{"targetsAnswer":false,"holdOthers":false}`} {
			host := hostWith(t, configuration)
			id := answeredCall(t, host)
			_, err := host.Consult(id, sam)
			require.NoError(t, err)
			assert.Equal(t, wwe.StateHeld, stateOf(host, id))
		}
	})
	bubble(t, "a target does not answer by itself if targetsAnswer is false", func(t *testing.T) {
		clock := wwetest.NewClock()
		host := hostWith(t, `{"targetsAnswer":false}`, wwetest.WithClock(clock))
		consultation, err := host.Consult(answeredCall(t, host), sam)
		require.NoError(t, err)
		clock.Advance(time.Hour)
		assert.Equal(t, wwe.StateDialing, stateOf(host, consultation))
		require.NoError(t, host.Answer(consultation))
		assert.Equal(t, wwe.StateTalking, stateOf(host, consultation))
	})
	bubble(t, "the colleague is no longer a party of a call that was transferred to the agent", func(t *testing.T) {
		host := wwetest.NewHost()
		id := host.TransferIn(wwetest.Call{ANI: "+331"}, "kim")
		require.NoError(t, host.Answer(id))
		i, _ := host.Interaction(id)
		require.Len(t, i.Parties, 1)
		assert.Equal(t, "+331", i.Parties[0].Name)
	})
	bubble(t, "whom the agent consulted is a party of the conference, and the consultation is gone", func(t *testing.T) {
		host, id := talkingCall(t)
		consultation, err := host.Consult(id, sam)
		require.NoError(t, err)
		require.NoError(t, host.CompleteConference(consultation))
		i, _ := host.Interaction(id)
		require.Len(t, i.Parties, 2)
		assert.Equal(t, "sam", i.Parties[1].Name)
		assert.Len(t, host.Interactions(), 1)
	})
	bubble(t, "every frame gets an event, not the last one only", func(t *testing.T) {
		host := wwetest.NewHost()
		frames := []*inbox{newInbox(host, "interaction"), newInbox(host, "interaction"), newInbox(host, "interaction")}
		for _, b := range frames {
			b.take()
		}
		host.Ring(wwetest.Call{})
		for _, b := range frames {
			assert.Equal(t, []string{"interaction RINGING", "interaction CASE_EXPANDED", "interaction CASE_SELECTED"}, types(t, b.take()))
		}
	})
	for _, how := range []string{"in one step", "after a consultation"} {
		bubble(t, "an external call is transferred outside "+how, func(t *testing.T) {
			host := wwetest.NewHost()
			id, err := host.Dial(wwetest.Call{DNIS: "+331"})
			require.NoError(t, err)
			require.NoError(t, host.Answer(id))
			outside := wwe.Target{Destination: "+4930123456"}
			if how == "in one step" {
				require.NoError(t, host.Transfer(id, outside))
			} else {
				consultation, err := host.Consult(id, outside)
				require.NoError(t, err)
				require.NoError(t, host.CompleteTransfer(consultation))
			}
			assert.Equal(t, wwe.StateIdle, stateOf(host, id))
			require.NoError(t, host.MarkDone(id))
			assert.Empty(t, host.Interactions())
		})
	}
	bubble(t, "mark done takes one call away, and no other of the same customer", func(t *testing.T) {
		host := wwetest.NewHost()
		first, second := answeredCall(t, host), answeredCall(t, host)
		require.NoError(t, host.HangUp(first))
		require.NoError(t, host.HangUp(second))
		require.NoError(t, host.MarkDone(first))
		assert.Equal(t, []string{second}, idsOf(host.Interactions()))
	})
	bubble(t, "a preview that is cancelled or rejected is gone", func(t *testing.T) {
		for _, request := range []string{"outbound.cancelPreviewRecord", "outbound.rejectPreviewRecord"} {
			host := wwetest.NewHost()
			id := host.Preview(wwetest.Preview{Phone: "+331"})
			b := newInbox(host, "interaction")
			told := strings.Join(b.send(request, quoted(id)), "")
			assert.Contains(t, told, answered(request, ""))
			assert.Empty(t, host.Interactions())
		}
	})
}
