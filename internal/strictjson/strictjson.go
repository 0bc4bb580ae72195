// Package strictjson reads JSON that people write. It says by its path which
// property is wrong.
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

// Error says which property is wrong. It wraps nothing: the texts of
// encoding/json name types of Go, and change between releases.
type Error struct {
	Path    string // such as agent.roles[0]
	Unknown bool   // there is no property of this name; if false, its value has the wrong type
}

func (e *Error) Error() string {
	if e.Unknown {
		return "there is no property " + e.Path
	}
	return e.Path + " has the wrong type"
}

// What Decode returns for text that is not one JSON object; ErrTooDeep is also Unmarshal's.
var (
	ErrNotJSON   = errors.New("it is not JSON")
	ErrNotObject = errors.New("it is not a JSON object")
	ErrTooDeep   = errors.New("it is nested too deeply")
)

// maxDepth bounds nesting: encoding/json recurses, and in a browser a stack that
// is full ends the program.
const maxDepth = 500

// isTooDeep does not read the text as JSON: what it counts there need not be.
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

// Unmarshal is encoding/json's, for text from anywhere.
func Unmarshal(text []byte, into any) error {
	if isTooDeep(text) {
		return ErrTooDeep
	}
	return json.Unmarshal(text, into)
}

// Decode decodes a JSON object into the struct that into points to, as
// encoding/json does, but a name must be that of a property exactly. After an
// error, an *Error or one of those above, a part may have been decoded.
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

// kindOf is the first byte of a valid JSON text, but for space.
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

// each calls do for the properties of an object by the order of their names, so
// that of several that are wrong always the same is told.
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

// propertiesOf has the fields of a struct, and of those that it embeds, by their names in JSON.
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
