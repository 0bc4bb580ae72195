package e2e

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
)

// clientRequest is one of the 74 that the client has a method for.
type clientRequest struct {
	name       string
	in         scene  // what the agent's desk is like before it
	parameters string // JavaScript, in which id is the interaction's of the scene
	result     string // JavaScript function that a documented result satisfies; "" where none is documented
}

var clientRequests = []clientRequest{
	{"auth.getJwtToken", allowed, ``, `isToken`},

	{"agent.get", quiet, ``, `isAgent`},
	{"agent.getState", quiet, ``, `isState`},
	{"agent.getStateList", quiet, ``, `all(isState)`},
	{"agent.setState", quiet, `"NotReady"`, ``},

	{"interaction.getInteractions", ringing, ``, `all(isInteraction)`},
	{"interaction.getByInteractionId", ringing, `id`, `isInteraction`},
	{"interaction.setUserData", talking, `id, {"Segment": "Gold", "nested": {"__proto__": [null]}}`, ``},
	{"interaction.deleteUserData", talking, `id, "Segment"`, ``},
	{"interaction.selectCaseByCaseId", selectable, `id`, ``},
	{"interaction.markdone", released, `id`, ``},
	{"interaction.blockMarkdone", talking, `id, "Not yet."`, ``},
	{"interaction.unblockMarkdone", talking, `id`, ``},
	{"interaction.accept", ringing, `id`, ``},
	{"interaction.reject", ringing, `id`, ``},
	{"interaction.singleStepTransfer", talking, `id, {type: "AGENT", destination: "1002"}, undefined, undefined`, ``},
	{"interaction.singleStepConference", talking, `id, "+33 1 40 00 00 02", {}, {}`, ``},
	{"interaction.consult", talking, `id, {type: "AGENT", destination: "1002", media: "voice"}, {"why": "help"}, undefined`, ``},
	{"interaction.completeTransfer", consulting, `id`, ``},
	{"interaction.completeConference", consulting, `id`, ``},

	{"voice.dial", quiet, `"1002", {"Segment": "Gold"}`, ``},
	{"voice.dialEx", quiet, `"1003", {"Segment": "Gold"}, {"extension": "1"}`, ``},
	{"voice.answer", ringing, `id`, ``},
	{"voice.hold", talking, `id`, ``},
	{"voice.resume", onHold, `id`, ``},
	{"voice.hangUp", talking, `id`, ``},
	{"voice.startCallRecording", talking, `id`, ``},
	{"voice.stopCallRecording", recorded, `id`, ``},
	{"voice.pauseCallRecording", recorded, `id`, ``},
	{"voice.resumeCallRecording", paused, `id`, ``},

	{"sipEndpoint.muteMicrophone", quiet, ``, ``},
	{"sipEndpoint.unmuteMicrophone", quiet, ``, ``},
	{"sipEndpoint.muteSpeaker", quiet, ``, ``},
	{"sipEndpoint.unmuteSpeaker", quiet, ``, ``},
	{"sipEndpoint.isMicrophoneMute", quiet, ``, `isBoolean`},
	{"sipEndpoint.isSpeakerMute", quiet, ``, `isBoolean`},

	{"email.create", quiet, `"somebody@example.com", {"Segment": "Gold"}`, ``},

	{"media.getMediaList", quiet, ``, `all(isMedia)`},
	{"media.getMediaByName", quiet, `"voice"`, `isMedia`},
	{"media.setState", quiet, `"voice", "NotReady"`, ``},

	{"outbound.getCampaigns", quiet, ``, ``},
	{"outbound.getListOfCallResults", quiet, ``, ``},
	{"outbound.startDirectPushPreview", quiet, ``, ``},
	{"outbound.stopDirectPushPreview", quiet, ``, ``},
	{"outbound.getPreviewRecord", campaigning, `"Spring"`, ``},
	{"outbound.getChainedRecords", previewing, `id`, ``},
	{"outbound.getRecordFields", previewing, `id`, ``},
	{"outbound.rejectPreviewRecord", previewing, `id`, ``},
	{"outbound.cancelPreviewRecord", previewing, `id`, ``},
	{"outbound.cancelReschedule", previewing, `id`, ``},
	{"outbound.getCallResult", previewing, `id`, ``},
	{"outbound.setDoNotCall", previewing, `id`, ``},
	{"outbound.removeDoNotCall", previewing, `id`, ``},
	{"outbound.updateRecordFields", previewing, `id, {"GSW_FROM": "10:10", "GSW_CUSTOM_DATE": "10/10/2021 23:45"}`, ``},
	{"outbound.callPreviewRecord", previewing, `id, 1`, ``},
	{"outbound.rescheduleRecord", previewing, `id, 1, "1/31/2030 9:30", "CAMPAIGN"`, ``},
	{"outbound.setCallResult", previewing, `id, 6`, ``},

	{"system.getAllowedServices", quiet, ``, `all(isString)`},
	{"system.triggerActivity", quiet, ``, ``},
	{"system.popupToast", quiet, `{title: "A toast", message: "Hello", keyValues: {}, buttonShowDismiss: true, autoCloseTimeout: 20000}`, ``},
	{"system.updateToast", quiet, `"wweCustomToast0", {title: "Another"}`, ``},
	{"system.closeToast", quiet, `"wweCustomToast0"`, ``},
	{"system.openDialog", quiet, `location.origin + "/no-page?id=$Dialog.Id$", {label: "$Agent.FullName$", width: "430px", height: "40%"}`, ``},
	{"system.closeDialog", quiet, `"wweCustomDialog0"`, ``},
	{"system.updateViewInApplicationMenuBar", quiet, `{name: "view0", label: "A view", shortLabel: "View", tooltip: "A view"}`, ``},
	{"system.closeViewInApplicationMenuBar", quiet, `"view0"`, ``},
	{"system.amIVisible", quiet, ``, `isBoolean`},
	{"system.isFrameLeading", quiet, ``, `isBoolean`},
	{"system.isFrameFollowing", quiet, ``, `isBoolean`},
	{"system.isFrameNegotiating", quiet, ``, `isBoolean`},
	{"system.isFrameLeadingOrNegotiating", quiet, ``, `isBoolean`},
	{"system.isLastActiveFrame", quiet, ``, `isBoolean`},

	{"messenger.broadcastMessage", quiet, `"my-channel", {any: ["JSON", null]}`, ``},

	{"configuration.getOption", quiet, `["voice.*", "CustomAPI/test"]`, `Array.isArray`},
}

// Both answers have WWE's keys in WWE's order.
const (
	succeeds = `^{"request":"%s","referenceId":"\d+",("data":.*,)?"userAgent":"WWE Server","protocolVersion":2}$`
	fails    = `^{"request":"%s","referenceId":"\d+","errorMessage":".+","userAgent":"WWE Server","protocolVersion":2}$`
)

func TestEveryRequestOfTheClientGetsOneAnswer(t *testing.T) {
	for name, by := range map[string]struct{ way, client string }{
		"by its method":                    {"method", ""},
		"by a message":                     {"sendMessage", ""},
		"by a message of a client of 2017": {"sendMessage", "?old"},
	} {
		t.Run(name, func(t *testing.T) {
			desktop, probe := inProbe(t, by.client)
			for _, r := range clientRequests {
				t.Run(r.name, func(t *testing.T) {
					desktop, probe := desktop.in(t), probe.in(t)
					id := r.in(desktop, probe)
					got, raw := probe.ask(by.way, r, id)
					assert.Empty(t, got.Failed, "it succeeds in its scene")
					assert.Regexp(t, fmt.Sprintf(succeeds, regexp.QuoteMeta(r.name)), raw)
					if r.result != "" {
						var documented bool
						probe.eval("("+r.result+")(JSON.parse("+quoted(raw)+").data)", &documented)
						assert.True(t, documented, "%s is not %s", raw, r.result)
					}
				})
			}

			// Nothing is answered twice, be it by callback or on the wire.
			var asked, answered int
			probe.eval("answers.length", &asked)
			probe.eval("raw.filter((text) => JSON.parse(text).referenceId !== undefined).length", &answered)
			assert.Equal(t, asked, answered)
			probe.until("answers.every((a) => a.succeeded.length + a.failed.length === 1)")
		})
	}
}

func TestTheTableHasEveryRequestOfTheClient(t *testing.T) {
	_, probe := inProbe(t, "")
	var names, tested []string
	probe.eval("requests()", &names)
	for _, r := range clientRequests {
		tested = append(tested, r.name)
	}
	assert.ElementsMatch(t, names, tested)
	assert.Len(t, tested, 74)
}

func TestAnUnknownInteractionIsNullAndNoError(t *testing.T) {
	_, probe := inProbe(t, "")
	_, raw := probe.ask("method", clientRequest{name: "interaction.getByInteractionId", parameters: "id"}, "404")
	assert.Equal(t, `{"request":"interaction.getByInteractionId","referenceId":"0","data":null,"userAgent":"WWE Server","protocolVersion":2}`, raw)
}

func TestARequestThatNobodyKnowsIsRefused(t *testing.T) {
	_, probe := inProbe(t, "")
	got, raw := probe.ask("sendMessage", clientRequest{name: "interaction.getByCaseId", parameters: `"1"`}, "")
	assert.Len(t, got.Failed, 1)
	assert.Regexp(t, fmt.Sprintf(fails, "interaction.getByCaseId"), raw)
}

// scene brings the agent's desk to where a request makes sense, and returns the id of the interaction that it is about.
type scene func(desktop, probe frame) (id string)

func quiet(desktop, probe frame) string { return "" }

// allowed grants what WWE's option grants by name only.
func allowed(desktop, probe frame) string {
	desktop.eval(`wweHost.configure({acceptedOrigins: "* (*, auth.getJwtToken)"})`, nil)
	return ""
}

func ringing(desktop, probe frame) (id string) {
	desktop.eval(`wweHost.ring({ani: "+33 1 40 00 00 01", userData: {"Segment": "Silver"}})`, &id)
	return id
}

// selectable gives the id of a case.
func selectable(desktop, probe frame) (id string) {
	ringing(desktop, probe)
	desktop.eval("wweHost.interactions().at(-1).caseId", &id)
	return id
}

func talking(desktop, probe frame) string {
	return after(ringing, "interaction.accept")(desktop, probe)
}
func onHold(desktop, probe frame) string { return after(talking, "voice.hold")(desktop, probe) }

func recorded(desktop, probe frame) string {
	return after(talking, "voice.startCallRecording")(desktop, probe)
}

func paused(desktop, probe frame) string {
	return after(recorded, "voice.pauseCallRecording")(desktop, probe)
}

// after is a scene in which the widget has asked for something.
func after(s scene, request string) scene {
	return func(desktop, probe frame) string {
		id := s(desktop, probe)
		probe.ask("sendMessage", clientRequest{name: request, parameters: "id"}, id)
		return id
	}
}

func released(desktop, probe frame) string {
	id := talking(desktop, probe)
	desktop.eval("wweHost.hangUp("+quoted(id)+")", nil)
	return id
}

func consulting(desktop, probe frame) (id string) {
	parent := talking(desktop, probe)
	probe.ask("sendMessage", clientRequest{name: "interaction.consult", parameters: `id, "1002", undefined, undefined`}, parent)
	desktop.eval("wweHost.interactions().find((i) => i.parentInteractionId === "+quoted(parent)+").interactionId", &id)
	return id
}

func campaigning(desktop, probe frame) string {
	desktop.eval(`[wweHost.loadCampaign({name: "Spring", records: [[{phone: "+33 1 40 00 00 03"}]]}), wweHost.startCampaign("Spring")]`, nil)
	return ""
}

func previewing(desktop, probe frame) (id string) {
	desktop.eval(`wweHost.preview({campaign: "Spring", phone: "+33 1 40 00 00 03"})`, &id)
	return id
}
