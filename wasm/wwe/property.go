package wwe

import (
	"strconv"
	"strings"

	"wwebridge/internal/jsontext"
)

// property is the destination of one property's value: a text, a flag or
// neither. Properties are read one by one, so that a value of an unexpected
// type affects only its own.
type property struct {
	text *string
	flag *bool
	null bool // null means that there is no value
}

// read reads the next value and reports whether it fits. Where text is
// expected, a number or a boolean fits too. A value that does not fit stays
// unread. If the property has neither text nor flag, the only value that fits
// is null, if the field null is set.
//
// Some properties have two spellings. null or "" under one spelling does not
// overwrite the value of the other.
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

// isObject reports whether the next value is an object, or null, which counts
// as an object without properties.
func isObject(r *jsontext.Reader) bool { return r.Peek() == '{' || r.Peek() == 'n' }

// keep stores the next value under its name.
func keep(unknown *map[string]JSON, name string, r *jsontext.Reader) {
	if *unknown == nil {
		*unknown = map[string]JSON{}
	}
	(*unknown)[strings.Clone(name)] = JSON(r.CopyRaw())
}

// keepElement stores the next value, an element of an array, under its name and
// index.
func keepElement(unknown *map[string]JSON, name string, index int, r *jsontext.Reader) {
	keep(unknown, name+"["+strconv.Itoa(index)+"]", r)
}

// with returns the object with one more property. "" counts as an empty object.
func (j JSON) with(name, value string) JSON {
	before := "{"
	if j != "" {
		before = string(j[:len(j)-1]) + ","
	}
	return JSON(before + string(jsontext.AppendString(nil, name)) + ":" + value + "}")
}
