package transport

import (
	"syscall/js"
	"time"

	"wwebridge/internal/jsvalue"
	"wwebridge/internal/wire"
)

// PostMessageInFrame returns an Open like PostMessage, for a WWE that runs in the
// iframe of this page with this element id.
func PostMessageInFrame(origins []string, id string) Open {
	return postMessage(origins, func(w *windowCarrier, protocol *Protocol) error {
		f := &frame{id: id, carrier: w, restarted: protocol.Restarted}
		if err := f.follow(); err != nil {
			return err
		}
		w.frame = f
		f.quiet = time.AfterFunc(patience, protocol.sink.Quiet)
		f.listen()
		return nil
	})
}

// frame is the iframe of this page in which WWE runs: the element that currently has
// the id. The page may reload the iframe, replace it or insert it later. It may also
// move it, which gives it a new window.
type frame struct {
	id        string
	carrier   *windowCarrier
	restarted func() // reports that WWE has restarted in the frame
	loads     listener
	quiet     *time.Timer // fires after patience without a message
}

// patience is how long WWE may be silent before it is asked for a sign of life. The
// load event is no substitute: a page can be ready long before it, if one of its
// resources never arrives.
const patience = 15 * time.Second

// follow points the carrier at the frame's current window. A new window has a WWE that
// is still loading, or that loaded before the iframe got its id.
func (f *frame) follow() error {
	isNew, err := f.turn()
	if isNew {
		_ = f.carrier.Post(isThere, nil)
		f.carrier.loads = true
		f.restarted()
	}
	return err
}

// isThere is a request that makes WWE send something. Its answer is ignored.
const isThere = `{"request":"system.getAllowedServices","referenceId":"is-there","userAgent":"` + wire.ClientAgent + `","protocolVersion":2}`

// turn sets the carrier's window to the frame's current one, without the other effects
// of follow. isNew is false for the first window.
func (f *frame) turn() (isNew bool, err error) {
	window, err := f.window()
	if err != nil || window.Equal(f.carrier.window) {
		return false, err
	}
	isNew = !f.carrier.window.IsUndefined()
	f.carrier.window = window
	return isNew, nil
}

// window returns the iframe's current window.
func (f *frame) window() (js.Value, error) {
	element := f.element()
	if element.IsNull() {
		return element, withDetail(ErrNotEmbedded, "WithFrame: the page has no element with the id "+f.id)
	}
	window, err := jsvalue.Get(element, "contentWindow")
	if err != nil || jsvalue.TypeOf(window) != js.TypeObject {
		return window, withDetail(ErrNotEmbedded, "WithFrame: the element with the id "+f.id+" is not an iframe in the page")
	}
	return window, nil
}

// element returns the element with the id. It returns null if there is none, or if the
// page has broken getElementById.
func (f *frame) element() (element js.Value) {
	element = js.Null()
	var err error
	defer jsvalue.Catch(&err)
	return jsvalue.Global("document").Call("getElementById", f.id)
}

// listen follows the iframe each time it has loaded a page. The listener is on the
// document, because another element may replace the iframe.
func (f *frame) listen() {
	f.loads = listenBefore(jsvalue.Global("document"), "load", func(event js.Value) {
		if target, err := jsvalue.Get(event, "target"); err == nil && target.Equal(f.element()) {
			f.loaded()
		}
	})
}

// loaded switches to the page that the frame has just loaded.
func (f *frame) loaded() {
	_, err := f.turn()
	f.carrier.loads = false
	if err == nil {
		f.restarted()
	}
}

func (f *frame) heard() { f.quiet.Reset(patience) }

func (f *frame) close() {
	f.loads.remove()
	f.quiet.Stop()
}
