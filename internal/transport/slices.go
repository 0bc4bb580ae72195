package transport

import (
	"wwebridge/internal/jsontext"
	"wwebridge/internal/wire"
)

// list is a long array that is converted to text in slices. If the page changes the
// array meanwhile, each slice has the elements at the time of its conversion.
type list struct {
	length int
	text   func(from, to int) string // returns elements [from:to] as an array, or "" if they have no text
	from   int                       // first element that has not been read
	step   int                       // number of elements in the next slice
	failed bool
}

const (
	shortList  = 50       // a list of up to this many elements is read at once
	longestOne = 10e6     // no agent has a longer list; it would be an attack
	firstStep  = 16       // number of elements in the first slice
	sliceSize  = 64 << 10 // approximate bytes in the other slices; fits the buffer in package jsvalue
)

// readSlices reads a list as the data of the answer to ref. ok is false if that fails
// or if the call is no longer in flight.
func (o *order) readSlices(ref string, read wire.Read, l *list) (reply wire.Reply, ok bool) {
	r := jsontext.NewSliced(func() string {
		if l.from > 0 {
			o.rest()
		}
		if o.closed || !o.sink.Arrived(ref) {
			l.failed = true
		}
		return l.next()
	})
	read(r)
	return wire.Reply{WasRead: true, Omitted: r.Omitted()}, r.Err() == nil && !l.failed
}

// next returns the next slice. It returns "" after the last one or on failure.
func (l *list) next() string {
	if l.failed || l.from == l.length {
		return ""
	}
	to := min(l.from+l.step, l.length)
	text := l.text(l.from, to)
	// The list has changed, or the page has replaced the functions that convert it.
	if len(text) <= len("[]") || text[0] != '[' {
		l.failed = true
		return ""
	}
	l.step = max(1, min(l.step*sliceSize/len(text), 4*l.step))
	if l.from > 0 {
		text = "," + text[1:]
	}
	if to < l.length {
		text = text[:len(text)-1]
	}
	l.from = to
	return text
}
