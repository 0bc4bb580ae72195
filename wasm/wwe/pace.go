package wwe

import (
	"strconv"
	"strings"
	"sync"
	"time"

	"wwebridge/internal/calls"
	"wwebridge/internal/wire"
)

// WithRateLimit keeps the Service below WWE's option
// service-client-api.rate-limit: it sends at most perMinute requests in any
// minute. Further requests wait for their turn, in this order:
//   - blocks of mark done, because WWE waits only about a second for them
//   - commands, in the order of the calls
//   - questions (get…, is…), in the order of the calls
//   - snapshots of Watch
//
// At most three other requests overtake a waiting question or snapshot, not
// counting blocks. Each kind leaves a part of the limit to the kinds before it.
// Snapshots use at most half of the limit, snapshots and questions together at
// most seven tenths, and with commands at most nine tenths. The last tenth is
// reserved for blocks.
//
// If the limit is below 10, only the half for snapshots applies. With a limit
// of 2 or 3, snapshots get one request a minute. A limit of 1 cannot be shared:
// after a snapshot, the agent may have to wait for a minute.
//
// Deadlines keep running while a request waits; a *TimeoutError then reports
// that it was not sent. If WWE restarts, waiting commands fail, as WWE may
// reuse the ids of their interactions.
//
// A snapshot for an existing mirror waits as long as necessary, usually less
// than a minute. The mirror is not stale meanwhile: it still shows events, and
// only the corrections that need a snapshot are late. The first snapshot after
// WWE has restarted counts as a question.
//
// WWE's limit applies to all pages together and counts the requests that reach
// WWE, so choose a limit well below it. Subscribing is not delayed, nor are the
// requests with which a MarkDoneGuard unblocks interactions when it ends.
// Without WithRateLimit, every request is sent at once.
func WithRateLimit(perMinute int) Option {
	return func(o *options) {
		if perMinute <= 0 {
			o.faulty = newError(CategoryAuthor, "WithRateLimit needs a positive number of requests, not "+strconv.Itoa(perMinute))
			return
		}
		o.pacer = &pace{most: perMinute}
	}
}

// pacer limits the rate of requests. It is an interface so that only programs
// that use WithRateLimit link the code behind it.
type pacer interface {
	// turn returns the turn of a request that has not been sent; snapshot
	// distinguishes the requests of a Workspace from the widget's own. The code
	// that ends the call must call ended, which gives up the turn and then
	// calls done.
	turn(request string, snapshot bool, done calls.Done) (t turn, ended calls.Done)

	// restarted fails the waiting commands, because WWE has restarted.
	restarted()

	// stop stops the pacer, after every turn has been given up.
	stop()
}

type turn interface {
	// await calls send at once or when it is the request's turn. It never makes
	// two calls of send at a time. send reports whether it has sent the
	// request. If err is not nil, send ends the call with it.
	await(send func(err error) (sent bool))
}

type pace struct {
	most int

	mu      sync.Mutex
	queues  [4]queue    // blocks, commands, questions, snapshots
	sending bool        // letOut is running
	timer   *time.Timer // nil unless a request waits for the minute to pass
	stopped bool
}

// blockRequest prevents an interaction from being marked done.
const blockRequest = "interaction.blockMarkdone"

// The queues of a pace, in order of precedence.
const (
	blocks = iota
	commands
	questions
	snapshots
)

// share returns the number of requests per minute that this queue and those
// after it may send together.
func (p *pace) share(queue int) int {
	tenth := p.most / 10
	switch queue {
	case blocks:
		return p.most
	case commands:
		return p.most - tenth
	case questions:
		return p.most - 3*tenth
	}
	return max(1, p.most/2)
}

// mostPassed is the number of requests that may overtake a question or a
// snapshot, not counting blocks.
const mostPassed = 3

func queueOf(request string) int {
	if request == blockRequest {
		return blocks
	}
	_, method, _ := strings.Cut(request, ".")
	if method != "getPreviewRecord" && (strings.HasPrefix(method, "get") || strings.HasPrefix(method, "is") || method == "amIVisible") {
		return questions
	}
	return commands
}

// pacedTurn is an element of a queue.
type pacedTurn struct {
	p           *pace
	queue       *queue
	send        func(error) bool // nil before await
	left        bool
	ahead, next *pacedTurn // neighbours in the ring; nil outside of a queue
}

// queue is a ring of turns around a root, so that each turn can leave it in
// constant time.
type queue struct {
	root   pacedTurn
	sent   []time.Time // in the last minute
	passed int         // requests that have overtaken its first one
}

func (q *queue) first() *pacedTurn {
	if q.root.next == nil || q.root.next == &q.root {
		return nil
	}
	return q.root.next
}

func (q *queue) push(t *pacedTurn) {
	root := &q.root
	if root.next == nil {
		root.ahead, root.next = root, root
	}
	t.ahead, t.next = root.ahead, root
	t.ahead.next, root.ahead = t, t
}

// remove removes the turn from its queue, if it is in one.
func (t *pacedTurn) remove() {
	if t.next != nil {
		t.ahead.next, t.next.ahead = t.next, t.ahead
		t.ahead, t.next = nil, nil
	}
}

func (p *pace) turn(request string, snapshot bool, done calls.Done) (turn, calls.Done) {
	n := snapshots
	if !snapshot {
		n = queueOf(request)
	}
	t := &pacedTurn{p: p, queue: &p.queues[n]}
	return t, func(reply wire.Reply, err error) {
		t.leave()
		done(reply, err)
	}
}

func (t *pacedTurn) await(send func(error) bool) {
	p := t.p
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.stopped || t.left {
		return
	}
	t.send = send
	t.queue.push(t)
	p.letOut()
}

func (t *pacedTurn) leave() {
	t.p.mu.Lock()
	t.left = true
	t.remove()
	t.p.mu.Unlock()
}

// next returns the turn to serve now. Without one, it returns how long the
// first waiting request must pause, or 0 if none waits.
func (p *pace) next(now time.Time) (next *pacedTurn, pause time.Duration) {
	for n := range p.queues {
		q := &p.queues[n]
		first := q.first()
		if first == nil {
			continue
		}
		if pause = p.pause(n, now); pause > 0 {
			break // the later queues must pause too
		}
		if next == nil || q.passed >= mostPassed && next.queue != &p.queues[blocks] {
			next = first
		}
	}
	return next, pause
}

// pause returns how long the queue must wait until its share has room, and
// until the shares of the queues before it do. Their shares include its own
// requests.
func (p *pace) pause(queue int, now time.Time) (pause time.Duration) {
	for n := range queue + 1 {
		count, oldest := 0, now
		for _, q := range p.queues[n:] {
			if count += len(q.sent); len(q.sent) > 0 && q.sent[0].Before(oldest) {
				oldest = q.sent[0]
			}
		}
		if count >= p.share(n) {
			pause = max(pause, oldest.Add(time.Minute).Sub(now))
		}
	}
	return pause
}

// letOut sends every request that may be sent now. The pace is locked, except
// during a send, which may call await.
func (p *pace) letOut() {
	if p.sending {
		return
	}
	p.sending = true
	for {
		now := time.Now()
		for n := range p.queues {
			q := &p.queues[n]
			for len(q.sent) > 0 && now.Sub(q.sent[0]) >= time.Minute {
				q.sent = q.sent[1:]
			}
		}
		t, pause := p.next(now)
		if t == nil {
			p.wake(pause)
			break
		}
		t.remove()
		q := t.queue
		p.mu.Unlock()
		sent := t.send(nil)
		p.mu.Lock()
		if sent {
			p.count(q)
		}
	}
	p.sending = false
}

// count records that a request of the queue has been sent.
func (p *pace) count(q *queue) {
	q.sent = append(q.sent, time.Now())
	if q == &p.queues[blocks] {
		return
	}
	q.passed = 0
	for n := range p.queues {
		if other := &p.queues[n]; other != q && other.first() != nil {
			other.passed++
		}
	}
}

// wake schedules letOut after the pause, unless the pause is 0.
func (p *pace) wake(pause time.Duration) {
	if p.timer != nil {
		p.timer.Stop()
		p.timer = nil
	}
	if pause > 0 {
		p.timer = time.AfterFunc(pause, p.goOn)
	}
}

func (p *pace) goOn() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.stopped {
		p.letOut()
	}
}

// errRestarted is the error of a waiting command that was not sent.
var errRestarted = newError(CategoryConnection, "not sent: WWE has restarted, and the id may be another interaction's now; try again")

func (p *pace) restarted() {
	var waited []*pacedTurn
	p.mu.Lock()
	for n := range p.queues[:questions] {
		for q := &p.queues[n]; q.first() != nil; {
			t := q.first()
			t.remove()
			waited = append(waited, t)
		}
	}
	p.mu.Unlock()
	for _, t := range waited {
		t.send(errRestarted)
	}
}

func (p *pace) stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stopped = true
	p.wake(0)
}
