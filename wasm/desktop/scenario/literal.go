package scenario

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// literals writes values as Go, and remembers the packages that it used. Its
// strings are never raw, so that characters that do not print, such as those that
// change the direction of text, are escaped.
type literals struct {
	packages map[string]bool
}

// of returns the literal of a value that becomes a parameter of type t.
func (l *literals) of(value any, t reflect.Type) string {
	v := reflect.ValueOf(value)
	if v.Kind() == reflect.String { // an untyped constant fits every type of string
		return strconv.Quote(v.String())
	}
	if !v.Type().ConvertibleTo(t) {
		panic("scenario: " + v.Type().String() + " is no " + t.String()) // a mistake in functions
	}
	return l.value(v.Convert(t))
}

func (l *literals) value(v reflect.Value) string {
	if d, ok := v.Interface().(time.Duration); ok {
		l.packages["time"] = true
		if d%time.Millisecond != 0 {
			return strconv.FormatInt(int64(d), 10)
		}
		return strconv.FormatInt(d.Milliseconds(), 10) + " * time.Millisecond"
	}
	switch v.Kind() {
	case reflect.String:
		return strconv.Quote(v.String())
	case reflect.Bool:
		return strconv.FormatBool(v.Bool())
	case reflect.Int:
		return strconv.FormatInt(v.Int(), 10)
	case reflect.Float64:
		return strconv.FormatFloat(v.Float(), 'g', -1, 64)
	case reflect.Pointer:
		return "&" + l.value(v.Elem())
	case reflect.Struct:
		return l.typeName(v.Type()) + l.fields(v)
	case reflect.Map:
		return l.mapping(v)
	case reflect.Slice:
		var elements []string
		for n := range v.Len() {
			elements = append(elements, l.element(v.Index(n)))
		}
		return l.typeName(v.Type()) + "{" + strings.Join(elements, ", ") + "}"
	}
	panic("scenario: no literal of " + v.Type().String()) // no function takes one
}

// fields returns the fields of a struct that are set.
func (l *literals) fields(v reflect.Value) string {
	var fields []string
	for n := range v.NumField() {
		if field := v.Field(n); !field.IsZero() {
			fields = append(fields, v.Type().Field(n).Name+": "+l.value(field))
		}
	}
	return "{" + strings.Join(fields, ", ") + "}"
}

func (l *literals) mapping(v reflect.Value) string {
	values := map[string]string{}
	for _, key := range v.MapKeys() {
		values[key.String()] = l.element(v.MapIndex(key))
	}
	var entries []string
	for _, key := range slices.Sorted(maps.Keys(values)) {
		entries = append(entries, strconv.Quote(key)+": "+values[key])
	}
	return l.typeName(v.Type()) + "{" + strings.Join(entries, ", ") + "}"
}

// element returns the literal of a value of a map or a slice, which may be any
// value that JSON has.
func (l *literals) element(v reflect.Value) string {
	isAny := v.Kind() == reflect.Interface
	if isAny {
		if v.IsNil() {
			return "nil"
		}
		v = v.Elem()
	}
	text := l.value(v)
	switch {
	case isAny && v.Kind() == reflect.Float64: // 1 alone would be an int
		return "float64(" + text + ")"
	case isAny && v.Kind() == reflect.String && v.Type().PkgPath() != "":
		return l.typeName(v.Type()) + "(" + text + ")"
	}
	return text
}

// typeName returns the name of a type as a file of another package writes it.
func (l *literals) typeName(t reflect.Type) string {
	name := t.String()
	name = strings.ReplaceAll(name, "interface {}", "any")
	for _, p := range []string{"wwe", "wwetest"} {
		if strings.Contains(name, p+".") {
			l.packages["wwebridge/wasm/"+p] = true
		}
	}
	return name
}

// comment returns a text of any origin for a comment of one line.
func comment(format string, args ...any) string {
	text := strconv.Quote(fmt.Sprintf(format, args...))
	return "// " + strings.ReplaceAll(text[1:len(text)-1], `\"`, `"`)
}
