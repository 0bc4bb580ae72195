// Package messages reads the messages between WWE and widgets for the log of the
// desktop. The messages are of any text: widgets are not trusted.
package messages

import (
	"strings"
	"time"

	"wwebridge/internal/jsontext"
	"wwebridge/wasm/wwetest"
)

// Kind is the part of the protocol that a message belongs to.
type Kind int

// The kinds of messages.
const (
	Other   Kind = iota // not a message of the protocol
	Request             // from a widget
	Answer              // to a request
	Event
)

// Entry is a message that has been read.
type Entry struct {
	wwetest.Message
	Kind    Kind
	Name    string // the request, also of its answer; the type or the topic of an event
	Refused bool   // an answer with an errorMessage
	Content string // the parameters of a request, the data or error of an answer, the data of an event

	Pair int           // a request and its answer have the same number, above 0
	Took time.Duration // from the request to its answer
}

// maxOpen is how many requests without an answer a Reader remembers. WWE may
// stay silent for days.
const maxOpen = 10_000

// Reader reads messages in order, and pairs answers with requests.
type Reader struct {
	last int
	open map[key]openRequest
}

type openRequest struct {
	name string
	pair int
	at   time.Time
}

type key struct {
	frame       int
	referenceID string
}

// Read reads the next message.
func (r *Reader) Read(m wwetest.Message) Entry {
	e := Entry{Message: m, Name: "not JSON"}
	p, ok := parse(m.Text)
	if !ok {
		e.Content = m.Text
		return e
	}
	k := key{m.Frame, p.referenceID}
	switch {
	case m.FromWidget:
		r.request(&e, p, k)
	case p.event != "" && p.referenceID == "":
		e.Kind, e.Name, e.Content = Event, eventName(p), eventContent(p)
	default:
		r.answer(&e, p, k)
	}
	return e
}

func (r *Reader) request(e *Entry, p parsed, k key) {
	e.Name, e.Content = p.request, strings.TrimSuffix(strings.TrimPrefix(p.parameters, "["), "]")
	if p.request == "" {
		e.Name, e.Content = p.event, p.data
	}
	if e.Name == "" {
		e.Name, e.Content = "message", e.Text
		return
	}
	e.Kind = Request
	if k.referenceID == "" {
		return
	}
	if len(r.open) >= maxOpen {
		r.open = nil
	}
	if r.open == nil {
		r.open = map[key]openRequest{}
	}
	r.last++
	e.Pair = r.last
	r.open[k] = openRequest{strings.Clone(e.Name), e.Pair, e.At} // without the text, which may be large
}

func (r *Reader) answer(e *Entry, p parsed, k key) {
	e.Kind, e.Name, e.Content = Answer, p.request, p.data
	if request, open := r.open[k]; open {
		e.Name, e.Pair, e.Took = request.name, request.pair, e.At.Sub(request.at)
		delete(r.open, k)
	}
	if p.failed {
		e.Refused, e.Content = true, p.errorMessage
	}
	switch {
	case e.Name != "":
	case p.subscriptionID != "":
		e.Name = "subscribe"
	case p.frameID != "" && p.referenceID == "":
		e.Kind, e.Name, e.Content = Event, "frame id", p.frameID
	default:
		e.Name = "answer"
	}
	if p.subscriptionID != "" && !p.failed {
		e.Content = "subscription " + p.subscriptionID
	}
}

// Unanswered returns the numbers of the requests that have no answer.
func (r *Reader) Unanswered() map[int]bool {
	all := map[int]bool{}
	for _, e := range r.open {
		all[e.pair] = true
	}
	return all
}

// parsed are the properties of a message, as JSON text unless they are names. A
// name that is not a string is absent.
type parsed struct {
	request, event, referenceID string
	parameters, data            string
	subscriptionID, frameID     string
	failed                      bool
	errorMessage                string
}

func parse(text string) (p parsed, ok bool) {
	r := jsontext.NewReader(text)
	for o := r.Object(); o.Next(); {
		switch o.Name {
		case "request":
			r.Text(&p.request)
		case "event":
			r.Text(&p.event)
		case "referenceId":
			r.Text(&p.referenceID)
		case "parameters":
			p.parameters = r.Raw()
		case "data":
			p.data = r.Raw()
		case "subscriptionId":
			p.subscriptionID = r.Raw()
		case "frameId":
			p.frameID = r.Raw()
		case "errorMessage":
			p.failed, p.errorMessage = true, r.Raw()
		}
	}
	return p, r.Err() == nil
}

// eventName returns the type of an event, or its topic if it has no type.
func eventName(p parsed) string {
	if eventType := property(p.data, "eventType"); eventType != "" {
		return eventType
	}
	return p.event
}

// eventContent returns the data of an event. It puts what tells interactions
// apart first, because the log shows the beginning only.
func eventContent(p parsed) string {
	interaction := object(p.data, "interaction")
	var facts []string
	if id := property(interaction, "interactionId"); id != "" {
		facts = append(facts, "#"+id)
	}
	if state := property(interaction, "state"); state != "" {
		facts = append(facts, state)
	}
	if len(facts) == 0 {
		return p.data
	}
	return strings.Join(facts, " ") + " " + interaction
}

// property returns the string with this name in an object.
func property(text, wanted string) (found string) {
	jsontext.NewReader(object(text, wanted)).Text(&found)
	return found
}

// object returns the JSON text of the property with this name.
func object(text, wanted string) (found string) {
	r := jsontext.NewReader(text)
	for o := r.Object(); o.Next(); {
		if o.Name == wanted {
			found = r.Raw()
		}
	}
	return found
}
