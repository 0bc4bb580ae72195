package wwe_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// everyRequest are the names that Genesys' client of 2023 has, by the public
// description of it, and one that is documented but in no client.
const everyRequest = `
	auth.getJwtToken
	agent.get agent.getState agent.getStateList agent.setState
	interaction.getInteractions interaction.getByInteractionId interaction.setUserData interaction.deleteUserData
	interaction.selectCaseByCaseId interaction.markdone interaction.blockMarkdone interaction.unblockMarkdone interaction.accept
	interaction.reject interaction.singleStepTransfer interaction.singleStepConference interaction.consult
	interaction.completeTransfer interaction.completeConference
	voice.dial voice.dialEx voice.answer voice.hold voice.resume voice.hangUp voice.startCallRecording voice.stopCallRecording
	voice.pauseCallRecording voice.resumeCallRecording
	sipEndpoint.muteMicrophone sipEndpoint.unmuteMicrophone sipEndpoint.muteSpeaker sipEndpoint.unmuteSpeaker
	sipEndpoint.isMicrophoneMute sipEndpoint.isSpeakerMute
	email.create
	media.getMediaList media.getMediaByName media.setState
	outbound.getCampaigns outbound.getListOfCallResults outbound.startDirectPushPreview outbound.stopDirectPushPreview
	outbound.getPreviewRecord outbound.getChainedRecords outbound.getRecordFields outbound.rejectPreviewRecord
	outbound.cancelPreviewRecord outbound.cancelReschedule outbound.getCallResult outbound.setDoNotCall outbound.removeDoNotCall
	outbound.updateRecordFields outbound.callPreviewRecord outbound.rescheduleRecord outbound.setCallResult
	system.getAllowedServices system.triggerActivity system.popupToast system.updateToast system.closeToast system.openDialog
	system.closeDialog system.updateViewInApplicationMenuBar system.closeViewInApplicationMenuBar system.amIVisible
	system.isFrameLeading system.isFrameFollowing system.isFrameNegotiating system.isFrameLeadingOrNegotiating
	system.isLastActiveFrame
	messenger.broadcastMessage
	configuration.getOption
	configuration.getContextualOption`

// exchange is one request of a namespace beside interaction, whose fifteen are
// in conformance: what must reach WWE, and what is read of an answer.
type exchange struct {
	request    string
	call       func(ctx context.Context, svc *wwe.Service) (any, error)
	parameters []wwe.JSON
	undefined  []int
	answer     wwe.JSON // its data
	want       any
	odd        []wwe.JSON // data that is an error, and comes whole with it
}

// done is a call that returns nothing but an error.
func done(call func(ctx context.Context, svc *wwe.Service) error) func(context.Context, *wwe.Service) (any, error) {
	return func(ctx context.Context, svc *wwe.Service) (any, error) { return nil, call(ctx, svc) }
}

// got is a call that returns something.
func got[T any](call func(ctx context.Context, svc *wwe.Service) (T, error)) func(context.Context, *wwe.Service) (any, error) {
	return func(ctx context.Context, svc *wwe.Service) (any, error) { return call(ctx, svc) }
}

func byInteraction(request string, call func(ctx context.Context, svc *wwe.Service, id string) error) exchange {
	return exchange{request: request, parameters: []wwe.JSON{`"1"`}, answer: `{}`,
		call: done(func(ctx context.Context, svc *wwe.Service) error { return call(ctx, svc, "1") })}
}

func noBoolean(request string, call func(ctx context.Context, svc *wwe.Service) (bool, error)) exchange {
	return exchange{request: request, call: got(call), answer: `true`, want: true, odd: []wwe.JSON{`"true"`, `1`, `null`, `{}`}}
}

const (
	readyJSON    = `{"type":"READY","displayName":"Ready","operationName":"Ready"}`
	campaignJSON = `[{"name":"Spring","whatever":[1,null]}]`
)

var ready = wwe.MediaState{Type: "READY", DisplayName: "Ready", OperationName: "Ready"}

var exchanges = []exchange{
	{
		request: "auth.getJwtToken",
		call:    got(func(ctx context.Context, svc *wwe.Service) (wwe.JWT, error) { return svc.Auth.GetJwtToken(ctx) }),
		answer:  `{"expiration":"2020-04-14T13:26:51.846Z","jwtToken":"secret"}`,
		want:    wwe.JWT{Token: "secret", Expiration: time.Date(2020, 4, 14, 13, 26, 51, 846e6, time.UTC)},
		odd:     []wwe.JSON{`{}`, `"secret"`, `{"jwtToken":7}`, `{"jwtToken":"t","expiration":"soon"}`},
	},
	{
		request: "agent.get",
		call:    got(func(ctx context.Context, svc *wwe.Service) (wwe.Agent, error) { return svc.Agent.Get(ctx) }),
		answer:  `{"employeeId":"1001","firstname":"Alex","lastname":"Martin","username":"alex","roles":["ROLE_AGENT"],"new":[1]}`,
		want: wwe.Agent{EmployeeID: "1001", FirstName: "Alex", LastName: "Martin", UserName: "alex", Roles: []string{"ROLE_AGENT"},
			Unknown: map[string]wwe.JSON{"new": "[1]"}},
		odd: []wwe.JSON{`[]`, `{"employeeId":1001}`, `{"roles":"ROLE_AGENT"}`},
	},
	{
		request: "agent.getState",
		call:    got(func(ctx context.Context, svc *wwe.Service) (wwe.MediaState, error) { return svc.Agent.GetState(ctx) }),
		answer:  readyJSON, want: ready, odd: []wwe.JSON{`"READY"`, `{"type":{}}`},
	},
	{
		request: "agent.getStateList",
		call: got(func(ctx context.Context, svc *wwe.Service) ([]wwe.MediaState, error) {
			return svc.Agent.GetStateList(ctx)
		}),
		answer: `[` + readyJSON + `]`, want: []wwe.MediaState{ready}, odd: []wwe.JSON{`{}`, `["READY"]`},
	},
	{
		request: "agent.setState", parameters: []wwe.JSON{`"NotReady"`}, answer: `{}`,
		call: done(func(ctx context.Context, svc *wwe.Service) error { return svc.Agent.SetState(ctx, "NotReady") }),
	},
	{
		request: "media.getMediaList",
		call:    got(func(ctx context.Context, svc *wwe.Service) ([]wwe.Media, error) { return svc.Media.GetMediaList(ctx) }),
		answer:  `[{"media":"voice","state":` + readyJSON + `},{"name":"chat","state":null}]`,
		want:    []wwe.Media{{Name: "voice", State: ready}, {Name: "chat"}},
		odd:     []wwe.JSON{`{}`, `[{"media":7}]`},
	},
	{
		request: "media.getMediaByName", parameters: []wwe.JSON{`"voice"`},
		call: got(func(ctx context.Context, svc *wwe.Service) (wwe.Media, error) {
			return svc.Media.GetMediaByName(ctx, "voice")
		}),
		answer: `{"media":"voice","state":` + readyJSON + `,"x":1}`,
		want:   wwe.Media{Name: "voice", State: ready, Unknown: map[string]wwe.JSON{"x": "1"}}, odd: []wwe.JSON{`"voice"`},
	},
	{
		request: "media.setState", parameters: []wwe.JSON{`"voice"`, `"NotReady"`}, answer: `{}`,
		call: done(func(ctx context.Context, svc *wwe.Service) error { return svc.Media.SetState(ctx, "voice", "NotReady") }),
	},
	{
		request: "voice.dial", parameters: []wwe.JSON{`"5001"`, `{"Reason":"x"}`}, answer: `{"odd":1}`, want: wwe.JSON(`{"odd":1}`),
		call: got(func(ctx context.Context, svc *wwe.Service) (wwe.JSON, error) {
			return svc.Voice.Dial(ctx, "5001", wwe.UserData{"Reason": "x"})
		}),
	},
	{
		request: "voice.dialEx", parameters: []wwe.JSON{`"5001"`, `null`, `{"e":"x"}`}, undefined: []int{1}, answer: `7`, want: wwe.JSON(`7`),
		call: got(func(ctx context.Context, svc *wwe.Service) (wwe.JSON, error) {
			return svc.Voice.DialEx(ctx, "5001", nil, wwe.UserData{"e": "x"})
		}),
	},
	byInteraction("voice.answer", func(ctx context.Context, svc *wwe.Service, id string) error { return svc.Voice.Answer(ctx, id) }),
	byInteraction("voice.hold", func(ctx context.Context, svc *wwe.Service, id string) error { return svc.Voice.Hold(ctx, id) }),
	byInteraction("voice.resume", func(ctx context.Context, svc *wwe.Service, id string) error { return svc.Voice.Resume(ctx, id) }),
	byInteraction("voice.hangUp", func(ctx context.Context, svc *wwe.Service, id string) error { return svc.Voice.HangUp(ctx, id) }),
	byInteraction("voice.startCallRecording", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.Voice.StartCallRecording(ctx, id)
	}),
	byInteraction("voice.stopCallRecording", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.Voice.StopCallRecording(ctx, id)
	}),
	byInteraction("voice.pauseCallRecording", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.Voice.PauseCallRecording(ctx, id)
	}),
	byInteraction("voice.resumeCallRecording", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.Voice.ResumeCallRecording(ctx, id)
	}),
	{
		request: "email.create", parameters: []wwe.JSON{`"a@example.com"`, `null`}, undefined: []int{1}, answer: `null`, want: wwe.JSON(`null`),
		call: got(func(ctx context.Context, svc *wwe.Service) (wwe.JSON, error) {
			return svc.Email.Create(ctx, "a@example.com", nil)
		}),
	},
	{
		request: "sipEndpoint.muteMicrophone", answer: `{}`,
		call: done(func(ctx context.Context, svc *wwe.Service) error { return svc.SIPEndpoint.MuteMicrophone(ctx) }),
	},
	{
		request: "sipEndpoint.unmuteMicrophone", answer: `{}`,
		call: done(func(ctx context.Context, svc *wwe.Service) error { return svc.SIPEndpoint.UnmuteMicrophone(ctx) }),
	},
	{
		request: "sipEndpoint.muteSpeaker", answer: `{}`,
		call: done(func(ctx context.Context, svc *wwe.Service) error { return svc.SIPEndpoint.MuteSpeaker(ctx) }),
	},
	{
		request: "sipEndpoint.unmuteSpeaker", answer: `{}`,
		call: done(func(ctx context.Context, svc *wwe.Service) error { return svc.SIPEndpoint.UnmuteSpeaker(ctx) }),
	},
	noBoolean("sipEndpoint.isMicrophoneMute", func(ctx context.Context, svc *wwe.Service) (bool, error) {
		return svc.SIPEndpoint.IsMicrophoneMute(ctx)
	}),
	noBoolean("sipEndpoint.isSpeakerMute", func(ctx context.Context, svc *wwe.Service) (bool, error) {
		return svc.SIPEndpoint.IsSpeakerMute(ctx)
	}),
	{
		request: "messenger.broadcastMessage", parameters: []wwe.JSON{`"my-channel"`, `{"__proto__":[1,"é"]}`}, answer: `{}`,
		call: done(func(ctx context.Context, svc *wwe.Service) error {
			return svc.Messenger.BroadcastMessage(ctx, "my-channel", map[string]any{"__proto__": []any{1, "é"}})
		}),
	},
	{
		request: "configuration.getOption", parameters: []wwe.JSON{`"voice.*"`}, answer: `[{}]`, want: wwe.JSON(`[{}]`),
		call: got(func(ctx context.Context, svc *wwe.Service) (wwe.JSON, error) {
			return svc.Configuration.GetOption(ctx, "voice.*")
		}),
	},
	{
		request: "configuration.getOption", parameters: []wwe.JSON{`["voice.a","CustomAPI/test.*"]`}, answer: `[]`, want: wwe.JSON(`[]`),
		call: got(func(ctx context.Context, svc *wwe.Service) (wwe.JSON, error) {
			return svc.Configuration.GetOption(ctx, "voice.a", "CustomAPI/test.*")
		}),
	},
	{
		request: "configuration.getContextualOption", parameters: []wwe.JSON{`"voice.*"`, `"1"`}, answer: `[]`, want: wwe.JSON(`[]`),
		call: got(func(ctx context.Context, svc *wwe.Service) (wwe.JSON, error) {
			return svc.Configuration.GetContextualOption(ctx, "1", "voice.*")
		}),
	},
	{
		request: "outbound.getCampaigns", answer: campaignJSON, want: wwe.JSON(campaignJSON),
		call: got(func(ctx context.Context, svc *wwe.Service) (wwe.JSON, error) { return svc.Outbound.GetCampaigns(ctx) }),
	},
	{
		request: "outbound.getListOfCallResults", answer: `{}`, want: wwe.JSON(`{}`),
		call: got(func(ctx context.Context, svc *wwe.Service) (wwe.JSON, error) {
			return svc.Outbound.GetListOfCallResults(ctx)
		}),
	},
	{
		request: "outbound.startDirectPushPreview", answer: `{}`,
		call: done(func(ctx context.Context, svc *wwe.Service) error { return svc.Outbound.StartDirectPushPreview(ctx) }),
	},
	{
		request: "outbound.stopDirectPushPreview", answer: `{}`,
		call: done(func(ctx context.Context, svc *wwe.Service) error { return svc.Outbound.StopDirectPushPreview(ctx) }),
	},
	{
		request: "outbound.getPreviewRecord", parameters: []wwe.JSON{`"Spring"`}, answer: `{}`, want: wwe.JSON(`{}`),
		call: got(func(ctx context.Context, svc *wwe.Service) (wwe.JSON, error) {
			return svc.Outbound.GetPreviewRecord(ctx, "Spring")
		}),
	},
	{
		request: "outbound.getChainedRecords", parameters: []wwe.JSON{`"1"`}, answer: `[]`, want: wwe.JSON(`[]`),
		call: got(func(ctx context.Context, svc *wwe.Service) (wwe.JSON, error) {
			return svc.Outbound.GetChainedRecords(ctx, "1")
		}),
	},
	{
		request: "outbound.getRecordFields", parameters: []wwe.JSON{`"1"`}, answer: `[]`, want: wwe.JSON(`[]`),
		call: got(func(ctx context.Context, svc *wwe.Service) (wwe.JSON, error) {
			return svc.Outbound.GetRecordFields(ctx, "1")
		}),
	},
	{
		request: "outbound.getCallResult", parameters: []wwe.JSON{`"1"`}, answer: `6`, want: wwe.JSON(`6`),
		call: got(func(ctx context.Context, svc *wwe.Service) (wwe.JSON, error) {
			return svc.Outbound.GetCallResult(ctx, "1")
		}),
	},
	byInteraction("outbound.rejectPreviewRecord", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.Outbound.RejectPreviewRecord(ctx, id)
	}),
	byInteraction("outbound.cancelPreviewRecord", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.Outbound.CancelPreviewRecord(ctx, id)
	}),
	byInteraction("outbound.cancelReschedule", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.Outbound.CancelReschedule(ctx, id)
	}),
	byInteraction("outbound.setDoNotCall", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.Outbound.SetDoNotCall(ctx, id)
	}),
	byInteraction("outbound.removeDoNotCall", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.Outbound.RemoveDoNotCall(ctx, id)
	}),
	{
		request: "outbound.updateRecordFields", parameters: []wwe.JSON{`"1"`, `{"GSW_FROM":"10:10"}`}, answer: `{}`,
		call: done(func(ctx context.Context, svc *wwe.Service) error {
			return svc.Outbound.UpdateRecordFields(ctx, "1", wwe.RecordFields{"GSW_FROM": "10:10"})
		}),
	},
	{
		request: "outbound.callPreviewRecord", parameters: []wwe.JSON{`"1"`, `1`}, answer: `{}`,
		call: done(func(ctx context.Context, svc *wwe.Service) error { return svc.Outbound.CallPreviewRecord(ctx, "1", 1) }),
	},
	{
		request: "outbound.rescheduleRecord", parameters: []wwe.JSON{`"1"`, `1`, `"3/9/2027 9:05"`, `"CAMPAIGN"`}, answer: `{}`,
		call: done(func(ctx context.Context, svc *wwe.Service) error {
			return svc.Outbound.RescheduleRecord(ctx, "1", 1, time.Date(2027, 3, 9, 9, 5, 59, 0, time.UTC), wwe.CallbackCampaign)
		}),
	},
	{
		request: "outbound.setCallResult", parameters: []wwe.JSON{`"1"`, `6`}, answer: `{}`,
		call: done(func(ctx context.Context, svc *wwe.Service) error { return svc.Outbound.SetCallResult(ctx, "1", 6) }),
	},
	{
		request: "system.getAllowedServices", answer: `["agent.*","voice.dial"]`,
		want: wwe.AllowedServices{Names: []string{"agent.*", "voice.dial"}, Data: `["agent.*","voice.dial"]`},
		call: got(func(ctx context.Context, svc *wwe.Service) (wwe.AllowedServices, error) { return svc.Allowed(ctx) }),
	},
	{
		request: "system.triggerActivity", answer: `{}`,
		call: done(func(ctx context.Context, svc *wwe.Service) error { return svc.System.TriggerActivity(ctx) }),
	},
	{
		request: "system.popupToast",
		parameters: []wwe.JSON{`{"title":"t","iconUrl":"i","subject":"s","message":"m","keyValues":{"k":"v"},"buttonShowDismiss":true,` +
			`"autoCloseTimeout":20000,"sendToMyMessage":true,"width":500}`},
		answer: `"wweCustomToast0"`, want: wwe.Opened{ID: "wweCustomToast0", Data: `"wweCustomToast0"`},
		call: got(func(ctx context.Context, svc *wwe.Service) (wwe.Opened, error) {
			return svc.System.PopupToast(ctx, wwe.Toast{Title: "t", IconURL: "i", Subject: "s", Message: "m",
				KeyValues: wwe.UserData{"k": "v"}, ShowDismiss: true, AutoClose: 20 * time.Second, SendToMyMessage: true, Width: 500})
		}),
	},
	{
		request: "system.updateToast", parameters: []wwe.JSON{`"wweCustomToast0"`, `{"title":"t","buttons":["Yes","No"]}`}, answer: `{}`,
		call: done(func(ctx context.Context, svc *wwe.Service) error {
			return svc.System.UpdateToast(ctx, "wweCustomToast0", wwe.Toast{Title: "t", Buttons: []any{"Yes", "No"}})
		}),
	},
	{
		request: "system.closeToast", parameters: []wwe.JSON{`"wweCustomToast0"`}, answer: `{}`,
		call: done(func(ctx context.Context, svc *wwe.Service) error {
			return svc.System.CloseToast(ctx, "wweCustomToast0")
		}),
	},
	{
		request: "system.openDialog", answer: `{"id":"wweCustomDialog0","more":1}`,
		parameters: []wwe.JSON{`"https://example.com/?d=$Dialog.Id$"`, `{"label":"Hi $Agent.FullName$","width":"430px","height":"40%"}`},
		want:       wwe.Opened{ID: "wweCustomDialog0", Data: `{"id":"wweCustomDialog0","more":1}`},
		call: got(func(ctx context.Context, svc *wwe.Service) (wwe.Opened, error) {
			return svc.System.OpenDialog(ctx, "https://example.com/?d=$Dialog.Id$",
				wwe.DialogOptions{Label: "Hi $Agent.FullName$", Width: "430px", Height: "40%"})
		}),
	},
	{
		request: "system.closeDialog", parameters: []wwe.JSON{`"wweCustomDialog0"`}, answer: `{}`,
		call: done(func(ctx context.Context, svc *wwe.Service) error {
			return svc.System.CloseDialog(ctx, "wweCustomDialog0")
		}),
	},
	{
		request: "system.updateViewInApplicationMenuBar", answer: `{}`,
		parameters: []wwe.JSON{`{"name":"view0","iconUrl":"i","label":"l","shortLabel":"s","tooltip":"t","backgroundColor":"#fff","labelColor":"red"}`},
		call: done(func(ctx context.Context, svc *wwe.Service) error {
			return svc.System.UpdateViewInApplicationMenuBar(ctx, wwe.MenuBarView{Name: "view0", IconURL: "i", Label: "l",
				ShortLabel: "s", Tooltip: "t", BackgroundColor: "#fff", LabelColor: "red"})
		}),
	},
	{
		request: "system.closeViewInApplicationMenuBar", parameters: []wwe.JSON{`"view0"`}, answer: `{}`,
		call: done(func(ctx context.Context, svc *wwe.Service) error {
			return svc.System.CloseViewInApplicationMenuBar(ctx, "view0")
		}),
	},
	noBoolean("system.amIVisible", func(ctx context.Context, svc *wwe.Service) (bool, error) { return svc.System.AmIVisible(ctx) }),
	noBoolean("system.isFrameLeading", func(ctx context.Context, svc *wwe.Service) (bool, error) { return svc.System.IsFrameLeading(ctx) }),
	noBoolean("system.isFrameFollowing", func(ctx context.Context, svc *wwe.Service) (bool, error) {
		return svc.System.IsFrameFollowing(ctx)
	}),
	noBoolean("system.isFrameNegotiating", func(ctx context.Context, svc *wwe.Service) (bool, error) {
		return svc.System.IsFrameNegotiating(ctx)
	}),
	noBoolean("system.isFrameLeadingOrNegotiating", func(ctx context.Context, svc *wwe.Service) (bool, error) {
		return svc.System.IsFrameLeadingOrNegotiating(ctx)
	}),
	noBoolean("system.isLastActiveFrame", func(ctx context.Context, svc *wwe.Service) (bool, error) {
		return svc.System.IsLastActiveFrame(ctx)
	}),
}

// namespaces promises, over the rig's transport, the exact request of every
// method beside the fifteen, and what is read of WWE's answers.
func namespaces(t *testing.T, r rig) {
	host := wwetest.NewHost()
	svc := r.connect(t, host)
	for _, e := range exchanges {
		t.Run(r.name+"/"+e.request, func(t *testing.T) {
			host.ClearFaults()
			host.Fault(wwetest.Fault{Request: e.request, Data: e.answer})
			value, err := e.call(t.Context(), svc)
			require.NoError(t, err)
			assert.Equal(t, e.want, value)
			requests := host.Requests()
			last := requests[len(requests)-1]
			assert.Equal(t, e.request, last.Name)
			require.Len(t, last.Parameters, len(e.parameters))
			for n := range e.parameters {
				assert.JSONEq(t, string(e.parameters[n]), string(last.Parameters[n]))
			}
			if r.undefined != nil {
				assert.Equal(t, e.undefined, r.undefined(), "parameters that are undefined")
			}

			host.Fault(wwetest.Fault{Request: e.request, Refuse: "not now"})
			_, err = e.call(t.Context(), svc)
			require.EqualError(t, err, "wwe: "+e.request+": WWE refused: not now")
			for _, data := range e.odd {
				host.Fault(wwetest.Fault{Request: e.request, Data: data})
				_, err = e.call(t.Context(), svc)
				var odd *wwe.DataError
				require.ErrorAs(t, err, &odd, data)
				assert.Equal(t, e.request, odd.Request)
				assert.Equal(t, data, odd.Data)
				assert.NotContains(t, err.Error(), "secret")
			}
		})
	}
}

// Nothing of the official client is missing, here or in the simulated WWE.
func TestEveryRequestOfTheClientIsThere(t *testing.T) {
	names := strings.Fields(everyRequest)
	require.Len(t, names, 75)
	tested := map[string]bool{}
	for _, m := range methods {
		tested[m.request] = true
	}
	for _, e := range exchanges {
		tested[e.request] = true
	}
	host := wwetest.NewHost(wwetest.WithConfig(func(c *wwetest.Config) { c.AcceptedOrigins = "* (*, auth.getJwtToken)" }))
	svc := memory().connect(t, host)
	allowed, err := svc.Allowed(t.Context())
	require.NoError(t, err)
	for _, name := range names {
		assert.True(t, tested[name], "%s has no typed method that is tested", name)
		assert.True(t, slices.Contains(allowed.Names, name), "the simulated WWE does not know %s", name)
	}
	assert.Len(t, tested, len(names), "there is one that the client does not have")
}

func TestNamespacesInMemory(t *testing.T) { namespaces(t, memory()) }
