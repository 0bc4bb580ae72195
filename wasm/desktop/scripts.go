//go:build js

package main

import (
	"errors"
	"syscall/js"

	"wwebridge/internal/jsontext"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// serveScripts is the Go side of window.wweHost, see web/desktop.js: one
// function that takes a name and the JSON text of the arguments, and returns
// the JSON text of {result} or {error}.
func serveScripts(host *wwetest.Host, changed func()) {
	functions := map[string]func(arguments []any) (result string, err error){
		"ring": func(arguments []any) (string, error) {
			call, err := callOf(arguments)
			if err != nil {
				return "", err
			}
			return quoted(host.Ring(call)), nil
		},
		"hangUp": func(arguments []any) (string, error) {
			id, ok := first(arguments).(string)
			if !ok {
				return "", errors.New("hangUp takes the id of an interaction")
			}
			return "null", host.HangUp(id)
		},
		"interactions": func([]any) (string, error) { return string(host.InteractionsJSON()), nil },
	}
	js.Global().Set("wweHostCall", js.FuncOf(func(_ js.Value, args []js.Value) any {
		value, _ := wwe.JSON(args[1].String()).Value()
		arguments, _ := value.([]any)
		result, err := functions[args[0].String()](arguments)
		changed()
		if err != nil {
			return `{"error":` + quoted(err.Error()) + `}`
		}
		return `{"result":` + result + `}`
	}))
}

func first(arguments []any) any {
	if len(arguments) == 0 {
		return nil
	}
	return arguments[0]
}

// callOf reads the options of ring({ani, dnis, userData}), each of which may be missing.
func callOf(arguments []any) (wwetest.Call, error) {
	var call wwetest.Call
	options, ok := first(arguments).(map[string]any)
	if !ok && first(arguments) != nil {
		return call, errors.New("ring takes an object: {ani, dnis, userData}")
	}
	for name, value := range options {
		ok := true
		switch name {
		case "ani":
			call.ANI, ok = value.(string)
		case "dnis":
			call.DNIS, ok = value.(string)
		case "userData":
			var data map[string]any
			data, ok = value.(map[string]any)
			call.UserData = data
		default:
			return call, errors.New("ring knows no option " + name)
		}
		if !ok {
			return call, errors.New("ring: " + name + " has the wrong type")
		}
	}
	return call, nil
}

func quoted(s string) string { return string(jsontext.AppendString(nil, s)) }
