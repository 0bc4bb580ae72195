package model

import "slices"

// Slot is a place in an action bar, shared by actions of which at most one makes sense at a time. The
// slots of an interaction never change. A slot without a suitable action stays empty, so that no button
// moves under the agent's hand.
type Slot []Action

// Bar lists the slots for everyday actions. They are the same for every kind of interaction, so that each
// button keeps its position.
var Bar = [...]Slot{
	{Hold, Resume, BackToCustomer, CallPreview},
	{Consult, EndConsultation},
	{Transfer, CompleteTransfer},
	{Conference, CompleteConference},
	{HangUp},
	{MarkDone},
}

// MicrophoneBar is the slot of the microphone of the agent's SIP endpoint, beside the state. WWE reports
// late whether the microphone is muted, and the button must not move other buttons.
var MicrophoneBar = [...]Slot{{MuteMicrophone, UnmuteMicrophone}}

// MoreBar lists the slots for occasional actions.
var MoreBar = [...]Slot{
	{StartRecording, PauseRecording, ResumeRecording},
	{StopRecording},
	{BlockMarkDone},
	{UnblockMarkDone},
}

// Places assigns a place to each current offer, "" for an empty place. Offers that remain keep their
// place. A new offer takes the first empty place.
func Places(before, now []string) []string {
	var places []string
	for _, id := range before {
		if !slices.Contains(now, id) {
			id = ""
		}
		places = append(places, id)
	}
	for _, id := range now {
		if slices.Contains(before, id) {
			continue
		}
		if empty := slices.Index(places, ""); empty >= 0 {
			places[empty] = id
		} else {
			places = append(places, id)
		}
	}
	for len(places) > 0 && places[len(places)-1] == "" {
		places = places[:len(places)-1]
	}
	return places
}
