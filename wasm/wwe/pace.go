package wwe

import (
	"slices"
	"strconv"
	"sync"
	"time"

	"wwebridge/internal/blame"
)

// WithRateLimit keeps the Service below WWE's option
// service-client-api.rate-limit: at most so many requests go out in any
// minute. Those above wait their turn, in order; their deadlines count
// meanwhile, and a time-out says then that the request was not sent. WWE's
// limit is for all pages together and counts what reaches it, so stay well
// below it; Watch's snapshots count too. Subscribing is not held back; a block
// of GuardMarkDone is, and then may come too late. Without this option every
// request goes out at once.
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
	// let calls send now or later, in order, never two at a time. send tells
	// whether it has sent anything, as a call may be over before its turn.
	let(send func() bool)

	// stop forgets what waits.
	stop()
}

type pace struct {
	most int

	mu      sync.Mutex
	sent    []time.Time // in the last minute
	waiting []func() bool
	sending bool        // somebody lets out what waits
	timer   *time.Timer // nil while nothing waits for the minute to pass
	stopped bool
}

func (p *pace) let(send func() bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.stopped {
		return
	}
	p.waiting = append(p.waiting, send)
	p.letOut()
}

// letOut lets out what may go. The pace is locked, but not while it sends:
// what is sent may come back to let.
func (p *pace) letOut() {
	if p.sending || p.timer != nil {
		return
	}
	p.sending = true
	for len(p.waiting) > 0 {
		now := time.Now()
		p.sent = slices.DeleteFunc(p.sent, func(t time.Time) bool { return now.Sub(t) >= time.Minute })
		if len(p.sent) >= p.most {
			p.timer = time.AfterFunc(p.sent[0].Add(time.Minute).Sub(now), p.goOn)
			break
		}
		send := p.waiting[0]
		p.waiting = slices.Delete(p.waiting, 0, 1)
		p.mu.Unlock()
		sent := send()
		p.mu.Lock()
		if sent {
			p.sent = append(p.sent, time.Now())
		}
	}
	p.sending = false
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
	p.stopped, p.waiting = true, nil
	if p.timer != nil {
		p.timer.Stop()
	}
}
