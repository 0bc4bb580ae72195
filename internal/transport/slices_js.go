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

// mustWait reports whether a message cannot be taken at once, because it has a
// long list or others wait before it. Lists are looked out for only while one
// may come.
func (o *order) mustWait(message js.Value) bool {
	return o.reading || o.sink.Reads() && longList(message) != nil
}

// readLong reads a message that had to wait, if it has a long list, and reports
// whether that is done.
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
		return false // it is the text that is wanted, also to say what is wrong with it
	default: // nobody waits any more
		o.sink.Settle(ref, wire.Reply{}, nil)
	}
	return true
}

// longList returns the data of a message that is a long list, nil of any other.
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
		var err error // the text that is missing says enough
		defer jsvalue.Catch(&err)
		text, _ = jsvalue.TextOf(sliceOf.Invoke(data, from, to))
		return text
	}}
}

// answeredBy returns the referenceId of an answer of WWE's, "" of any other
// message: that one ends no call, so no call may wait for it.
func answeredBy(message js.Value) (ref string) {
	if m, ok := wire.ParseMessage(envelopeOf(message)); ok && m.Event == "" && !m.FromClient {
		ref = m.ReferenceID
	}
	return ref
}

// envelopeOf returns the text of what a message has beside its data.
func envelopeOf(message js.Value) (text string) {
	text, _ = jsvalue.PropertiesOf(message, envelope)
	return text
}
