package wwe

import (
	"context"

	"wwebridge/internal/jsontext"
)

// SIPEndpointNamespace is genesys.wwe.service.sipEndpoint: the microphone and
// the speaker of the agent's SIP endpoint. Its methods are those of the page
// "SIP Endpoint namespace" in Genesys' Service Client API Reference; their
// errors are those of InteractionNamespace.
type SIPEndpointNamespace struct{ s *Service }

// MuteMicrophone mutes the agent's microphone.
func (n SIPEndpointNamespace) MuteMicrophone(ctx context.Context) error {
	return n.s.do(ctx, "sipEndpoint.muteMicrophone")
}

// UnmuteMicrophone takes MuteMicrophone back.
func (n SIPEndpointNamespace) UnmuteMicrophone(ctx context.Context) error {
	return n.s.do(ctx, "sipEndpoint.unmuteMicrophone")
}

// MuteSpeaker mutes the agent's speaker.
func (n SIPEndpointNamespace) MuteSpeaker(ctx context.Context) error {
	return n.s.do(ctx, "sipEndpoint.muteSpeaker")
}

// UnmuteSpeaker takes MuteSpeaker back.
func (n SIPEndpointNamespace) UnmuteSpeaker(ctx context.Context) error {
	return n.s.do(ctx, "sipEndpoint.unmuteSpeaker")
}

// IsMicrophoneMute tells whether the microphone is mute. That the answer is a
// boolean is inferred; if it is not, the error is a *DataError.
func (n SIPEndpointNamespace) IsMicrophoneMute(ctx context.Context) (bool, error) {
	return ask(ctx, n.s, "sipEndpoint.isMicrophoneMute", (*jsontext.Reader).Bool)
}

// IsSpeakerMute tells whether the speaker is mute. That the answer is a
// boolean is inferred; if it is not, the error is a *DataError.
func (n SIPEndpointNamespace) IsSpeakerMute(ctx context.Context) (bool, error) {
	return ask(ctx, n.s, "sipEndpoint.isSpeakerMute", (*jsontext.Reader).Bool)
}
