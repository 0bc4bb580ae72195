package transport

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
	reflectGet = global("Reflect.get")
	stringify  = global("JSON.stringify")
	parse      = global("JSON.parse")

	// A method's this is the first argument of the method that call is bound to.
	functionCall = global("Function.prototype.call")
	functionBind = global("Function.prototype.bind")
	bind         = functionCall.Call("bind", functionBind) // bind(function, this, arguments...)
	apply        = method("Function.prototype.call")       // apply(function, this, arguments...)
	lastIndexOf  = method("String.prototype.lastIndexOf")
)

// method returns a method as a function whose first argument is its this.
//
//go:noinline
func method(path string) js.Value { return bind.Invoke(functionCall, global(path)) }

// global returns what the page has by this path of names. (Not inlined: each
// Get is much code.)
//
//go:noinline
func global(path string) js.Value {
	value := js.Global()
	for more := true; more; {
		var name string
		name, path, more = strings.Cut(path, ".")
		value = value.Get(name)
	}
	return value
}

// get reads a property of an object that is not ours.
func get(object js.Value, property any) (value js.Value, err error) {
	defer catch(&err)
	return reflectGet.Invoke(object, property), nil
}

// typeOf is Value.Type for values that are not ours, of which that one panics
// for BigInts: they count as symbols, which have no text either.
func typeOf(value js.Value) (t js.Type) {
	defer func() {
		if recover() != nil {
			t = js.TypeSymbol
		}
	}()
	return value.Type()
}

// textOf gives the JSON text of a value that is not ours, "" for what has
// none: undefined, functions, symbols.
func textOf(value js.Value) (text string, err error) {
	defer catch(&err)
	if s := stringified(value); typeOf(s) == js.TypeString {
		text = stringOf(s)
	}
	return text, nil
}

// withUndefined puts undefined where JSON text had to say null.
func withUndefined(array js.Value, indices []int) {
	for _, i := range indices {
		array.SetIndex(i, js.Undefined())
	}
}

// catch turns what JavaScript threw inside a Call, Invoke or New into an
// error. What Go itself panics with, in our own code, goes on.
func catch(err *error) {
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
	switch typeOf(thrown) {
	case js.TypeString:
		return thrown.String()
	case js.TypeObject, js.TypeFunction:
		if message, err := get(thrown, "message"); err == nil && typeOf(message) == js.TypeString {
			return message.String()
		}
		return "JavaScript threw an object that is not an Error"
	case js.TypeSymbol:
		return "JavaScript threw a value that has no text"
	}
	return "JavaScript threw " + thrown.String()
}

var errUnreadable = errors.New("the answer cannot be read")

// withDetail adds to an error what is the matter in this case.
// (Not inlined: it is called where something is wrong.)
//
//go:noinline
func withDetail(err error, detail string) error { return &detailed{err, detail} }

type detailed struct {
	err    error
	detail string
}

func (e *detailed) Error() string { return e.err.Error() + ": " + e.detail }
func (e *detailed) Unwrap() error { return e.err }
