package wwetest

import "wwebridge/wasm/wwe"

// voiceRequests control calls as the agent's buttons do.
var voiceRequests = map[string]request{
	"voice.dial":                command((*Host).dialRequest),
	"voice.dialEx":              command((*Host).dialRequest), // the extensions have no effect on widgets
	"voice.answer":              onCall(ActionAnswer),
	"voice.hold":                onCall(ActionHold),
	"voice.resume":              onCall(ActionResume),
	"voice.hangUp":              onCall(ActionHangUp),
	"voice.startCallRecording":  onCall(ActionStartRecording),
	"voice.stopCallRecording":   onCall(ActionStopRecording),
	"voice.pauseCallRecording":  onCall(ActionPauseRecording),
	"voice.resumeCallRecording": onCall(ActionResumeRecording),
}

func (h *Host) dialRequest(p parameters) error {
	data, err := p.userData(1)
	if err != nil {
		return err
	}
	number := p.string(0)
	if err := h.mayDial(number); err != nil {
		return err
	}
	h.dial(wwe.Interaction{DNIS: number, UserData: data, Parties: []wwe.Party{person(number)}})
	return nil
}

// onCall performs the agent's action on a call. The agent cannot answer for the
// other side, nor hang up before answering.
func onCall(a Action) request {
	return command(func(h *Host, p parameters) error {
		i, err := h.known(p.string(0))
		if err != nil {
			return err
		}
		notForAgent := a == ActionAnswer && i.rangElsewhere || a == ActionHangUp && i.life() == wwe.StateRinging
		if i.kind != voice || notForAgent {
			return impossible(i, a)
		}
		return h.act(i, a)
	})
}
