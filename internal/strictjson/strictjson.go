// Package strictjson decodes JSON written by people. Its errors name the path of the
// faulty property.
package strictjson

import (
	"bytes"
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// Error names a faulty property. It does not wrap the error of encoding/json, whose
// text mentions Go types and varies between Go releases.
type Error struct {
	Path    string // such as agent.roles[0]
	Unknown bool   // no such property exists; if false, its value has the wrong type
}

func (e *Error) Error() string {
	if e.Unknown {
		return "there is no property " + e.Path
	}
	return e.Path + " has the wrong type"
}

// Errors of Decode for text that is not a JSON object. Unmarshal returns ErrTooDeep
// too.
var (
	ErrNotJSON   = errors.New("it is not JSON")
	ErrNotObject = errors.New("it is not a JSON object")
	ErrTooDeep   = errors.New("it is nested too deeply")
)

// maxDepth is the deepest nesting accepted. encoding/json recurses, and in a browser a
// stack overflow ends the program.
const maxDepth = 500

// isTooDeep accepts any text; it need not be valid JSON.
func isTooDeep(text []byte) bool {
	depth, inString := 0, false
	for n := 0; n < len(text); n++ {
		switch c := text[n]; {
		case c == '"':
			inString = !inString
		case inString && c == '\\':
			n++
		case inString:
		case c == '{' || c == '[':
			if depth++; depth > maxDepth {
				return true
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return false
}

// Unmarshal is json.Unmarshal for untrusted text: it returns ErrTooDeep for deep
// nesting, which json.Unmarshal would recurse into.
func Unmarshal(text []byte, into any) error {
	if isTooDeep(text) {
		return ErrTooDeep
	}
	return json.Unmarshal(text, into)
}

// Decode decodes a JSON object into the struct that into points to. Unlike
// json.Unmarshal, it matches names exactly and rejects unknown ones. It returns an
// *Error, ErrNotJSON, ErrNotObject or ErrTooDeep. If it fails, it may have set some of
// the fields.
func Decode(text []byte, into any) error {
	switch {
	case isTooDeep(text):
		return ErrTooDeep
	case !json.Valid(text):
		return ErrNotJSON
	case kindOf(text) != '{':
		return ErrNotObject
	}
	return decode(text, reflect.ValueOf(into).Elem(), "")
}

// kindOf returns the first byte of a valid JSON text, after white space.
func kindOf(text []byte) byte { return bytes.TrimLeft(text, " \t\r\n")[0] }

var decodesItself = []reflect.Type{reflect.TypeFor[json.Unmarshaler](), reflect.TypeFor[encoding.TextUnmarshaler]()}

func decode(text []byte, into reflect.Value, path string) error {
	wrong := &Error{Path: path}
	pointer := into.Addr()
	if slices.ContainsFunc(decodesItself, pointer.Type().Implements) || kindOf(text) == 'n' {
		if json.Unmarshal(text, pointer.Interface()) != nil {
			return wrong
		}
		return nil
	}
	switch t := into.Type(); {
	case t.Kind() == reflect.Pointer:
		if into.IsNil() {
			into.Set(reflect.New(t.Elem()))
		}
		return decode(text, into.Elem(), path)
	case t.Kind() == reflect.Struct && kindOf(text) == '{':
		properties := propertiesOf(into)
		return each(text, path, func(name, path string, value []byte) error {
			property, known := properties[name]
			if !known {
				return &Error{path, true}
			}
			return decode(value, property, path)
		})
	case t.Kind() == reflect.Map && t.Key().Kind() == reflect.String && kindOf(text) == '{':
		if into.IsNil() {
			into.Set(reflect.MakeMap(t))
		}
		return each(text, path, func(name, path string, value []byte) error {
			element := reflect.New(t.Elem()).Elem()
			err := decode(value, element, path)
			if err == nil {
				into.SetMapIndex(reflect.ValueOf(name).Convert(t.Key()), element)
			}
			return err
		})
	case t.Kind() == reflect.Slice && kindOf(text) == '[':
		var values []json.RawMessage
		if json.Unmarshal(text, &values) != nil {
			return wrong
		}
		into.Set(reflect.MakeSlice(t, len(values), len(values)))
		for n, value := range values {
			if err := decode(value, into.Index(n), fmt.Sprintf("%s[%d]", path, n)); err != nil {
				return err
			}
		}
		return nil
	}
	if json.Unmarshal(text, pointer.Interface()) != nil {
		return wrong
	}
	return nil
}

// each calls do for the properties of an object, sorted by name. The order is fixed so
// that, of several faulty properties, the error always names the same one.
func each(text []byte, path string, do func(name, path string, value []byte) error) error {
	var values map[string]json.RawMessage
	if json.Unmarshal(text, &values) != nil {
		return &Error{Path: path}
	}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if err := do(name, strings.TrimPrefix(path+"."+name, "."), values[name]); err != nil {
			return err
		}
	}
	return nil
}

// propertiesOf returns the fields of a struct, including promoted ones, by their JSON
// names.
func propertiesOf(value reflect.Value) map[string]reflect.Value {
	properties, depths := map[string]reflect.Value{}, map[string]int{}
	for _, field := range reflect.VisibleFields(value.Type()) {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if field.Anonymous && name == "" || !field.IsExported() || name == "-" {
			continue
		}
		if name == "" {
			name = field.Name
		}
		if depth, taken := depths[name]; !taken || len(field.Index) < depth {
			properties[name], depths[name] = value.FieldByIndex(field.Index), len(field.Index)
		}
	}
	return properties
}
