package transport

import (
	"syscall/js"
	"time"

	"wwebridge/internal/jsvalue"
	"wwebridge/internal/wire"
)

// PostMessageInFrame is PostMessage to the WWE in this page's own iframe with
// this element id.
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

// frame is an iframe of this page that WWE runs in: whichever element has the
// id at the moment. The page may reload the iframe, move it, which gives it a
// new window, replace it, or insert it later.
type frame struct {
	id        string
	carrier   *windowCarrier
	restarted func() // reports that WWE restarted in the frame
	loads     listener
	quiet     *time.Timer // until nothing was heard for too long
}

// patience is how long WWE may say nothing until it is asked. A page that it
// loads is there long before its load event where a part of it never comes.
const patience = 15 * time.Second

// follow turns the carrier to the window that the frame has now. A new one has
// WWE loading in it, or has loaded it before the iframe got its id.
func (f *frame) follow() error {
	isNew, err := f.turn()
	if isNew {
		_ = f.carrier.Post(isThere, nil)
		f.carrier.loads = true
		f.restarted()
	}
	return err
}

// isThere asks a WWE to show itself. Nobody waits for the answer.
const isThere = `{"request":"system.getAllowedServices","referenceId":"is-there","userAgent":"` + wire.ClientAgent + `","protocolVersion":2}`

// turn is follow without what follows from it. The first window is no new one.
func (f *frame) turn() (isNew bool, err error) {
	window, err := f.window()
	if err != nil || window.Equal(f.carrier.window) {
		return false, err
	}
	isNew = !f.carrier.window.IsUndefined()
	f.carrier.window = window
	return isNew, nil
}

// window returns the iframe's window as it is now.
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

// element returns the element with the id, null for none, also where the page
// has put something else in the place of getElementById.
func (f *frame) element() (element js.Value) {
	element = js.Null()
	var err error
	defer jsvalue.Catch(&err)
	return jsvalue.Global("document").Call("getElementById", f.id)
}

// listen follows the iframe whenever it has loaded a page. It listens at the
// document, because another element may take the iframe's place.
func (f *frame) listen() {
	f.loads = listenBefore(jsvalue.Global("document"), "load", func(event js.Value) {
		if target, err := jsvalue.Get(event, "target"); err == nil && target.Equal(f.element()) {
			f.loaded()
		}
	})
}

// loaded turns to the page that the frame has loaded.
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
