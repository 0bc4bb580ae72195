package wire

import (
	"cmp"
	"strings"

	"wwebridge/internal/jsontext"
)

// Reply is WWE's answer to one request.
type Reply struct {
	Data    string          // JSON text of the result; "" when the reply has none
	WasRead bool            // the result has been read by a Read; Data is "" then
	Omitted *jsontext.Error // what that Read left out; nil for nothing

	Failed       bool   // WWE refused: the reply has an errorMessage, be it empty or null
	ErrorMessage string // why
	TimedOut     bool   // the official client gave up waiting

	SubscriptionID string // JSON text, in the reply to subscribe; "" for none or null

	Body string // JSON text of the whole reply
}

// Grants reports whether the reply to a request to subscribe says that the page
// is subscribed. So does a refusal because it is already: WWE may have granted a
// subscription whose reply was lost, or have begun to answer before the load
// event of its iframe. Genesys does not document the words.
func (r Reply) Grants() bool {
	if !r.Failed {
		return true
	}
	letters := []byte(r.ErrorMessage)
	for n := range letters {
		letters[n] |= 'a' - 'A' // makes them small, without Unicode's tables
	}
	text := string(letters)
	return strings.Contains(text, "already") && strings.Contains(text, "subscri")
}

// Message is what WWE sends to a widget: the reply to a request, an event, or
// the id that it gives the widget's frame.
type Message struct {
	Request     string // echoed by replies to the requests of a method
	ReferenceID string // of the request that this replies to
	Reply       Reply

	Event      string // the topic of an event, whose data is Reply.Data
	FrameID    string // JSON text
	FromClient bool   // the message is a widget's: our own echo, or another widget's
}

// Text returns the message's JSON text, the keys in WWE's order.
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

// Read reads the data of a reply where it stands in the message: to find its
// end first and to read it then would be to go over it twice.
type Read func(*jsontext.Reader)

// Readings knows what reads the data of a reply.
type Readings interface {
	// Reading gives, once for each request, what reads the data of its reply:
	// nil for whoever wants the text, and from the second time on. Whoever
	// takes it runs it at once, and no other reply to the request may be
	// settled meanwhile: it reads into the one place that the caller has.
	Reading(ref string) Read
}

// ParseMessage reads a message from the window of WWE; ok is false for
// anything that is not one of the protocol's, which is nobody's error: WWE's
// page may send other things too.
func ParseMessage(text string) (m Message, ok bool) { return ParseMessageBy(nil, "", text) }

// ParseMessageBy is ParseMessage, and has the data of a reply to ref ("" for
// what the message says before it) read where it stands. Its text is in Data
// nevertheless where it is null, and where anything is odd about the message.
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

// ParseOutcome reads the argument of the callback that the official client
// called for ref, succeeded or failed: the reply, or for failed a plain string.
// Its data is read as by ParseMessageBy.
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

// scalar reads a string; anything else counts as absent, as the official
// client compares these properties to strings only.
func scalar(r *jsontext.Reader) string {
	raw := r.Raw()
	if !strings.HasPrefix(raw, `"`) {
		return ""
	}
	return jsontext.NewReader(raw).String()
}

// reason gives the text of an errorMessage that may be of any type.
func reason(raw string) string {
	switch {
	case strings.HasPrefix(raw, `"`):
		return jsontext.NewReader(raw).String()
	case raw == Null:
		return ""
	}
	return raw
}
