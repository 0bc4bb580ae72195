//go:build js

package main

import (
	"errors"
	"syscall/js"

	"wwebridge/internal/jsontext"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// function takes decoded arguments and returns the JSON text of its result.
type function func(arguments []any) (result string, err error)

// serveScripts is the Go side of window.wweHost, see web/desktop.js: one
// function that takes a name and the JSON text of the arguments, and returns
// the JSON text of {result} or {error}.
func serveScripts(host *wwetest.Host, changed func()) {
	functions := map[string]function{
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
		result, err := call(functions, args)
		changed()
		if err != nil {
			return `{"error":` + quoted(err.Error()) + `}`
		}
		return `{"result":` + result + `}`
	}))
}

func call(functions map[string]function, args []js.Value) (result string, err error) {
	if len(args) != 2 || functions[args[0].String()] == nil {
		return "", errors.New("wweHost has no such function")
	}
	value, err := wwe.JSON(args[1].String()).Value()
	if err != nil {
		return "", err
	}
	arguments, _ := value.([]any)
	return functions[args[0].String()](arguments)
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
