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
// service-client-api.rate-limit: at most so many requests go out in any
// minute. Those above wait their turn. A block of mark done goes first, as WWE
// waits for it for a second only; then commands, in order; then questions
// (get…, is…), in order; then the snapshots of Watch. A question or a snapshot
// that waits is sent after three others at the latest.
//
// None may use up what those before it need: snapshots take at most half of the
// limit, together with questions at most seven tenths, with commands nine
// tenths, and a tenth is for blocks alone. Below 10 there are no tenths, and
// only the half is kept, so that of a limit of 2 or 3 snapshots get one request
// a minute. A limit of 1 cannot be shared: the agent may have to wait for a
// minute after a snapshot.
//
// A command that waits fails if WWE restarts, as WWE may give its interaction's
// id to another. Deadlines count meanwhile, and a time-out says then that the
// request was not sent. But a snapshot of a mirror that is there waits for as
// long as it must, usually less than a minute. The mirror is not stale for that:
// it shows the events that Watch shows at once, and corrects later what only a
// snapshot can correct. Its first snapshot after WWE has begun anew counts as a
// question. WWE's limit is for all pages together and counts what reaches it, so
// stay well below it. Subscribing is not held back, nor what takes back the blocks
// of a MarkDoneGuard at its end. Without this option every request goes out at once.
func WithRateLimit(perMinute int) Option {
	return func(o *options) {
		if perMinute <= 0 {
			o.faulty = newError(CategoryAuthor, "WithRateLimit needs a positive number of requests, not "+strconv.Itoa(perMinute))
			return
		}
		o.pacer = &pace{most: perMinute}
	}
}

// pacer lets requests out as often as they may. It is an interface so that
// only programs that use WithRateLimit have what is behind it.
type pacer interface {
	// turn is the turn of a request that has not gone out; snapshot tells those
	// of a Workspace from the widget's own. Whatever ends the call must call
	// ended, which gives up the turn and then calls done.
	turn(request string, snapshot bool, done calls.Done) (t turn, ended calls.Done)

	// restarted ends the commands that wait, as WWE has restarted.
	restarted()

	// stop ends it, after every turn has been left.
	stop()
}

type turn interface {
	// await calls send now or when it is the request's turn, never two at a
	// time. send tells whether it has sent anything. With an error it ends the
	// call.
	await(send func(err error) (sent bool))
}

type pace struct {
	most int

	mu      sync.Mutex
	queues  [4]queue    // blocks, commands, questions, snapshots
	sending bool        // somebody lets out what waits
	timer   *time.Timer // nil while nothing waits for the minute to pass
	stopped bool
}

// blockRequest keeps WWE from marking an interaction done.
const blockRequest = "interaction.blockMarkdone"

// The queues of a pace, by their precedence.
const (
	blocks = iota
	commands
	questions
	snapshots
)

// share is how many requests of the limit this queue and those after it may use
// together.
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

// mostPassed is how many of those before it may overtake a question or a
// snapshot. A block may always.
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
	ahead, next *pacedTurn // in the queue; itself for the queue's own
}

// queue is a ring of turns around one of its own, so that each can leave from
// its place at once.
type queue struct {
	root   pacedTurn
	sent   []time.Time // in the last minute
	passed int         // how many have overtaken its first one
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

// remove takes the turn out of the queue, if it is in one.
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

// next is the turn that comes now. If there is none, something waits for pause;
// 0 is for nothing.
func (p *pace) next(now time.Time) (next *pacedTurn, pause time.Duration) {
	for n := range p.queues {
		q := &p.queues[n]
		first := q.first()
		if first == nil {
			continue
		}
		if pause = p.pause(n, now); pause > 0 {
			break // for those after it too
		}
		if next == nil || q.passed >= mostPassed && next.queue != &p.queues[blocks] {
			next = first
		}
	}
	return next, pause
}

// pause is how long a queue must wait until what has been sent leaves it a part
// of its share, and of the shares before it, which are its own too.
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

// letOut lets out what may go. The pace is locked, but not while it sends:
// what is sent may come back to await.
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

// count notes that a request of the queue has gone out.
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

// wake lets out what waits after the pause, if anything does.
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

// errRestarted is why a command that waited was not sent.
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
