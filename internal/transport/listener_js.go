package transport

import (
	"syscall/js"

	"wwebridge/internal/jsvalue"
)

// listener is an event listener on an object of the page. The zero value is no
// listener.
type listener struct {
	target  js.Value
	event   string
	capture bool
	f       js.Func
}

func listenTo(target js.Value, event string, do func(event js.Value)) listener {
	return listener{target: target, event: event}.begin(do)
}

// listenBefore listens in the capture phase: it receives the events of target and its
// descendants, including those that do not bubble, before their own listeners do.
func listenBefore(target js.Value, event string, do func(event js.Value)) listener {
	return listener{target: target, event: event, capture: true}.begin(do)
}

func (l listener) begin(do func(event js.Value)) listener {
	l.f = js.FuncOf(func(_ js.Value, args []js.Value) any {
		if len(args) > 0 {
			do(args[0])
		}
		return nil
	})
	l.target.Call("addEventListener", l.event, l.f, l.capture)
	return l
}

func (l listener) remove() {
	if l.event != "" {
		l.target.Call("removeEventListener", l.event, l.f, l.capture)
		l.f.Release()
	}
}

var dataProperty, originProperty, sourceProperty = js.ValueOf("data"), js.ValueOf("origin"), js.ValueOf("source")

// listen receives every message posted to this window by any window. receive must check
// source and origin first.
func listen(receive func(source, origin, data js.Value)) listener {
	return listenTo(js.Global(), "message", func(event js.Value) {
		source, err := jsvalue.Get(event, sourceProperty)
		if err != nil {
			return
		}
		origin, err := jsvalue.Get(event, originProperty)
		if err != nil {
			return
		}
		if data, err := jsvalue.Get(event, dataProperty); err == nil {
			receive(source, origin, data)
		}
	})
}

// unreadable returns the referenceId of a message without JSON text, so that its call
// can fail at once. It returns "" if the message has no referenceId.
func unreadable(data js.Value) (referenceID string) {
	if ref, err := jsvalue.Get(data, "referenceId"); err == nil && jsvalue.TypeOf(ref) == js.TypeString {
		return ref.String()
	}
	return ""
}

// messageText returns the text of a message that may belong to WWE's protocol, whose
// messages are objects. It returns "" for other values, such as the strings that WWE
// sends and nobody documents.
func messageText(data js.Value) (text string, err error) {
	if jsvalue.TypeOf(data) != js.TypeObject {
		return "", nil
	}
	return jsvalue.TextOf(data)
}
