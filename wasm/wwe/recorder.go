package wwe

import (
	"strconv"
	"sync"
	"time"

	"wwebridge/internal/recording"
	"wwebridge/internal/transport"
	"wwebridge/internal/wire"
)

// Recorder records the messages between a Service and WWE. Use it to
// investigate a fault that an agent has seen, and to turn it into a test with
// NewReplay of package wwetest. Connect with WithRecorder, and save the text
// that Recording returns.
//
// A recording contains nothing that people typed or that identifies them,
// unless KeepKeys or KeepEverything keeps it: see Recording.
type Recorder struct {
	keepKeys   []string
	everything bool
	maxEntries int
	maxBytes   int

	mu      sync.Mutex
	began   time.Time
	entries []recording.Entry
	bytes   int // total length of the entries' texts
}

// String returns the number of recorded messages, without their content:
// printing a Recorder to a log must not expose customer data.
func (r *Recorder) String() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return "wwe.Recorder of " + strconv.Itoa(len(r.entries)) + " messages"
}

// GoString returns the same as String.
func (r *Recorder) GoString() string { return r.String() }

// RecorderOption configures a Recorder.
type RecorderOption func(*Recorder)

// KeepKeys keeps the values of these user data keys in the recording. Choose
// keys on which the panel's logic depends, such as "Segment", and whose values
// do not identify the customer.
func KeepKeys(keys ...string) RecorderOption {
	return func(r *Recorder) { r.keepKeys = append(r.keepKeys, keys...) }
}

// KeepEverything disables redaction: the recording contains customer data,
// phone numbers, the agent's name and tokens. Use it for recordings of
// simulated sessions, never in production.
func KeepEverything() RecorderOption {
	return func(r *Recorder) { r.everything = true }
}

// KeepLast limits the recording to this many messages and this many bytes of
// text. The oldest messages are dropped first; the rest cannot be replayed from
// the start of the session. The default is 10,000 messages and 16 MiB.
func KeepLast(messages, bytes int) RecorderOption {
	return func(r *Recorder) { r.maxEntries, r.maxBytes = messages, bytes }
}

// NewRecorder returns a Recorder for one session. It holds the original
// messages in memory; Recording redacts them.
func NewRecorder(opts ...RecorderOption) *Recorder {
	r := &Recorder{maxEntries: 10_000, maxBytes: 16 << 20}
	for _, option := range opts {
		option(r)
	}
	return r
}

// WithRecorder records the session with r. Use each Recorder for one Service
// only: otherwise the messages of several Services are mixed.
func WithRecorder(r *Recorder) Option {
	return func(o *options) { o.record = r.record }
}

// Recording returns the recording so far as JSON Lines: one message per line,
// oldest first. It may be called at any time, from any goroutine.
//
// Recording redacts by an allow-list. It keeps:
//   - the names of requests, of known topics and of the protocol's properties
//   - the ids that WWE gives to interactions and cases
//   - states, media, the agent's states, and names of campaigns
//   - user data keys that look like names, and the values of the keys in
//     KeepKeys
//   - in WWE's error texts: the words of a fixed list, numbers of up to three
//     digits, and values kept elsewhere in the recording, unless redacted
//     before
//
// Every other string, property name or word becomes a pseudonym such as
// "redacted-7". Every other number becomes one close to 0. Within one returned
// text, equal values have equal pseudonyms.
//
// A key looks like a name if it consists of words, each with up to three digits
// at its end, such as "Customer ID", "crm_id" and "Line1". So a key that is a
// person's name, or a token without digits, is kept: do not use such keys. In
// WWE's own keys that begin with WWE_PARTY_, the rest of the key becomes a
// pseudonym.
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
		r.entries[drop].Text = "" // the slice's array may outlive the entry
		drop++
	}
	r.entries = r.entries[drop:]
}

// record inserts the Recorder between a transport and the Service.
func (r *Recorder) record(open transport.Open) transport.Open {
	return func(sink transport.Sink) (transport.Transport, error) {
		t, err := open(recordedSink{sink, r})
		if err != nil {
			return nil, err
		}
		return recordedTransport{t, r}, nil
	}
}

// recordedTransport records the widget's messages before it sends them, so that
// they precede their answers. Messages that the transport fails to send are
// recorded too, without an answer.
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

// recordedSink records WWE's messages.
type recordedSink struct {
	transport.Sink
	r *Recorder
}

// Reading returns nil, so that answers keep their text, which the recording
// needs.
func (k recordedSink) Reading(string) wire.Read { return nil }

func (k recordedSink) Settle(ref string, reply wire.Reply, err error) {
	m, ok := wire.ParseMessage(reply.Body)
	switch {
	case reply.TimedOut: // from Genesys' client, not from WWE
	case err != nil:
		k.r.add(false, wire.Message{ReferenceID: ref, Reply: wire.Reply{Failed: true, ErrorMessage: err.Error()}}.Text())
	case ok && m.ReferenceID == ref:
		k.r.add(false, reply.Body)
	default: // Genesys' client removes the referenceId
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
