package wwe

import "context"

// VoiceNamespace is genesys.wwe.service.voice: calls. Its methods are those of
// the page "Voice namespace" in Genesys' Service Client API Reference; their
// errors are those of InteractionNamespace. In which state of a call WWE
// refuses which of them is not documented.
type VoiceNamespace struct{ s *Service }

// Dial calls the destination, a phone number, with user data for the new
// interaction; nil for none. Whether the answer tells which interaction that
// is, is not documented: the JSON is what it has, "" for nothing. It comes as
// an event in any case, see Service.Watch.
func (n VoiceNamespace) Dial(ctx context.Context, destination string, userData UserData) (JSON, error) {
	return n.s.call(ctx, "voice.dial", argument{"destination", required(destination)}, argument{"userData", userData})
}

// DialEx is Dial with extensions for the switch; nil for none. WWE has it
// since March 2023.
func (n VoiceNamespace) DialEx(ctx context.Context, destination string, userData, extensions UserData) (JSON, error) {
	return n.s.call(ctx, "voice.dialEx", argument{"destination", required(destination)},
		argument{"userData", userData}, argument{"extensions", extensions})
}

// Answer answers a call that is ringing.
func (n VoiceNamespace) Answer(ctx context.Context, interactionID string) error {
	return n.s.do(ctx, "voice.answer", argInteractionID(interactionID))
}

// Hold puts a call on hold.
func (n VoiceNamespace) Hold(ctx context.Context, interactionID string) error {
	return n.s.do(ctx, "voice.hold", argInteractionID(interactionID))
}

// Resume takes a call off hold.
func (n VoiceNamespace) Resume(ctx context.Context, interactionID string) error {
	return n.s.do(ctx, "voice.resume", argInteractionID(interactionID))
}

// HangUp ends a call.
func (n VoiceNamespace) HangUp(ctx context.Context, interactionID string) error {
	return n.s.do(ctx, "voice.hangUp", argInteractionID(interactionID))
}

// StartCallRecording begins to record a call. Interaction.RecordingState tells
// whether a call is recorded.
func (n VoiceNamespace) StartCallRecording(ctx context.Context, interactionID string) error {
	return n.s.do(ctx, "voice.startCallRecording", argInteractionID(interactionID))
}

// StopCallRecording ends the recording of a call.
func (n VoiceNamespace) StopCallRecording(ctx context.Context, interactionID string) error {
	return n.s.do(ctx, "voice.stopCallRecording", argInteractionID(interactionID))
}

// PauseCallRecording leaves out of the recording what follows, until
// ResumeCallRecording: while the customer tells a card's number, for one.
func (n VoiceNamespace) PauseCallRecording(ctx context.Context, interactionID string) error {
	return n.s.do(ctx, "voice.pauseCallRecording", argInteractionID(interactionID))
}

// ResumeCallRecording goes on with a recording that was paused.
func (n VoiceNamespace) ResumeCallRecording(ctx context.Context, interactionID string) error {
	return n.s.do(ctx, "voice.resumeCallRecording", argInteractionID(interactionID))
}
