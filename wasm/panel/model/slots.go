package model

import "slices"

// Slot is a place in an action bar, with the actions that share it: those of one
// meaning, of which at most one makes sense at a time. An interaction has its
// slots for life. One whose actions make no sense now stays as an empty place,
// so that nothing moves under the agent's hand.
type Slot []Action

// Bar are the slots of what the agent does all day. They are the same for every
// kind of interaction, so that a button is found where it was.
var Bar = [...]Slot{
	{Hold, Resume, BackToCustomer},
	{Consult, EndConsultation},
	{Transfer, CompleteTransfer},
	{Conference, CompleteConference},
	{HangUp},
	{MarkDone},
}

// MicrophoneBar is the slot of the microphone of the agent's SIP endpoint, beside
// the state: WWE answers late whether it is muted, and the button must move no other.
var MicrophoneBar = [...]Slot{{MuteMicrophone, UnmuteMicrophone}}

// MoreBar are the slots of what is needed now and then.
var MoreBar = [...]Slot{
	{StartRecording, PauseRecording, ResumeRecording},
	{StopRecording},
	{BlockMarkDone},
	{UnblockMarkDone},
}

// Places gives each of the offers that are there now its place, "" for an empty
// one. What was there before stays where it was; what comes takes the first
// place that is empty.
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
