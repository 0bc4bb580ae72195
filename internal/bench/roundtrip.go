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
	switch args[0].String() {
	case "bare":
		return bareRoundTrips(false, args[1].Bool(), args[2].Int())
	case "bare client":
		return bareRoundTrips(true, args[1].Bool(), args[2].Int())
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

// bareRoundTrips sends what was made before, by the window or by the client,
// and when anything comes back reads nothing of a small answer, and of a large
// one brings the text to Go: where the limit lies for Go by syscall/js.
func bareRoundTrips(byClient, large bool, n int) any {
	answered := make(chan string, 1)
	answer := js.FuncOf(func(_ js.Value, args []js.Value) any {
		text := ""
		if large {
			text = must(transport.TextOf(answerIn(args[0], byClient)))
		}
		answered <- text
		return nil
	})
	defer answer.Release()
	way := bareWindow
	if byClient {
		way = bareClient
	}
	send, end := way(large, answer)
	defer end()
	call := func() {
		send()
		<-answered
	}
	call()
	began := time.Now()
	for range n {
		call()
	}
	return milliseconds(time.Since(began))
}

func answerIn(given js.Value, byClient bool) js.Value {
	if byClient {
		return given
	}
	given.Get("origin") // see roundtrip.js
	return given.Get("data")
}

func bareWindow(large bool, answer js.Func) (send, end func()) {
	request := "interaction.markdone"
	if large {
		request = "interaction.getInteractions"
	}
	message := js.ValueOf(map[string]any{"request": request, "referenceId": "1", "userAgent": wire.ClientAgent})
	window, origin := wweFrame()
	js.Global().Call("addEventListener", "message", answer)
	post := js.Global().Get("postMessage").Call("bind", window)
	return func() { post.Invoke(message, origin) },
		func() { js.Global().Call("removeEventListener", "message", answer) }
}

func bareClient(large bool, answer js.Func) (send, end func()) {
	interaction := js.Global().Get("genesys").Get("wwe").Get("service").Get("interaction")
	method := func(name string) js.Value { return interaction.Get(name).Call("bind", interaction) }
	refused := js.FuncOf(func(js.Value, []js.Value) any { panic("refused") })
	if large {
		getInteractions := method("getInteractions")
		return func() { getInteractions.Invoke(answer, refused) }, refused.Release
	}
	markDone := method("markdone")
	return func() { markDone.Invoke("1", answer, refused) }, refused.Release
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
