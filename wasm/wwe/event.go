package wwe

import (
	"strings"
	"time"

	"wwebridge/internal/jsontext"
)

// Topic is a topic to subscribe to. It is open: WWE may have topics without a
// constant here.
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

// TopicMessenger returns the topic of the messages that other pages broadcast
// on the channel: MessengerEvent.
func TopicMessenger(channel string) Topic { return Topic(messenger + channel) }

// EventType is the type of an event. It is open: other values are kept as
// received.
type EventType string

// Event types that are documented or have been seen on the wire.
const (
	EventTypeEstablished         EventType = "ESTABLISHED"           // the call is established
	EventTypeReleased            EventType = "RELEASED"              // the call has ended
	EventTypeAttachedDataChanged EventType = "ATTACHED_DATA_CHANGED" // user data or parties have changed
	EventTypeMarkDone            EventType = "MARK_DONE"             // the interaction was marked done
	EventTypeCaseSelected        EventType = "CASE_SELECTED"
	EventTypeCaseExpanded        EventType = "CASE_EXPANDED"
	EventTypeCaseCollapsed       EventType = "CASE_COLLAPSED"
	EventTypeMarkDoneApply       EventType = "MARKDONE_APPLY" // in a MarkDoneEvent
	EventTypeCampaignLoaded      EventType = "CampaignLoaded" // this and the next two in an OutboundEvent
	EventTypeCampaignUnloaded    EventType = "CampaignUnloaded"
	EventTypeCampaignStarted     EventType = "CampaignStarted"
)

// Event types whose names are inferred: Genesys no longer publishes its table
// of them.
const (
	EventTypeRinging      EventType = "RINGING"
	EventTypeDialing      EventType = "DIALING"
	EventTypeHeld         EventType = "HELD"
	EventTypeRetrieved    EventType = "RETRIEVED"
	EventTypePartyAdded   EventType = "PARTY_ADDED"
	EventTypePartyRemoved EventType = "PARTY_REMOVED"
)

// Event is an event from WWE: one of the types below.
type Event interface{ Topic() Topic }

// InteractionEvent reports a change of an interaction, with its new version.
type InteractionEvent struct {
	Type        EventType
	Interaction Interaction
	Unknown     JSON // see MediaState.Unknown
}

// CaseEvent reports that the agent's view of a case has changed: CASE_SELECTED,
// CASE_EXPANDED or CASE_COLLAPSED. It carries no interaction.
type CaseEvent struct {
	Type   EventType
	CaseID string // WWE's selectedCaseId: the case that was selected, expanded or collapsed

	Unknown JSON // see MediaState.Unknown
}

// MarkDoneEvent announces that an interaction is about to be marked done. Until
// Timeout has passed, InteractionNamespace.BlockMarkDone can prevent it, as
// Service.GuardMarkDone does.
type MarkDoneEvent struct {
	Type        EventType     // MARKDONE_APPLY
	Timeout     time.Duration // 0 if WWE does not send it
	Interaction Interaction
	Unknown     JSON // see MediaState.Unknown
}

// MediaState is a state of the agent or of one of the agent's media:
// media.State of the Service Client API.
type MediaState struct {
	Type          string `json:"type,omitzero"`          // "READY", "NOT_READY", "NOT_READY_AFTER_CALLWORK" and others
	DisplayName   string `json:"displayName,omitzero"`   // the text for the agent
	OperationName string `json:"operationName,omitzero"` // the argument for SetState

	// Unknown is a JSON object with those of the properties above that are not
	// text, a number or a boolean, under WWE's names. It is "" if there are
	// none. It is text so that two states can be compared.
	Unknown JSON `json:"Unknown,omitzero"`
}

// isKnown reports whether anything identifies the state.
func (s MediaState) isKnown() bool { return s.Type != "" || s.OperationName != "" }

// MediaEvent reports that the state of a media has changed.
type MediaEvent struct {
	Media   string // "voice"
	State   MediaState
	Unknown JSON // see MediaState.Unknown
}

// AgentEvent reports that the agent's state has changed. That its data is a
// MediaState is inferred from programs that read its type.
type AgentEvent struct{ State MediaState }

// OutboundEvent reports a change of an outbound campaign.
type OutboundEvent struct {
	Type     EventType
	Campaign string
	Mode     string // with CampaignStarted
	Data     JSON   // all of the event's data
}

// MessengerEvent is a message that another page has broadcast on a channel. Any
// page that WWE accepts can send one, so validate it.
type MessengerEvent struct {
	Channel string
	Message JSON
}

// UnknownEvent is an event for which this version has no type, with all its
// data.
type UnknownEvent struct {
	On   Topic
	Data JSON // "" if the event has none
}

// Overflow reports that this subscription has lost events: read the current
// state again. Dropped is the number of events dropped because the reader was
// slow and the queue full. It is 0 if the number is not known, because WWE was
// silent for a while or restarted. A single request that WWE ignores loses no
// events.
type Overflow struct{ Dropped int }

func (InteractionEvent) Topic() Topic { return TopicInteraction }
func (CaseEvent) Topic() Topic        { return TopicInteraction }
func (MarkDoneEvent) Topic() Topic    { return TopicMarkDone }
func (MediaEvent) Topic() Topic       { return TopicMedia }
func (AgentEvent) Topic() Topic       { return TopicAgent }
func (OutboundEvent) Topic() Topic    { return TopicOutbound }
func (e MessengerEvent) Topic() Topic { return TopicMessenger(e.Channel) }
func (e UnknownEvent) Topic() Topic   { return e.On }

// Topic returns "", because an Overflow concerns all topics of the
// subscription.
func (Overflow) Topic() Topic { return "" }

// cloneEvent returns a deep copy: the two share no data that can be changed.
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

// readEvent returns the typed event, or an UnknownEvent if it cannot read the
// data.
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

// interactionData is the data of an event about an interaction or a case.
type interactionData struct {
	eventType   EventType
	caseID      string
	timeout     time.Duration
	interaction *Interaction
	unknown     JSON
}

// readInteractionData returns ok == false if the data does not identify its
// interaction.
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
		p.read(r) // a value that does not fit is still in Data
	}
	if r.Err() != nil || e.Type == "" {
		return nil
	}
	return e
}
