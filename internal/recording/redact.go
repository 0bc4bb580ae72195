package recording

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"wwebridge/internal/jsontext"
	"wwebridge/internal/wire"
)

// Redactor takes out of a recording what people typed and what identifies
// them. It knows what may stay, by the place in the message: the protocol's
// own properties, the ids that WWE gives to interactions and cases, states and
// other enumerations, the names of user data's keys, and the values of those
// keys that are allowed. Everything else goes, also what no version of WWE is
// known to send.
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
}

// NewRedactor returns a Redactor for one recording. The values of these keys
// of user data stay.
func NewRedactor(keepKeys ...string) *Redactor {
	r := &Redactor{
		keys:     map[string]bool{},
		strings:  map[string]string{},
		numbers:  map[float64]string{},
		requests: map[string]string{},
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
		return parameter, kept
	case "unsubscribe":
		return parameter, whole
	default:
		r.requests[request.ReferenceID] = request.Name
		return func(n int) *shape { return parameterOf(request.Name, n) }, nil
	}
}

func (r *Redactor) message(in *jsontext.Reader, parameter func(n int) *shape, data *shape) []byte {
	return r.object(nil, in, func(b []byte, name string) []byte {
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
		return r.object(b, in, func(b []byte, name string) []byte { return r.value(b, in, r.property(s, name)) })
	case '[':
		if s == errorText { // only one that is a string is known
			s = nil
		}
		return r.array(b, in, func(int) *shape { return s })
	case '"':
		text := in.String()
		switch s {
		case kept:
		case errorText:
			text = r.withoutIdentity(text)
		default:
			text = r.pseudonym(text)
		}
		return jsontext.AppendString(b, text)
	case 't', 'f', 'n':
		return append(b, in.Raw()...)
	}
	if s == kept {
		return append(b, in.Raw()...)
	}
	return append(b, r.pseudonymNumber(in.Number())...)
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

func (r *Redactor) object(b []byte, in *jsontext.Reader, value func(b []byte, name string) []byte) []byte {
	b = append(b, '{')
	first := true
	for o := in.Object(); o.Next(); {
		if !first {
			b = append(b, ',')
		}
		first = false
		b = value(append(jsontext.AppendString(b, o.Name), ':'), o.Name)
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
	}
	return p
}

func (r *Redactor) pseudonymNumber(n float64) string {
	p := r.numbers[n]
	if p == "" {
		p = strconv.Itoa(len(r.numbers)+1) + "e-9"
		r.numbers[n] = p
	}
	return p
}

// IsPseudonym tells whether a value of a recording, a string or a float64,
// looks like one that a Redactor put there.
func IsPseudonym(value any) bool {
	switch v := value.(type) {
	case string:
		digits, ok := strings.CutPrefix(v, pseudonymPrefix)
		n, err := strconv.Atoi(digits)
		return ok && err == nil && n > 0
	case float64:
		return v > 0 && v < 1e-3
	}
	return false
}

// withoutIdentity takes out of WWE's words what it repeats of the recording,
// and what may be a phone number.
func (r *Redactor) withoutIdentity(text string) string {
	var known []string
	for value := range r.strings {
		if len(value) >= 3 && strings.Contains(text, value) {
			known = append(known, value)
		}
	}
	slices.SortFunc(known, func(a, b string) int { // a value may be part of another
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	for _, value := range known {
		text = strings.ReplaceAll(text, value, r.strings[value])
	}
	return withoutNumbers(text)
}

// withoutNumbers masks every four digits and more that follow each other, also
// where they are grouped as phone numbers are.
func withoutNumbers(text string) string {
	var b strings.Builder
	for len(text) > 0 {
		start := strings.IndexFunc(text, unicode.IsDigit)
		if start < 0 {
			start = len(text)
		}
		b.WriteString(text[:start])
		text = text[start:]
		digits, end := 0, 0
		for at, c := range text {
			if unicode.IsDigit(c) {
				digits, end = digits+1, at+len(string(c))
			} else if !strings.ContainsRune(" .-()/", c) {
				break
			}
		}
		if digits >= 4 {
			b.WriteString("####")
		} else {
			b.WriteString(text[:end])
		}
		text = text[end:]
	}
	return b.String()
}
