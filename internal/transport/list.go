package transport

import (
	"errors"
	"strings"

	"wwebridge/internal/jsontext"
	"wwebridge/internal/wire"
)

// list is a long array that becomes text slice by slice. An element that the
// page changes meanwhile is read as it is when its turn comes.
type list struct {
	length int
	text   func(from, to int) (string, error) // of these elements, as an array
}

const (
	shortList = 50        // elements up to which a list is read at once
	sliceSize = 64 << 10  // bytes of a slice, about: they fit in the room
	maxSize   = 256 << 20 // bytes of all
)

var errList = errors.New("the answer cannot be read: its list is none, or larger than 256 MB")

// read reads the list as the data of m. Rest is called between two slices and
// reports whether to go on. A nil read, or one that finds a fault, leaves the
// text in m instead.
func (l list) read(m *wire.Message, read wire.Read, rest func() bool) error {
	s := slicer{list: l, rest: rest, step: 16}
	if read != nil {
		r := jsontext.NewSliced(s.next)
		read(r)
		if r.Err() == nil && s.err == nil {
			m.Reply.WasRead, m.Reply.Data = true, ""
			return nil
		}
	}
	for s.next() != "" {
	}
	if s.err == nil {
		m.Reply.Data = strings.Join(s.texts, "")
		m.Reply.Body = m.Text()
	}
	return s.err
}

// slicer cuts a list into slices of JSON text.
type slicer struct {
	list
	rest  func() bool
	from  int // the elements before it are in texts
	step  int // elements of the next slice
	texts []string
	size  int
	err   error
}

// next gives the next slice, "" after the last one or when it fails.
func (s *slicer) next() string {
	if s.err == nil && s.from > 0 && s.from < s.length && !s.rest() {
		s.err = errList // nobody waits for it
	}
	if s.err != nil || s.from == s.length {
		return ""
	}
	to := min(s.from+s.step, s.length)
	text, err := s.text(s.from, to)
	s.size += len(text)
	switch {
	case err != nil:
		s.err = err
	case len(text) <= len("[]") || text[0] != '[' || s.size > maxSize:
		s.err = errList
	}
	if s.err != nil {
		return ""
	}
	s.step = max(1, min(s.step*sliceSize/len(text), 4*s.step))
	if s.from > 0 {
		text = "," + text[1:]
	}
	if to < s.length {
		text = text[:len(text)-1]
	}
	s.from = to
	s.texts = append(s.texts, text)
	return text
}
