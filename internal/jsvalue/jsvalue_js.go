package jsvalue

import (
	"errors"
	"strings"
	"syscall/js"
)

// JavaScript functions that are used for every message. They are looked up once, so
// later changes to the page's built-in objects have no effect on them. Foreign objects
// are accessed only through these functions, by Invoke, which catches exceptions from
// getters. If a getter throws in Value.Get, the program ends.
var (
	// Parse is JSON.parse.
	Parse = Global("JSON.parse")

	reflectGet = Global("Reflect.get")
	stringify  = Global("JSON.stringify")

	// Bound to a method, this function takes the method's this as its first argument.
	functionCall = Global("Function.prototype.call")

	// FunctionBind is Function.prototype.bind.
	FunctionBind = Global("Function.prototype.bind")

	// Bind calls Function.prototype.bind. Its arguments are the function, this, and the
	// arguments to bind.
	Bind = functionCall.Call("bind", FunctionBind)

	// Apply calls a function. Its arguments are the function, this, and the function's
	// arguments.
	Apply = Method("Function.prototype.call")

	lastIndexOf = Method("String.prototype.lastIndexOf")
)

// Method returns a method as a function that takes this as its first argument.
//
//go:noinline
func Method(path string) js.Value { return Bind.Invoke(functionCall, Global(path)) }

// Global returns the value of a global variable or of a property of one, given by its
// path. It is not inlined because each Get compiles to much code.
//
//go:noinline
func Global(path string) js.Value {
	value := js.Global()
	for more := true; more; {
		var name string
		name, path, more = strings.Cut(path, ".")
		value = value.Get(name)
	}
	return value
}

// Get reads a property of a foreign object. It returns an error if a getter throws.
func Get(object js.Value, property any) (value js.Value, err error) {
	defer Catch(&err)
	return reflectGet.Invoke(object, property), nil
}

// EveryObjectHas reports whether value is the value that every object inherits for this
// property. Such a property need not be the object's own.
func EveryObjectHas(property string, value js.Value) bool {
	inherited, err := Get(array, property)
	return err != nil || inherited.Equal(value)
}

// TypeOf is Value.Type for foreign values. Value.Type panics for a BigInt; TypeOf
// reports it as a symbol, which has no JSON text either.
func TypeOf(value js.Value) (t js.Type) {
	defer func() {
		if recover() != nil {
			t = js.TypeSymbol
		}
	}()
	return value.Type()
}

// TextOf returns the JSON text of a foreign value. It returns "" for undefined,
// functions and symbols, which have none. It is not inlined because the variadic slice
// compiles to much code.
//
//go:noinline
func TextOf(value js.Value) (string, error) { return textOf(value) }

// PropertiesOf returns the JSON text of a foreign object, with only the properties
// listed in names, a JavaScript array.
func PropertiesOf(object, names js.Value) (string, error) { return textOf(object, names) }

// textOf returns the result of JSON.stringify for these arguments.
func textOf(arguments ...any) (text string, err error) {
	defer Catch(&err)
	if s := stringified(arguments...); TypeOf(s) == js.TypeString {
		text = stringOf(s)
	}
	return text, nil
}

// Catch, when deferred, turns a JavaScript exception from Call, Invoke or New into an
// error. It does not stop panics of Go code.
func Catch(err *error) {
	switch thrown := recover().(type) {
	case nil:
	case js.Error:
		*err = errors.New(describe(thrown.Value))
	case *js.ValueError:
		*err = thrown
	case string: // panic of syscall/js if the property it calls is not a function
		*err = errors.New(thrown)
	default:
		panic(thrown)
	}
}

// describe returns the text of a thrown value. js.Error.Error supports only instances
// of Error and panics for any other value that JavaScript code can throw.
func describe(thrown js.Value) string {
	switch TypeOf(thrown) {
	case js.TypeString:
		return thrown.String()
	case js.TypeObject, js.TypeFunction:
		if message, err := Get(thrown, "message"); err == nil && TypeOf(message) == js.TypeString {
			return message.String()
		}
		return "JavaScript threw an object that is not an Error"
	case js.TypeSymbol:
		return "JavaScript threw a value that has no text"
	}
	return "JavaScript threw " + thrown.String()
}
