package jsvalue

import (
	"errors"
	"strings"
	"syscall/js"
)

// Functions of JavaScript that are used for every message, looked up once:
// what becomes of the page's built-in objects later does not matter then.
// Objects that are not ours are touched only through them, by Invoke, which
// catches what a getter throws: Value.Get on such an object would end the program.
var (
	// Parse is JSON.parse.
	Parse = Global("JSON.parse")

	reflectGet = Global("Reflect.get")
	stringify  = Global("JSON.stringify")

	// A method's this is the first argument of the method that call is bound to.
	functionCall = Global("Function.prototype.call")

	// FunctionBind is the method bind of functions.
	FunctionBind = Global("Function.prototype.bind")

	// Bind binds: its arguments are the function, this, and what else is bound.
	Bind = functionCall.Call("bind", FunctionBind)

	// Apply calls: its arguments are the function, this, and what it is called with.
	Apply = Method("Function.prototype.call")

	lastIndexOf = Method("String.prototype.lastIndexOf")
)

// Method returns a method as a function whose first argument is its this.
//
//go:noinline
func Method(path string) js.Value { return Bind.Invoke(functionCall, Global(path)) }

// Global returns what the page has by this path of names. (Not inlined: each
// Get is much code.)
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

// Get reads a property of an object that is not ours.
func Get(object js.Value, property any) (value js.Value, err error) {
	defer Catch(&err)
	return reflectGet.Invoke(object, property), nil
}

// EveryObjectHas reports whether a property with this value is nothing that an
// object need have of its own.
func EveryObjectHas(property string, value js.Value) bool {
	inherited, err := Get(array, property)
	return err != nil || inherited.Equal(value)
}

// TypeOf is Value.Type for values that are not ours, of which that one panics
// for BigInts: they count as symbols, which have no text either.
func TypeOf(value js.Value) (t js.Type) {
	defer func() {
		if recover() != nil {
			t = js.TypeSymbol
		}
	}()
	return value.Type()
}

// TextOf returns the JSON text of a value that is not ours, "" for what has
// none: undefined, functions, symbols. (Not inlined: the slice is much code.)
//
//go:noinline
func TextOf(value js.Value) (string, error) { return textOf(value) }

// PropertiesOf returns the JSON text of an object that is not ours, with only
// the properties that an array names.
func PropertiesOf(object, names js.Value) (string, error) { return textOf(object, names) }

// textOf returns what JSON.stringify makes of its arguments.
func textOf(arguments ...any) (text string, err error) {
	defer Catch(&err)
	if s := stringified(arguments...); TypeOf(s) == js.TypeString {
		text = stringOf(s)
	}
	return text, nil
}

// Catch, deferred, turns what JavaScript threw inside a Call, Invoke or New into
// an error. What Go itself panics with, in our own code, goes on.
func Catch(err *error) {
	switch thrown := recover().(type) {
	case nil:
	case js.Error:
		*err = errors.New(describe(thrown.Value))
	case *js.ValueError:
		*err = thrown
	case string: // syscall/js, when the property that is called is no function
		*err = errors.New(thrown)
	default:
		panic(thrown)
	}
}

// describe gives the text of a thrown value. js.Error.Error would do so for
// instances of Error, and panics for everything else that can be thrown.
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
