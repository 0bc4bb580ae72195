package wwe

import (
	"strconv"
	"strings"
	"sync"
	"time"

	"wwebridge/internal/blame"
	"wwebridge/internal/calls"
	"wwebridge/internal/wire"
)

// WithRateLimit keeps the Service below WWE's option
// service-client-api.rate-limit: at most so many requests go out in any
// minute. Those above wait their turn. A block of mark done goes first, as WWE
// waits for it for a second only; then commands, in order; then questions
// (get…, is…), in order, such as Watch's own. A question that waits is sent
// after three commands at the latest. Deadlines count meanwhile, and a time-out
// says then that the request was not sent. WWE's limit is for all pages
// together and counts what reaches it, so stay well below it. Subscribing is
// not held back. Without this option every request goes out at once.
func WithRateLimit(perMinute int) Option {
	return func(o *options) {
		if perMinute <= 0 {
			o.faulty = blame.New(CategoryAuthor, "WithRateLimit needs a positive number of requests, not "+strconv.Itoa(perMinute))
			return
		}
		o.pacer = &pace{most: perMinute}
	}
}

// pacer lets requests out as often as they may. It is an interface so that
// only programs that use WithRateLimit have what is behind it.
type pacer interface {
	// turn is the turn of a request that has not gone out. Whatever ends the
	// call must call ended, which gives up the turn and then calls done.
	turn(request string, done calls.Done) (t turn, ended calls.Done)

	// stop ends it, after every turn has been left.
	stop()
}

type turn interface {
	// await calls send now or when it is the request's turn, never two at a
	// time. send tells whether it has sent anything.
	await(send func() (sent bool))
}

type pace struct {
	most int

	mu      sync.Mutex
	sent    []time.Time // in the last minute
	waiting [3]queue    // blocks, commands, questions
	passed  int         // how many commands have gone out while a question waits
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
)

// mostPassed is how many commands may overtake a question.
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
	send        func() bool // nil before await
	left        bool
	ahead, next *pacedTurn // in the queue; itself for the queue's own
}

// queue is a ring of turns around one of its own, so that each can leave from
// its place at once.
type queue struct{ root pacedTurn }

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

func (p *pace) turn(request string, done calls.Done) (turn, calls.Done) {
	t := &pacedTurn{p: p, queue: &p.waiting[queueOf(request)]}
	return t, func(reply wire.Reply, err error) {
		t.leave()
		done(reply, err)
	}
}

func (t *pacedTurn) await(send func() bool) {
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

// next is the turn that comes now; nil if none waits.
func (p *pace) next() *pacedTurn {
	question := p.waiting[questions].first()
	if t := p.waiting[blocks].first(); t != nil {
		return t
	}
	if t := p.waiting[commands].first(); t != nil && (question == nil || p.passed < mostPassed) {
		if question != nil {
			p.passed++
		}
		return t
	}
	p.passed = 0
	return question
}

// letOut lets out what may go. The pace is locked, but not while it sends:
// what is sent may come back to await.
func (p *pace) letOut() {
	if p.sending || p.timer != nil {
		return
	}
	p.sending = true
	for p.isWaiting() {
		now := time.Now()
		for len(p.sent) > 0 && now.Sub(p.sent[0]) >= time.Minute {
			p.sent = p.sent[1:]
		}
		if len(p.sent) >= p.most {
			p.timer = time.AfterFunc(p.sent[0].Add(time.Minute).Sub(now), p.goOn)
			break
		}
		t := p.next()
		t.remove()
		p.mu.Unlock()
		sent := t.send()
		p.mu.Lock()
		if sent {
			p.sent = append(p.sent, time.Now())
		}
	}
	p.sending = false
}

func (p *pace) isWaiting() bool {
	for n := range p.waiting {
		if p.waiting[n].first() != nil {
			return true
		}
	}
	return false
}

func (p *pace) goOn() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.timer = nil
	if !p.stopped {
		p.letOut()
	}
}

func (p *pace) stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stopped = true
	if p.timer != nil {
		p.timer.Stop()
	}
}
