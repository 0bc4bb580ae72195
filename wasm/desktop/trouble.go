//go:build js

package main

import (
	"strconv"
	"strings"
	"syscall/js"
	"time"

	"wwebridge/wasm/desktop/html"
)

// silence is how long the page waits for the first message of a widget before
// it shows possible reasons for the silence. If the widget's server cannot be
// reached, it says so probeDelay after the iframe has loaded: a browser's error
// page.
const (
	silence    = 8 * time.Second
	probeDelay = time.Second
)

// trouble is a problem with a widget, and what the user can try.
type trouble struct {
	what string
	try  []string
}

func unreachable(url, origin string) *trouble {
	return &trouble{"No server answers at " + origin + ".", []string{
		"Start the server of your widget, then press Reload widget.",
		"Check the address above: " + url,
		"Open the address in another tab. If it does not open there either, the server is not running or the port is another one.",
	}}
}

func silent(origin string) *trouble {
	own := js.Global().Get("location").Get("origin").String()
	return &trouble{"The page from " + origin + " has said nothing to WWE for " + strconv.Itoa(int(silence.Seconds())) + " seconds.", []string{
		"If the frame below is empty: let " + own + " frame the page. Its headers X-Frame-Options and frame-ancestors decide.",
		"If the page shows: have it send its messages to " + own + ", which stands for WWE here.",
		"Look for errors of the page in the browser’s console.",
	}}
}

// reaches reports whether a server answers at the URL, with whatever it is. It
// also returns true if the page's policy forbids to find out.
func reaches(url string) bool {
	outcome := make(chan bool, 2)
	reached := js.FuncOf(func(js.Value, []js.Value) any { outcome <- true; return nil })
	defer reached.Release()
	failed := js.FuncOf(func(js.Value, []js.Value) any { outcome <- false; return nil })
	defer failed.Release()
	document, event := js.Global().Get("document"), "securitypolicyviolation"
	document.Call("addEventListener", event, reached)
	defer document.Call("removeEventListener", event, reached)
	js.Global().Call("fetch", url, map[string]any{"mode": "no-cors", "credentials": "omit", "cache": "no-store"}).Call("then", reached, failed)
	return <-outcome
}

// say shows a note, or removes it if the text is "".
func (a *widgetArea) say(text string) { a.tell(trouble{what: text}) }

// showTrouble shows the first problem of a widget and what the user can try.
func (a *widgetArea) showTrouble() {
	var first trouble
	for _, w := range a.widgets {
		if w.trouble != nil {
			first = *w.trouble
			break
		}
	}
	a.tell(first)
}

func (a *widgetArea) tell(t trouble) {
	text := strings.Join(append([]string{t.what}, t.try...), "\n")
	if text == a.told {
		return
	}
	a.told = text
	html.Empty(a.note)
	if t.what != "" {
		a.note.AppendChild(html.Text("strong", "", t.what))
	}
	if len(t.try) > 0 {
		list := html.Element("ul", "")
		for _, try := range t.try {
			list.AppendChild(html.Text("li", "", try))
		}
		a.note.AppendChild(list)
	}
}
