package wwetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"wwebridge/internal/recording"
	"wwebridge/internal/transport"
	"wwebridge/internal/wire"
	"wwebridge/wasm/wwe"
)

// Replay is a WWE that replays a recording. It sends the recorded messages of
// WWE and expects the recorded messages of the widget. It turns a session
// recorded by wwe.Recorder, or on the page of the simulated desktop, into a
// test.
//
// WWE's messages come in the recorded order. Each one follows once the widget
// has sent all its earlier messages, and has had a moment to react to WWE's
// previous message. The recorded times do not matter. A Replay works best in a
// bubble of testing/synctest, where waiting takes no time and the moment ends
// exactly when all goroutines are idle.
//
// Replay compares the request, parameters and topics of the widget's messages.
// Between two messages of WWE they may come in any order, because they may have
// been sent concurrently. A message may also come before WWE messages that
// preceded it in the recording, because it was not a reaction to them.
//
// Subscribing, unsubscribing and interaction.getInteractions may come at any
// time, because package wwe decides when to send them. Replay skips a recorded
// getInteractions that is a second late. An extra one gets no answer.
//
// A recording may have pseudonyms in place of text that somebody typed. The
// widget may send any value in place of a pseudonym, but must send the same
// value each time. WWE's later messages then have this value too.
type Replay struct {
	moved chan struct{} // capacity 1: play may continue
	done  chan struct{} // closed when the replay has ended

	mu         sync.Mutex
	messages   []recorded
	at         int // the index of the next message
	values     pseudonyms
	refs       map[string]string // from recorded referenceIds to the widget's
	subscribed map[string]bool   // by the topics of the subscription, as JSON text
	connected  bool
	ended      bool
	err        error
	receive    func(message string)
}

// recorded is a message of a recording.
type recorded struct {
	recording.Entry
	line    int
	request wire.Request // the widget's request, if awaited
	awaited bool         // the widget must still send it
}

// NewReplay returns a Replay of a recording, given the text of the file. The
// error names the line that is not valid.
func NewReplay(text string) (*Replay, error) {
	entries, err := recording.Parse(text)
	if err != nil {
		return nil, fmt.Errorf("wwetest: NewReplay: %w", err)
	}
	p := &Replay{
		moved:      make(chan struct{}, 1),
		done:       make(chan struct{}),
		values:     pseudonyms{stands: stands{}},
		refs:       map[string]string{},
		subscribed: map[string]bool{},
	}
	for n, e := range entries {
		m := recorded{Entry: e, line: n + 1}
		if e.FromWidget {
			m.request, m.awaited = wire.ParseRequest(e.Text) // WWE ignores anything else that a page posts
		}
		p.messages = append(p.messages, m)
	}
	return p, nil
}

// Connect connects the widget. A Replay supports only one connection.
func (p *Replay) Connect(opts ...wwe.Option) (*wwe.Service, error) {
	return wwe.Connect(transport.NewContext(context.Background(), p.open), opts...)
}

func (p *Replay) open(sink transport.Sink) (transport.Transport, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.connected {
		return nil, errors.New("a Replay is for one connection")
	}
	protocol := transport.NewProtocol(sink)
	p.connected, p.receive = true, protocol.Receive
	go p.play(sink)
	return protocol.Over(replayed{p}), nil
}

// Wait waits until the replay has ended. It returns nil if the widget sent all
// of its recorded messages, or else the first difference, a *Difference.
//
// The replay ends early if ctx ends or the widget closes its Service. The
// difference is then the message that the widget has not sent yet. If there is
// none and ctx has ended, Wait returns the cause of ctx.
func (p *Replay) Wait(ctx context.Context) error {
	select {
	case <-p.done:
		return p.Err()
	case <-ctx.Done():
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ended {
		return p.err
	}
	err := p.missing(context.Cause(ctx))
	if err == nil {
		err = context.Cause(ctx)
	}
	p.end(err)
	return err
}

// Err returns the first difference so far, a *Difference, or nil.
func (p *Replay) Err() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.err
}

// moment is how long the widget has to react to one of WWE's messages before
// the next one. In a browser, and in a bubble of testing/synctest, it ends when
// the widget has nothing more to do.
const moment = time.Millisecond

// patience is how much later than recorded the widget may send a
// getInteractions.
const patience = time.Second

// play sends WWE's messages.
func (p *Replay) play(sink transport.Sink) {
	for {
		var limit <-chan time.Time
		if wait := p.pause(); wait >= 0 {
			limit = time.After(wait)
		}
		select {
		case <-p.moved:
		case <-limit:
			p.next(sink)
		case <-p.done:
			return
		}
	}
}

// pause returns how long to wait before passing over the next message. A
// negative result means without limit.
func (p *Replay) pause() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case p.at == len(p.messages) || !p.messages[p.at].awaited:
		return moment
	case !isReading(p.messages[p.at].request):
		return -1
	case p.at == 0:
		return patience
	}
	return patience + p.messages[p.at].At - p.messages[p.at-1].At
}

// next passes over the next message. If the message is WWE's, next sends it. If
// it is a getInteractions of the widget, the widget need not send it any more.
func (p *Replay) next(sink transport.Sink) {
	p.mu.Lock()
	if p.ended || p.at == len(p.messages) {
		if !p.ended {
			p.end(nil)
		}
		p.mu.Unlock()
		return
	}
	m := p.messages[p.at]
	p.messages[p.at].awaited = false
	p.at++
	text := p.answer(m)
	p.mu.Unlock()
	switch {
	case m.FromWidget:
	case m.Text == recording.Restarted:
		sink.Restarted()
	default:
		p.receive(text)
	}
}

// answer returns a message of WWE in the form that this widget must get. The
// Replay is locked.
func (p *Replay) answer(m recorded) string {
	message, ok := wire.ParseMessage(m.Text)
	if m.FromWidget || !ok {
		return m.Text
	}
	ref := p.refs[message.ReferenceID]
	if message.Event == "" && message.ReferenceID != "" && ref == "" {
		return "" // its request is not in the recording
	}
	return p.values.stands.restore(m.Text, ref)
}

// replayed carries the widget's messages to a Replay.
type replayed struct{ p *Replay }

func (r replayed) Post(message string, _ []int) error {
	r.p.take(message)
	return nil
}

func (r replayed) Close() {
	r.p.mu.Lock()
	defer r.p.mu.Unlock()
	if !r.p.ended {
		r.p.end(r.p.missing(wwe.ErrClosed))
	}
}

// take compares a message of the widget with the recording.
func (p *Replay) take(message string) {
	sent, ok := wire.ParseRequest(message)
	if !ok {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.ended {
		if n := p.find(sent); n >= 0 {
			p.messages[n].awaited = false
			p.refs[p.messages[n].request.ReferenceID] = sent.ReferenceID
			if sent.Event != "" {
				p.subscribed[sent.Data] = true
			}
			select {
			case p.moved <- struct{}{}:
			default:
			}
			return
		}
	}
	if isReading(sent) || sent.Event == "subscribe" && p.subscribed[sent.Data] || sent.Event == "unsubscribe" {
		return // a Service checks a silent WWE, or closes
	}
	if !p.ended {
		p.end(p.difference(sent))
	}
	refusal := wire.Message{Request: sent.Name, ReferenceID: sent.ReferenceID, Reply: wire.Reply{Failed: true, ErrorMessage: "the replay has ended"}}
	go p.receive(refusal.Text()) // not here: answers are asynchronous
}

// end ends the replay with its result. The Replay is locked.
func (p *Replay) end(err error) {
	p.ended, p.err = true, err
	close(p.done)
}

// isFree reports whether package wwe decides when to send the message.
func isFree(r wire.Request) bool { return r.Event != "" || isReading(r) }

func isReading(r wire.Request) bool { return r.Name == "interaction.getInteractions" }

// find returns the place in the recording of the message that the widget has
// sent, or -1 if it has none. The Replay is locked.
func (p *Replay) find(sent wire.Request) int {
	candidates := p.commands()
	if isFree(sent) {
		candidates = p.awaited(isFree)
	}
	var places []int
	var requests []wire.Request
	for _, n := range candidates {
		r := p.messages[n].request
		if r.Event == sent.Event && (r.Name == sent.Name || !recording.IsRequest(sent.Name)) {
			places, requests = append(places, n), append(requests, r)
		}
	}
	if n := p.values.find(requests, sent); n >= 0 {
		return places[n]
	}
	return -1
}

// awaited returns the places of the messages that the widget must still send
// and that satisfy which.
func (p *Replay) awaited(which func(wire.Request) bool) []int {
	var places []int
	for n := p.at; n < len(p.messages); n++ {
		if p.messages[n].awaited && which(p.messages[n].request) {
			places = append(places, n)
		}
	}
	return places
}

// commands returns the places of the commands that may come now: those before
// the next WWE message that follows the first of them.
func (p *Replay) commands() []int {
	places := p.awaited(func(r wire.Request) bool { return !isFree(r) })
	for n := range places {
		for between := places[0]; between < places[n]; between++ {
			if !p.messages[between].FromWidget {
				return places[:n]
			}
		}
	}
	return places
}
