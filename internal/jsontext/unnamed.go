//go:build !(js && gc && !go1.28)

package jsontext

import "reflect"

// unnamed returns the value as one of the types that appendAny knows; ok is false
// if there is none.
func unnamed(v any) (_ any, ok bool) {
	switch is := reflect.ValueOf(v); is.Kind() {
	case reflect.Bool:
		return is.Bool(), true
	case reflect.String:
		return is.String(), true
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return is.Int(), true
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return is.Uint(), true
	case reflect.Float32:
		return float32(is.Float()), true
	case reflect.Float64:
		return is.Float(), true
	case reflect.Slice:
		if isInterface(is.Type().Elem()) {
			return nil, false
		}
		array := make([]any, is.Len())
		for n := range array {
			array[n] = is.Index(n).Interface()
		}
		return array, true
	case reflect.Map:
		if is.Type().Key().Kind() != reflect.String || isInterface(is.Type().Elem()) {
			return nil, false
		}
		object := make(map[string]any, is.Len())
		for member := is.MapRange(); member.Next(); {
			object[member.Key().String()] = member.Value().Interface()
		}
		return object, true
	}
	return nil, false
}

// isInterface reports whether t is an interface with methods. In the browser,
// what such an interface holds cannot be read.
func isInterface(t reflect.Type) bool { return t.Kind() == reflect.Interface && t.NumMethod() > 0 }
