package transport

import "syscall/js"

// frame is an iframe of this page that WWE runs in: whichever element has the
// id at the moment. The page may reload the iframe, move it, which gives it a
// new window, replace it, or insert it later.
type frame struct {
	id    string
	loads listener
}

// window returns the iframe's window as it is now.
func (f *frame) window() (js.Value, error) {
	element := f.element()
	if element.IsNull() {
		return element, withDetail(ErrNotEmbedded, "WithFrame: the page has no element with the id "+f.id)
	}
	window, err := get(element, "contentWindow")
	if err != nil || typeOf(window) != js.TypeObject {
		return window, withDetail(ErrNotEmbedded, "WithFrame: the element with the id "+f.id+" is not an iframe in the page")
	}
	return window, nil
}

func (f *frame) element() js.Value { return global("document").Call("getElementById", f.id) }

// onLoad calls loaded whenever the iframe has loaded a page. It listens at the
// document, because another element may take the iframe's place.
func (f *frame) onLoad(loaded func()) {
	f.loads = listenBefore(global("document"), "load", func(event js.Value) {
		if target, err := get(event, "target"); err == nil && target.Equal(f.element()) {
			loaded()
		}
	})
}
