package wwe

import (
	"slices"
	"sync"
	"time"
)

// WithRateLimit keeps the Service below WWE's option
// service-client-api.rate-limit: at most so many requests go out in any
// minute. Those above wait their turn; their deadlines count meanwhile. The
// limit is WWE's for all pages together, so leave room for others. Without
// this option every request goes out at once.
func WithRateLimit(perMinute int) Option {
	return func(o *options) { o.pace = &pace{most: perMinute} }
}

// pace lets requests out as often as it may.
type pace struct {
	most int

	mu      sync.Mutex
	sent    []time.Time // in the last minute
	waiting []func() bool
	timed   bool // it goes on when the minute allows it
}

// let calls send now or later, in order. send tells whether it has sent
// anything, as a call may be over before its turn.
func (p *pace) let(send func() bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.waiting = append(p.waiting, send)
	p.goOn()
}

func (p *pace) goOn() {
	for !p.timed && len(p.waiting) > 0 {
		now := time.Now()
		p.sent = slices.DeleteFunc(p.sent, func(t time.Time) bool { return now.Sub(t) >= time.Minute })
		if len(p.sent) >= p.most {
			p.timed = true
			time.AfterFunc(p.sent[0].Add(time.Minute).Sub(now), func() {
				p.mu.Lock()
				defer p.mu.Unlock()
				p.timed = false
				p.goOn()
			})
			return
		}
		send := p.waiting[0]
		p.waiting = p.waiting[1:]
		if send() {
			p.sent = append(p.sent, now)
		}
	}
}
