package transport

import (
	"slices"
	"strings"
	"syscall/js"

	"wwebridge/internal/jsvalue"
	"wwebridge/internal/wire"
)

// PostMessage returns an Open for this package's own implementation of the protocol
// over window.postMessage, with the window that embeds or opened this page. It sends
// messages to these origins only and accepts messages from these origins only. The
// origins must be spelled exactly as browsers write them.
func PostMessage(origins []string) Open {
	return postMessage(origins, func(w *windowCarrier, _ *Protocol) error { return w.findHost() })
}

// postMessage calls find to find WWE's window. It is not inlined, because both Opens
// would then contain all its closures.
//
//go:noinline
func postMessage(origins []string, find func(*windowCarrier, *Protocol) error) Open {
	return func(sink Sink) (_ Transport, err error) {
		defer jsvalue.Catch(&err)
		w := &windowCarrier{order: &order{sink: sink}}
		for _, origin := range origins {
			w.origins = append(w.origins, js.ValueOf(origin))
		}
		protocol := NewProtocol(sink).Over(w)
		if err := find(w, protocol); err != nil {
			return nil, err
		}
		receive := func(data js.Value) {
			if w.order.readLong("", data) {
				return
			}
			text, err := messageText(data)
			if err != nil {
				sink.Settle(unreadable(data), wire.Reply{}, withDetail(errUnreadable, err.Error()))
				return
			}
			protocol.Receive(text)
		}
		w.messages = listen(func(source, origin, data js.Value) {
			switch {
			case !w.isWWE(source, origin):
			case w.order.mustWait(data):
				w.order.add(answeredBy(data), func() { receive(data) })
			default:
				receive(data)
			}
		})
		return protocol, nil
	}
}

// windowCarrier posts messages to WWE's window and accepts messages from it only.
type windowCarrier struct {
	window   js.Value
	origins  []js.Value
	embedded bool   // WWE is the parent, whose origin cannot change during this page's life
	frame    framed // frame in which WWE runs; nil if WWE embeds or opened this page
	loads    bool   // the frame has a new window, whose WWE has not sent anything yet
	order    *order
	messages listener
}

// framed is implemented by frame. As an interface, it keeps the code of frame out of
// programs that do not use WithFrame.
type framed interface {
	follow() error // points the carrier at the frame's current window
	heard()
	close()
}

// isWWE reports whether a message with this source and origin comes from WWE.
func (w *windowCarrier) isWWE(source, origin js.Value) bool {
	if !contains(w.origins, origin) {
		return false
	}
	if !source.Equal(w.window) && (w.frame == nil || w.frame.follow() != nil || !source.Equal(w.window)) {
		return false
	}
	if w.embedded && len(w.origins) > 1 {
		w.origins = []js.Value{origin}
	}
	w.loads = false
	if w.frame != nil {
		w.frame.heard()
	}
	return true
}

func contains(origins []js.Value, origin js.Value) bool {
	return slices.ContainsFunc(origins, origin.Equal)
}

// Post implements Carrier. With several origins it posts once to each. The browser
// delivers only the message whose origin matches that of the window.
func (w *windowCarrier) Post(text string, undefined []int) (err error) {
	defer jsvalue.Catch(&err)
	if w.frame != nil {
		if err := w.frame.follow(); err != nil {
			return err
		}
		// A request must not get lost. A lost message to subscribe does no harm,
		// because it is sent again.
		if w.loads && strings.HasPrefix(text, `{"request"`) {
			return ErrLoading
		}
	}
	message := jsvalue.Parse.Invoke(text)
	if len(undefined) > 0 {
		withUndefined(message.Get("parameters"), undefined)
	}
	for _, origin := range w.origins {
		w.window.Call("postMessage", message, origin) // not this page's method, which may be replaced
	}
	return nil
}

// Close implements Carrier.
func (w *windowCarrier) Close() {
	w.order.close()
	w.messages.remove()
	if w.frame != nil {
		w.frame.close()
	}
}

// findHost finds the window that embeds or opened this page. The parent takes
// precedence: a page that is in an iframe and was opened by a script has both, and the
// parent is the one that shows it.
func (w *windowCarrier) findHost() error {
	self := jsvalue.Global("self")
	parent := jsvalue.Global("parent")
	if jsvalue.TypeOf(parent) == js.TypeObject && !parent.Equal(self) {
		w.embedded = true
		w.window = parent
		return w.checkParent()
	}
	opener := jsvalue.Global("opener")
	if jsvalue.TypeOf(opener) == js.TypeObject && !opener.Equal(self) {
		w.window = opener
		return nil
	}
	return ErrNotEmbedded
}

// checkParent returns an error if the browser reveals that the parent's origin is not
// an allowed one. Otherwise every call would time out. Not every browser reveals the
// origin.
func (w *windowCarrier) checkParent() error {
	ancestors := jsvalue.Global("location.ancestorOrigins")
	if jsvalue.TypeOf(ancestors) != js.TypeObject || ancestors.Get("length").Int() == 0 {
		return nil
	}
	origin := ancestors.Index(0)
	if !contains(w.origins, origin) {
		text := "the page around this one has the origin " + origin.String() + ", which is not among those given to WithOrigin:"
		for _, allowed := range w.origins {
			text += " " + allowed.String()
		}
		return withDetail(ErrNotEmbedded, text)
	}
	w.origins = []js.Value{origin}
	return nil
}
