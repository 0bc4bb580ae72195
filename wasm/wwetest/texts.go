package wwetest

import (
	"encoding/hex"
	"reflect"
	"strings"
	"unicode/utf8"
)

// textEscape starts the escaped form of a byte that is not UTF-8. The byte's
// two hexadecimal digits follow. Strings in JavaScript, and therefore in a
// Host, may contain halves of surrogate pairs, and encoding/json would replace
// those. The escape itself, which is not a character, is escaped too.
const textEscape = "\uFFFE"

func escapeText(text string) string {
	if utf8.ValidString(text) && !strings.Contains(text, textEscape) {
		return text
	}
	var b strings.Builder
	for text != "" {
		c, size := utf8.DecodeRuneInString(text)
		if part := text[:size]; c == utf8.RuneError && size == 1 || part == textEscape {
			for n := range size {
				b.WriteString(textEscape + hex.EncodeToString([]byte{text[n]}))
			}
		} else {
			b.WriteString(part)
		}
		text = text[size:]
	}
	return b.String()
}

// unescapeText reverses escapeText. Other text stays as it is.
func unescapeText(text string) string {
	parts := strings.Split(text, textEscape)
	for n := 1; n < len(parts); n++ {
		raw, err := hex.DecodeString(parts[n][:min(2, len(parts[n]))])
		if err != nil || len(raw) != 1 {
			return text
		}
		parts[n] = string(raw) + parts[n][2:]
	}
	if original := strings.Join(parts, ""); escapeText(original) == text {
		return original
	}
	return text
}

// withTexts returns a copy of value in which change has replaced each text, at
// any depth. The copy shares with value all parts without texts.
func withTexts[T any](value T, change func(string) string) T {
	v := reflect.New(reflect.TypeFor[T]()).Elem()
	v.Set(reflect.ValueOf(value))
	changeTexts(v, change)
	return v.Interface().(T)
}

func changeTexts(v reflect.Value, change func(string) string) {
	if v.IsZero() {
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(change(v.String()))
	case reflect.Struct:
		for n := range v.NumField() {
			changeTexts(v.Field(n), change)
		}
	case reflect.Pointer:
		to := reflect.New(v.Type().Elem())
		to.Elem().Set(v.Elem())
		changeTexts(to.Elem(), change)
		v.Set(to)
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return
		}
		to := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(to, v)
		for n := range to.Len() {
			changeTexts(to.Index(n), change)
		}
		v.Set(to)
	case reflect.Map:
		to := reflect.MakeMap(v.Type())
		for key, value := range v.Seq2() {
			to.SetMapIndex(changed(key, change), changed(value, change))
		}
		v.Set(to)
	}
}

// changed is changeTexts for a value that cannot be set, such as an element of
// a map.
func changed(v reflect.Value, change func(string) string) reflect.Value {
	to := reflect.New(v.Type()).Elem()
	to.Set(v)
	changeTexts(to, change)
	return to
}
