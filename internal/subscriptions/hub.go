// Package subscriptions shares one WWE subscription per topic among any number of
// readers.
package subscriptions

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"
)

// Wire sends subscription requests to WWE. Its methods do not wait for the answer.
// Subscribe may call answered before it returns.
type Wire interface {
	// Subscribe requests the events of a topic. The id is JSON text. It is "" if WWE's
	// answer has none or says that the topic is already subscribed.
	Subscribe(topic string, answered func(id string, err error))
	Unsubscribe(id string)

	// IsRefusal reports whether err is a refusal by WWE. Any other error means that WWE
	// has not decided.
	IsRefusal(err error) bool
}

// Reader receives the events of its topics, in WWE's order. Its methods must not block
// or call the Hub.
type Reader[E any] interface {
	Push(event E)

	// Lose reports that events may have been missed. If deaf is true, more may be
	// missed until Lose is called with false.
	Lose(deaf bool)

	Close(err error) // no events follow
}

// Hub passes every event of a topic to all readers of the topic. It subscribes to a
// topic at WWE for the first reader and unsubscribes after the last one has left.
type Hub[E any] struct {
	wire   Wire
	decode func(topic, data string) E
	clone  func(E) E

	mu     sync.Mutex
	topics []*topic[E] // in the order of subscription, in which Renew requests them again
	silent bool        // WWE has given no sign of life since Check
	asked  int         // number of attempts so far
	newest string      // numeric id from WWE for the latest attempt that got one
	giver  int         // number of that attempt

	toAsk    []request[E] // not sent yet
	isAsking bool         // one is being sent
}

type request[E any] struct {
	topic   *topic[E]
	attempt *attempt
}

type topic[E any] struct {
	name    string
	readers []Reader[E]
	waiting []func(error) // called with WWE's answer
	attempt *attempt      // the latest one, while it is unanswered
	live    bool          // WWE has granted a subscription
	id      string        // JSON text of the id that WWE gave last; "" if none
	deaf    bool          // the readers have been told that they may miss events
	noes    int           // number of refusals since WWE restarted
	same    bool          // WWE gave the same id as before; the next attempt shows why
}

// attempt is a request to subscribe.
type attempt struct {
	began  time.Time
	number int           // position among all attempts, from 1
	renews bool          // the topic had readers before this attempt
	over   chan struct{} // closed when the attempt is answered or replaced
}

// New returns a Hub. It decodes each event once and clones it for every reader but one.
func New[E any](wire Wire, decode func(topic, data string) E, clone func(E) E) *Hub[E] {
	return &Hub[E]{wire: wire, decode: decode, clone: clone}
}

// overdue is how long WWE may take to answer before the Hub makes another attempt.
const overdue = 2 * time.Second

// Subscribe adds the reader to the topics. It calls answered for each topic: with nil
// once WWE has granted the subscription, or with an error, after which the caller must
// Remove the reader. The reader receives events from the call of Subscribe on, even
// before WWE's answer.
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

// find returns the topic, or nil if it has no reader. The Hub must be locked.
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

// IsLive reports whether WWE has granted a subscription to the topic.
func (h *Hub[E]) IsLive(topic string) bool {
	h.mu.Lock()
	t := h.find(topic)
	live := t != nil && t.live
	h.mu.Unlock()
	return live
}

// begin creates a new attempt. It replaces the current one, whose answer may never
// come.
func (t *topic[E]) begin(renews bool) *attempt {
	t.stopAsking()
	t.attempt = &attempt{began: time.Now(), renews: renews, over: make(chan struct{})}
	return t.attempt
}

// stopAsking ends the current attempt, if any. It is not inlined because it has many
// callers, like other methods here.
//
//go:noinline
func (t *topic[E]) stopAsking() {
	if t.attempt != nil {
		close(t.attempt.over)
		t.attempt = nil
	}
}

// lose calls Lose for the topic's readers. The Hub must be locked, so that the call
// keeps its place among the events.
//
//go:noinline
func (t *topic[E]) lose(deaf bool) {
	t.deaf = deaf
	for _, reader := range t.readers {
		reader.Lose(deaf)
	}
}

// start makes an attempt and, if the topic had readers before, retries until WWE
// answers. The Hub must not be locked, because WWE may answer at once.
func (h *Hub[E]) start(t *topic[E], a *attempt) {
	h.ask(t, a)
	if a.renews {
		go h.insist(t, a)
	}
}

// ask sends the request of an attempt, unless another attempt has replaced it: WWE
// would grant both. Requests are sent one at a time, in the order of their numbers. The
// numbers show which id WWE gave first.
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
		h.isAsking = true // until it is sent; the answer may come before that
		h.mu.Unlock()
		h.wire.Subscribe(t.name, func(id string, err error) { h.answered(t, a, id, err) })
		h.mu.Lock()
		h.isAsking = false
	}
	h.mu.Unlock()
}

// mostNoes is the number of refusals after a restart of WWE before the Hub gives up.
// That takes about half a minute. Until then, WWE may just not be ready.
const mostNoes = 5

// answered handles WWE's answer to an attempt. It unsubscribes a granted subscription
// that no reader needs any more or that duplicates another one, and the subscription
// that the new one replaces. A refusal does not end a live subscription, because WWE
// may refuse to grant it twice.
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
		latest = false // the next attempt will decide
		if h.wire.IsRefusal(err) {
			t.noes++
		}
		if !errors.Is(err, context.DeadlineExceeded) {
			waiting = t.waiting // report the reason now, without waiting for the next attempt
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
		id = "" // the id is still in use: WWE gives every attempt the same one
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

// grant makes the topic live. It returns the id of the subscription to leave and
// functions that start the attempts that the new id makes necessary. The Hub must be
// locked.
//
// The id can show that WWE has restarted and may have forgotten its subscriptions, but
// only if WWE numbers them:
//
//   - A number lower than that of an earlier attempt shows a restart, for any
//     topic, because a restarted WWE counts from one.
//   - The same number as before comes from a WWE that has restarted, or from one
//     that gives each topic a fixed id. A second attempt decides: a higher number
//     then shows a restart.
//   - The number of another topic may come from a WWE that has restarted, or from
//     one that uses the same id for all topics. The other topic is requested again,
//     and a higher number for it shows a restart.
//
// grant calls Lose for readers that may have missed events.
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

// isLower reports whether the attempt got a lower number than an earlier attempt. A
// number lower than that of a later attempt only shows that the answers are out of
// order. The Hub must be locked.
func (h *Hub[E]) isLower(a *attempt, id string) bool {
	return a.number > h.giver && isNewer(h.newest, id)
}

// holder returns another live topic with the same id. The Hub must be locked.
func (h *Hub[E]) holder(t *topic[E], id string) *topic[E] {
	for _, other := range h.topics {
		if other != t && other.live && other.id == id && id != "" {
			return other
		}
	}
	return nil
}

// forget drops the ids that WWE gave before it restarted, up to newest: they are
// invalid or belong to other topics now. It returns functions that request those topics
// again, except the granted one and those already requested. The Hub must be locked.
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

// isNewer reports whether WWE has counted on since the subscription with the earlier
// id. If it has not, the earlier id may belong to another subscription.
func isNewer(id, earlier string) bool {
	id, earlier = count(id), count(earlier)
	if id == "" || earlier == "" {
		return false
	}
	return len(id) > len(earlier) || len(id) == len(earlier) && id > earlier
}

// count returns the digits of an id that is a number, or a string that holds a number.
// It returns "" for any other id.
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

// Remove removes the reader from all its topics and unsubscribes the topics that have
// no reader left.
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
			t.id = "" // unsubscribing the id would end the other topic's events
		}
		gone = append(gone, t)
	}
	h.topics = stay
	h.mu.Unlock()
	h.leave(gone)
}

// leave unsubscribes topics that have been removed from the Hub.
//
//go:noinline
func (h *Hub[E]) leave(gone []*topic[E]) {
	for _, t := range gone {
		if t.live && t.id != "" {
			h.wire.Unsubscribe(t.id)
		}
	}
}

// Dispatch passes an event to the topic's readers.
func (h *Hub[E]) Dispatch(name, data string) {
	h.mu.Lock() // held to the end, so that no later event overtakes this one
	defer h.mu.Unlock()
	t := h.find(name)
	if t == nil {
		return
	}
	event := h.decode(t.name, data) // name shares memory with WWE's whole message
	for _, reader := range t.readers[1:] {
		reader.Push(h.clone(event))
	}
	t.readers[0].Push(event)
}

// Close closes every reader with the error and unsubscribes every topic. It also
// unsubscribes subscriptions that WWE grants later.
func (h *Hub[E]) Close(err error) {
	h.mu.Lock()
	gone := h.topics
	var readers []Reader[E]
	for _, t := range gone {
		t.stopAsking()
		readers = append(readers, t.readers...)
		t.readers = nil // otherwise a pending answer would keep them alive
	}
	h.topics = nil
	h.mu.Unlock()
	for _, reader := range readers {
		reader.Close(err)
	}
	h.leave(gone)
}
