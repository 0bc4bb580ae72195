package recording

import (
	"math"
	"strconv"
	"strings"

	"wwebridge/internal/jsontext"
	"wwebridge/internal/wire"
)

// Redactor removes from a recording everything that people typed or that identifies
// them. It recognizes by their place in a message the parts that it may keep:
//
//   - the protocol's own properties and their names
//   - names of requests and topics
//   - WWE's ids of interactions and cases
//   - states and other enumerations
//   - keys of user data that look like names, and the values of allowed keys
//   - the usual words of error texts
//
// It removes everything else, even if no version of WWE is known to send it.
//
// A string is replaced by a pseudonym such as "redacted-7". The same string has the
// same pseudonym throughout the recording, so a replay still fits together. Pseudonyms
// are numbered. They are not hashes, because trying all phone numbers would reveal the
// one behind a hash. A number is replaced in the same way by a number close to 0, such
// as 7e-9.
type Redactor struct {
	keys     map[string]bool
	strings  map[string]string  // pseudonyms
	numbers  map[float64]string // pseudonyms
	requests map[string]string  // names of unanswered requests, by referenceId
	kept     map[string]bool    // strings left unchanged, which error texts may repeat

	redacted  values   // strings and numbers with pseudonyms, which error texts must not repeat
	unindexed []string // not yet added to redacted, because most recordings have few errors or none
}

// NewRedactor returns a Redactor for one recording. keepKeys are the keys of user data
// whose values it keeps.
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

// Redact returns the redacted entry. Entries must be passed in the order of the
// recording. Text that is not JSON or that is nested too deeply is replaced by a single
// pseudonym.
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

// shapes returns the shapes of a message's parameters and of its data.
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

// value appends the next value, redacted except for the parts that s keeps.
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
		if s == errorText { // only error texts that are strings are known
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

// text returns a string, redacted unless s keeps it.
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

// object appends the next object. names is the shape of its keys.
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

// gave reports whether text is a pseudonym that this Redactor has used.
func (r *Redactor) gave(text string) bool {
	number, ok := strings.CutPrefix(text, pseudonymPrefix)
	n, err := strconv.Atoi(number)
	return ok && err == nil && n > 0 && n <= len(r.strings) && strconv.Itoa(n) == number
}

// IsPseudonym reports whether a value of a recording, a string or a float64, looks like
// a pseudonym.
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

// CutPseudonym splits text into a pseudonym and the prefix that a Redactor keeps in
// topics and in WWE's keys.
func CutPseudonym(text string) (before, pseudonym string) {
	pseudonym = strings.TrimPrefix(strings.TrimPrefix(text, messenger), party)
	return text[:len(text)-len(pseudonym)], pseudonym
}
