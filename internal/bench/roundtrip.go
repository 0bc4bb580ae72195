//go:build js

package main

import (
	"context"
	"syscall/js"
	"time"

	"wwebridge/internal/transport"
	"wwebridge/internal/wire"
	"wwebridge/wasm/wwe"
)

// roundTrip(way, large, n) makes n calls one after the other, each when the
// one before is answered, and gives their time.
func roundTrip(args []js.Value) any {
	if args[0].String() == "bare" {
		return bareRoundTrips(args[1].Bool(), args[2].Int())
	}
	svc := connect(args[0].String())
	defer svc.Close()
	call := func() { markDone(svc) }
	if args[1].Bool() {
		call = func() { list(svc) }
	}
	call()
	began := time.Now()
	for range args[2].Int() {
		call()
	}
	return milliseconds(time.Since(began))
}

// bareRoundTrips posts a message that was made before and, when any message
// comes, reads nothing of a small one, and of a large one brings the text to
// Go: where the limit lies for Go by syscall/js.
func bareRoundTrips(large bool, n int) any {
	request := "interaction.markdone"
	if large {
		request = "interaction.getInteractions"
	}
	message := js.ValueOf(map[string]any{"request": request, "referenceId": "1", "userAgent": wire.ClientAgent})
	window, origin := wweFrame()
	answered := make(chan string, 1)
	listener := js.FuncOf(func(_ js.Value, args []js.Value) any {
		text := ""
		if large {
			args[0].Get("origin") // see roundtrip.js
			text = must(transport.TextOf(args[0].Get("data")))
		}
		answered <- text
		return nil
	})
	defer listener.Release()
	js.Global().Call("addEventListener", "message", listener)
	defer js.Global().Call("removeEventListener", "message", listener)
	call := func() {
		window.Call("postMessage", message, origin)
		<-answered
	}
	call()
	began := time.Now()
	for range n {
		call()
	}
	return milliseconds(time.Since(began))
}

func markDone(svc *wwe.Service) { check(svc.Interaction.MarkDone(context.Background(), "1")) }

func list(svc *wwe.Service) { must(svc.Interaction.GetInteractions(context.Background())) }

// wweFrame is the iframe that plays WWE just now.
func wweFrame() (window js.Value, origin string) {
	frame := js.Global().Get("document").Call("getElementById", "wwe")
	return frame.Get("contentWindow"), js.Global().Get("URL").New(frame.Get("src")).Get("origin").String()
}

// connect connects to the WWE in the page's iframe: over the client object of
// the page, or by our own side of the protocol.
func connect(way string, options ...wwe.Option) *wwe.Service {
	if way == "own protocol" {
		_, origin := wweFrame()
		options = append(options, wwe.WithOrigin(origin), wwe.WithFrame("wwe"))
	}
	return must(wwe.Connect(context.Background(), options...))
}
