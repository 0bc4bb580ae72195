package wwe

import (
	"errors"

	"wwebridge/internal/jsontext"
)

// TargetType is the kind of a Target. It is open: Genesys documents the values
// below, and any other is sent to WWE unchanged.
type TargetType string

// The documented target types, with the meaning of Destination for each.
const (
	TargetTypeAgent            TargetType = "AGENT"             // the agent's employee id
	TargetTypeAgentGroup       TargetType = "AGENT_GROUP"       // the group's name
	TargetTypeSkill            TargetType = "SKILL"             // the skill's name
	TargetTypeInteractionQueue TargetType = "INTERACTION_QUEUE" // the queue's name
	TargetTypeRoutingPoint     TargetType = "ROUTING_POINT"     // the routing point's name
	TargetTypeCustomContact    TargetType = "CUSTOM_CONTACT"    // a phone number
)

// Target is the target of a consultation, transfer or conference: the
// targetQuery of Genesys' Interaction namespace.
type Target struct {
	// Type is the kind of the Destination. "" means that Destination is sent as
	// a plain string, such as a phone number. WWE treats that as a custom
	// contact.
	Type TargetType

	// Destination is required.
	Destination string

	// Media is the media of a consultation, such as "voice". "" means the
	// interaction's own media. It requires a Type, and is for Consult only.
	Media string
}

func (t Target) text() (string, error) {
	switch {
	case t.Destination == "":
		return "", &jsontext.Error{Path: "destination", Problem: "must not be empty"}
	case t.Type == "" && t.Media != "":
		return "", errors.New("media needs a type; CUSTOM_CONTACT is what a plain destination stands for")
	case t.Type == "":
		return string(jsontext.AppendString(nil, t.Destination)), nil
	}
	b := jsontext.AppendString([]byte(`{"type":`), string(t.Type))
	b = jsontext.AppendString(append(b, `,"destination":`...), t.Destination)
	if t.Media != "" {
		b = jsontext.AppendString(append(b, `,"media":`...), t.Media)
	}
	return string(append(b, '}')), nil
}
