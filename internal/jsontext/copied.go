package jsontext

import "strings"

const (
	// short is the length up to which a text is not copied, and strings share
	// its memory: to copy the answers of a usual day would slow all of them.
	short = 32 << 10

	// together is how much of a longer text is copied at once. A string that is
	// kept keeps no more alive, unless it is longer itself.
	together = 2 << 10

	// long is the length from which on a string is copied by itself.
	long = together / 4
)

// copied is a copy of the part of a text that is being read. (Copying each
// string by itself would take twice as long as reading it.)
type copied struct {
	part string
	from int // where it begins in the text
}

// copyOf returns a copy of text[start:end], which must not begin before the one
// that it returned last.
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

// CopyRaw is Raw for a text that may be kept.
func (r *Reader) CopyRaw() string { return strings.Clone(r.Raw()) }

// PartRaw is Raw, copied where it would keep a text alive that is much longer.
func (r *Reader) PartRaw() string {
	raw := r.Raw()
	if len(r.text) > short && len(raw) < len(r.text)/2 {
		raw = strings.Clone(raw)
	}
	return raw
}

// CopyName is Name, which may be kept.
func (o *Object) CopyName() string {
	end := o.start - len(`":`) // if it stands as JSON.stringify writes it
	if start := end - len(o.Name); start >= 0 && o.r.text[start:end] == o.Name {
		return o.r.copyOf(start, end)
	}
	return strings.Clone(o.Name)
}
