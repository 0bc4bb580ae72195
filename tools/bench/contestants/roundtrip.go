//go:build js

package main

import (
	"context"
	"strconv"
	"syscall/js"
	"time"

	"wwebridge/internal/jsvalue"
	"wwebridge/internal/wire"
	"wwebridge/wasm/wwe"
)

// roundTrip(way, large, n) makes n calls, each after the answer to the previous one,
// and returns the total time.
func roundTrip(args []js.Value) any {
	switch large, n := args[1].Bool(), args[2].Int(); args[0].String() {
	case "bare":
		return bareRoundTrips(bareWindow, large, n)
	case "bare client":
		return bareRoundTrips(bareClient, large, n)
	case "careful":
		return bareRoundTrips(carefulWindow, large, n)
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

// bareWay connects to WWE for small or large answers. send sends a request. answered
// receives the answer's text, or "" if the way does not read it.
type bareWay func(large bool, answered func(text string)) (send, end func())

// bareRoundTrips makes calls without bookkeeping. This is the lower bound for Go with
// syscall/js.
func bareRoundTrips(way bareWay, large bool, n int) any {
	answers := make(chan string, 1)
	send, end := way(large, func(text string) { answers <- text })
	defer end()
	call := func() {
		send()
		<-answers
	}
	call()
	began := time.Now()
	for range n {
		call()
	}
	return milliseconds(time.Since(began))
}

// bareWindow posts an object created in advance and does not read a small answer.
func bareWindow(large bool, answered func(text string)) (send, end func()) {
	message := js.Global().Get("JSON").Call("parse", requestFor(large).Text())
	window, origin := wweFrame()
	post := js.Global().Get("postMessage").Call("bind", window)
	end = hear(func(event js.Value) {
		event.Get("origin") // see roundtrip.js
		answered(textIfLarge(event.Get("data"), large))
	})
	return func() { post.Invoke(message, origin) }, end
}

// carefulWindow does only the work that any safe implementation must do. It sends each
// message as text with an id of its own and checks the source and the origin of each
// answer. It survives any exception and reads the whole answer as text.
func carefulWindow(large bool, answered func(text string)) (send, end func()) {
	request := requestFor(large)
	id := 0
	window, from := wweFrame()
	origin := js.ValueOf(from)
	post := js.Global().Get("postMessage").Call("bind", window)
	parse := js.Global().Get("JSON").Get("parse")
	get := js.Global().Get("Reflect").Get("get")
	names := [3]js.Value{js.ValueOf("source"), js.ValueOf("origin"), js.ValueOf("data")}
	end = hear(func(event js.Value) {
		source, sent, data := get.Invoke(event, names[0]), get.Invoke(event, names[1]), get.Invoke(event, names[2])
		if source.Equal(window) && sent.Equal(origin) {
			answered(must(jsvalue.TextOf(data)))
		}
	})
	return func() {
		id++
		request.ReferenceID = strconv.Itoa(id)
		post.Invoke(parse.Invoke(request.Text()), origin)
	}, end
}

// bareClient calls the client's method with callbacks created in advance.
func bareClient(large bool, answered func(text string)) (send, end func()) {
	interaction := js.Global().Get("genesys").Get("wwe").Get("service").Get("interaction")
	method := func(name string) js.Value { return interaction.Get(name).Call("bind", interaction) }
	answer := js.FuncOf(func(_ js.Value, args []js.Value) any {
		answered(textIfLarge(args[0], large))
		return nil
	})
	refused := js.FuncOf(func(js.Value, []js.Value) any { panic("refused") })
	end = func() {
		answer.Release()
		refused.Release()
	}
	if large {
		getInteractions := method("getInteractions")
		return func() { getInteractions.Invoke(answer, refused) }, end
	}
	markDone := method("markdone")
	return func() { markDone.Invoke("1", answer, refused) }, end
}

func textIfLarge(answer js.Value, large bool) string {
	if !large {
		return ""
	}
	return must(jsvalue.TextOf(answer))
}

func requestFor(large bool) wire.Request {
	if large {
		return wire.Request{Name: "interaction.getInteractions", ReferenceID: "1"}
	}
	return wire.Request{Name: "interaction.markdone", Parameters: []string{`"1"`}, ReferenceID: "1"}
}

func hear(receive func(event js.Value)) (end func()) {
	heard := js.FuncOf(func(_ js.Value, args []js.Value) any {
		receive(args[0])
		return nil
	})
	js.Global().Call("addEventListener", "message", heard)
	return func() {
		js.Global().Call("removeEventListener", "message", heard)
		heard.Release()
	}
}

func markDone(svc *wwe.Service) { check(svc.Interaction.MarkDone(context.Background(), "1")) }

func list(svc *wwe.Service) { must(svc.Interaction.GetInteractions(context.Background())) }

// wweFrame returns the window and the origin of the iframe that currently acts as WWE.
func wweFrame() (window js.Value, origin string) {
	frame := js.Global().Get("document").Call("getElementById", "wwe")
	return frame.Get("contentWindow"), js.Global().Get("URL").New(frame.Get("src")).Get("origin").String()
}

// connect connects to the WWE in the page's iframe, through the page's client object or
// through the library's own implementation of the protocol.
func connect(way string, options ...wwe.Option) *wwe.Service {
	if way == "own protocol" {
		_, origin := wweFrame()
		options = append(options, wwe.WithOrigin(origin), wwe.WithFrame("wwe"))
	}
	return must(wwe.Connect(context.Background(), options...))
}
