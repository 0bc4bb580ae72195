package jsontext

import "strings"

const (
	// short is the maximum length of a text that is not copied. Its strings share its
	// memory. Copying typical answers would slow down every call.
	short = 32 << 10

	// together is the size of the pieces in which a longer text is copied. A retained
	// string keeps at most one piece alive, unless the string itself is longer.
	together = 2 << 10

	// long is the length from which a string is copied on its own.
	long = together / 4
)

// copied is a copy of the part of a text that is being read. Copying each string on its
// own would take twice as long as reading it.
type copied struct {
	part string
	from int // position of part in the text
}

// copyOf returns a copy of text[start:end]. start must not be less than in the previous
// call.
func (r *Reader) copyOf(start, end int) string {
	if end-r.from > len(r.part) {
		r.copyMore(start, end)
	}
	return r.part[start-r.from : end-r.from]
}

//go:noinline
func (r *Reader) copyMore(start, end int) {
	switch {
	case len(r.text) <= short:
		r.copied = copied{part: r.text}
		return
	case end-start < long:
		end = min(start+together, len(r.text))
	}
	r.copied = copied{strings.Clone(r.text[start:end]), start}
}

// CopyRaw is Raw, but the caller may retain the result.
func (r *Reader) CopyRaw() string { return strings.Clone(r.Raw()) }

// PartRaw is Raw, but returns a copy if the result would keep a much longer text alive.
func (r *Reader) PartRaw() string {
	raw := r.Raw()
	if len(r.text) > short && len(raw) < len(r.text)/2 {
		raw = strings.Clone(raw)
	}
	return raw
}

// CopyName returns Name. The caller may retain the result.
func (o *Object) CopyName() string {
	end := o.start - len(`":`) // if the text is as JSON.stringify writes it
	if start := end - len(o.Name); start >= 0 && o.r.text[start:end] == o.Name {
		return o.r.copyOf(start, end)
	}
	return strings.Clone(o.Name)
}
