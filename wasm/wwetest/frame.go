package wwetest

import (
	"sync"

	"wwebridge/internal/wire"
	"wwebridge/wasm/wwe"
)

// Frame is a widget's iframe as WWE sees it: what a widget that speaks WWE's
// protocol sends goes to Receive, what WWE sends comes out of the function
// that was given to Attach.
type Frame struct {
	host *Host
	post func(message string)

	mu       sync.Mutex
	outbox   []string
	posting  bool
	detached bool
}

// Attach adds a frame. post takes the JSON text of each message to the widget,
// one at a time, in order, and never during Receive: as in a browser, answers
// are asynchronous.
func (h *Host) Attach(post func(message string)) *Frame {
	return &Frame{host: h, post: post}
}

// Receive takes the JSON text of a message that the widget posted. What is not
// one of the protocol's messages is ignored.
func (f *Frame) Receive(message string) {
	request, ok := wire.ParseRequest(message)
	if !ok || request.Name == "" {
		return
	}
	f.host.mu.Lock()
	defer f.host.mu.Unlock() // until the answer is in the outbox, so that answers keep the order of requests
	if reply, answered := f.host.answer(request); answered {
		f.send(wire.Message{Request: request.Name, ReferenceID: request.ReferenceID, Reply: reply}.Text())
	}
}

// Detach removes the frame: nothing is posted to it any more.
func (f *Frame) Detach() {
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
		f.post(message)
	}
}

// answer executes a request. answered is false where WWE keeps silent.
func (h *Host) answer(request wire.Request) (reply wire.Reply, answered bool) {
	h.requests = append(h.requests, record(request))
	if fault, ok := h.fault(request.Name); ok {
		return fault.reply()
	}
	execute, known := requests[request.Name]
	if !known {
		return refusal("unknown request: " + request.Name), true // guess
	}
	data, err := execute(h, request.Parameters)
	if err != nil {
		return refusal(err.Error()), true
	}
	if data == "" {
		data = string(h.commandData)
	}
	return wire.Reply{Data: data}, true
}

func refusal(message string) wire.Reply { return wire.Reply{Failed: true, ErrorMessage: message} }

func record(request wire.Request) Request {
	r := Request{Name: request.Name}
	for _, p := range request.Parameters {
		r.Parameters = append(r.Parameters, wwe.JSON(p))
	}
	return r
}
