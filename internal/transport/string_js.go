package transport

import "syscall/js"

// roomFor is how many bytes of text cross at once. Longer texts are rare.
const roomFor = 128 << 10

// room is where a text crosses from JavaScript to Go: the browser encodes into
// one side of it and Go copies to the other, in half the time of Value.String,
// for which JavaScript makes a new array each time.
var room struct {
	js         js.Value // a Uint8Array
	encodeInto js.Value // of a TextEncoder, bound to it
	bytes      []byte
}

// stringOf gives the text of a string of JavaScript.
func stringOf(s js.Value) string {
	if room.bytes == nil {
		encoder := js.Global().Get("TextEncoder").New()
		room.encodeInto = encoder.Get("encodeInto").Call("bind", encoder)
		room.js = js.Global().Get("Uint8Array").New(roomFor)
		room.bytes = make([]byte, roomFor)
	}
	written := room.encodeInto.Invoke(s, room.js).Get("written").Int()
	if written > roomFor-4 { // there was no room for a further character
		return s.String()
	}
	js.CopyBytesToGo(room.bytes[:written], room.js)
	return string(room.bytes[:written])
}
