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

// Replay is a WWE that is a recording: it says what WWE said then, to a widget
// that must say what the widget said then. It makes a session that somebody
// recorded, by wwe.Recorder or on the page of the simulated desktop, into a test.
//
// WWE's messages come in the recorded order, each once the widget has sent what
// it had sent before, and had a moment to react to the message before. Time is
// not replayed. A bubble of testing/synctest is the best place for a replay:
// waiting takes no time there, and a moment ends exactly when all is quiet.
//
// What the widget sends is compared by request, parameters and topics. Between
// two messages of WWE it may come in any order, as it may have been sent
// concurrently, and it may come earlier than WWE's messages before it, to which
// it was no reaction then. Subscribing, unsubscribing and the reading of all
// interactions may come at any time, because package wwe does them when it
// sees fit; such a reading may be missing too, for which the replay waits a
// second, or be one too many, which gets no answer.
//
// Where the recording has a pseudonym in place of what somebody had typed, the
// widget may send anything, but the same for the same pseudonym; WWE's later
// messages then have it too.
type Replay struct {
	moved chan struct{} // capacity 1: the player may go on
	done  chan struct{} // the recording is through, or the replay has ended before

	mu         sync.Mutex
	messages   []recorded
	at         int // the message that is next
	values     pseudonyms
	refs       map[string]string // the widget's referenceIds by the recorded ones
	subscribed map[string]bool   // by what was subscribed to, as JSON text
	connected  bool
	ended      bool
	err        error
	receive    func(message string)
}

// recorded is a message of the recording.
type recorded struct {
	recording.Entry
	line    int
	request wire.Request // of the widget, if awaited
	awaited bool         // the widget must send it
}

// NewReplay returns the Replay of a recording, which is the text of the file.
// An error names the line that is not one of a recording.
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
			m.request, m.awaited = wire.ParseRequest(e.Text) // WWE ignores what else a page posts
		}
		p.messages = append(p.messages, m)
	}
	return p, nil
}

// Connect connects the widget. A Replay is for one connection.
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

// Wait waits until the recording is through, and returns nil, or the first
// difference, a *Difference. If ctx ends before, or the widget closes its
// Service, the difference is the message that it has not sent yet. Either way
// the replay has ended then.
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
// the next. In a browser and in a bubble of testing/synctest it ends when the
// widget has nothing more to do.
const moment = time.Millisecond

// patience is how much longer than it took then the widget may take to read
// all interactions.
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

// pause is how long to wait before the next message is passed over; without
// limit if it is negative.
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

// next passes over the next message, which WWE sends if it is its own, and
// which the widget need not send any more if it is a reading.
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

// answer gives a message of WWE as this widget must get it. The Replay is locked.
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

// take compares what the widget sent with the recording.
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
		return // a check because WWE is silent, or what a Service says at its end
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

// isFree tells of the messages that package wwe sends when it sees fit.
func isFree(r wire.Request) bool { return r.Event != "" || isReading(r) }

func isReading(r wire.Request) bool { return r.Name == "interaction.getInteractions" }

// find gives the place in the recording of the message that the widget sent
// now, -1 if it has none. The Replay is locked.
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

// awaited gives the places of the messages that the widget must still send.
func (p *Replay) awaited(which func(wire.Request) bool) []int {
	var places []int
	for n := p.at; n < len(p.messages); n++ {
		if p.messages[n].awaited && which(p.messages[n].request) {
			places = append(places, n)
		}
	}
	return places
}

// commands gives the places of those that may come now: up to the next message
// of WWE after the first of them.
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
