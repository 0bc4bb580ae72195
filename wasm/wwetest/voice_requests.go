package wwetest

import "wwebridge/wasm/wwe"

// voiceRequests control calls as the agent's buttons do.
var voiceRequests = map[string]request{
	"voice.dial":                command((*Host).dialRequest),
	"voice.dialEx":              command((*Host).dialRequest), // the extensions change nothing that a widget sees
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

// onCall is what the agent does to a call. The other side's part, and to hang
// up before the call is answered, is not for the agent.
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
