package wwe

import (
	"strings"
	"time"

	"wwebridge/internal/jsontext"
)

// Topic is what can be subscribed to. It is open: WWE may know topics that
// have no constant here.
type Topic string

// The documented topics.
const (
	TopicAgent       Topic = "agent"       // the agent's state: AgentEvent
	TopicInteraction Topic = "interaction" // interactions and cases: InteractionEvent, CaseEvent
	TopicMedia       Topic = "media"       // the state of a media: MediaEvent
	TopicMarkDone    Topic = "markdone"    // an interaction is about to be marked done: MarkDoneEvent
	TopicOutbound    Topic = "outbound"    // outbound campaigns: OutboundEvent
	TopicSystem      Topic = "system"      // not documented: UnknownEvent
)

const messenger = "messenger:"

// TopicMessenger is the topic of what other pages broadcast on the channel: MessengerEvent.
func TopicMessenger(channel string) Topic { return Topic(messenger + channel) }

// EventType tells what happened. It is open: a value that is not among the
// constants survives as it came.
type EventType string

// Types of events that have been seen on the wire or are documented.
const (
	EventTypeEstablished         EventType = "ESTABLISHED"           // the call is established
	EventTypeReleased            EventType = "RELEASED"              // the call has ended
	EventTypeAttachedDataChanged EventType = "ATTACHED_DATA_CHANGED" // user data or parties have changed
	EventTypeMarkDone            EventType = "MARK_DONE"             // the interaction was marked done
	EventTypeCaseSelected        EventType = "CASE_SELECTED"
	EventTypeCaseExpanded        EventType = "CASE_EXPANDED"
	EventTypeCaseCollapsed       EventType = "CASE_COLLAPSED"
	EventTypeMarkDoneApply       EventType = "MARKDONE_APPLY" // of MarkDoneEvent
	EventTypeCampaignLoaded      EventType = "CampaignLoaded" // these three of OutboundEvent
	EventTypeCampaignUnloaded    EventType = "CampaignUnloaded"
	EventTypeCampaignStarted     EventType = "CampaignStarted"
)

// Types of events whose names are inferred: Genesys has a table of them that
// is not public any more.
const (
	EventTypeRinging      EventType = "RINGING"
	EventTypeDialing      EventType = "DIALING"
	EventTypeHeld         EventType = "HELD"
	EventTypeRetrieved    EventType = "RETRIEVED"
	EventTypePartyAdded   EventType = "PARTY_ADDED"
	EventTypePartyRemoved EventType = "PARTY_REMOVED"
)

// Event is something that WWE told: one of the types below.
type Event interface{ Topic() Topic }

// InteractionEvent tells that something happened to an interaction, and how it is now.
type InteractionEvent struct {
	Type        EventType
	Interaction Interaction
	Unknown     JSON // see MediaState.Unknown
}

// CaseEvent tells that the agent's view of a case has changed: CASE_SELECTED,
// CASE_EXPANDED, CASE_COLLAPSED. It carries no interaction.
type CaseEvent struct {
	Type   EventType
	CaseID string // WWE's selectedCaseId: the case that was selected, expanded or collapsed

	Unknown JSON // see MediaState.Unknown
}

// MarkDoneEvent tells that an interaction is about to be marked done. Until
// Timeout has passed, InteractionNamespace.BlockMarkDone can keep WWE from it;
// Service.GuardMarkDone does so.
type MarkDoneEvent struct {
	Type        EventType     // MARKDONE_APPLY
	Timeout     time.Duration // 0 if WWE does not say
	Interaction Interaction
	Unknown     JSON // see MediaState.Unknown
}

// MediaState is a state of the agent or of one of the agent's media:
// media.State of the Service Client API.
type MediaState struct {
	Type          string `json:"type,omitzero"`          // "READY", "NOT_READY", "NOT_READY_AFTER_CALLWORK" and others
	DisplayName   string `json:"displayName,omitzero"`   // as the agent reads it
	OperationName string `json:"operationName,omitzero"` // as it is requested

	// Unknown is a JSON object of the properties above, by WWE's names, that
	// are neither text nor a number nor a boolean; "" for none. It is text so
	// that two states can be compared.
	Unknown JSON `json:"Unknown,omitzero"`
}

// isKnown reports whether there is anything to know the state by.
func (s MediaState) isKnown() bool { return s.Type != "" || s.OperationName != "" }

// MediaEvent tells that the state of a media has changed.
type MediaEvent struct {
	Media   string // "voice"
	State   MediaState
	Unknown JSON // see MediaState.Unknown
}

// AgentEvent tells that the agent's state has changed. That its data is a
// MediaState is inferred from programs that read its type.
type AgentEvent struct{ State MediaState }

// OutboundEvent tells that something happened to an outbound campaign.
type OutboundEvent struct {
	Type     EventType
	Campaign string
	Mode     string // with CampaignStarted
	Data     JSON   // the whole data
}

// MessengerEvent is a message that another page has broadcast on a channel.
// Any page that WWE accepts can send one: check it.
type MessengerEvent struct {
	Channel string
	Message JSON
}

// UnknownEvent is whatever this version cannot type, whole.
type UnknownEvent struct {
	On   Topic
	Data JSON // "" if the event has none
}

// Overflow tells that events were lost to this subscription: re-read the
// state. Dropped is their number, because the reader was slow and the queue
// full; 0 if the number is not known, because WWE answered nothing for a while
// or started anew. One request that WWE ignores does not lose events.
type Overflow struct{ Dropped int }

func (InteractionEvent) Topic() Topic { return TopicInteraction }
func (CaseEvent) Topic() Topic        { return TopicInteraction }
func (MarkDoneEvent) Topic() Topic    { return TopicMarkDone }
func (MediaEvent) Topic() Topic       { return TopicMedia }
func (AgentEvent) Topic() Topic       { return TopicAgent }
func (OutboundEvent) Topic() Topic    { return TopicOutbound }
func (e MessengerEvent) Topic() Topic { return TopicMessenger(e.Channel) }
func (e UnknownEvent) Topic() Topic   { return e.On }

// Topic of an Overflow is "": it concerns all topics of the subscription.
func (Overflow) Topic() Topic { return "" }

// cloneEvent returns a copy that shares nothing that can be changed.
func cloneEvent(event Event) Event {
	switch e := event.(type) {
	case InteractionEvent:
		e.Interaction = e.Interaction.Clone()
		return e
	case MarkDoneEvent:
		e.Interaction = e.Interaction.Clone()
		return e
	}
	return event
}

// readEvent types an event. What it cannot type is an UnknownEvent, never an error.
func readEvent(topic, data string) Event {
	var event Event
	switch Topic(topic) {
	case TopicInteraction:
		event = readInteractionEvent(data)
	case TopicMarkDone:
		event = readMarkDoneEvent(data)
	case TopicMedia:
		event = readMediaEvent(data)
	case TopicAgent:
		event = readAgentEvent(data)
	case TopicOutbound:
		event = readOutboundEvent(data)
	default:
		if channel, ok := strings.CutPrefix(topic, messenger); ok {
			event = MessengerEvent{channel, JSON(data)}
		}
	}
	if event == nil {
		event = UnknownEvent{Topic(topic), JSON(data)}
	}
	return event
}

// interactionData is the data of events that are about interactions.
type interactionData struct {
	eventType   EventType
	caseID      string
	timeout     time.Duration
	interaction *Interaction
	unknown     JSON
}

// readInteractionData is not ok where nobody can know which interaction it is about.
func readInteractionData(data string) (d interactionData, ok bool) {
	r := jsontext.NewReader(data)
	ok = true
	for o := r.Object(); o.Next(); {
		var p property
		switch o.Name {
		case "eventType":
			p.text = (*string)(&d.eventType)
		case "selectedCaseId":
			p.text = &d.caseID
		case "timeout":
			const most = 24 * 60 * 60 * 1000 // more is a mistake, and could not be a Duration
			if n, ok := r.Float(); ok {
				d.timeout = time.Duration(min(max(n, 0), most) * float64(time.Millisecond))
				continue
			}
			p.null = true
		case "interaction":
			if r.Peek() == '{' {
				d.interaction = &Interaction{}
				ok = d.interaction.read(r)
				continue
			}
			p.null = true
		default:
			continue
		}
		if !p.read(r) {
			d.unknown = d.unknown.with(o.Name, r.Raw())
		}
	}
	return d, ok && r.Err() == nil
}

func readInteractionEvent(data string) Event {
	d, ok := readInteractionData(data)
	switch {
	case !ok:
	case d.interaction != nil:
		return InteractionEvent{d.eventType, *d.interaction, d.unknown}
	case d.caseID != "":
		return CaseEvent{d.eventType, d.caseID, d.unknown}
	}
	return nil
}

func readMarkDoneEvent(data string) Event {
	d, ok := readInteractionData(data)
	if !ok || d.interaction == nil {
		return nil
	}
	return MarkDoneEvent{d.eventType, d.timeout, *d.interaction, d.unknown}
}

func readMediaEvent(data string) Event {
	var e MediaEvent
	r := jsontext.NewReader(data)
	for o := r.Object(); o.Next(); {
		var p property
		switch o.Name {
		case "media", "name":
			p.text = &e.Media
		case "state":
			if isObject(r) {
				e.State = readMediaState(r)
			}
			continue
		default:
			continue
		}
		if !p.read(r) {
			e.Unknown = e.Unknown.with(o.Name, r.Raw())
		}
	}
	if r.Err() != nil || e.Media == "" || !e.State.isKnown() {
		return nil
	}
	return e
}

func readAgentEvent(data string) Event {
	r := jsontext.NewReader(data)
	state := readMediaState(r)
	if r.Err() != nil || !state.isKnown() {
		return nil
	}
	return AgentEvent{state}
}

func readMediaState(r *jsontext.Reader) MediaState {
	var s MediaState
	for o := r.Object(); o.Next(); {
		var p property
		switch o.Name {
		case "type":
			p.text = &s.Type
		case "displayName":
			p.text = &s.DisplayName
		case "operationName":
			p.text = &s.OperationName
		default:
			continue
		}
		if !p.read(r) {
			s.Unknown = s.Unknown.with(o.Name, r.Raw())
		}
	}
	return s
}

func readOutboundEvent(data string) Event {
	e := OutboundEvent{Data: JSON(data)}
	r := jsontext.NewReader(data)
	for o := r.Object(); o.Next(); {
		var p property
		switch o.Name {
		case "eventType":
			p.text = (*string)(&e.Type)
		case "campaign":
			p.text = &e.Campaign
		case "mode":
			p.text = &e.Mode
		default:
			continue
		}
		p.read(r) // Data has what does not fit
	}
	if r.Err() != nil || e.Type == "" {
		return nil
	}
	return e
}
