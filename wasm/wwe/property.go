package wwe

import (
	"strconv"
	"strings"

	"wwebridge/internal/jsontext"
)

// property is where the value of one property goes: a text or a flag, or
// neither. Each is read by itself, so that a value of an unexpected type costs
// that property only.
type property struct {
	text *string
	flag *bool
	null bool // null says that there is none
}

// read reads the value that comes next, and reports whether it fits: numbers
// and booleans are text where text is expected. A value that does not fit stays
// unread, and so does one with neither text nor flag to go to.
//
// Some properties have two spellings, of which null or "" in one does not take
// away what the other says.
func (p property) read(r *jsontext.Reader) (fits bool) {
	if p.text != nil && r.Text(p.text) {
		return true
	}
	switch c := r.Peek(); {
	case p.flag != nil && (c == 't' || c == 'f'):
		*p.flag = r.Bool()
	case c == 'n' && (p.text != nil || p.flag != nil || p.null):
		r.Null()
	case p.text != nil && c != '{' && c != '[':
		*p.text = r.CopyRaw()
	default:
		return false
	}
	return true
}

// isObject reports whether an object comes next, or null, which is one without properties.
func isObject(r *jsontext.Reader) bool { return r.Peek() == '{' || r.Peek() == 'n' }

// keep keeps the value that comes next under its name.
func keep(unknown *map[string]JSON, name string, r *jsontext.Reader) {
	if *unknown == nil {
		*unknown = map[string]JSON{}
	}
	(*unknown)[strings.Clone(name)] = JSON(r.CopyRaw())
}

// keepElement keeps the element of an array that comes next.
func keepElement(unknown *map[string]JSON, name string, index int, r *jsontext.Reader) {
	keep(unknown, name+"["+strconv.Itoa(index)+"]", r)
}

// with returns the object with one more property; "" is one with none.
func (j JSON) with(name, value string) JSON {
	before := "{"
	if j != "" {
		before = string(j[:len(j)-1]) + ","
	}
	return JSON(before + string(jsontext.AppendString(nil, name)) + ":" + value + "}")
}
