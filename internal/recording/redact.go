package recording

import (
	"math"
	"strconv"
	"strings"

	"wwebridge/internal/jsontext"
	"wwebridge/internal/wire"
)

// Redactor takes out of a recording what people typed and what identifies
// them. It knows what may stay, by the place in the message: the protocol's
// own properties, the names of requests and topics, the ids that WWE gives to
// interactions and cases, states and other enumerations, the protocol's names of
// properties, keys of user data that look like names, the values of those keys that
// are allowed, and in the texts of errors the words that errors are made of.
// Everything else goes, even if no version of WWE is known to send it.
//
// A string becomes a pseudonym such as "redacted-7", the same one wherever the
// recording has the same string, so that a replay fits together. It counts up
// and is no hash, from which a phone number could be found by trying all of
// them. A number becomes one that is nearly 0, such as 7e-9, in the same way.
type Redactor struct {
	keys     map[string]bool
	strings  map[string]string  // pseudonyms
	numbers  map[float64]string // pseudonyms
	requests map[string]string  // names of the requests that have no answer yet, by referenceId
	kept     map[string]bool    // strings that stayed, and may stay in WWE's words

	redacted  values   // what error texts must not repeat: the strings and numbers that have pseudonyms
	unindexed []string // those that are not in it yet: most recordings have few errors or none
}

// NewRedactor returns a Redactor for one recording. The values of these keys
// of user data stay.
func NewRedactor(keepKeys ...string) *Redactor {
	r := &Redactor{
		keys:     map[string]bool{},
		strings:  map[string]string{},
		numbers:  map[float64]string{},
		requests: map[string]string{},
		kept:     map[string]bool{},
	}
	for _, key := range keepKeys {
		r.keys[key] = true
	}
	return r
}

// Redact returns the entry without what may not stay. Entries are to be given
// in the order of the recording. What is not JSON, and what is nested too
// deeply to be read, becomes a pseudonym as a whole.
func (r *Redactor) Redact(e Entry) Entry {
	if !e.FromWidget && e.Text == Restarted {
		return e
	}
	parameter, data := r.shapes(e)
	in := jsontext.NewReader(e.Text)
	var b []byte
	if in.Peek() == '{' {
		b = r.message(in, parameter, data)
	} else {
		b = r.value(nil, in, nil)
	}
	if in.Err() != nil {
		e.Text = r.pseudonym(e.Text)
		return e
	}
	e.Text = string(b)
	return e
}

// shapes returns what may stay of a message's parameters and of its data.
func (r *Redactor) shapes(e Entry) (parameter func(n int) *shape, data *shape) {
	parameter = func(int) *shape { return nil }
	if !e.FromWidget {
		m, ok := wire.ParseMessage(e.Text)
		switch {
		case !ok:
			return parameter, nil
		case m.Event != "":
			return parameter, eventData(m.Event)
		case m.Request == "":
			m.Request = r.requests[m.ReferenceID]
		}
		delete(r.requests, m.ReferenceID)
		return parameter, result(m.Request)
	}
	switch request, _ := wire.ParseRequest(e.Text); request.Event {
	case "subscribe":
		return parameter, topic
	case "unsubscribe":
		return parameter, whole
	default:
		r.requests[request.ReferenceID] = request.Name
		return func(n int) *shape { return parameterOf(request.Name, n) }, nil
	}
}

func (r *Redactor) message(in *jsontext.Reader, parameter func(n int) *shape, data *shape) []byte {
	return r.object(nil, in, property, func(b []byte, name string) []byte {
		switch {
		case name == "data":
			return r.value(b, in, data)
		case name == "parameters" && in.Peek() == '[':
			return r.array(b, in, parameter)
		}
		return r.value(b, in, envelope(name))
	})
}

// value appends the value that comes next, in which only s stays.
func (r *Redactor) value(b []byte, in *jsontext.Reader, s *shape) []byte {
	if s == whole {
		return append(b, in.Raw()...)
	}
	switch in.Peek() {
	case '{':
		names := property
		if s == userData {
			names = key
		}
		return r.object(b, in, names, func(b []byte, name string) []byte { return r.value(b, in, r.property(s, name)) })
	case '[':
		if s == errorText { // only one that is a string is known
			s = nil
		}
		return r.array(b, in, func(int) *shape { return s })
	case '"':
		return jsontext.AppendString(b, r.text(in.String(), s))
	case 't', 'f', 'n':
		return append(b, in.Raw()...)
	}
	if s == kept {
		return append(b, in.Raw()...)
	}
	return append(b, r.pseudonymNumber(in.Number())...)
}

// text returns a string without what may not stay.
func (r *Redactor) text(text string, s *shape) string {
	stays := false
	switch s {
	case kept:
		stays = true
	case key:
		stays = r.keys[text]
		if who, ok := strings.CutPrefix(text, party); ok && !stays {
			return party + r.pseudonym(who)
		}
		stays = stays || isName(text)
	case property:
		stays = r.keys[text] || strings.Contains(propertyNames, " "+text+" ")
	case request:
		stays = IsRequest(text)
	case reference:
		stays = isReference(text)
	case agent:
		stays = text == wire.ClientAgent || text == wire.ServerAgent
	case topic:
		if channel, ok := strings.CutPrefix(text, messenger); ok {
			return messenger + r.pseudonym(channel)
		}
		stays = isTopic(text)
	case errorText:
		return r.withoutIdentity(text)
	}
	if !stays || text == "" {
		return r.pseudonym(text)
	}
	r.kept[text] = true
	return text
}

func (r *Redactor) property(s *shape, name string) *shape {
	switch {
	case s == nil:
		return nil
	case s == userData && r.keys[name]:
		return whole
	}
	return s.properties[name]
}

// object appends the object that comes next. Its names have the shape names.
func (r *Redactor) object(b []byte, in *jsontext.Reader, names *shape, value func(b []byte, name string) []byte) []byte {
	b = append(b, '{')
	first := true
	for o := in.Object(); o.Next(); {
		if !first {
			b = append(b, ',')
		}
		first = false
		b = value(append(jsontext.AppendString(b, r.text(o.Name, names)), ':'), o.Name)
	}
	return append(b, '}')
}

func (r *Redactor) array(b []byte, in *jsontext.Reader, element func(n int) *shape) []byte {
	b = append(b, '[')
	for a := in.Array(); a.Next(); {
		n := a.Index
		if n > 0 {
			b = append(b, ',')
		}
		b = r.value(b, in, element(n))
	}
	return append(b, ']')
}

const pseudonymPrefix = "redacted-"

func (r *Redactor) pseudonym(text string) string {
	if text == "" {
		return ""
	}
	p := r.strings[text]
	if p == "" {
		p = pseudonymPrefix + strconv.Itoa(len(r.strings)+1)
		r.strings[text] = p
		r.unindexed = append(r.unindexed, text)
	}
	return p
}

func (r *Redactor) pseudonymNumber(n float64) string {
	p := r.numbers[n]
	if p == "" {
		p = strconv.Itoa(len(r.numbers)+1) + "e-9"
		r.numbers[n] = p
		r.unindexed = append(r.unindexed, strconv.FormatFloat(math.Abs(n), 'f', -1, 64))
	}
	return p
}

// gave reports whether a text is one of this Redactor's pseudonyms.
func (r *Redactor) gave(text string) bool {
	number, ok := strings.CutPrefix(text, pseudonymPrefix)
	n, err := strconv.Atoi(number)
	return ok && err == nil && n > 0 && n <= len(r.strings) && strconv.Itoa(n) == number
}

// IsPseudonym tells whether a value of a recording, a string or a float64,
// looks like one that a Redactor put there.
func IsPseudonym(value any) bool {
	switch v := value.(type) {
	case string:
		_, v = CutPseudonym(v)
		digits, ok := strings.CutPrefix(v, pseudonymPrefix)
		n, err := strconv.Atoi(digits)
		return ok && err == nil && n > 0
	case float64:
		return v > 0 && v < 1e-3
	}
	return false
}

// CutPseudonym returns what a Redactor leaves before the pseudonym in topics and
// in WWE's keys, and the pseudonym.
func CutPseudonym(text string) (before, pseudonym string) {
	pseudonym = strings.TrimPrefix(strings.TrimPrefix(text, messenger), party)
	return text[:len(text)-len(pseudonym)], pseudonym
}
