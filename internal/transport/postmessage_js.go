package transport

import (
	"slices"
	"strings"
	"syscall/js"

	"wwebridge/internal/jsvalue"
	"wwebridge/internal/wire"
)

// PostMessage returns an Open for our own side of the protocol over
// window.postMessage, to the window that embeds or opened this page. Messages
// go to these origins exactly and count only if they come from them, so they
// must be written as browsers write them.
func PostMessage(origins []string) Open {
	return postMessage(origins, func(w *windowCarrier, _ *Protocol) error { return w.findHost() })
}

// postMessage finds WWE's window by find. (Not inlined: both Opens would have
// all of its closures.)
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

// windowCarrier posts to the window of WWE and hears only what comes from it.
type windowCarrier struct {
	window   js.Value
	origins  []js.Value
	embedded bool   // in its parent, whose origin stays the same for as long as this page lives
	frame    framed // that WWE runs in; nil if it runs around this page
	loads    bool   // the frame has a new window, and there was no sign of the WWE in it yet
	order    *order
	messages listener
}

// framed is a frame. It is an interface so that only programs that use
// WithFrame have what is behind it.
type framed interface {
	follow() error // turns to the window that the frame has now
	heard()
	close()
}

// isWWE tells whether a message of this source and origin is WWE's.
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

// Post implements Carrier. With several origins it posts once to each: the
// browser delivers only the message whose origin is the window's.
func (w *windowCarrier) Post(text string, undefined []int) (err error) {
	defer jsvalue.Catch(&err)
	if w.frame != nil {
		if err := w.frame.follow(); err != nil {
			return err
		}
		// Subscribing may be in vain: it is tried again, and does nothing else.
		if w.loads && strings.HasPrefix(text, `{"request"`) {
			return ErrLoading
		}
	}
	message := jsvalue.Parse.Invoke(text)
	if len(undefined) > 0 {
		withUndefined(message.Get("parameters"), undefined)
	}
	for _, origin := range w.origins {
		w.window.Call("postMessage", message, origin) // not this page's own, which the page may have replaced
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

// findHost finds the window that embeds or opened this page. The parent comes
// first: a page that a script opened and that sits in an iframe has both, and
// it is the parent that shows it.
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

// checkParent says so at once where the browser tells that the page around
// this one is not of an allowed origin; otherwise every call would time out.
// Not every browser tells.
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
