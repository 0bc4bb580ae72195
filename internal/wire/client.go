package wire

import "wwebridge/internal/jsontext"

// Request is a message from a widget to WWE. A method call has a Name. A request to
// subscribe or unsubscribe has an Event instead.
type Request struct {
	Name string // such as "interaction.getByInteractionId"

	// Parameters are JSON texts. "" is undefined, which JSON cannot represent: Text
	// writes null in its place, and Undefined returns its index. The message has no
	// parameters property if Parameters is empty.
	Parameters []string

	Event string // "subscribe" or "unsubscribe"
	Data  string // JSON text: the topics, or the subscription's id

	ReferenceID string // WWE returns it in the reply
	FrameID     string // JSON text; only after WWE has sent one
}

// Subscribe returns the request for the events of a topic.
func Subscribe(ref, topic string) Request {
	return Request{Event: "subscribe", Data: string(append(jsontext.AppendString([]byte{'['}, topic), ']')), ReferenceID: ref}
}

// Unsubscribe returns the request to end the subscription with this id, which is JSON
// text.
func Unsubscribe(ref, id string) Request {
	return Request{Event: "unsubscribe", Data: id, ReferenceID: ref}
}

// Text returns the message's JSON text.
func (r Request) Text() string {
	b := append(make([]byte, 0, 256), '{')
	if r.Event != "" {
		b = quoted(b, "event", r.Event)
		b = field(b, "data", r.Data)
	} else {
		b = quoted(b, "request", r.Name)
		if len(r.Parameters) > 0 {
			b = AppendParameters(named(b, "parameters"), r.Parameters)
		}
	}
	if r.ReferenceID != "" {
		b = quoted(b, "referenceId", r.ReferenceID)
	}
	b = quoted(b, "userAgent", ClientAgent)
	b = field(b, "protocolVersion", version)
	b = field(b, "frameId", r.FrameID)
	return string(append(b, '}'))
}

// AppendParameters appends the parameters as an array, with null for undefined.
func AppendParameters(b []byte, parameters []string) []byte {
	b = append(b, '[')
	for i, p := range parameters {
		if i > 0 {
			b = append(b, ',')
		}
		if p == "" {
			p = Null
		}
		b = append(b, p...)
	}
	return append(b, ']')
}

// Undefined returns the indices of the parameters that are undefined.
func Undefined(parameters []string) []int {
	var indices []int
	for i, p := range parameters {
		if p == "" {
			indices = append(indices, i)
		}
	}
	return indices
}

// ParseRequest parses a message from a widget. ok is false for anything else, which WWE
// ignores. It accepts the variations of the official clients: a missing protocolVersion
// and an empty list of parameters.
func ParseRequest(text string) (request Request, ok bool) {
	agent := ""
	r := jsontext.NewReader(text)
	for o := r.Object(); o.Next(); {
		switch o.Name {
		case "request":
			request.Name = r.String()
		case "parameters":
			for a := r.Array(); a.Next(); {
				request.Parameters = append(request.Parameters, r.Raw())
			}
		case "event":
			request.Event = r.String()
		case "data":
			request.Data = r.Raw()
		case "referenceId":
			request.ReferenceID = r.String()
		case "frameId":
			request.FrameID = r.Raw()
		case "userAgent":
			agent = r.String()
		}
	}
	if r.Err() != nil || agent != ClientAgent || request.Name == "" && request.Event == "" {
		return Request{}, false
	}
	return request, true
}
