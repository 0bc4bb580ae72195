package wwe

import "context"

// VoiceNamespace is genesys.wwe.service.voice: calls. Its methods are those of
// the page "Voice namespace" in Genesys' Service Client API Reference. In which
// state of a call WWE refuses which of them is not documented.
type VoiceNamespace struct{ s *Service }

// Dial calls the destination, a phone number, with user data for the new
// interaction; nil for none. Whether the answer tells which interaction that
// is, is not documented: the JSON is what it has, "" for nothing. It comes as
// an event in any case, see Service.Watch: to know it there, give it a key of
// user data of your own, as the switch may write the number in its own way.
//
// Reference: Voice namespace, dial(destination, userData). Result: not
// documented, so it comes as it is. Errors: see Service.Go.
func (n VoiceNamespace) Dial(ctx context.Context, destination string, userData UserData) (JSON, error) {
	return n.s.call(ctx, "voice.dial", required("destination", destination), data("userData", userData))
}

// DialEx is Dial with extensions for the switch; nil for none. Genesys' client
// has it since March 2023; what an older WWE answers is not documented.
//
// Reference: Voice namespace, dialEx(destination, userData, extensions).
// Result: not documented, so it comes as it is. Errors: see Service.Go.
func (n VoiceNamespace) DialEx(ctx context.Context, destination string, userData, extensions UserData) (JSON, error) {
	return n.s.call(ctx, "voice.dialEx", required("destination", destination),
		data("userData", userData), data("extensions", extensions))
}

// Answer answers a call that is ringing.
//
// Reference: Voice namespace, answer(interactionId). Result: not documented;
// nil means that WWE did not refuse. Errors: see Service.Go.
func (n VoiceNamespace) Answer(ctx context.Context, interactionID string) error {
	return n.s.do(ctx, "voice.answer", argInteractionID(interactionID))
}

// Hold puts a call on hold.
//
// Reference: Voice namespace, hold(interactionId). Result: not documented; nil
// means that WWE did not refuse. Errors: see Service.Go.
func (n VoiceNamespace) Hold(ctx context.Context, interactionID string) error {
	return n.s.do(ctx, "voice.hold", argInteractionID(interactionID))
}

// Resume takes a call off hold.
//
// Reference: Voice namespace, resume(interactionId). Result: not documented;
// nil means that WWE did not refuse. Errors: see Service.Go.
func (n VoiceNamespace) Resume(ctx context.Context, interactionID string) error {
	return n.s.do(ctx, "voice.resume", argInteractionID(interactionID))
}

// HangUp ends a call.
//
// Reference: Voice namespace, hangUp(interactionId). Result: not documented;
// nil means that WWE did not refuse. Errors: see Service.Go.
func (n VoiceNamespace) HangUp(ctx context.Context, interactionID string) error {
	return n.s.do(ctx, "voice.hangUp", argInteractionID(interactionID))
}

// StartCallRecording begins to record a call. Interaction.RecordingState tells
// whether a call is recorded.
//
// Reference: Voice namespace, startCallRecording(interactionId). Result: not
// documented; nil means that WWE did not refuse. Errors: see Service.Go.
func (n VoiceNamespace) StartCallRecording(ctx context.Context, interactionID string) error {
	return n.s.do(ctx, "voice.startCallRecording", argInteractionID(interactionID))
}

// StopCallRecording ends the recording of a call.
//
// Reference: Voice namespace, stopCallRecording(interactionId). Result: not
// documented; nil means that WWE did not refuse. Errors: see Service.Go.
func (n VoiceNamespace) StopCallRecording(ctx context.Context, interactionID string) error {
	return n.s.do(ctx, "voice.stopCallRecording", argInteractionID(interactionID))
}

// PauseCallRecording leaves out of the recording what follows, until
// ResumeCallRecording: while the customer tells a card's number, for one.
//
// Reference: Voice namespace, pauseCallRecording(interactionId). Result: not
// documented; nil means that WWE did not refuse. Errors: see Service.Go.
func (n VoiceNamespace) PauseCallRecording(ctx context.Context, interactionID string) error {
	return n.s.do(ctx, "voice.pauseCallRecording", argInteractionID(interactionID))
}

// ResumeCallRecording goes on with a recording that was paused.
//
// Reference: Voice namespace, resumeCallRecording(interactionId). Result: not
// documented; nil means that WWE did not refuse. Errors: see Service.Go.
func (n VoiceNamespace) ResumeCallRecording(ctx context.Context, interactionID string) error {
	return n.s.do(ctx, "voice.resumeCallRecording", argInteractionID(interactionID))
}
