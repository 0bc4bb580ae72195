package transport

import (
	"syscall/js"

	"wwebridge/internal/jsvalue"
	"wwebridge/internal/wire"
)

var (
	isArray  = jsvalue.Global("Array.isArray")
	sliceOf  = jsvalue.Method("Array.prototype.slice")
	envelope = jsvalue.Parse.Invoke(`["event","referenceId","userAgent","errorMessage"]`)
)

// mustWait reports whether a message cannot be handled at once, because it has a long
// list or because other messages are waiting. It looks for lists only while a call
// expects one.
func (o *order) mustWait(message js.Value) bool {
	return o.reading || o.sink.Reads() && longList(message) != nil
}

// readLong reads a message that had to wait, if it has a long list. It reports whether
// the message has been handled.
func (o *order) readLong(ref string, message js.Value) bool {
	if !o.reading {
		return false
	}
	l := longList(message)
	if l == nil {
		return false
	}
	m, ok := wire.ParseMessage(envelopeOf(message))
	if ok && ref == "" {
		ref = m.ReferenceID
	}
	if ref == "" || m.FromClient || m.Reply.Failed {
		return false
	}
	if read := o.sink.Reading(ref); read != nil {
		if reply, ok := o.readSlices(ref, read, l); ok {
			o.sink.Settle(ref, reply, nil)
			return true
		}
	}
	switch {
	case o.closed:
	case o.sink.Arrived(ref):
		return false // the caller must read the whole text, if only to describe the error
	default: // the call is no longer in flight
		o.sink.Settle(ref, wire.Reply{}, nil)
	}
	return true
}

// longList returns the data of a message if it is a long list, otherwise nil.
func longList(message js.Value) *list {
	data, err := jsvalue.Get(message, dataProperty)
	if err != nil || jsvalue.TypeOf(data) != js.TypeObject {
		return nil
	}
	size, err := jsvalue.Get(data, "length")
	if err != nil || jsvalue.TypeOf(size) != js.TypeNumber {
		return nil
	}
	length := size.Float()
	if length <= shortList || length > longestOne || !isArray.Invoke(data).Bool() {
		return nil
	}
	if event, err := jsvalue.Get(message, "event"); err != nil || !event.IsUndefined() {
		return nil
	}
	return &list{length: int(length), step: firstStep, text: func(from, to int) (text string) {
		var err error // the empty text is enough
		defer jsvalue.Catch(&err)
		text, _ = jsvalue.TextOf(sliceOf.Invoke(data, from, to))
		return text
	}}
}

// answeredBy returns the referenceId of an answer from WWE. It returns "" for any other
// message, because such a message does not end a call.
func answeredBy(message js.Value) (ref string) {
	if m, ok := wire.ParseMessage(envelopeOf(message)); ok && m.Event == "" && !m.FromClient {
		ref = m.ReferenceID
	}
	return ref
}

// envelopeOf returns the JSON text of a message without its data.
func envelopeOf(message js.Value) (text string) {
	text, _ = jsvalue.PropertiesOf(message, envelope)
	return text
}
