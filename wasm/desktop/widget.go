//go:build js

package main

import (
	"errors"
	"syscall/js"
	"time"

	"honnef.co/go/js/dom/v2"

	"wwebridge/wasm/desktop/html"
	"wwebridge/wasm/wwetest"
)

var (
	stringify = js.Global().Get("JSON").Get("stringify")
	postText  = js.Global().Get("wwePostText") // in web/desktop.js
)

// widget is an iframe with the Frame that serves it.
type widget struct {
	interactionID string // "" if the widget is for all interactions
	iframe        dom.Element
	window        js.Value
	origin        string
	frame         *wwetest.Frame
	spoke, closed bool
	trouble       *trouble  // nil if there is none
	began, posted time.Time // the first and the last message of the current burst
}

func newWidget(host *wwetest.Host, interactionID, origin string) *widget {
	w := &widget{interactionID: interactionID, origin: origin, iframe: html.Element("iframe", "")}
	w.iframe.SetAttribute("title", "Widget")
	if interactionID != "" {
		w.iframe.SetAttribute("title", "Widget of interaction "+interactionID)
		w.iframe.SetAttribute("data-interaction", interactionID)
		html.Hide(w.iframe, true)
	}
	w.frame = host.Attach(origin, w.post)
	if interactionID != "" {
		w.frame.OfInteraction(interactionID)
	}
	w.frame.OnForge(func(message string) { forge(message, w.window) })
	return w
}

// load loads the page. The iframe must already be in the document, because
// otherwise it has no window.
func (w *widget) load(url string, inTrouble func()) {
	w.window = w.iframe.Underlying().Get("contentWindow")
	probed := false
	w.iframe.AddEventListener("load", false, func(dom.Event) {
		if probed {
			return
		}
		probed = true
		time.AfterFunc(probeDelay, func() {
			if w.isSilent() && !reaches(url) && w.isSilent() {
				w.trouble = unreachable(url, w.origin)
				inTrouble()
			}
		})
	})
	w.iframe.SetAttribute("src", url)
	time.AfterFunc(silence, func() {
		if w.isSilent() {
			w.trouble = silent(w.origin)
			inTrouble()
		}
	})
}

// isSilent reports whether the widget has sent nothing, for a reason that is not
// known yet.
func (w *widget) isSilent() bool { return !w.spoke && !w.closed && w.trouble == nil }

// post sends a message to the widget's page, and to no other page that the
// iframe may have navigated to. It sends text that is not JSON as a string.
func (w *widget) post(message string) {
	if w.closed {
		return
	}
	now := time.Now()
	if now.Sub(w.posted) > 2*time.Millisecond {
		w.began = now
	}
	w.posted = now
	if now.Sub(w.began) > 8*time.Millisecond { // a flood must not freeze the page
		time.Sleep(time.Millisecond)
		w.began = time.Now()
	}
	postText.Invoke(w.window, message, w.origin)
}

// receive handles a message if it comes from this widget's window, and reports
// whether it does. It ignores messages of another origin, as with
// service-client-api.accepted-web-content-origins.
func (w *widget) receive(event js.Value) (mine bool) {
	if w.closed || !event.Get("source").Equal(w.window) {
		return false
	}
	if origin := event.Get("origin").String(); origin != w.origin {
		w.trouble = &trouble{"The page in the iframe is of the origin " + origin + ", not " + w.origin + ", so WWE ignores its messages.", []string{
			"If the page has gone on to another address, open that address instead.",
		}}
		return true
	}
	w.spoke, w.trouble = true, nil
	if message, ok := text(event.Get("data")); ok {
		w.frame.Receive(message)
	}
	return true
}

func (w *widget) close() {
	w.closed = true
	w.frame.Detach()
	w.iframe.Remove()
}

// text returns the JSON text of a message from the widget, which may be any
// value.
func text(data js.Value) (text string, ok bool) {
	defer func() {
		if recover() != nil { // stringify throws, for example for a BigInt
			ok = false
		}
	}()
	s := stringify.Invoke(data)
	if s.Type() != js.TypeString {
		return "", false
	}
	return s.String(), true
}

var errNotAURL = errors.New("the widget's URL is not one of http or https, such as http://localhost:3000/")

// resolve replaces WWE's URL variables. It also returns the origin of the
// resulting URL.
func resolve(host *wwetest.Host, template, interactionID string) (url, origin string, err error) {
	url = host.ExpandURL(template, interactionID)
	defer func() {
		if recover() != nil { // new URL throws if it is not a URL
			err = errNotAURL
		}
	}()
	parsed := js.Global().Get("URL").New(url)
	if protocol := parsed.Get("protocol").String(); protocol != "http:" && protocol != "https:" {
		return "", "", errNotAURL
	}
	return url, parsed.Get("origin").String(), nil
}
