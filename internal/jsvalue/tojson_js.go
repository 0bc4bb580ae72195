package jsvalue

import "syscall/js"

// If the page adds a toJSON method to all arrays or all objects, as Prototype 1.6 does
// for arrays, JSON.stringify changes messages. stringified avoids that.
var (
	array          = Global("Array").New() // from this page's realm, as arrays in messages are
	toJSONProperty = js.ValueOf("toJSON")
	reflectSet     = Global("Reflect.set")
)

// stringified returns the JSON text of a value, as a string or undefined. It ignores
// every toJSON method that is not the value's own.
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
	return stringify.Invoke(value[0], original) // slow because it visits every value, but correct
}

// exchangeToJSON replaces the toJSON property of a prototype with f and returns the old
// one. done is false if the page prevents the change.
func exchangeToJSON(prototype string, f js.Value) (before js.Value, done bool) {
	var err error // the page prevents the change if its accessor throws
	defer Catch(&err)
	p := Global(prototype)
	before = reflectGet.Invoke(p, toJSONProperty)
	if !before.Equal(f) {
		reflectSet.Invoke(p, toJSONProperty, f)
	}
	return before, reflectGet.Invoke(p, toJSONProperty).Equal(f)
}

// originalValue is a replacer for JSON.stringify that undoes toJSON: holder still has
// the original value.
func originalValue(holder js.Value, args []js.Value) any {
	value, err := Get(holder, args[0])
	if err != nil {
		return nil
	}
	return value
}
