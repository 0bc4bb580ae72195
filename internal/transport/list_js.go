package transport

import (
	"syscall/js"
	"time"

	"wwebridge/internal/wire"
)

// What a long list is recognised and cut by, without what a page may have put on the list itself.
var (
	isArray = global("Array", "isArray")
	assign  = global("Object", "assign")
	sliceOf = global("Function", "prototype", "call").Call("bind",
		global("Array", "prototype", "slice"))
)

func inOrder(sink Sink) *order {
	return &order{Sink: sink, newTurns: func() turns { return &eventLoop{} }}
}

// takeLong takes a message whose data is a long list, and reports whether it
// has. Ref is the request that it answers, "" for what the message says.
func (o *order) takeLong(ref string, message js.Value) bool {
	if !o.expectsList() {
		return false
	}
	l, ok := longList(message)
	if !ok {
		return false
	}
	text, err := withoutData(message)
	if err != nil {
		return false
	}
	m, ok := wire.ParseMessage(text)
	if ref == "" {
		ref = m.ReferenceID
	} else {
		ok = true // Genesys' client has looked at it
	}
	if !ok || ref == "" || m.FromClient || m.Event != "" || m.Reply.Failed {
		return false
	}
	o.settleLong(ref, m, l)
	return true
}

// isLong reports whether a message is an answer with a long list, which brings
// no event and costs much to read.
func (o *order) isLong(message js.Value) bool {
	if !o.expectsList() {
		return false
	}
	_, length := longArray(message)
	if length == 0 {
		return false
	}
	event, err := get(message, "event")
	return err == nil && event.IsUndefined()
}

// longList returns the data of a message if it is a long list. The list is a
// copy, as others on the page have the message too.
func longList(message js.Value) (l list, ok bool) {
	array, length := longArray(message)
	if length == 0 {
		return list{}, false
	}
	text := func(from, to int) (text string, err error) {
		defer func() {
			if err != nil {
				err = withDetail(errUnreadable, err.Error())
			}
		}()
		defer catch(&err)
		return textOf(sliceOf.Invoke(array, from, to))
	}
	return list{length, text}, true
}

func longArray(message js.Value) (array js.Value, length int) {
	var err error
	defer catch(&err) // then the ordinary way says what is wrong
	if typeOf(message) != js.TypeObject {
		return array, 0
	}
	data, err := get(message, dataProperty)
	if err != nil || typeOf(data) != js.TypeObject {
		return array, 0
	}
	size, err := get(data, "length")
	if err != nil || typeOf(size) != js.TypeNumber || size.Float() <= shortList || !isArray.Invoke(data).Bool() {
		return array, 0
	}
	return sliceOf.Invoke(data), size.Int()
}

// withoutData returns the text of a message with an empty array for its data.
func withoutData(message js.Value) (text string, err error) {
	defer catch(&err)
	return textOf(assign.Invoke(map[string]any{}, message, map[string]any{"data": []any{}}))
}

// eventLoop gives turns by a MessageChannel: a timer waits for four
// milliseconds at least, and in a hidden tab for a second.
type eventLoop struct {
	port, other js.Value
	message     js.Func
	turned      chan struct{}
}

// patience is how long a turn may take before the timer decides, should the
// page have changed how channels work.
const patience = 100 * time.Millisecond

func (l *eventLoop) wait() {
	if l.turned == nil {
		l.open()
	}
	l.post()
	select {
	case <-l.turned:
	case <-time.After(patience):
	}
}

func (l *eventLoop) open() {
	l.turned = make(chan struct{}, 1)
	l.message = js.FuncOf(func(js.Value, []js.Value) any {
		select {
		case l.turned <- struct{}{}:
		default:
		}
		return nil
	})
	var err error
	defer catch(&err)
	channel := global("MessageChannel").New()
	l.port, l.other = channel.Get("port1"), channel.Get("port2")
	l.other.Call("addEventListener", "message", l.message)
	l.other.Call("start")
}

func (l *eventLoop) post() {
	var err error
	defer catch(&err)
	l.port.Call("postMessage", 0)
}

func (l *eventLoop) close() {
	if l.turned == nil {
		return
	}
	var err error
	defer catch(&err)
	defer l.message.Release()
	l.other.Call("close")
}
