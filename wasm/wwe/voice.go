package wwe

import "context"

// VoiceNamespace is genesys.wwe.service.voice: calls. Its methods are those of
// the page "Voice namespace" in Genesys' Service Client API Reference. Genesys
// does not document which of them WWE refuses in which state of a call.
type VoiceNamespace struct{ s *Service }

// Dial calls the destination, a phone number. The new interaction gets the user
// data; nil means none. Genesys does not document whether the answer identifies
// the interaction. Dial returns the data of the answer, or "" if it has none.
//
// The interaction always arrives as an event too, see Service.Watch. To
// recognize it there, add a user data key of your own: the switch may write the
// number differently.
//
// Reference: Voice namespace, dial(destination, userData). Result: not
// documented; returned as received.
func (n VoiceNamespace) Dial(ctx context.Context, destination string, userData UserData) (JSON, error) {
	return n.s.call(ctx, "voice.dial", required("destination", destination), data("userData", userData))
}

// DialEx is Dial with extensions for the switch; nil means none. Genesys'
// client has had it since March 2023; the answer of an older WWE is not
// documented.
//
// Reference: Voice namespace, dialEx(destination, userData, extensions).
// Result: not documented; returned as received.
func (n VoiceNamespace) DialEx(ctx context.Context, destination string, userData, extensions UserData) (JSON, error) {
	return n.s.call(ctx, "voice.dialEx", required("destination", destination),
		data("userData", userData), data("extensions", extensions))
}

// Answer answers a ringing call.
//
// Reference: Voice namespace, answer(interactionId).
func (n VoiceNamespace) Answer(ctx context.Context, interactionID string) error {
	return n.s.do(ctx, "voice.answer", argInteractionID(interactionID))
}

// Hold puts a call on hold.
//
// Reference: Voice namespace, hold(interactionId).
func (n VoiceNamespace) Hold(ctx context.Context, interactionID string) error {
	return n.s.do(ctx, "voice.hold", argInteractionID(interactionID))
}

// Resume takes a call off hold.
//
// Reference: Voice namespace, resume(interactionId).
func (n VoiceNamespace) Resume(ctx context.Context, interactionID string) error {
	return n.s.do(ctx, "voice.resume", argInteractionID(interactionID))
}

// HangUp ends a call.
//
// Reference: Voice namespace, hangUp(interactionId).
func (n VoiceNamespace) HangUp(ctx context.Context, interactionID string) error {
	return n.s.do(ctx, "voice.hangUp", argInteractionID(interactionID))
}

// StartCallRecording starts recording a call. Interaction.RecordingState shows
// whether a call is being recorded.
//
// Reference: Voice namespace, startCallRecording(interactionId).
func (n VoiceNamespace) StartCallRecording(ctx context.Context, interactionID string) error {
	return n.s.do(ctx, "voice.startCallRecording", argInteractionID(interactionID))
}

// StopCallRecording stops the recording of a call.
//
// Reference: Voice namespace, stopCallRecording(interactionId).
func (n VoiceNamespace) StopCallRecording(ctx context.Context, interactionID string) error {
	return n.s.do(ctx, "voice.stopCallRecording", argInteractionID(interactionID))
}

// PauseCallRecording pauses the recording until ResumeCallRecording, for
// example while the customer says a card number.
//
// Reference: Voice namespace, pauseCallRecording(interactionId).
func (n VoiceNamespace) PauseCallRecording(ctx context.Context, interactionID string) error {
	return n.s.do(ctx, "voice.pauseCallRecording", argInteractionID(interactionID))
}

// ResumeCallRecording resumes a paused recording.
//
// Reference: Voice namespace, resumeCallRecording(interactionId).
func (n VoiceNamespace) ResumeCallRecording(ctx context.Context, interactionID string) error {
	return n.s.do(ctx, "voice.resumeCallRecording", argInteractionID(interactionID))
}
