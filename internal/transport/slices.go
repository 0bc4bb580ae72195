package transport

import (
	"wwebridge/internal/jsontext"
	"wwebridge/internal/wire"
)

// list is a long array that becomes text slice by slice. What the page changes
// of it meanwhile is read as it is when its turn comes.
type list struct {
	length int
	text   func(from, to int) string // of these elements, as an array; "" if they have none
	from   int                       // the first element that was not read yet
	step   int                       // elements of the next slice
	failed bool
}

const (
	shortList  = 50       // elements up to which a list is read at once
	longestOne = 10e6     // elements above which it is no agent's, but an attack
	firstStep  = 16       // elements of the first slice
	sliceSize  = 64 << 10 // bytes of the others, about, so that they cross through the room
)

// readSlices reads a list as the data of the answer to ref, and reports whether
// that went well. It does not where nobody waits for the answer any more.
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

// next gives the next slice, "" after the last one or when it fails.
func (l *list) next() string {
	if l.failed || l.from == l.length {
		return ""
	}
	to := min(l.from+l.step, l.length)
	text := l.text(l.from, to)
	if len(text) <= len("[]") || text[0] != '[' { // the list is not what it was, or the page has changed what makes text
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
