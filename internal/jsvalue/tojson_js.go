package jsvalue

import "syscall/js"

// A toJSON that every array or every object has, as Prototype 1.6 gives one to
// arrays, would change what JSON.stringify makes of a message.
var (
	array          = Global("Array").New() // of the page, as those in messages are
	toJSONProperty = js.ValueOf("toJSON")
	reflectSet     = Global("Reflect.set")
)

// stringified returns the JSON text of a value, a string or undefined, without
// a toJSON that is not the value's own.
func stringified(value ...any) js.Value {
	if toJSON, err := Get(array, toJSONProperty); err == nil && toJSON.IsUndefined() {
		return stringify.Invoke(value...)
	}
	ofObjects, hidden := exchangeToJSON("Object.prototype", js.Undefined())
	ofArrays, alsoHidden := exchangeToJSON("Array.prototype", js.Undefined())
	defer func() { // the page may need them
		exchangeToJSON("Array.prototype", ofArrays)
		exchangeToJSON("Object.prototype", ofObjects)
	}()
	if hidden && alsoHidden {
		return stringify.Invoke(value...)
	}
	original := js.FuncOf(originalValue)
	defer original.Release()
	return stringify.Invoke(value[0], original) // slow, and of everything, but right
}

// exchangeToJSON puts f in place of the toJSON of a prototype, which it
// returns, and reports whether the page allows that.
func exchangeToJSON(prototype string, f js.Value) (before js.Value, done bool) {
	var err error // where the page's accessor throws, it does not allow it
	defer Catch(&err)
	p := Global(prototype)
	before = reflectGet.Invoke(p, toJSONProperty)
	if !before.Equal(f) {
		reflectSet.Invoke(p, toJSONProperty, f)
	}
	return before, reflectGet.Invoke(p, toJSONProperty).Equal(f)
}

// originalValue is a replacer of JSON.stringify, which undoes what toJSON does:
// holder has the value as it was before.
func originalValue(holder js.Value, args []js.Value) any {
	value, err := Get(holder, args[0])
	if err != nil {
		return nil
	}
	return value
}
