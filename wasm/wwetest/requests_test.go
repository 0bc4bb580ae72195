//go:build !js

package wwetest_test

import (
	"encoding/json"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

const (
	isReady    = `{"type":"READY","displayName":"Ready","operationName":"Ready"}`
	isNotReady = `{"type":"NOT_READY","displayName":"Not Ready","operationName":"NotReady"}`
	isWorking  = `{"type":"NOT_READY_AFTER_CALLWORK","displayName":"After Call Work","operationName":"AfterCallWork"}`
)

func mediaState(media, state string) string {
	return event("media", `{"state":`+state+`,"media":"`+media+`"}`)
}

// types tells of events what happened: "interaction RELEASED", "media".
func types(t *testing.T, messages []string) (all []string) {
	t.Helper()
	for _, text := range messages {
		var m struct {
			Event string
			Data  struct{ EventType string }
		}
		_ = json.Unmarshal([]byte(text), &m)
		if m.Event != "" {
			all = append(all, strings.TrimSpace(m.Event+" "+m.Data.EventType))
		}
	}
	return all
}

func TestTheAgent(t *testing.T) {
	bubble(t, "is told as configured, older WWEs tell no roles", func(t *testing.T) {
		host := wwetest.NewHost()
		b := newInbox(host)
		assert.Equal(t, []string{answered("agent.get",
			`{"employeeId":"1001","firstname":"Alex","lastname":"Martin","username":"alex.martin","roles":["ROLE_AGENT"]}`)}, b.send("agent.get"))
		host.Configure(func(c *wwetest.Config) { c.Agent = wwe.Agent{EmployeeID: "7"} })
		assert.Equal(t, []string{answered("agent.get", `{"employeeId":"7","firstname":"","lastname":"","username":""}`)}, b.send("agent.get"))
		assert.Equal(t, wwe.Agent{EmployeeID: "7"}, host.Agent())
		host.Configure(func(c *wwetest.Config) { c.Agent.Unknown = map[string]wwe.JSON{"place": `"SIP_1"`, "dn": "7"} })
		assert.Contains(t, b.send("agent.get")[0], `"username":"","dn":7,"place":"SIP_1"}`)
	})
	bubble(t, "has states to choose from", func(t *testing.T) {
		host := wwetest.NewHost()
		b := newInbox(host)
		assert.Equal(t, []string{answered("agent.getState", isReady)}, b.send("agent.getState"))
		list := b.send("agent.getStateList")[0]
		for _, state := range host.AgentStates() {
			assert.Contains(t, list, `"operationName":"`+state.OperationName+`"`)
		}
		assert.Contains(t, list, `"data":[`+isReady+`,`+isNotReady+`,`)
	})
	bubble(t, "chooses one for all media, and events tell of each that is new", func(t *testing.T) {
		host := wwetest.NewHost()
		b := newInbox(host, "agent", "media")
		require.NoError(t, host.SetMediaState("email", "NotReady"))
		b.take()
		assert.Equal(t, []string{
			answered("agent.setState", ""), mediaState("voice", isNotReady), event("agent", isNotReady),
			mediaState("chat", isNotReady), mediaState("workitem", isNotReady),
		}, b.send("agent.setState", `"NotReady"`))
		assert.Equal(t, "NotReady", host.AgentState().OperationName)
		assert.Len(t, b.send("agent.setState", `"NotReady"`), 1, "nothing is new")
		for _, name := range []string{`"Sleeping"`, `""`, `null`, `7`, `0`} {
			assert.Contains(t, b.send("agent.setState", name)[0], `"errorMessage":"no state of the agent's has the operation name`)
		}
		require.Error(t, host.SetAgentState("Sleeping"))
		assert.Equal(t, "NotReady", host.AgentState().OperationName)
	})
}

func TestMedia(t *testing.T) {
	bubble(t, "are listed and found by name", func(t *testing.T) {
		host := wwetest.NewHost()
		b := newInbox(host)
		var media []string
		for _, m := range host.Media() {
			media = append(media, `{"media":"`+m.Name+`","state":`+isReady+`}`)
		}
		assert.Equal(t, []string{answered("media.getMediaList", "["+strings.Join(media, ",")+"]")}, b.send("media.getMediaList"))
		assert.Equal(t, []string{answered("media.getMediaByName", media[1])}, b.send("media.getMediaByName", `"chat"`))
		for _, name := range []string{`"fax"`, `""`, `null`, `{}`} {
			assert.Equal(t, []string{answered("media.getMediaByName", "null")}, b.send("media.getMediaByName", name))
		}
	})
	bubble(t, "have states of their own, voice has that of the agent", func(t *testing.T) {
		b := newInbox(wwetest.NewHost(), "agent", "media")
		assert.Equal(t, []string{answered("media.setState", ""), mediaState("chat", isNotReady)}, b.send("media.setState", `"chat"`, `"NotReady"`))
		assert.Equal(t, []string{answered("agent.getState", isReady)}, b.send("agent.getState"))
		assert.Equal(t, []string{answered("media.setState", ""), mediaState("voice", isNotReady), event("agent", isNotReady)},
			b.send("media.setState", `"voice"`, `"NotReady"`))
		assert.Equal(t, []string{refused("media.setState", `the agent has no media "fax"`)}, b.send("media.setState", `"fax"`, `"NotReady"`))
		assert.Equal(t, []string{refused("media.setState", `no state of the agent's has the operation name "x"; there are Ready, NotReady, NotReadyReason/Lunch, AfterCallWork, Dnd, LogOff`)}, b.send("media.setState", `"chat"`, `"x"`))
	})
}

func TestVoice(t *testing.T) {
	bubble(t, "dials, with user data", func(t *testing.T) {
		host := wwetest.NewHost()
		b := newInbox(host, "interaction")
		got := b.send("voice.dial", `"+331"`, `{"a":"b"}`)
		assert.Equal(t, answered("voice.dial", ""), got[0], "the answer comes before its events")
		assert.Equal(t, []string{"interaction DIALING", "interaction CASE_EXPANDED", "interaction CASE_SELECTED"}, types(t, got))
		i := host.Interactions()[0]
		assert.Equal(t, wwe.Interaction{
			InteractionID: "1", CaseID: i.CaseID, CallUUID: i.CallUUID, InteractionUUID: i.CallUUID, State: wwe.StateDialing, PreviousState: wwe.StateUnknown,
			Media: "voice", Direction: wwe.DirectionOut, CallType: wwe.CallTypeOutbound, DNIS: "+331", UserData: wwe.UserData{"a": "b"},
			Parties:               []wwe.Party{{Name: "+331", Identifier: "+331", PhoneNumber: "+331"}},
			IsMainCaseInteraction: true, IsCaseSelected: true, IsCaseExpanded: true,
		}, i)
		assert.Equal(t, answered("voice.dialEx", ""), b.send("voice.dialEx", `"+332"`, `null`, `{"x":"y"}`)[0])
		assert.Len(t, host.Interactions(), 2)
	})
	bubble(t, "never dials nothing", func(t *testing.T) {
		host := wwetest.NewHost()
		b := newInbox(host)
		for _, number := range []string{`""`, `null`, `7`, `{}`, `["1"]`} {
			assert.Equal(t, []string{refused("voice.dial", "there is no number to dial")}, b.send("voice.dial", number))
		}
		assert.Equal(t, []string{refused("voice.dial", "the user data is not an object")}, b.send("voice.dial", `"1"`, `"x"`))
		assert.Empty(t, host.Interactions())
	})
	bubble(t, "controls a call, and records it", func(t *testing.T) {
		host := wwetest.NewHost()
		b := newInbox(host, "interaction", "media")
		id := quoted(host.Ring(wwetest.Call{}))
		b.take()
		for _, c := range []struct {
			request string
			events  []string
			state   wwe.State
		}{
			{"voice.answer", []string{"interaction ESTABLISHED"}, wwe.StateTalking},
			{"voice.hold", []string{"interaction HELD"}, wwe.StateHeld},
			{"voice.resume", []string{"interaction RETRIEVED"}, wwe.StateTalking},
			{"voice.startCallRecording", []string{"interaction RECORDING_STATE_CHANGED"}, wwe.StateTalking},
			{"voice.pauseCallRecording", []string{"interaction RECORDING_STATE_CHANGED"}, wwe.StateTalking},
			{"voice.resumeCallRecording", []string{"interaction RECORDING_STATE_CHANGED"}, wwe.StateTalking},
			{"voice.stopCallRecording", []string{"interaction RECORDING_STATE_CHANGED"}, wwe.StateTalking},
			{"voice.hangUp", []string{"media", "interaction RELEASED"}, wwe.StateIdle}, // the media first
		} {
			got := b.send(c.request, id)
			assert.Equal(t, answered(c.request, ""), got[0])
			assert.Equal(t, c.events, types(t, got), c.request)
			assert.Equal(t, c.state, host.Interactions()[0].State)
			assert.Contains(t, b.send(c.request, id)[0], `"errorMessage"`, "%s a second time", c.request)
		}
		assert.Equal(t, []string{answered("agent.getState", isWorking)}, b.send("agent.getState"))
	})
	bubble(t, "has nothing to do with other media, nor with the other side's part", func(t *testing.T) {
		host := wwetest.NewHost()
		b := newInbox(host)
		for _, id := range []string{
			host.Chat(wwetest.Chat{}), host.Email(wwetest.Email{}), dialNumber(t, host, "1"), "404", "",
		} {
			assert.Contains(t, b.send("voice.answer", quoted(id))[0], `"errorMessage"`)
		}
		chat := host.Chat(wwetest.Chat{})
		require.NoError(t, host.Answer(chat))
		assert.Contains(t, b.send("voice.hangUp", quoted(chat))[0], `"errorMessage"`)
		ringing := host.Ring(wwetest.Call{})
		assert.Contains(t, b.send("voice.hangUp", quoted(ringing))[0], `"errorMessage"`, "it is not the agent's to hang up yet")
	})
	bubble(t, "goes to after-call work once, not for a call that nobody answered", func(t *testing.T) {
		host := wwetest.NewHost()
		b := newInbox(host, "media", "interaction")
		id := dialNumber(t, host, "1")
		b.take()
		require.NoError(t, host.Reject(id))
		assert.Equal(t, []string{"interaction RELEASED"}, types(t, b.take()))
		for _, want := range [][]string{{"media", "interaction RELEASED"}, {"interaction RELEASED"}} {
			id := host.Ring(wwetest.Call{})
			require.NoError(t, host.Answer(id))
			b.take()
			require.NoError(t, host.HangUp(id))
			assert.Equal(t, want, types(t, b.take()))
		}
	})
}

func TestEmailCreate(t *testing.T) {
	bubble(t, "begins an email", func(t *testing.T) {
		host := wwetest.NewHost()
		b := newInbox(host, "interaction")
		got := b.send("email.create", `"ann@example.com"`, `{"a":"b"}`)
		assert.Equal(t, answered("email.create", ""), got[0])
		assert.Equal(t, []string{"interaction CREATED", "interaction CASE_EXPANDED", "interaction CASE_SELECTED"}, types(t, got))
		i := host.Interactions()[0]
		assert.Equal(t, wwe.StateCreated, i.State)
		assert.Equal(t, "email", i.Media)
		assert.Equal(t, wwe.UserData{"a": "b"}, i.UserData)
		assert.Equal(t, []wwe.Party{{Name: "ann@example.com"}}, i.Parties)
	})
	bubble(t, "needs a destination, and user data that is an object", func(t *testing.T) {
		host := wwetest.NewHost()
		b := newInbox(host)
		for _, to := range []string{`""`, `null`, `7`, `{}`} {
			assert.Equal(t, []string{refused("email.create", "an email needs a destination")}, b.send("email.create", to))
		}
		assert.Equal(t, []string{refused("email.create", "the user data is not an object")}, b.send("email.create", `"a"`, `[]`))
		assert.Empty(t, host.Interactions())
	})
}

func TestMessenger(t *testing.T) {
	bubble(t, "brings a message to the other frames that listen to its channel", func(t *testing.T) {
		host := wwetest.NewHost()
		sender, other, elsewhere := newInbox(host, "messenger:a"), newInbox(host, "messenger:a"), newInbox(host, "messenger:b")
		assert.Equal(t, []string{answered("messenger.broadcastMessage", "")}, sender.send("messenger.broadcastMessage", `"a"`, `{"x":[1,null]}`))
		assert.Equal(t, []string{event("messenger:a", `{"x":[1,null]}`)}, other.take())
		assert.Empty(t, elsewhere.take())
		sender.send("messenger.broadcastMessage", `"a"`)
		assert.Equal(t, []string{event("messenger:a", "null")}, other.take())
		assert.Equal(t, []string{refused("messenger.broadcastMessage", "a message needs a channel")}, sender.send("messenger.broadcastMessage", `""`, `1`))
	})
}

func TestTheSIPEndpoint(t *testing.T) {
	bubble(t, "mutes and unmutes, the microphone and the speaker each for itself", func(t *testing.T) {
		b := newInbox(wwetest.NewHost())
		for _, c := range []struct{ request, microphone, speaker string }{
			{"sipEndpoint.unmuteSpeaker", "false", "false"},
			{"sipEndpoint.muteMicrophone", "true", "false"},
			{"sipEndpoint.muteSpeaker", "true", "true"},
			{"sipEndpoint.unmuteMicrophone", "false", "true"},
			{"sipEndpoint.unmuteSpeaker", "false", "false"},
		} {
			assert.Equal(t, []string{answered(c.request, "")}, b.send(c.request))
			assert.Equal(t, []string{answered("sipEndpoint.isMicrophoneMute", c.microphone)}, b.send("sipEndpoint.isMicrophoneMute"))
			assert.Equal(t, []string{answered("sipEndpoint.isSpeakerMute", c.speaker)}, b.send("sipEndpoint.isSpeakerMute"))
		}
	})
}

func TestTheSystem(t *testing.T) {
	bubble(t, "is the agent's only tab", func(t *testing.T) {
		b := newInbox(wwetest.NewHost())
		for name, data := range map[string]string{
			"system.triggerActivity": "", "system.amIVisible": "true", "system.isFrameLeading": "true", "system.isFrameFollowing": "false",
			"system.isFrameNegotiating": "false", "system.isFrameLeadingOrNegotiating": "true", "system.isLastActiveFrame": "true",
		} {
			assert.Equal(t, []string{answered(name, data)}, b.send(name))
		}
	})
	bubble(t, "lists every service but the token, and each of them is known", func(t *testing.T) {
		b := newInbox(wwetest.NewHost())
		var answer struct{ Data []string }
		require.NoError(t, json.Unmarshal([]byte(b.send("system.getAllowedServices")[0]), &answer))
		assert.Contains(t, answer.Data, "interaction.singleStepTransfer")
		assert.NotContains(t, answer.Data, "auth.getJwtToken")
		for _, name := range answer.Data {
			for _, message := range b.send(name) {
				assert.NotContains(t, message, "unknown request")
			}
		}
	})
}

func TestGetOption(t *testing.T) {
	for pattern, want := range map[string]string{
		`"voice.a"`:                          `[{"name":"interaction-workspace","options":{"voice.a":"1"}}]`,
		`"voice.*"`:                          `[{"name":"interaction-workspace","options":{"voice.a":"1","voice.b":"2"}}]`,
		`"CustomAPI/test.*"`:                 `[{"name":"CustomAPI","options":{"test.x":"4"}}]`,
		`["CustomAPI/test.x","mail","none"]`: `[{"name":"CustomAPI","options":{"test.x":"4"}},{"name":"interaction-workspace","options":{"mail":"3"}}]`,
		`"interaction-workspace/mail"`:       `[{"name":"interaction-workspace","options":{"mail":"3"}}]`,
		`"*"`:                                `[]`, // a leading * is not allowed
		`"*.a"`:                              `[]`,
		`"*voice.*"`:                         `[]`,
		`"CustomAPI/*"`:                      `[{"name":"CustomAPI","options":{"other":"5","test.x":"4"}}]`,
		`"*/mail"`:                           `[]`,
		`"test.x"`:                           `[]`,
		`""`:                                 `[]`,
		`[]`:                                 `[]`,
	} {
		bubble(t, "of "+pattern, func(t *testing.T) {
			host := wwetest.NewHost(config(func(c *wwetest.Config) {
				c.Options = map[string]string{"voice.a": "1", "voice.b": "2", "interaction-workspace/mail": "3", "CustomAPI/test.x": "4", "CustomAPI/other": "5"}
			}))
			assert.Equal(t, []string{answered("configuration.getOption", want)}, newInbox(host).send("configuration.getOption", pattern))
		})
	}
	for pattern, problem := range map[string]string{
		`null`: "the options are neither a name nor names", `7`: "the options are neither a name nor names",
		`{"0":"a"}`: "the options are neither a name nor names", `["a",7]`: "an option's name is not a string",
	} {
		bubble(t, "never of "+pattern, func(t *testing.T) {
			assert.Equal(t, []string{refused("configuration.getOption", problem)}, newInbox(wwetest.NewHost()).send("configuration.getOption", pattern))
		})
	}
}

func TestGetJwtToken(t *testing.T) {
	bubble(t, "has a token for an hour, where the origin's services name it", func(t *testing.T) {
		host := wwetest.NewHost(wwetest.WithClock(wwetest.NewClock()), config(func(c *wwetest.Config) { c.AcceptedOrigins = "* (auth.getJwtToken)" }))
		assert.Equal(t, []string{answered("auth.getJwtToken", `{"expiration":"2026-01-01T13:00:00.000Z","jwtToken":"simulated.token.alex.martin"}`)},
			newInbox(host).send("auth.getJwtToken"))
	})
}

func TestConsultationsBeyondACall(t *testing.T) {
	bubble(t, "about an email are by another media, and can end in its transfer", func(t *testing.T) {
		host := wwetest.NewHost()
		b := newInbox(host)
		id := host.Email(wwetest.Email{From: "a"})
		require.NoError(t, host.Answer(id))
		b.take()
		for _, media := range []string{"", `,"media":"email"`, `,"media":"workitem"`} {
			assert.Contains(t, b.send("interaction.consult", quoted(id), `{"type":"AGENT","destination":"5001"`+media+`}`)[0], `"errorMessage"`)
		}
		assert.Equal(t, []string{answered("interaction.consult", "")}, b.send("interaction.consult", quoted(id), `{"type":"AGENT","destination":"5001","media":"voice"}`))
		assert.Equal(t, wwe.StateTalking, host.Interactions()[1].State)
		assert.Equal(t, wwe.StateAccepted, host.Interactions()[0].State, "an email is not put on hold")
		assert.Contains(t, b.send("interaction.completeConference", `"2"`)[0], `"errorMessage"`, "there are no conferences of emails")
		assert.Equal(t, []string{answered("interaction.completeTransfer", "")}, b.send("interaction.completeTransfer", `"2"`))
		assert.Empty(t, host.Interactions())
	})
	bubble(t, "about another open media are not by that media either", func(t *testing.T) {
		host := wwetest.NewHost()
		id := host.WorkItem(wwetest.WorkItem{Media: "fax"})
		require.NoError(t, host.Answer(id))
		b := newInbox(host)
		assert.Contains(t, b.send("interaction.consult", quoted(id), `"5001"`)[0], `"errorMessage"`)
		assert.Contains(t, b.send("interaction.consult", quoted(id), `{"type":"AGENT","destination":"1","media":"fax"}`)[0], `"errorMessage"`)
		assert.Len(t, host.Interactions(), 1)
	})
	bubble(t, "end with the transfer of what they are about", func(t *testing.T) {
		host := wwetest.NewHost()
		id := host.Chat(wwetest.Chat{})
		require.NoError(t, host.Answer(id))
		b := newInbox(host, "interaction")
		b.send("interaction.consult", quoted(id), `"5001"`)
		b.send("interaction.consult", quoted(id), `{"type":"AGENT","destination":"5002","media":"voice"}`)
		require.Len(t, host.Interactions(), 3)
		assert.Equal(t, []string{"interaction RELEASED", "interaction RELEASED", "interaction TRANSFERRING", "interaction TRANSFER_COMPLETED"},
			types(t, b.send("interaction.singleStepTransfer", quoted(id), `"5003"`)))
		assert.Empty(t, host.Interactions())
	})
	bubble(t, "of chats that join at once do so for the customer's chat only", func(t *testing.T) {
		host := wwetest.NewHost()
		b := newInbox(host, "interaction")
		id := host.Chat(wwetest.Chat{})
		b.take()
		require.NoError(t, host.Answer(id))
		assert.Equal(t, []string{"interaction ACCEPTED", "interaction JOIN_PENDING", "interaction HISTORY_IN_PROGRESS", "interaction HISTORY_DONE"},
			types(t, b.take()))
		assert.Equal(t, []string{"interaction INVITED", "interaction ACCEPTED"}, types(t, b.send("interaction.consult", quoted(id), `"5001"`)))
	})
}

func TestAPreview(t *testing.T) {
	bubble(t, "is called in its case, and is done when the call is over", func(t *testing.T) {
		host := wwetest.NewHost()
		id := host.Preview(wwetest.Preview{Campaign: "Spring", Phone: "+331", UserData: wwe.UserData{"a": "b"}, Contact: &wwe.Contact{DisplayName: "Ann"}})
		require.NoError(t, host.Answer(id))
		require.NoError(t, host.Do(id, wwetest.ActionCall))
		all := host.Interactions()
		require.Len(t, all, 2)
		assert.Equal(t, wwe.UserData{"a": "b", "GSW_CAMPAIGN_NAME": "Spring"}, all[1].UserData)
		assert.Equal(t, all[0].CaseID, all[1].CaseID)
		assert.Equal(t, "+331", all[1].DNIS)
		assert.Equal(t, "Ann", all[1].Contact.DisplayName)
		require.ErrorContains(t, host.MarkDone(id), "before 2 is over")
		require.NoError(t, host.HangUp("2"))
		require.NoError(t, host.MarkDone(id))
	})
}

func TestTheDeskOfAColleague(t *testing.T) {
	bubble(t, "who transfers a call is party to it until the agent answers", func(t *testing.T) {
		host := wwetest.NewHost()
		b := newInbox(host, "interaction")
		id := host.TransferIn(wwetest.Call{ANI: "1"}, "Kim")
		b.take()
		i, _ := host.Interaction(id)
		require.Len(t, i.Parties, 2)
		require.NoError(t, host.Answer(id))
		assert.Equal(t, []string{"interaction ESTABLISHED", "interaction PARTY_REMOVED"}, types(t, b.take()))
	})
	bubble(t, "who joins and leaves is told of", func(t *testing.T) {
		host := wwetest.NewHost()
		b := newInbox(host, "interaction")
		id := host.Ring(wwetest.Call{ANI: "1"})
		require.Error(t, host.AddParty(id, wwe.Party{Name: "Kim"}), "nobody is in a call that rings")
		require.NoError(t, host.Answer(id))
		b.take()
		require.NoError(t, host.AddParty(id, wwe.Party{Name: "Kim"}))
		require.NoError(t, host.RemoveParty(id, "Kim"))
		require.ErrorContains(t, host.RemoveParty(id, "Kim"), `no party "Kim"`)
		require.Error(t, host.RemoveParty("404", "Kim"))
		assert.Equal(t, []string{"interaction PARTY_ADDED", "interaction PARTY_REMOVED"}, types(t, b.take()))
	})
}

func TestReset(t *testing.T) {
	bubble(t, "takes everything away that has happened", func(t *testing.T) {
		host := wwetest.NewHost(wwetest.WithClock(wwetest.NewClock()))
		b := newInbox(host, "interaction")
		host.Configure(func(c *wwetest.Config) { c.RateLimit = 1 })
		email := host.Email(wwetest.Email{})
		require.NoError(t, host.Answer(email))
		require.NoError(t, host.Do(email, wwetest.ActionSave))
		host.Ring(wwetest.Call{})
		require.NoError(t, host.SetAgentState("NotReady"))
		host.Fault(wwetest.Fault{Request: "agent.get"})
		b.send("agent.get")
		host.Reset()
		synctest.Wait()
		assert.Empty(t, host.Interactions())
		assert.Empty(t, host.Workbin())
		assert.Empty(t, host.Requests())
		assert.Empty(t, host.Faults())
		assert.Empty(t, host.Messages())
		assert.Zero(t, host.Subscriptions("interaction"))
		assert.Equal(t, wwetest.DefaultConfig(), host.Config())
		assert.Equal(t, "Ready", host.AgentState().OperationName)
		assert.Equal(t, "1", host.Ring(wwetest.Call{}))
	})
}

func TestActionsHaveNames(t *testing.T) {
	for _, action := range allActions {
		assert.Contains(t, []string{"agent", "supervisor", "system"}, action.By())
	}
	assert.Equal(t, "Hang up", wwetest.ActionHangUp.Label())
	assert.Equal(t, "dance", wwetest.Action("dance").Label())
}

func TestAClock(t *testing.T) {
	t.Run("does what is due in order, each at its time, also what comes up thereby", func(t *testing.T) {
		clock := wwetest.NewClock()
		start := clock.Now()
		var at []time.Duration
		note := func() { at = append(at, clock.Now().Sub(start)) }
		clock.AfterFunc(3*time.Second, note)
		clock.AfterFunc(time.Second, func() { note(); clock.AfterFunc(time.Second, note); clock.AfterFunc(-time.Hour, note) })
		clock.AfterFunc(time.Minute, note)
		clock.Advance(4 * time.Second)
		assert.Equal(t, []time.Duration{time.Second, time.Second, 2 * time.Second, 3 * time.Second}, at)
		assert.Equal(t, 4*time.Second, clock.Now().Sub(start))
	})
}

func TestWhatIsRememberedIsBounded(t *testing.T) {
	bubble(t, "in number and in bytes", func(t *testing.T) {
		host := wwetest.NewHost()
		b := newInbox(host)
		b.send("no.such", `"`+strings.Repeat("x", 40<<20)+`"`)
		b.send("no.such", `"`+strings.Repeat("y", 40<<20)+`"`)
		assert.Len(t, host.Requests(), 1)
		assert.LessOrEqual(t, len(host.Messages()), 3)
	})
}
