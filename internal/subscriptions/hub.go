// Package subscriptions shares one subscription at WWE for each topic among
// any number of readers.
package subscriptions

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"
)

// Wire asks WWE for subscriptions. Its methods do not wait for the answer;
// answered may be called before Subscribe returns.
type Wire interface {
	// The id is JSON text, "" where WWE gives none or says that it has
	// subscribed the topic already.
	Subscribe(topic string, answered func(id string, err error))
	Unsubscribe(id string)

	// IsRefusal reports whether WWE itself has said no. Any other error means
	// that it has not said anything.
	IsRefusal(err error) bool
}

// Reader takes the events of its topics, in WWE's order. Its methods must not
// block, nor call the Hub.
type Reader[E any] interface {
	Push(event E)

	// Lose tells that events may have been missed and, while deaf, that they
	// may be until it is called again with false.
	Lose(deaf bool)

	Close(err error) // there will be no more events
}

// Hub gives every event of a topic to each of the topic's readers. The first
// reader of a topic subscribes at WWE, the last one unsubscribes.
type Hub[E any] struct {
	wire   Wire
	decode func(topic, data string) E
	clone  func(E) E

	mu     sync.Mutex
	topics []*topic[E] // as they were subscribed, so that WWE is asked in that order
	silent bool        // WWE has given no sign of life since Check
	asked  int         // attempts so far
	newest string      // id that WWE gave to the latest of them, if it counts
	giver  int         // the attempt that it was given to

	toAsk    []request[E] // that are not sent yet
	isAsking bool         // one is being sent
}

type request[E any] struct {
	topic   *topic[E]
	attempt *attempt
}

type topic[E any] struct {
	name    string
	readers []Reader[E]
	waiting []func(error) // for WWE's answer
	attempt *attempt      // the latest, until it is answered; else nil
	live    bool          // WWE has said yes
	id      string        // that WWE gave last, JSON text; "" if it gave none
	deaf    bool          // the readers know that they may miss events
	noes    int           // that WWE has said since it began anew
	same    bool          // WWE gave the id that it had given before; the next attempt tells why
}

// attempt is one request to subscribe.
type attempt struct {
	began  time.Time
	number int           // of those that WWE was asked, counted from 1
	renews bool          // readers have had the topic before
	over   chan struct{} // closed once it is answered, or another has taken its place
}

// New returns a Hub that decodes each event once, and clones it for every
// reader but one.
func New[E any](wire Wire, decode func(topic, data string) E, clone func(E) E) *Hub[E] {
	return &Hub[E]{wire: wire, decode: decode, clone: clone}
}

// overdue is how long WWE may take to answer before another attempt is made.
const overdue = 2 * time.Second

// Subscribe adds the reader to the topics, and calls answered for each of them
// once WWE has said yes, or with the error when it has said no: then Remove the
// reader. Events reach the reader from the call on, before the answer too.
func (h *Hub[E]) Subscribe(topics []string, reader Reader[E], answered func(error)) {
	for _, name := range topics {
		var a *attempt
		h.mu.Lock()
		t := h.find(name)
		if t == nil {
			t = &topic[E]{name: name}
			h.topics = append(h.topics, t)
		}
		t.readers = append(t.readers, reader)
		live := t.live
		if live && t.deaf {
			reader.Lose(true)
		}
		if !live {
			t.waiting = append(t.waiting, answered)
			if last := t.attempt; last == nil || time.Since(last.began) > overdue {
				a = t.begin(last != nil && last.renews)
			}
		}
		h.mu.Unlock()
		switch {
		case live:
			answered(nil)
		case a != nil:
			h.start(t, a)
		}
	}
}

// find returns the topic, nil if it has no reader. The Hub is locked.
//
//go:noinline
func (h *Hub[E]) find(name string) *topic[E] {
	for _, t := range h.topics {
		if t.name == name {
			return t
		}
	}
	return nil
}

// IsLive tells whether WWE has said yes to the topic.
func (h *Hub[E]) IsLive(topic string) bool {
	h.mu.Lock()
	t := h.find(topic)
	live := t != nil && t.live
	h.mu.Unlock()
	return live
}

// begin puts a new attempt in the place of one whose answer may never come.
func (t *topic[E]) begin(renews bool) *attempt {
	t.stopAsking()
	t.attempt = &attempt{began: time.Now(), renews: renews, over: make(chan struct{})}
	return t.attempt
}

// stopAsking ends the attempt, if there is one. (Not inlined, like others here:
// it has many callers.)
//
//go:noinline
func (t *topic[E]) stopAsking() {
	if t.attempt != nil {
		close(t.attempt.over)
		t.attempt = nil
	}
}

// lose tells the topic's readers. The Hub is locked, so that it keeps its
// place among the events.
//
//go:noinline
func (t *topic[E]) lose(deaf bool) {
	t.deaf = deaf
	for _, reader := range t.readers {
		reader.Lose(deaf)
	}
}

// start makes an attempt, and others after it if readers have had the topic
// before. The lock is not held, as the answer may come at once.
func (h *Hub[E]) start(t *topic[E], a *attempt) {
	h.ask(t, a)
	if a.renews {
		go h.insist(t, a)
	}
}

// ask sends the request of one attempt, unless another has taken its place: WWE
// would grant both. Requests go out one after the other, as their attempts are
// numbered, whoever asks: the numbers tell which id WWE gave first.
//
//go:noinline
func (h *Hub[E]) ask(t *topic[E], a *attempt) {
	h.mu.Lock()
	h.toAsk = append(h.toAsk, request[E]{t, a})
	for !h.isAsking && len(h.toAsk) > 0 {
		t, a := h.toAsk[0].topic, h.toAsk[0].attempt
		h.toAsk = h.toAsk[1:]
		if t.attempt != a {
			continue
		}
		h.asked++
		a.number = h.asked
		h.isAsking = true // until it is sent; its answer may come before that
		h.mu.Unlock()
		h.wire.Subscribe(t.name, func(id string, err error) { h.answered(t, a, id, err) })
		h.mu.Lock()
		h.isAsking = false
	}
	h.mu.Unlock()
}

// mostNoes is how often WWE says no after a restart until it counts: for half a
// minute, as it may not be ready before.
const mostNoes = 5

// answered takes WWE's answer to an attempt. A subscription that it grants is
// left if everybody has gone meanwhile or another is there already; so is the
// one before it. A subscription that WWE has not taken away outlives a refusal:
// WWE may refuse to grant it twice.
func (h *Hub[E]) answered(t *topic[E], a *attempt, id string, err error) {
	var waiting []func(error)
	var closed []Reader[E]
	var again []func()
	h.mu.Lock()
	latest := a == t.attempt
	switch {
	case h.find(t.name) != t, err == nil && !latest && t.live:
	case err == nil:
		isSame := a.renews && t.live && !t.deaf && !t.same && id == t.id && count(id) != "" && !h.isLower(a, id)
		waiting = t.waiting
		id, again = h.grant(t, a, id)
		if isSame {
			t.same, again = true, append(again, h.begin(t))
			latest = false
		}
	case !latest:
	case a.renews && (!h.wire.IsRefusal(err) || !t.live && t.noes < mostNoes-1):
		latest = false // the next attempt will tell
		if h.wire.IsRefusal(err) {
			t.noes++
		}
		if !errors.Is(err, context.DeadlineExceeded) {
			waiting = t.waiting // and may wait no longer than for the reason
		}
	case t.live && t.deaf:
		t.lose(false)
	case !t.live:
		waiting = t.waiting
		if a.renews {
			closed = slices.Clone(t.readers)
		}
	}
	if latest {
		t.stopAsking()
		t.same = false
	}
	if waiting != nil {
		t.waiting = nil
	}
	if now := h.find(t.name); now != nil && now.live && now.id == id {
		id = "" // WWE gives each attempt the same
	}
	h.mu.Unlock()
	if err == nil && id != "" {
		h.wire.Unsubscribe(id)
	}
	for _, reader := range closed {
		h.Remove(reader)
		reader.Close(err)
	}
	for _, answered := range waiting {
		answered(err)
	}
	for _, start := range again {
		start()
	}
}

// grant makes the topic live. It returns the id of the subscription to leave,
// and what starts the attempts that the new id makes necessary: an id shows that
// WWE has begun anew, and may have forgotten its subscriptions, only where WWE
// counts them, and then
//   - by a lower number than WWE has given to an earlier attempt: for any topic, as
//     WWE begins with one;
//   - by a higher one after the same as before. The same alone is that of a WWE
//     that has begun anew, or of one that gives each topic its own: it shows when
//     WWE is asked again;
//   - by the number of another topic. This may be a WWE with one for all of them,
//     so that one is asked for again too, and has begun anew if it gets a higher one.
//
// Readers are told if they may have missed events. The Hub is locked.
func (h *Hub[E]) grant(t *topic[E], a *attempt, id string) (leave string, again []func()) {
	lower := h.isLower(a, id)
	higher := !lower && t.live && isNewer(id, t.id)
	taken := higher && h.holder(t, t.id) != nil
	if higher && !taken {
		leave = t.id
	}
	switch {
	case lower:
		again = h.forget(t, h.newest)
	case higher && t.same:
		again = h.forget(t, t.id)
	case !t.live && !t.deaf:
		if other := h.holder(t, id); other != nil && other.attempt == nil {
			again = []func(){h.begin(other)}
		}
	}
	if t.deaf || t.live && (lower || taken || higher && t.same) {
		t.lose(false)
	}
	t.live, t.noes = true, 0
	if id != "" {
		t.id = id
	}
	if count(id) != "" && a.number > h.giver {
		h.newest, h.giver = id, a.number
	}
	return leave, again
}

// isLower tells whether the attempt got a lower number than an earlier one. That
// it is lower than a later one's shows only that the answers are out of order.
// The Hub is locked.
func (h *Hub[E]) isLower(a *attempt, id string) bool {
	return a.number > h.giver && isNewer(h.newest, id)
}

// holder returns another live topic that has the id. The Hub is locked.
func (h *Hub[E]) holder(t *topic[E], id string) *topic[E] {
	for _, other := range h.topics {
		if other != t && other.live && other.id == id && id != "" {
			return other
		}
	}
	return nil
}

// forget drops the ids up to the newest from before WWE has begun anew: they are
// nobody's, or have become another topic's. It returns what asks for the topics
// again that are not asked for already, but for the one that WWE has granted. The
// Hub is locked.
func (h *Hub[E]) forget(granted *topic[E], newest string) []func() {
	return h.beginAll(func(t *topic[E]) bool {
		if t == granted || !t.live || isNewer(t.id, newest) {
			return false
		}
		t.id = ""
		t.lose(true)
		return t.attempt == nil
	})
}

// isNewer tells whether WWE has counted on from an earlier subscription's id.
// If it has not, the earlier id may be somebody else's.
func isNewer(id, earlier string) bool {
	id, earlier = count(id), count(earlier)
	if id == "" || earlier == "" {
		return false
	}
	return len(id) > len(earlier) || len(id) == len(earlier) && id > earlier
}

// count returns the digits of an id that is a number or a text of one, "" for
// any other.
//
//go:noinline
func count(id string) string {
	if len(id) > 1 && id[0] == '"' {
		id = id[1 : len(id)-1]
	}
	for _, c := range []byte(id) {
		if c < '0' || c > '9' {
			return ""
		}
	}
	return id
}

// Remove takes the reader off all its topics. Those that it leaves without a
// reader are unsubscribed.
func (h *Hub[E]) Remove(reader Reader[E]) {
	var stay, gone []*topic[E]
	h.mu.Lock()
	for _, t := range h.topics {
		if t.readers = slices.DeleteFunc(t.readers, func(r Reader[E]) bool { return r == reader }); len(t.readers) > 0 {
			stay = append(stay, t)
			continue
		}
		t.stopAsking()
		if h.holder(t, t.id) != nil {
			t.id = "" // to leave it would end the other topic's events
		}
		gone = append(gone, t)
	}
	h.topics = stay
	h.mu.Unlock()
	h.leave(gone)
}

// leave unsubscribes topics that are the Hub's no more.
//
//go:noinline
func (h *Hub[E]) leave(gone []*topic[E]) {
	for _, t := range gone {
		if t.live && t.id != "" {
			h.wire.Unsubscribe(t.id)
		}
	}
}

// Dispatch gives an event to the topic's readers.
func (h *Hub[E]) Dispatch(name, data string) {
	h.mu.Lock() // to the end, so that no later event overtakes this one
	defer h.mu.Unlock()
	t := h.find(name)
	if t == nil {
		return
	}
	event := h.decode(t.name, data) // not the name, which is a part of WWE's whole message
	for _, reader := range t.readers[1:] {
		reader.Push(h.clone(event))
	}
	t.readers[0].Push(event)
}

// Close closes every reader with the error, and unsubscribes every topic. What
// WWE grants after it is unsubscribed too.
func (h *Hub[E]) Close(err error) {
	h.mu.Lock()
	gone := h.topics
	var readers []Reader[E]
	for _, t := range gone {
		t.stopAsking()
		readers = append(readers, t.readers...)
		t.readers = nil // or an answer that is still awaited would keep them
	}
	h.topics = nil
	h.mu.Unlock()
	for _, reader := range readers {
		reader.Close(err)
	}
	h.leave(gone)
}
