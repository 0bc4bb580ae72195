//go:build js

package main

import (
	"errors"
	"strings"
	"syscall/js"
	"time"

	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/panel/shortcuts"
	"wwebridge/wasm/wwe"
)

// options are the options passed to mount, without those that only panel.js needs. web/panel.d.ts
// documents them.
type options struct {
	Origin, Frame string
	Words         string // the texts of the language chosen by panel.js, for words.Read; "" for English
	Place         string // the name under which this panel's place is stored
	Timeout       float64
	Keys          []string
	WrapUp        model.WrapUpOptions
	Notify        bool
	Shortcuts     []shortcuts.Shortcut
	Attention     js.Value // starts attention.js; undefined without it
}

// readOptions reads a plain object. panel.js has copied it from the page's object, because a getter that
// throws would stop this program.
func readOptions(object js.Value) (o options, err error) {
	defer func() {
		if recover() != nil { // from Value.Type for a BigInt
			err = errOptions
		}
	}()
	if !readText(object, "origin", &o.Origin) || !readText(object, "frame", &o.Frame) ||
		!readText(object, "words", &o.Words) || !readText(object, "place", &o.Place) {
		return o, errOptions
	}
	if !readLists(object, &o) {
		return o, errOptions
	}
	o.Attention = object.Get("attention")
	o.Notify = object.Get("notify").Truthy()
	chosen := ""
	if !readText(object, "shortcuts", &chosen) {
		return o, errOptions
	}
	if o.Shortcuts, err = shortcuts.Parse(chosen); err != nil {
		return o, err
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

// readLists reads the options that panel.js has normalized: texts, values with labels, and a boolean.
func readLists(object js.Value, o *options) bool {
	w := &o.WrapUp
	if keys := object.Get("keys"); keys.Truthy() {
		for n := range keys.Length() {
			o.Keys = append(o.Keys, keys.Index(n).String())
		}
	}
	if dispositions := object.Get("dispositions"); dispositions.Truthy() {
		for n := range dispositions.Length() {
			d := dispositions.Index(n)
			w.Dispositions = append(w.Dispositions, model.Disposition{Value: d.Get("value").String(), Label: d.Get("label").String()})
		}
	}
	w.Required = object.Get("dispositionRequired").Truthy()
	return readText(object, "dispositionKey", &w.DispositionKey) && readText(object, "noteKey", &w.NoteKey)
}

// readText reads an optional text. It reports false if the option is present and not a text.
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

// connect returns the options for connecting to WWE. Without an origin, the page has Genesys' client.
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
