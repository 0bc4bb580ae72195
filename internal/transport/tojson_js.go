package transport

import "syscall/js"

// A toJSON that every array or every object has, as Prototype 1.6 gives one to
// arrays, would change what JSON.stringify makes of a message.
var (
	array       = global("Array").New()                                    // of the page, as those in messages are
	arrayToJSON = bind.Invoke(reflectGet, js.Undefined(), array, "toJSON") // returns what every array has as toJSON
)

// stringified returns the JSON text of a value, a string or undefined, without
// a toJSON that is not the value's own.
func stringified(value ...any) js.Value {
	if arrayToJSON.Invoke().IsUndefined() {
		return stringify.Invoke(value...)
	}
	ofObjects := exchangeToJSON("Object.prototype", js.Undefined())
	ofArrays := exchangeToJSON("Array.prototype", js.Undefined())
	defer func() { // the page may need them
		exchangeToJSON("Array.prototype", ofArrays)
		exchangeToJSON("Object.prototype", ofObjects)
	}()
	return stringify.Invoke(value...)
}

// exchangeToJSON puts f in place of the toJSON of a prototype, which it returns.
func exchangeToJSON(prototype string, f js.Value) (before js.Value) {
	p := global(prototype)
	before = p.Get("toJSON")
	if !before.Equal(f) {
		p.Set("toJSON", f)
	}
	return before
}
