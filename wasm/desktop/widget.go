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

// silence is how long a widget may say nothing before the page says what may
// be wrong with it.
const silence = 8 * time.Second

var (
	stringify = js.Global().Get("JSON").Get("stringify")
	postText  = js.Global().Get("wwePostText") // in web/desktop.js
)

// widget is an iframe and its end at the Host.
type widget struct {
	interactionID string // "" for a widget of all interactions
	iframe        dom.Element
	window        js.Value
	origin        string
	frame         *wwetest.Frame
	spoke, closed bool
	trouble       string
	began, posted time.Time // the messages that are posted in one go: the first and the last
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

// load begins to load the page. The iframe must be in the desktop by now, as
// it has no window before.
func (w *widget) load(url string, inTrouble func()) {
	w.window = w.iframe.Underlying().Get("contentWindow")
	w.iframe.SetAttribute("src", url)
	time.AfterFunc(silence, func() {
		if w.spoke || w.closed || w.trouble != "" {
			return
		}
		own := js.Global().Get("location").Get("origin").String()
		w.trouble = "Nothing has come from " + w.origin + ". Is its server started? Does it let " + own +
			" frame it (X-Frame-Options, frame-ancestors)? Does it take " + own + " for WWE?"
		inTrouble()
	})
}

// post sends a message to the widget's page and to no other, should the
// iframe have gone elsewhere. What is not JSON goes as the string that it is.
func (w *widget) post(message string) {
	if w.closed {
		return
	}
	now := time.Now()
	if now.Sub(w.posted) > 2*time.Millisecond {
		w.began = now
	}
	w.posted = now
	if now.Sub(w.began) > 8*time.Millisecond { // a flood must not stop the page
		time.Sleep(time.Millisecond)
		w.began = time.Now()
	}
	postText.Invoke(w.window, message, w.origin)
}

// receive takes a message of a window if it is this widget's. It counts only
// if it is of the right origin too, as with
// service-client-api.accepted-web-content-origins.
func (w *widget) receive(event js.Value) (mine bool) {
	if w.closed || !event.Get("source").Equal(w.window) {
		return false
	}
	if origin := event.Get("origin").String(); origin != w.origin {
		w.trouble = "The page in the iframe is of the origin " + origin + ", not " + w.origin + ": its messages do not count."
		return true
	}
	w.spoke, w.trouble = true, ""
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

// text gives the JSON text of what the widget posted, which may be anything.
func text(data js.Value) (text string, ok bool) {
	defer func() {
		if recover() != nil { // JSON has no word for it, such as for a BigInt
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

// resolve fills in WWE's URL variables and returns the origin of the result.
func resolve(host *wwetest.Host, template, interactionID string) (url, origin string, err error) {
	url = host.ExpandURL(template, interactionID)
	defer func() {
		if recover() != nil { // new URL throws where it is none
			err = errNotAURL
		}
	}()
	parsed := js.Global().Get("URL").New(url)
	if protocol := parsed.Get("protocol").String(); protocol != "http:" && protocol != "https:" {
		return "", "", errNotAURL
	}
	return url, parsed.Get("origin").String(), nil
}
