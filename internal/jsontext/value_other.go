//go:build !(js && gc && !go1.28)

package jsontext

import "reflect"

// value is reflect.Value; value_js.go has a smaller version for browsers.
type value = reflect.Value

func valueOf(v any) value { return reflect.ValueOf(v) }

// members returns the members of a map in any order, or the fields of a struct in the
// order of declaration. ok is false for a map whose keys are not strings, for a struct
// that has unexported or embedded fields, and for a struct without fields, such as
// wwe.Undefined.
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
