//go:build !(js && gc && !go1.28)

package jsontext

import "reflect"

// value is any value of Go's; see value_js.go for the browser's.
type value = reflect.Value

func valueOf(v any) value { return reflect.ValueOf(v) }

// members returns a map's members in any order, and a struct's fields as they
// are declared. ok is false if a map has other keys than strings, if a field is
// not exported or embedded, and for a struct without fields, such as wwe.Undefined.
func members(v value) (all []member, ok bool) {
	if v.Kind() == kindMap {
		if v.Type().Key().Kind() != kindString {
			return nil, false
		}
		for m := v.MapRange(); m.Next(); {
			all = append(all, member{m.Key().String(), "", m.Value()})
		}
		return all, true
	}
	for field, content := range v.Fields() {
		if !field.IsExported() || field.Anonymous {
			return nil, false
		}
		all = append(all, member{field.Name, string(field.Tag), content})
	}
	return all, all != nil
}
