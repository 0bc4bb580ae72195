package wwe

import (
	"strconv"
	"sync"
	"time"

	"wwebridge/internal/recording"
	"wwebridge/internal/transport"
	"wwebridge/internal/wire"
)

// Recorder keeps the messages between a Service and WWE, so that a fault that
// an agent has seen can be looked at, and made into a test by NewReplay of
// package wwetest. Connect with WithRecorder, and save what Recording returns.
//
// A recording does not contain what people typed or what identifies them,
// unless KeepKeys or KeepEverything say so: see Recording.
type Recorder struct {
	keepKeys   []string
	everything bool
	maxEntries int
	maxBytes   int

	mu      sync.Mutex
	began   time.Time
	entries []recording.Entry
	bytes   int // of the entries' texts
}

// String says how much the Recorder keeps, and nothing of what: a log that
// prints the Recorder must not have customers' data.
func (r *Recorder) String() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return "wwe.Recorder of " + strconv.Itoa(len(r.entries)) + " messages"
}

// GoString is String.
func (r *Recorder) GoString() string { return r.String() }

// RecorderOption changes what a Recorder keeps.
type RecorderOption func(*Recorder)

// KeepKeys leaves the values of these keys of user data in the recording. Take
// those that the panel's logic depends on, such as "Segment", and that say
// nothing of who the customer is.
func KeepKeys(keys ...string) RecorderOption {
	return func(r *Recorder) { r.keepKeys = append(r.keepKeys, keys...) }
}

// KeepEverything leaves the recording as it was sent: with customers' data,
// phone numbers, the agent's name and tokens. It is for recordings of
// simulated sessions, and for nobody's production.
func KeepEverything() RecorderOption {
	return func(r *Recorder) { r.everything = true }
}

// KeepLast bounds the recording to this many messages and this many bytes of
// their texts. The oldest ones go first; what is left of a session cannot be
// replayed from its beginning then. The default is 10,000 messages and 16 MiB.
func KeepLast(messages, bytes int) RecorderOption {
	return func(r *Recorder) { r.maxEntries, r.maxBytes = messages, bytes }
}

// NewRecorder returns a Recorder of one session. It holds the messages in
// memory, as they are; they are redacted where they leave it.
func NewRecorder(opts ...RecorderOption) *Recorder {
	r := &Recorder{maxEntries: 10_000, maxBytes: 16 << 20}
	for _, option := range opts {
		option(r)
	}
	return r
}

// WithRecorder has the session recorded. A Recorder is for one Service: the
// messages of two would be mixed.
func WithRecorder(r *Recorder) Option {
	return func(o *options) { o.record = r.record }
}

// Recording returns the recording so far, as the text of a file in JSON Lines:
// one message in each line, oldest first. It may be called at any time, from
// any goroutine.
//
// It is redacted by an allow-list. What stays: the names of requests and known
// topics, the ids that WWE gives to interactions and cases, states, media, the
// agent's states, names of campaigns, the protocol's names of properties, keys of
// user data that look like names, and the values of the keys of KeepKeys. Of
// WWE's error texts the words of a fixed list stay, numbers of up to three
// digits, and what stays elsewhere in the recording, unless the same value has
// been redacted before. Every other string, name of a property or word becomes a
// pseudonym such as "redacted-7", every other number one that is nearly 0. The
// same value has the same pseudonym throughout one text that Recording returns.
//
// A key stays if it consists of words, which may have numbers of up to three
// digits behind them, such as "Customer ID", "crm_id" and "Line1". So a key that
// is a person's name or a token without digits stays: do not use such keys. Of
// WWE's own keys that begin with WWE_PARTY_, the rest becomes a pseudonym.
func (r *Recorder) Recording() string {
	r.mu.Lock()
	entries := append([]recording.Entry(nil), r.entries...)
	r.mu.Unlock()
	redactor := recording.NewRedactor(r.keepKeys...)
	var b []byte
	for _, e := range entries {
		if !r.everything {
			e = redactor.Redact(e)
		}
		b = recording.Append(b, e)
	}
	return string(b)
}

func (r *Recorder) add(fromWidget bool, text string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := time.Now()
	if r.began.IsZero() {
		r.began = now
	}
	r.entries = append(r.entries, recording.Entry{At: now.Sub(r.began), FromWidget: fromWidget, Text: text})
	r.bytes += len(text)
	drop := 0
	for drop < len(r.entries) && (len(r.entries)-drop > r.maxEntries || r.bytes > r.maxBytes) {
		r.bytes -= len(r.entries[drop].Text)
		r.entries[drop].Text = "" // the array may live on
		drop++
	}
	r.entries = r.entries[drop:]
}

// record puts the Recorder between a transport and the Service.
func (r *Recorder) record(open transport.Open) transport.Open {
	return func(sink transport.Sink) (transport.Transport, error) {
		t, err := open(recordedSink{sink, r})
		if err != nil {
			return nil, err
		}
		return recordedTransport{t, r}, nil
	}
}

// recordedTransport writes down what the widget sends, before the answer can
// come. What the transport could not send is in the recording all the same,
// without an answer.
type recordedTransport struct {
	transport.Transport
	r *Recorder
}

func (t recordedTransport) Send(ref, request string, parameters []string) error {
	t.r.add(true, wire.Request{Name: request, Parameters: parameters, ReferenceID: ref}.Text())
	return t.Transport.Send(ref, request, parameters)
}

func (t recordedTransport) Subscribe(ref, topic string) error {
	t.r.add(true, wire.Subscribe(ref, topic).Text())
	return t.Transport.Subscribe(ref, topic)
}

func (t recordedTransport) Unsubscribe(ref, id string) error {
	t.r.add(true, wire.Unsubscribe(ref, id).Text())
	return t.Transport.Unsubscribe(ref, id)
}

// recordedSink writes down what WWE sends.
type recordedSink struct {
	transport.Sink
	r *Recorder
}

// Reading has no answer read where it stands: to write it down takes its text.
func (k recordedSink) Reading(string) wire.Read { return nil }

func (k recordedSink) Settle(ref string, reply wire.Reply, err error) {
	m, ok := wire.ParseMessage(reply.Body)
	switch {
	case reply.TimedOut: // the client's word for WWE's silence
	case err != nil:
		k.r.add(false, wire.Message{ReferenceID: ref, Reply: wire.Reply{Failed: true, ErrorMessage: err.Error()}}.Text())
	case ok && m.ReferenceID == ref:
		k.r.add(false, reply.Body)
	default: // Genesys' client takes the referenceId out
		k.r.add(false, wire.Message{Request: m.Request, ReferenceID: ref, Reply: reply}.Text())
	}
	k.Sink.Settle(ref, reply, err)
}

func (k recordedSink) Event(topic, data string) {
	k.r.add(false, wire.Message{Event: topic, Reply: wire.Reply{Data: data}}.Text())
	k.Sink.Event(topic, data)
}

func (k recordedSink) Restarted() {
	k.r.add(false, recording.Restarted)
	k.Sink.Restarted()
}
