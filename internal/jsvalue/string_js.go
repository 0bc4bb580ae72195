package jsvalue

import "syscall/js"

const (
	longText = 4 << 10   // characters from which on a text crosses through the room
	roomFor  = 256 << 10 // bytes; longer texts are rare
)

// room is where a long text crosses from JavaScript to Go: the browser encodes
// into one side of it and Go copies to the other, in half the time of
// Value.String, for which JavaScript makes a new array each time. For a short
// text the array costs less than to ask how many bytes were written.
var room struct {
	js         js.Value // a Uint8Array
	encodeInto js.Value // of a TextEncoder, bound to it
	bytes      []byte
}

var emptyString = js.ValueOf("")

// stringOf gives the text of a string of JavaScript.
func stringOf(s js.Value) string {
	// A string's last "" is at its end: its length, which Value.Length tells of objects only.
	if length := lastIndexOf.Invoke(s, emptyString).Int(); length < longText || length > roomFor/3 {
		return s.String()
	}
	if room.bytes == nil {
		encoder := Global("TextEncoder").New()
		room.encodeInto = Bind.Invoke(encoder.Get("encodeInto"), encoder)
		room.js = Global("Uint8Array").New(roomFor)
		room.bytes = make([]byte, roomFor)
	}
	written := room.encodeInto.Invoke(s, room.js).Get("written").Int() // a character has three bytes at most
	js.CopyBytesToGo(room.bytes[:written], room.js)
	return string(room.bytes[:written])
}
