package wwetest

import (
	"errors"
	"slices"
	"sync"
	"time"

	"wwebridge/internal/wire"
	"wwebridge/wasm/wwe"
)

// Frame is a widget's iframe as WWE sees it: what a widget that speaks WWE's
// protocol sends goes to Receive, what WWE sends comes out of the function
// that was given to Attach.
type Frame struct {
	host *Host
	post func(message string)

	// Guarded by the Host's lock.
	subscriptions map[int][]string // topics by subscription id
	lastID        int

	mu        sync.Mutex
	outbox    []string
	posting   bool
	detached  bool
	onRestart func()
}

// Attach adds a frame. post takes the JSON text of each message to the widget,
// one at a time, in order, and never during Receive: as in a browser, answers
// are asynchronous.
func (h *Host) Attach(post func(message string)) *Frame {
	f := &Frame{host: h, post: post, subscriptions: map[int][]string{}, lastID: -1}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.frames = append(h.frames, f)
	return f
}

// Receive takes the JSON text of a message that the widget posted. What is not
// one of the protocol's messages is ignored.
func (f *Frame) Receive(message string) {
	f.host.tell(Message{FromWidget: true, Text: message})
	request, ok := wire.ParseRequest(message)
	if !ok {
		return
	}
	f.host.mu.Lock()
	defer f.host.mu.Unlock() // until the answer is in the outbox, so that answers keep the order of requests
	switch request.Event {
	case "":
		f.request(request)
	case "subscribe":
		f.subscribe(request)
	case "unsubscribe":
		f.unsubscribe(request)
	}
	f.host.flush()
}

func (f *Frame) request(request wire.Request) {
	if reply, answered := f.host.answer(request, f.reply(request)); answered {
		f.reply(request)(reply)
	}
}

// reply returns what sends the answer to the request.
func (f *Frame) reply(request wire.Request) func(wire.Reply) {
	return func(reply wire.Reply) {
		f.send(wire.Message{Request: request.Name, ReferenceID: request.ReferenceID, Reply: reply}.Text())
	}
}

// Detach removes the frame: nothing is posted to it any more.
func (f *Frame) Detach() {
	f.host.mu.Lock()
	f.host.frames = slices.DeleteFunc(f.host.frames, func(other *Frame) bool { return other == f })
	f.host.mu.Unlock()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.detached = true
}

// send posts from a goroutine that lives only while there is something to post.
func (f *Frame) send(message string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.outbox = append(f.outbox, message)
	if !f.posting {
		f.posting = true
		go f.postAll()
	}
}

func (f *Frame) postAll() {
	for {
		f.mu.Lock()
		if f.detached || len(f.outbox) == 0 {
			f.posting = false
			f.outbox = nil
			f.mu.Unlock()
			return
		}
		message := f.outbox[0]
		f.outbox = f.outbox[1:]
		f.mu.Unlock()
		f.host.tell(Message{Text: message})
		f.post(message)
	}
}

// answer executes a request. answered is false where WWE keeps silent, and
// where it gives the answer to later when the time has come. The Host is locked.
func (h *Host) answer(request wire.Request, later func(wire.Reply)) (reply wire.Reply, answered bool) {
	if len(h.requests) == maxRequests {
		h.requests = slices.Delete(h.requests, 0, maxRequests/10)
	}
	h.requests = append(h.requests, record(request))
	if fault, ok := h.fault(request.Name); ok {
		return fault.reply()
	}
	execute, known := requests[request.Name]
	if !known {
		return refusal("unknown request: " + request.Name), true // guess
	}
	data, err := execute(h, request.Parameters)
	var delayed *wait
	if errors.As(err, &delayed) {
		h.after(delayed, func(err error) { later(h.reply("", err)) })
		return wire.Reply{}, false
	}
	return h.reply(data, err), true
}

func (h *Host) reply(data string, err error) wire.Reply {
	if err != nil {
		return refusal(err.Error())
	}
	if data == "" {
		data = string(h.commandData)
	}
	return wire.Reply{Data: data}
}

// wait is what an operation returns in place of an error if it goes on after
// some time, with what it then does.
type wait struct {
	duration time.Duration
	then     func() error
}

func (*wait) Error() string { return "not done yet" }

// after continues a delayed operation when its time has come, and gives its outcome.
func (h *Host) after(w *wait, done func(error)) {
	time.AfterFunc(w.duration, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		done(w.then())
		h.flush()
	})
}

func refusal(message string) wire.Reply { return wire.Reply{Failed: true, ErrorMessage: message} }

func record(request wire.Request) Request {
	r := Request{Name: request.Name}
	for _, p := range request.Parameters {
		r.Parameters = append(r.Parameters, wwe.JSON(p))
	}
	return r
}
