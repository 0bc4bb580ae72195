package wire

import (
	"cmp"
	"strings"

	"wwebridge/internal/jsontext"
)

// Reply is WWE's answer to one request.
type Reply struct {
	_       [0]func()       // not comparable: less code
	Data    string          // JSON text of the result; "" if the reply has none
	WasRead bool            // a Read has read the result; Data is "" then
	Omitted *jsontext.Error // elements that the Read left out; nil if none

	Failed       bool   // WWE refused: the reply has an errorMessage, which may be empty or null
	ErrorMessage string // the reason
	TimedOut     bool   // the official client gave up waiting

	SubscriptionID string // JSON text, in the reply to subscribe; "" if absent or null

	Body string // JSON text of the whole reply
}

// Grants reports whether a reply to subscribe means that the page is subscribed. A
// refusal because the topic is already subscribed means so too. It occurs if the reply
// to an earlier request was lost, or if WWE began to answer before the load event of
// its iframe. Genesys does not document the text of that refusal.
func (r Reply) Grants() bool {
	if !r.Failed {
		return true
	}
	letters := []byte(r.ErrorMessage)
	for n := range letters {
		letters[n] |= 'a' - 'A' // to lower case, without Unicode's tables
	}
	text := string(letters)
	return strings.Contains(text, "already") && strings.Contains(text, "subscri")
}

// Message is a message from WWE to a widget: a reply, an event, or the id of the
// widget's frame.
type Message struct {
	_           [0]func() // not comparable: less code
	Request     string    // present in replies to method calls
	ReferenceID string    // of the request that this message answers
	Reply       Reply

	Event      string // topic of an event; the event's data is Reply.Data
	FrameID    string // JSON text
	FromClient bool   // the message was sent by a widget: this one (an echo) or another one
}

// Text returns the message's JSON text, with the properties in WWE's order.
func (m Message) Text() string {
	b := append(make([]byte, 0, 128+len(m.Reply.Data)), '{')
	if m.Event != "" {
		b = quoted(b, "event", m.Event)
	}
	if m.Request != "" {
		b = quoted(b, "request", m.Request)
	}
	if m.ReferenceID != "" {
		b = quoted(b, "referenceId", m.ReferenceID)
	}
	b = field(b, "subscriptionId", m.Reply.SubscriptionID)
	if m.Reply.Failed {
		b = quoted(b, "errorMessage", m.Reply.ErrorMessage)
	} else {
		b = field(b, "data", m.Reply.Data)
	}
	b = quoted(b, "userAgent", ServerAgent)
	b = field(b, "protocolVersion", version)
	b = field(b, "frameId", m.FrameID)
	return string(append(b, '}'))
}

// Read reads the data of a reply in place. Finding the end of the data first would mean
// scanning it twice.
type Read func(*jsontext.Reader)

// Readings provides the Read for the data of a reply.
type Readings interface {
	// Reading returns the Read for the reply to ref. It returns nil if the caller
	// expects the reply's text, and on any later call for the same request. The caller
	// must use the Read at once. Until it returns, no other reply to the request may be
	// settled, because both would be read into the same variable.
	Reading(ref string) Read
}

// ParseMessage parses a message from WWE's window. ok is false for anything that is not
// a message of the protocol. That is not an error, because WWE's page may send other
// messages.
func ParseMessage(text string) (m Message, ok bool) { return ParseMessageBy(nil, "", text) }

// ParseMessageBy is ParseMessage, but lets a Read read the data of the reply in place.
// ref is the request that the message answers; "" means the referenceId that precedes
// the data in the message. Data still has the text of the data if it is null or if the
// message is unusual.
func ParseMessageBy(of Readings, ref, text string) (m Message, ok bool) {
	if !strings.HasPrefix(text, "{") {
		return Message{}, false
	}
	agent, readAs := "", ""
	r := jsontext.NewReader(text)
	for o := r.Object(); o.Next(); {
		switch o.Name {
		case "request":
			m.Request = scalar(r)
		case "referenceId":
			m.ReferenceID = scalar(r)
		case "event":
			m.Event = scalar(r)
		case "subscriptionId":
			if id := r.PartRaw(); id != Null {
				m.Reply.SubscriptionID = id
			}
		case "frameId":
			m.FrameID = r.PartRaw()
		case "data":
			var read Read
			if of != nil && m.Event == "" && !m.Reply.WasRead && r.Peek() != 'n' {
				readAs = m.ReferenceID
				read = of.Reading(cmp.Or(ref, readAs))
			}
			if read != nil {
				read(r)
				m.Reply.WasRead, m.Reply.Omitted = true, r.Omitted()
			} else {
				m.Reply.Data = r.PartRaw()
			}
		case "errorMessage":
			m.Reply.Failed, m.Reply.ErrorMessage = true, reason(r.PartRaw())
		case "userAgent":
			agent = scalar(r)
		}
	}
	if m.Reply.WasRead && (r.Err() != nil || m.Reply.Data != "" || m.Event != "" || ref == "" && m.ReferenceID != readAs) {
		return ParseMessage(text)
	}
	if r.Err() != nil {
		return Message{}, false
	}
	m.Reply.Body = text
	m.FromClient = agent == ClientAgent
	return m, strings.Contains(agent, "WWE")
}

// ParseOutcome parses the argument of the callback that the official client has called
// for ref. The argument is the reply; if failed is true, it may also be a plain string.
// ParseOutcome reads the data as ParseMessageBy does.
func ParseOutcome(of Readings, ref string, failed bool, text string) (reply Reply, fromClient bool) {
	m, _ := ParseMessageBy(of, ref, text)
	reply = m.Reply
	reply.Body = text
	if failed && !reply.Failed {
		reply.Failed = true
		if !strings.HasPrefix(text, "{") {
			reply.ErrorMessage = reason(text)
			reply.TimedOut = text == `"Request timeout"`
		}
	}
	return reply, m.FromClient
}

// scalar reads a string. It treats any other value as absent, because the official
// client compares these properties with strings only.
func scalar(r *jsontext.Reader) string {
	raw := r.Raw()
	if !strings.HasPrefix(raw, `"`) {
		return ""
	}
	return jsontext.NewReader(raw).String()
}

// reason returns the text of an errorMessage of any type.
func reason(raw string) string {
	switch {
	case strings.HasPrefix(raw, `"`):
		return jsontext.NewReader(raw).String()
	case raw == Null:
		return ""
	}
	return raw
}
