package wwetest

import (
	"slices"

	"wwebridge/internal/jsontext"
	"wwebridge/internal/wire"
	"wwebridge/wasm/wwe"
)

// properties is a JSON object with its properties in the order of the text. A
// widget sends them in the same order each time, even if their names vary.
type properties []property

type property struct {
	name  string
	value any
}

// parameterValue returns nil for a missing parameter. In JavaScript it is
// undefined, and in JSON text it is the same as null.
func parameterValue(r wire.Request, n int) any {
	if n < len(r.Parameters) {
		return valueOf(r.Parameters[n])
	}
	return nil
}

// valueOf decodes JSON text into nil, bool, float64, string, []any or
// properties. A value that is nested too deeply, a number that float64 cannot
// hold and an empty text stay wwe.JSON.
func valueOf(text string) any {
	in := jsontext.NewReader(text)
	value := decoded(in, 0)
	if in.Err() != nil {
		return wwe.JSON(text)
	}
	return value
}

func decoded(in *jsontext.Reader, depth int) any {
	const most = 400 // jsontext reads 500 levels
	switch c := in.Peek(); {
	case c == '{' && depth < most:
		o := properties{}
		for names := in.Object(); names.Next(); {
			next := property{names.Name, decoded(in, depth+1)}
			if at := o.index(next.name); at >= 0 {
				o[at] = next // as in JavaScript, the last one counts
			} else {
				o = append(o, next)
			}
		}
		return o
	case c == '[' && depth < most:
		array := []any{}
		for elements := in.Array(); elements.Next(); {
			array = append(array, decoded(in, depth+1))
		}
		return array
	case c == '"':
		return in.String()
	case c == 't' || c == 'f':
		return in.Bool()
	case c == 'n':
		in.Null()
		return nil
	}
	if n, ok := in.Float(); ok {
		return n
	}
	return wwe.JSON(in.Raw())
}

// index returns the place of the property with this name, or -1 if there is
// none.
func (o properties) index(name string) int {
	return slices.IndexFunc(o, func(p property) bool { return p.name == name })
}
