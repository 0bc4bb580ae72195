package wwe

import "wwebridge/internal/jsontext"

// property is where the value of one property goes: a text or a flag, or
// neither. Each is read by itself, so that a value of an unexpected type costs
// that property only.
type property struct {
	text *string
	flag *bool
	null bool // null says that there is none
}

// read reads the value that comes next. Numbers and booleans are text where
// text is expected. What else does not fit is kept in unknown, and so is a
// value with neither text nor flag to go to.
//
// Some properties have two spellings, of which null or "" in one does not take
// away what the other says.
func (p property) read(r *jsontext.Reader, name string, unknown *map[string]JSON) {
	if p.text != nil && r.Text(p.text) {
		return
	}
	switch c := r.Peek(); {
	case p.flag != nil && (c == 't' || c == 'f'):
		*p.flag = r.Bool()
	case c == 'n' && (p.text != nil || p.flag != nil || p.null):
		r.Null()
	case p.text != nil && c != '{' && c != '[':
		*p.text = r.Raw()
	default:
		keep(unknown, name, r)
	}
}

// isObject reports whether an object comes next, or null, which is one without properties.
func isObject(r *jsontext.Reader) bool { return r.Peek() == '{' || r.Peek() == 'n' }

func keep(unknown *map[string]JSON, name string, r *jsontext.Reader) {
	keepText(unknown, name, r.Raw())
}

func keepText(unknown *map[string]JSON, name, text string) {
	if *unknown == nil {
		*unknown = map[string]JSON{}
	}
	(*unknown)[name] = JSON(text)
}

// asObject is one JSON object of all the properties, "" for none.
func asObject(properties map[string]JSON) JSON {
	if properties == nil {
		return ""
	}
	all := make(map[string]any, len(properties))
	for name, text := range properties {
		all[name] = text
	}
	b, _ := jsontext.AppendAny(nil, all) // of texts that were read as JSON
	return JSON(b)
}
