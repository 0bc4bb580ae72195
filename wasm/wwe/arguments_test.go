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

// mistake is a call with an argument that cannot be right.
type mistake struct {
	request, argument string
	call              func(ctx context.Context, svc *wwe.Service) error
}

// without is a call with an empty string where there must be one.
func without(request, argument string, call func(ctx context.Context, svc *wwe.Service, empty string) error) mistake {
	return mistake{request, argument, func(ctx context.Context, svc *wwe.Service) error { return call(ctx, svc, "") }}
}

// failed drops a result.
func failed[T any](_ T, err error) error { return err }

var (
	mistakes = slices.Concat(interactionMistakes, namespaceMistakes)

	tomorrow = time.Date(2027, 3, 9, 9, 5, 0, 0, time.UTC)
)

var interactionMistakes = []mistake{
	without("interaction.getByInteractionId", "interactionId", func(ctx context.Context, svc *wwe.Service, id string) error {
		return failed(svc.Interaction.GetByInteractionID(ctx, id))
	}),
	without("interaction.setUserData", "interactionId", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.Interaction.SetUserData(ctx, id, wwe.UserData{"a": "b"})
	}),
	{"interaction.setUserData", "keyValues.a", func(ctx context.Context, svc *wwe.Service) error {
		return svc.Interaction.SetUserData(ctx, "1", wwe.UserData{"a": struct{}{}})
	}},
	{"future.method", "parameter 2[0]", func(ctx context.Context, svc *wwe.Service) error {
		return failed(svc.Call(ctx, "future.method", "s", []any{wwe.Undefined{}}))
	}},
	without("interaction.deleteUserData", "interactionId", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.Interaction.DeleteUserData(ctx, id, "a")
	}),
	without("interaction.selectCaseByCaseId", "caseId", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.Interaction.SelectCaseByCaseID(ctx, id)
	}),
	without("interaction.markdone", "interactionId", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.Interaction.MarkDone(ctx, id)
	}),
	without("interaction.blockMarkdone", "interactionId", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.Interaction.BlockMarkDone(ctx, id, "w")
	}),
	without("interaction.unblockMarkdone", "interactionId", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.Interaction.UnblockMarkDone(ctx, id)
	}),
	without("interaction.accept", "interactionId", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.Interaction.Accept(ctx, id)
	}),
	without("interaction.reject", "interactionId", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.Interaction.Reject(ctx, id)
	}),
	without("interaction.consult", "interactionId", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.Interaction.Consult(ctx, id, agent, nil, nil)
	}),
	{"interaction.consult", "target.destination", func(ctx context.Context, svc *wwe.Service) error {
		return svc.Interaction.Consult(ctx, "1", wwe.Target{Type: wwe.TargetTypeAgent}, nil, nil)
	}},
	{"interaction.consult", "target", func(ctx context.Context, svc *wwe.Service) error {
		return svc.Interaction.Consult(ctx, "1", wwe.Target{Destination: "5001", Media: "voice"}, nil, nil)
	}},
	{"interaction.consult", "userData.a[1]", func(ctx context.Context, svc *wwe.Service) error {
		return svc.Interaction.Consult(ctx, "1", agent, wwe.UserData{"a": []any{1, func() {}}}, nil)
	}},
	{"interaction.consult", "extensions.a", func(ctx context.Context, svc *wwe.Service) error {
		return svc.Interaction.Consult(ctx, "1", agent, nil, wwe.UserData{"a": uint64(1) << 60})
	}},
	without("interaction.singleStepTransfer", "interactionId", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.Interaction.SingleStepTransfer(ctx, id, agent, nil, nil)
	}),
	{"interaction.singleStepTransfer", "target.destination", func(ctx context.Context, svc *wwe.Service) error {
		return svc.Interaction.SingleStepTransfer(ctx, "1", wwe.Target{}, nil, nil)
	}},
	{"interaction.singleStepTransfer", "target.media", func(ctx context.Context, svc *wwe.Service) error {
		return svc.Interaction.SingleStepTransfer(ctx, "1", wwe.Target{Type: wwe.TargetTypeAgent, Destination: "x", Media: "voice"}, nil, nil)
	}},
	without("interaction.singleStepConference", "interactionId", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.Interaction.SingleStepConference(ctx, id, agent, nil, nil)
	}),
	{"interaction.singleStepConference", "target.destination", func(ctx context.Context, svc *wwe.Service) error {
		return svc.Interaction.SingleStepConference(ctx, "1", wwe.Target{}, nil, nil)
	}},
	without("interaction.completeTransfer", "consultInteractionId", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.Interaction.CompleteTransfer(ctx, id)
	}),
	without("interaction.completeConference", "consultInteractionId", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.Interaction.CompleteConference(ctx, id)
	}),
}

var namespaceMistakes = []mistake{
	without("agent.setState", "stateOperationName", func(ctx context.Context, svc *wwe.Service, name string) error {
		return svc.Agent.SetState(ctx, name)
	}),
	without("media.getMediaByName", "mediaName", func(ctx context.Context, svc *wwe.Service, name string) error {
		return failed(svc.Media.GetMediaByName(ctx, name))
	}),
	without("media.setState", "mediaName", func(ctx context.Context, svc *wwe.Service, name string) error {
		return svc.Media.SetState(ctx, name, "Ready")
	}),
	without("media.setState", "stateOperationName", func(ctx context.Context, svc *wwe.Service, name string) error {
		return svc.Media.SetState(ctx, "voice", name)
	}),
	without("voice.dial", "destination", func(ctx context.Context, svc *wwe.Service, number string) error {
		return failed(svc.Voice.Dial(ctx, number, nil))
	}),
	{"voice.dial", "userData.a", func(ctx context.Context, svc *wwe.Service) error {
		return failed(svc.Voice.Dial(ctx, "5001", wwe.UserData{"a": struct{}{}}))
	}},
	without("voice.dialEx", "destination", func(ctx context.Context, svc *wwe.Service, number string) error {
		return failed(svc.Voice.DialEx(ctx, number, nil, nil))
	}),
	{"voice.dialEx", "extensions.a", func(ctx context.Context, svc *wwe.Service) error {
		return failed(svc.Voice.DialEx(ctx, "5001", nil, wwe.UserData{"a": struct{}{}}))
	}},
	without("voice.answer", "interactionId", func(ctx context.Context, svc *wwe.Service, id string) error { return svc.Voice.Answer(ctx, id) }),
	without("voice.hold", "interactionId", func(ctx context.Context, svc *wwe.Service, id string) error { return svc.Voice.Hold(ctx, id) }),
	without("voice.resume", "interactionId", func(ctx context.Context, svc *wwe.Service, id string) error { return svc.Voice.Resume(ctx, id) }),
	without("voice.hangUp", "interactionId", func(ctx context.Context, svc *wwe.Service, id string) error { return svc.Voice.HangUp(ctx, id) }),
	without("voice.startCallRecording", "interactionId", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.Voice.StartCallRecording(ctx, id)
	}),
	without("voice.stopCallRecording", "interactionId", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.Voice.StopCallRecording(ctx, id)
	}),
	without("voice.pauseCallRecording", "interactionId", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.Voice.PauseCallRecording(ctx, id)
	}),
	without("voice.resumeCallRecording", "interactionId", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.Voice.ResumeCallRecording(ctx, id)
	}),
	without("email.create", "destination", func(ctx context.Context, svc *wwe.Service, to string) error {
		return failed(svc.Email.Create(ctx, to, nil))
	}),
	without("messenger.broadcastMessage", "channel", func(ctx context.Context, svc *wwe.Service, channel string) error {
		return svc.Messenger.BroadcastMessage(ctx, channel, "hello")
	}),
	{"messenger.broadcastMessage", "message.a", func(ctx context.Context, svc *wwe.Service) error {
		return svc.Messenger.BroadcastMessage(ctx, "c", map[string]any{"a": make(chan int)})
	}},
	{"messenger.broadcastMessage", "message", func(ctx context.Context, svc *wwe.Service) error {
		return svc.Messenger.BroadcastMessage(ctx, "c", wwe.JSON("{"))
	}},
	{"configuration.getOption", "options", func(ctx context.Context, svc *wwe.Service) error {
		return failed(svc.Configuration.GetOption(ctx))
	}},
	without("configuration.getOption", "options", func(ctx context.Context, svc *wwe.Service, option string) error {
		return failed(svc.Configuration.GetOption(ctx, "voice.*", option))
	}),
	without("configuration.getContextualOption", "interactionId", func(ctx context.Context, svc *wwe.Service, id string) error {
		return failed(svc.Configuration.GetContextualOption(ctx, id, "voice.*"))
	}),
	{"configuration.getContextualOption", "options", func(ctx context.Context, svc *wwe.Service) error {
		return failed(svc.Configuration.GetContextualOption(ctx, "1"))
	}},
	without("outbound.getPreviewRecord", "campaignName", func(ctx context.Context, svc *wwe.Service, name string) error {
		return failed(svc.Outbound.GetPreviewRecord(ctx, name))
	}),
	without("outbound.getChainedRecords", "interactionId", func(ctx context.Context, svc *wwe.Service, id string) error {
		return failed(svc.Outbound.GetChainedRecords(ctx, id))
	}),
	without("outbound.getRecordFields", "interactionId", func(ctx context.Context, svc *wwe.Service, id string) error {
		return failed(svc.Outbound.GetRecordFields(ctx, id))
	}),
	without("outbound.getCallResult", "interactionId", func(ctx context.Context, svc *wwe.Service, id string) error {
		return failed(svc.Outbound.GetCallResult(ctx, id))
	}),
	without("outbound.rejectPreviewRecord", "interactionId", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.Outbound.RejectPreviewRecord(ctx, id)
	}),
	without("outbound.cancelPreviewRecord", "interactionId", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.Outbound.CancelPreviewRecord(ctx, id)
	}),
	without("outbound.cancelReschedule", "interactionId", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.Outbound.CancelReschedule(ctx, id)
	}),
	without("outbound.setDoNotCall", "interactionId", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.Outbound.SetDoNotCall(ctx, id)
	}),
	without("outbound.removeDoNotCall", "interactionId", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.Outbound.RemoveDoNotCall(ctx, id)
	}),
	without("outbound.updateRecordFields", "interactionId", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.Outbound.UpdateRecordFields(ctx, id, wwe.RecordFields{"a": "b"})
	}),
	{"outbound.updateRecordFields", "recordData", func(ctx context.Context, svc *wwe.Service) error {
		return svc.Outbound.UpdateRecordFields(ctx, "1", nil)
	}},
	without("outbound.callPreviewRecord", "interactionId", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.Outbound.CallPreviewRecord(ctx, id, 1)
	}),
	{"outbound.callPreviewRecord", "recordHandle", func(ctx context.Context, svc *wwe.Service) error {
		return svc.Outbound.CallPreviewRecord(ctx, "1", -1)
	}},
	without("outbound.rescheduleRecord", "interactionId", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.Outbound.RescheduleRecord(ctx, id, 1, tomorrow, wwe.CallbackTypeCampaign)
	}),
	{"outbound.rescheduleRecord", "recordHandle", func(ctx context.Context, svc *wwe.Service) error {
		return svc.Outbound.RescheduleRecord(ctx, "1", -1, tomorrow, wwe.CallbackTypeCampaign)
	}},
	{"outbound.rescheduleRecord", "date", func(ctx context.Context, svc *wwe.Service) error {
		return svc.Outbound.RescheduleRecord(ctx, "1", 1, time.Time{}, wwe.CallbackTypeCampaign)
	}},
	without("outbound.rescheduleRecord", "callbackType", func(ctx context.Context, svc *wwe.Service, kind string) error {
		return svc.Outbound.RescheduleRecord(ctx, "1", 1, tomorrow, wwe.CallbackType(kind))
	}),
	without("outbound.setCallResult", "interactionId", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.Outbound.SetCallResult(ctx, id, 6)
	}),
	without("system.popupToast", "toast.title", func(ctx context.Context, svc *wwe.Service, title string) error {
		return failed(svc.System.PopupToast(ctx, wwe.Toast{Title: title, Message: "m"}))
	}),
	{"system.popupToast", "toast.width", func(ctx context.Context, svc *wwe.Service) error {
		return failed(svc.System.PopupToast(ctx, wwe.Toast{Title: "t", Width: -1}))
	}},
	{"system.popupToast", "toast.autoCloseTimeout", func(ctx context.Context, svc *wwe.Service) error {
		return failed(svc.System.PopupToast(ctx, wwe.Toast{Title: "t", AutoClose: -1}))
	}},
	{"system.popupToast", "toast.buttonShowDismiss", func(ctx context.Context, svc *wwe.Service) error {
		return failed(svc.System.PopupToast(ctx, wwe.Toast{Title: "t", ShowDismiss: true, Buttons: []any{"Yes"}}))
	}},
	{"system.popupToast", "toast.buttons[1]", func(ctx context.Context, svc *wwe.Service) error {
		return failed(svc.System.PopupToast(ctx, wwe.Toast{Title: "t", Buttons: []any{"Yes", func() {}}}))
	}},
	{"system.popupToast", "toast.keyValues.k", func(ctx context.Context, svc *wwe.Service) error {
		return failed(svc.System.PopupToast(ctx, wwe.Toast{Title: "t", KeyValues: wwe.UserData{"k": struct{}{}}}))
	}},
	without("system.updateToast", "toastId", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.System.UpdateToast(ctx, id, wwe.Toast{Title: "t"})
	}),
	without("system.updateToast", "toast.title", func(ctx context.Context, svc *wwe.Service, title string) error {
		return svc.System.UpdateToast(ctx, "wweCustomToast0", wwe.Toast{Title: title})
	}),
	without("system.closeToast", "toastId", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.System.CloseToast(ctx, id)
	}),
	without("system.openDialog", "url", func(ctx context.Context, svc *wwe.Service, url string) error {
		return failed(svc.System.OpenDialog(ctx, url, wwe.DialogOptions{}))
	}),
	{"system.openDialog", "options.width", func(ctx context.Context, svc *wwe.Service) error {
		return failed(svc.System.OpenDialog(ctx, "u", wwe.DialogOptions{Width: "430"}))
	}},
	{"system.openDialog", "options.height", func(ctx context.Context, svc *wwe.Service) error {
		return failed(svc.System.OpenDialog(ctx, "u", wwe.DialogOptions{Width: "430px", Height: "tall"}))
	}},
	without("system.closeDialog", "dialogId", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.System.CloseDialog(ctx, id)
	}),
	without("system.updateViewInApplicationMenuBar", "view.name", func(ctx context.Context, svc *wwe.Service, name string) error {
		return svc.System.UpdateViewInApplicationMenuBar(ctx, wwe.MenuBarView{Name: name, Label: "l"})
	}),
	without("system.closeViewInApplicationMenuBar", "name", func(ctx context.Context, svc *wwe.Service, name string) error {
		return svc.System.CloseViewInApplicationMenuBar(ctx, name)
	}),
}

func TestAnArgumentThatCannotBeRightIsNamedAndNothingIsSent(t *testing.T) {
	host := wwetest.NewHost()
	svc := memory().connect(t, host)
	checked := map[string]bool{}
	for _, m := range mistakes {
		checked[m.request] = true
		t.Run(m.request+"/"+m.argument, func(t *testing.T) {
			err := m.call(t.Context(), svc)
			var wrong *wwe.ArgumentError
			require.ErrorAs(t, err, &wrong)
			assert.Equal(t, m.request, wrong.Request)
			assert.Equal(t, m.argument, wrong.Argument)
			assert.NotEmpty(t, wrong.Problem)
			require.EqualError(t, err, "wwe: "+m.request+": "+m.argument+": "+wrong.Problem)
			assert.Equal(t, wwe.CategoryAuthor, wrong.Category())
			assert.Empty(t, host.Requests())
		})
	}
	assert.Zero(t, svc.InFlight())

	// Whatever begins with a string is checked.
	for _, e := range exchanges {
		if len(e.parameters) > 0 && strings.HasPrefix(string(e.parameters[0]), `"`) {
			assert.True(t, checked[e.request], e.request)
		}
	}
	for _, m := range methods {
		if m.request != "interaction.getInteractions" {
			assert.True(t, checked[m.request], m.request)
		}
	}
}
