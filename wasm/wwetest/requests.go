package wwetest

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"wwebridge/internal/jsontext"
	"wwebridge/internal/wire"
	"wwebridge/wasm/wwe"
)

// request executes a request. It returns the data of the answer, which is ""
// for a command. The text of an error becomes the errorMessage (guess: Genesys
// publishes none of these texts). The Host is locked.
type request func(h *Host, p parameters) (data string, err error)

// requests holds the requests that the Host executes, by name.
var requests map[string]request

func init() { // in init, because system.getAllowedServices refers to requests
	requests = map[string]request{}
	for _, namespace := range []map[string]request{
		agentRequests, authRequests, configurationRequests, emailRequests, interactionRequests, mediaRequests, messengerRequests,
		outboundRequests, sipEndpointRequests, systemRequests, voiceRequests, windowRequests,
	} {
		maps.Copy(requests, namespace)
	}
}

// parameters are the parameters of a request, as JSON text. A missing parameter
// reads as null.
type parameters struct {
	from  *Frame
	texts []string
}

func (p parameters) text(n int) string {
	if n < len(p.texts) {
		return p.texts[n]
	}
	return wire.Null
}

func (p parameters) isString(n int) bool { return strings.HasPrefix(p.text(n), `"`) }

// string returns "" if the parameter is not a string. Only a key of user data
// can itself be "".
func (p parameters) string(n int) string {
	return jsontext.NewReader(p.text(n)).String()
}

func (p parameters) userData(n int) (wwe.UserData, error) {
	return userDataOf(p.text(n))
}

// userDataOf parses user data. null and an empty text are no user data.
func userDataOf(text string) (wwe.UserData, error) {
	if text == "" {
		return nil, nil
	}
	value, err := wwe.JSON(text).Value()
	if err != nil {
		return nil, fmt.Errorf("the user data cannot be read: %w", err)
	}
	switch data := value.(type) {
	case nil:
		return nil, nil
	case map[string]any:
		return data, nil
	}
	return nil, errors.New("the user data is not an object")
}

func (p parameters) target(n int) (target, error) {
	var t target
	switch value, _ := wwe.JSON(p.text(n)).Value(); value := value.(type) {
	case string:
		t.Type, t.Destination = wwe.TargetTypeCustomContact, value
	case map[string]any:
		kind, _ := value["type"].(string)
		t.Type = wwe.TargetType(kind)
		t.Destination, _ = value["destination"].(string)
		t.Media, _ = value["media"].(string)
	}
	if t.Type == "" || strings.TrimSpace(t.Destination) == "" {
		return target{}, errors.New("the target has no type or no destination")
	}
	return t, nil
}

type target struct{ wwe.Target }

func (t target) party() wwe.Party {
	p := person(t.Destination)
	if t.Type == wwe.TargetTypeAgent {
		p.Type, p.Username = string(wwe.TargetTypeAgent), t.Destination
	}
	return p
}

// command makes a request whose answer has no data.
func command(do func(h *Host, p parameters) error) request {
	return func(h *Host, p parameters) (string, error) { return "", do(h, p) }
}

// constant makes a request that always has the same answer.
func constant(data string) request {
	return func(*Host, parameters) (string, error) { return data, nil }
}

var agentRequests = map[string]request{
	"agent.get":      func(h *Host, _ parameters) (string, error) { return agentText(h.config.Agent), nil },
	"agent.getState": func(h *Host, _ parameters) (string, error) { return stateText(h.media[0].State), nil },
	"agent.getStateList": func(*Host, parameters) (string, error) {
		return list(agentStates, stateText), nil
	},
	"agent.setState": command(func(h *Host, p parameters) error { return h.setAgentState(p.string(0)) }),
}

var mediaRequests = map[string]request{
	"media.getMediaList": func(h *Host, _ parameters) (string, error) { return list(h.media, mediaText), nil },
	"media.getMediaByName": func(h *Host, p parameters) (string, error) {
		for _, m := range h.media {
			if m.Name == p.string(0) {
				return mediaText(m), nil
			}
		}
		return wire.Null, nil // guess
	},
	"media.setState": command(func(h *Host, p parameters) error {
		state, err := stateOf(p.string(1))
		if err != nil {
			return err
		}
		return h.setMediaState(p.string(0), state)
	}),
}

// authRequests return a token that no server accepts.
var authRequests = map[string]request{
	"auth.getJwtToken": func(h *Host, _ parameters) (string, error) {
		var o object
		o.string("expiration", h.clock.Now().UTC().Add(time.Hour).Format("2006-01-02T15:04:05.000Z"))
		o.string("jwtToken", "simulated.token."+h.config.Agent.Username)
		return o.text(), nil
	},
}

var emailRequests = map[string]request{
	"email.create": command(func(h *Host, p parameters) error {
		data, err := p.userData(1)
		if err != nil {
			return err
		}
		if p.string(0) == "" {
			return errors.New("an email needs a destination")
		}
		h.compose(p.string(0), data, nil)
		return nil
	}),
}

// messengerRequests send a message to the other frames that are subscribed to
// its channel, but not back to the sender (guess).
var messengerRequests = map[string]request{
	"messenger.broadcastMessage": command(func(h *Host, p parameters) error {
		channel := p.string(0)
		if channel == "" {
			return errors.New("a message needs a channel")
		}
		h.events = append(h.events, event{topic: string(wwe.TopicMessenger(channel)), data: p.text(1), from: p.from})
		return nil
	}),
}

// sipEndpointRequests mute and unmute the agent's microphone and speaker.
var sipEndpointRequests = map[string]request{
	"sipEndpoint.muteMicrophone":   mute(func(h *Host) *bool { return &h.microphoneMute }, true),
	"sipEndpoint.unmuteMicrophone": mute(func(h *Host) *bool { return &h.microphoneMute }, false),
	"sipEndpoint.muteSpeaker":      mute(func(h *Host) *bool { return &h.speakerMute }, true),
	"sipEndpoint.unmuteSpeaker":    mute(func(h *Host) *bool { return &h.speakerMute }, false),
	"sipEndpoint.isMicrophoneMute": func(h *Host, _ parameters) (string, error) { return boolean(h.microphoneMute), nil },
	"sipEndpoint.isSpeakerMute":    func(h *Host, _ parameters) (string, error) { return boolean(h.speakerMute), nil },
}

func mute(device func(*Host) *bool, to bool) request {
	return command(func(h *Host, _ parameters) error { *device(h) = to; return nil })
}

func isTab(tabs ...Tab) request {
	return func(h *Host, _ parameters) (string, error) {
		return boolean(slices.Contains(tabs, cmp.Or(h.config.Tab, TabLeads))), nil
	}
}

func boolean(b bool) string {
	if b {
		return "true"
	}
	return "false"
}

// systemRequests are the requests that do not change WWE's window. The others
// are in window.go.
var systemRequests = map[string]request{
	"system.getAllowedServices": func(h *Host, p parameters) (string, error) {
		allowed, _ := h.servicesOf(p.from.origin)
		names := slices.DeleteFunc(slices.Sorted(maps.Keys(requests)), func(name string) bool { return !isServiceOf(allowed, name) })
		return list(names, quote), nil // guess: an array of names
	},
	"system.triggerActivity":             constant(""),
	"system.amIVisible":                  constant("true"),
	"system.isFrameLeading":              isTab(TabLeads),
	"system.isFrameFollowing":            isTab(TabFollows),
	"system.isFrameNegotiating":          isTab(TabNegotiates),
	"system.isFrameLeadingOrNegotiating": isTab(TabLeads, TabNegotiates),
	"system.isLastActiveFrame":           constant("true"),
}
