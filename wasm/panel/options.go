//go:build js

package main

import (
	"errors"
	"strings"
	"syscall/js"
	"time"

	"wwebridge/wasm/wwe"
)

// options are what the page gives to mount, without what only panel.js needs;
// web/panel.d.ts tells what each is for.
type options struct {
	Origin, Frame string
	Words         string // of the panel's language, which panel.js has chosen and loaded, as words.Read takes them; "" for English
	Place         string // panel.js's own name for what this panel remembers
	Timeout       float64
}

// readOptions reads a plain object: panel.js has copied the page's, whose
// getters may throw, which Go could not survive.
func readOptions(object js.Value) (o options, err error) {
	defer func() {
		if recover() != nil { // Value.Type, of a BigInt
			err = errOptions
		}
	}()
	if !readText(object, "origin", &o.Origin) || !readText(object, "frame", &o.Frame) ||
		!readText(object, "words", &o.Words) || !readText(object, "place", &o.Place) {
		return o, errOptions
	}
	switch timeout := object.Get("timeout"); timeout.Type() {
	case js.TypeNumber:
		o.Timeout = timeout.Float()
	case js.TypeUndefined, js.TypeNull:
		return o, nil
	default:
		return o, errOptions
	}
	if o.Timeout != 0 && !(o.Timeout >= 1 && o.Timeout <= 1e9) {
		return o, errors.New("the panel's timeout must be a number of milliseconds, at least 1")
	}
	return o, nil
}

var errOptions = errors.New("the panel's options must be texts, and timeout a number")

// readText reads an option that may be left out, and tells whether it is a text.
func readText(object js.Value, name string, text *string) bool {
	switch value := object.Get(name); value.Type() {
	case js.TypeString:
		*text = value.String()
		return true
	case js.TypeUndefined, js.TypeNull:
		return true
	}
	return false
}

// connect are the options to connect to WWE with. Without an origin, the page
// has Genesys' client.
func (o options) connect() []wwe.Option {
	var opts []wwe.Option
	if o.Origin != "" {
		opts = append(opts, wwe.WithOrigin(strings.FieldsFunc(o.Origin, func(r rune) bool { return r <= ' ' })...))
	}
	if o.Frame != "" {
		opts = append(opts, wwe.WithFrame(o.Frame))
	}
	if o.Timeout != 0 {
		opts = append(opts, wwe.WithTimeout(time.Duration(o.Timeout)*time.Millisecond))
	}
	return opts
}
