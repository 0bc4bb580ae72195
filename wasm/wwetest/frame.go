package wwetest

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync"

	"wwebridge/internal/wire"
)

// Frame is a widget's iframe as WWE sees it. Receive takes the messages of a
// widget that speaks WWE's protocol. The function passed to Attach gets WWE's
// messages.
type Frame struct {
	host   *Host
	number int
	origin string
	post   func(message string)

	// Guarded by the Host's lock.
	of            *interaction     // the frame's interaction; nil: all interactions
	told          bool             // the frame has got the CASE_EXPANDED of its call
	subscriptions map[int][]string // topics by subscription id
	lastID        int
	named         bool     // the frame has got its frameId
	restarts      int      // of the Host: the answers from before are dropped
	overtaken     []string // messages that the next one overtakes, see FaultKindReorder

	mu        sync.Mutex
	outbox    []delivery
	posting   bool
	detached  bool
	onRestart func()
	onForge   func(message string)
}

// delivery is a step at the widget's end: a message that arrives, or a call.
type delivery struct {
	message string
	do      func() // called if there is no message
}

// Attach adds a frame whose page has this origin, such as
// "http://localhost:3000". The Host calls post with the text of each message to
// the widget, one at a time and in order. It never does so during Receive,
// because in a browser answers are asynchronous.
//
// The text is JSON, unless FaultKindTruncated has cut it or it comes from
// Host.Post. In both cases, post it to the widget as a string.
func (h *Host) Attach(origin string, post func(message string)) *Frame {
	f := &Frame{host: h, origin: origin, post: post, subscriptions: map[int][]string{}, lastID: -1}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.lastFrame++
	f.number = h.lastFrame
	h.frames = append(h.frames, f)
	return f
}

// OfInteraction makes f the frame of one interaction, as WWE's option
// interaction.web-content does, until WWE's page reloads. The frame of a call
// that the agent dialled gets CASE_EXPANDED after it first subscribes to
// "interaction", see Config.CaseExpandedDelay.
func (f *Frame) OfInteraction(interactionID string) {
	f.host.mu.Lock()
	defer f.host.mu.Unlock()
	f.of = f.host.byID(interactionID)
}

// Receive takes the JSON text of a message that the widget posted. It ignores
// text that is not a message of WWE's protocol.
func (f *Frame) Receive(message string) {
	f.host.log.add(Message{f.host.clock.Now(), f.number, true, message})
	request, ok := wire.ParseRequest(message)
	if !ok {
		return
	}
	_ = f.host.change(func() error { // puts the answers into the outbox in the order of the requests
		if !slices.Contains(f.host.frames, f) {
			return nil // the page is gone
		}
		f.giveFrameID()
		switch request.Event {
		case "":
			f.request(request)
		case "subscribe":
			f.subscribe(request)
		case "unsubscribe":
			f.unsubscribe(request)
		}
		return nil
	})
}

func (f *Frame) giveFrameID() {
	if f.host.config.FrameIDs && !f.named {
		f.named = true
		f.send(wire.Message{FrameID: quote("frame-" + strconv.Itoa(f.number))}.Text())
	}
}

// request executes a request and answers it.
func (f *Frame) request(request wire.Request) {
	h := f.host
	h.remember(request)
	fault := h.faultOf(request.Name)
	if fault.keepsFromHappening() {
		f.misbehave(request, fault)
		return
	}
	var data string
	err := h.admit(f.origin, request.Name)
	if err == nil {
		execute, known := requests[request.Name]
		if !known {
			execute = func(*Host, parameters) (string, error) { return "", errors.New("unknown request: " + request.Name) } // guess
		}
		data, err = execute(h, parameters{f, request.Parameters})
	}
	var delayed *wait
	if errors.As(err, &delayed) {
		restarts := f.restarts
		h.after(delayed, func(err error) {
			if f.restarts == restarts {
				f.answer(request, "", err, fault)
			}
		})
		return
	}
	f.answer(request, data, err, fault)
}

// answer sends the outcome of a request, unless WWE ignores the request.
func (f *Frame) answer(request wire.Request, data string, err error, fault Fault) {
	reply := wire.Reply{Data: data}
	switch {
	case errors.Is(err, errIgnored):
		return
	case err != nil:
		reply = f.host.refusal(err.Error())
	case data == "":
		reply.Data = f.host.config.CommandData
	}
	f.reply(request, reply, fault)
}

func (h *Host) refusal(reason string) wire.Reply {
	return wire.Reply{Failed: true, ErrorMessage: strings.ReplaceAll(h.config.ErrorText, "{reason}", reason)}
}

func (f *Frame) reply(request wire.Request, reply wire.Reply, fault Fault) {
	f.sendBy(fault, wire.Message{Request: request.Name, ReferenceID: request.ReferenceID, Reply: reply})
}

// Detach removes the frame. The Host posts nothing to it any more.
func (f *Frame) Detach() {
	f.host.mu.Lock()
	f.host.frames = slices.DeleteFunc(f.host.frames, func(other *Frame) bool { return other == f })
	f.host.mu.Unlock()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.detached = true
}

// send posts the message, and after it the messages that it overtakes.
func (f *Frame) send(message string) {
	f.deliver(delivery{message: message})
	for _, late := range f.overtaken {
		f.deliver(delivery{message: late})
	}
	f.overtaken = nil
}

// deliver adds d to the outbox. Delivery starts at the end of Host.change,
// because a reload of WWE's page discards messages that are not delivered yet.
func (f *Frame) deliver(d delivery) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.outbox = append(f.outbox, d)
}

// startDelivery delivers the outbox, in a goroutine that ends when the outbox
// is empty.
func (f *Frame) startDelivery() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.posting && len(f.outbox) > 0 {
		f.posting = true
		go f.deliverAll()
	}
}

func (f *Frame) deliverAll() {
	for {
		f.mu.Lock()
		if f.detached || len(f.outbox) == 0 {
			f.posting = false
			f.outbox = nil
			f.mu.Unlock()
			return
		}
		next := f.outbox[0]
		f.outbox = f.outbox[1:]
		f.mu.Unlock()
		if next.do != nil {
			next.do()
			continue
		}
		f.host.log.add(Message{f.host.clock.Now(), f.number, false, next.message})
		f.post(next.message)
	}
}
