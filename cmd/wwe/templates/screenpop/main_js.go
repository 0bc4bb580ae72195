package main

import (
	"context"
	"errors"
	"syscall/js"

	"wwebridge/wasm/wwe"
)

func main() {
	// wwe dev and wwe build write the origin into the page. Never take it from the page's URL.
	origin := element("origin").Get("content").String()
	svc, err := wwe.Connect(context.Background(), wwe.WithOrigin(origin))
	if err == nil {
		err = follow(context.Background(), svc, fetchRecord, show) // only returns if it fails
	}
	show(view{Failure: wwe.CategoryOf(err).Explain() + " (" + err.Error() + ")"})
}

// fetchRecord gets a record from this panel's own server. Put your CRM's address here. If that is
// another server, the Content-Security-Policy must allow it by connect-src.
func fetchRecord(id string) (string, error) {
	request := js.Global().Get("XMLHttpRequest").New()
	done := make(chan struct{})
	ended := js.FuncOf(func(js.Value, []js.Value) any { close(done); return nil })
	defer ended.Release()
	request.Set("onloadend", ended)
	request.Call("open", "GET", "customers/"+js.Global().Call("encodeURIComponent", id).String()+".json")
	request.Set("timeout", 8000)
	request.Call("send")
	<-done // only wait in a goroutine: an event handler that waits stops the page
	switch request.Get("status").Int() {
	case 200:
		return request.Get("responseText").String(), nil
	case 404:
		return "", nil
	}
	return "", errors.New("the server does not answer or reports an error")
}

// show draws the view. It sets textContent, never innerHTML: others have written these texts.
func show(v view) {
	for id, text := range map[string]string{"status": v.Status, "failure": v.Failure, "name": v.Name} {
		element(id).Set("textContent", text)
	}
	element("record").Call("replaceChildren")
	for _, field := range v.Fields {
		row := element("field").Get("content").Call("cloneNode", true)
		row.Call("querySelector", "dt").Set("textContent", field[0])
		value := row.Call("querySelector", "a") // without href it is text, not a link
		value.Set("textContent", field[1])
		if isSafe(field[1]) {
			value.Set("href", field[1])
		}
		element("record").Call("append", row)
	}
}

func element(id string) js.Value { return js.Global().Get("document").Call("getElementById", id) }
