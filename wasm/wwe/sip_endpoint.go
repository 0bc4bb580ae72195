package wwe

import (
	"context"

	"wwebridge/internal/jsontext"
)

// SIPEndpointNamespace is genesys.wwe.service.sipEndpoint: the microphone and
// the speaker of the agent's SIP endpoint. Its methods are those of the page
// "SIP Endpoint namespace" in Genesys' Service Client API Reference.
type SIPEndpointNamespace struct{ s *Service }

// MuteMicrophone mutes the agent's microphone.
//
// Reference: SIP Endpoint namespace, muteMicrophone().
func (n SIPEndpointNamespace) MuteMicrophone(ctx context.Context) error {
	return n.s.do(ctx, "sipEndpoint.muteMicrophone")
}

// UnmuteMicrophone unmutes the agent's microphone.
//
// Reference: SIP Endpoint namespace, unmuteMicrophone().
func (n SIPEndpointNamespace) UnmuteMicrophone(ctx context.Context) error {
	return n.s.do(ctx, "sipEndpoint.unmuteMicrophone")
}

// MuteSpeaker mutes the agent's speaker.
//
// Reference: SIP Endpoint namespace, muteSpeaker().
func (n SIPEndpointNamespace) MuteSpeaker(ctx context.Context) error {
	return n.s.do(ctx, "sipEndpoint.muteSpeaker")
}

// UnmuteSpeaker unmutes the agent's speaker.
//
// Reference: SIP Endpoint namespace, unmuteSpeaker().
func (n SIPEndpointNamespace) UnmuteSpeaker(ctx context.Context) error {
	return n.s.do(ctx, "sipEndpoint.unmuteSpeaker")
}

// IsMicrophoneMute reports whether the microphone is muted. That the answer is
// a boolean is inferred; any other answer is a *DataError.
//
// Reference: SIP Endpoint namespace, isMicrophoneMute(). Result: a boolean
// (inferred). Errors: *DataError.
func (n SIPEndpointNamespace) IsMicrophoneMute(ctx context.Context) (bool, error) {
	return ask(ctx, n.s, "sipEndpoint.isMicrophoneMute", (*jsontext.Reader).Bool)
}

// IsSpeakerMute reports whether the speaker is muted. That the answer is a
// boolean is inferred; any other answer is a *DataError.
//
// Reference: SIP Endpoint namespace, isSpeakerMute(). Result: a boolean
// (inferred). Errors: *DataError.
func (n SIPEndpointNamespace) IsSpeakerMute(ctx context.Context) (bool, error) {
	return ask(ctx, n.s, "sipEndpoint.isSpeakerMute", (*jsontext.Reader).Bool)
}
