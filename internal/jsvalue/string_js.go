package jsvalue

import "syscall/js"

const (
	longText = 4 << 10   // characters; a text at least this long crosses through room
	roomFor  = 256 << 10 // bytes; longer texts are rare
)

// room is the buffer through which a long text crosses from JavaScript to Go. The
// browser encodes into the JavaScript side, and Go copies to its own side. This takes
// half the time of Value.String, for which JavaScript allocates a new array each time.
// For a short text, allocating the array is cheaper than asking how many bytes were
// written.
var room struct {
	js         js.Value // a Uint8Array
	encodeInto js.Value // method of a TextEncoder, bound to it
	bytes      []byte
}

var emptyString = js.ValueOf("")

// stringOf returns the text of a JavaScript string.
func stringOf(s js.Value) string {
	// The last "" in a string is at its end, so this is its length. Value.Length
	// supports only objects.
	if length := lastIndexOf.Invoke(s, emptyString).Int(); length < longText || length > roomFor/3 {
		return s.String()
	}
	if room.bytes == nil {
		encoder := Global("TextEncoder").New()
		room.encodeInto = Bind.Invoke(encoder.Get("encodeInto"), encoder)
		room.js = Global("Uint8Array").New(roomFor)
		room.bytes = make([]byte, roomFor)
	}
	written := room.encodeInto.Invoke(s, room.js).Get("written").Int() // at most three bytes for each character
	js.CopyBytesToGo(room.bytes[:written], room.js)
	return string(room.bytes[:written])
}
