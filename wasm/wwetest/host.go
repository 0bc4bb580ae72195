package wwetest

import (
	"context"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"wwebridge/internal/transport"
	"wwebridge/internal/wire"
	"wwebridge/wasm/wwe"
)

// Host is a simulated WWE with one agent logged in. Its methods may be called
// from any goroutine.
type Host struct {
	clock    clock
	seed     uint64
	onChange func()
	log      messageLog // has a lock of its own

	mu             sync.Mutex
	world          int // counts those that Load and Reset have begun
	refreshes      int // counts those of WWE's page
	config         Config
	origins        []acceptedOrigin // of config
	frames         []*Frame
	lastFrame      int
	lastShared     int     // subscription id
	events         []event // that have happened and are not sent yet
	interactions   []*interaction
	workbin        []*interaction
	media          []wwe.Media // voice first
	window         window
	campaigns      []*campaign
	pushing        bool // records come by themselves
	microphoneMute bool
	speakerMute    bool
	lastID         int
	ids            *rand.PCG
	chance         *rand.PCG // of faults
	limits         limits
	requests       recent[Request]
	faults         []*activeFault
}

// Option changes a new Host.
type Option func(*Host)

// WithConfig has change set up the Config, from DefaultConfig.
func WithConfig(change func(*Config)) Option {
	return func(h *Host) { h.Configure(change) }
}

// WithSeed sets what ids and the chance of faults come from; the default is 1.
// Two Hosts with the same seed on which the same things happen are the same.
func WithSeed(seed uint64) Option {
	return func(h *Host) { h.seed = seed }
}

// WithClock has the Host take the time from c, so that a test need not wait.
// What waits then waits for another goroutine to call Clock.Advance: Host.Do
// with ActionMarkDone, where a widget may block it.
func WithClock(c *Clock) Option {
	return func(h *Host) { h.clock = c }
}

// WithChange has changed called after everything that may have changed what
// the Host holds, from any goroutine. It must not call the Host.
func WithChange(changed func()) Option {
	return func(h *Host) { h.onChange = changed }
}

// NewHost returns a Host whose agent is ready and has no interactions.
func NewHost(opts ...Option) *Host {
	h := &Host{clock: machineClock{}, seed: 1, onChange: func() {}}
	h.setConfig(DefaultConfig())
	for _, option := range opts {
		option(h)
	}
	h.clear()
	return h
}

// clear makes it a Host on which nothing has happened.
func (h *Host) clear() {
	h.world++
	h.events, h.interactions, h.workbin, h.faults = nil, nil, nil, nil
	h.requests.clear()
	h.media = newMedia()
	h.window, h.campaigns, h.pushing = window{}, nil, false
	h.microphoneMute, h.speakerMute = false, false
	h.lastID, h.lastShared = 0, -1
	h.ids = rand.NewPCG(h.seed, 1)
	h.chance = rand.NewPCG(h.seed, 2)
	h.limits = limits{}
}

// Reset takes everything away that has happened, and sets the Config back to
// DefaultConfig, whatever WithConfig gave. The frames stay, as widgets that WWE has forgotten, see Restart.
func (h *Host) Reset() {
	h.Restart()
	_ = h.change(func() error {
		h.clear()
		h.setConfig(DefaultConfig())
		return nil
	})
	h.log.clear()
}

// change does something to the Host, and sends what has happened thereby.
func (h *Host) change(do func() error) error {
	defer h.onChange()
	h.mu.Lock()
	defer h.mu.Unlock() // also where a mistake of the test panics
	err := do()
	h.push()
	h.flush()
	for _, f := range h.frames {
		f.startDelivery()
	}
	return err
}

// Origin is that of a widget in memory, for Config.AcceptedOrigins.
const Origin = "https://panel.example.com"

// Connect connects a widget to the Host in memory, on every platform. Its
// origin is Origin.
func (h *Host) Connect(opts ...wwe.Option) (*wwe.Service, error) {
	inMemory := transport.NewContext(context.Background(), func(sink transport.Sink) (transport.Transport, error) {
		protocol := transport.NewProtocol(sink)
		frame := h.Attach(Origin, protocol.Receive)
		frame.OnRestart(sink.Restarted)
		return protocol.Over(memory{frame}), nil
	})
	return wwe.Connect(inMemory, opts...)
}

// memory carries messages to a frame without a browser. Undefined parameters
// arrive as null, which is as near as text comes.
type memory struct{ frame *Frame }

func (m memory) Post(message string, _ []int) error {
	m.frame.Receive(message)
	return nil
}

func (m memory) Close() { m.frame.Detach() }

// Interactions returns what WWE holds, in the order in which it came. The
// copies are the caller's own.
func (h *Host) Interactions() []wwe.Interaction {
	h.mu.Lock()
	defer h.mu.Unlock()
	return clones(h.interactions)
}

// Interaction returns the interaction with this id, if WWE holds it.
func (h *Host) Interaction(interactionID string) (wwe.Interaction, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if i := h.byID(interactionID); i != nil {
		return i.Clone(), true
	}
	return wwe.Interaction{}, false
}

// InteractionsJSON is Interactions as WWE would send them, with all user data:
// a JSON array.
func (h *Host) InteractionsJSON() wwe.JSON {
	h.mu.Lock()
	defer h.mu.Unlock()
	return wwe.JSON(list(h.interactions, func(i *interaction) string { return i.text(everything) }))
}

// everything, as a list of what is allowed.
const everything = "*"

// Request is a request that a widget sent.
type Request struct {
	Name       string     // "interaction.accept"
	Parameters []wwe.JSON // as text, in which a parameter that is undefined in JavaScript is null
}

// Requests returns the requests that reached the Host, from any frame, in
// order: the last 10,000, or fewer where they are large. Those that it refused
// or ignored are there too.
func (h *Host) Requests() []Request {
	h.mu.Lock()
	defer h.mu.Unlock()
	all := slices.Clone(h.requests.items)
	for n := range all {
		all[n].Parameters = slices.Clone(all[n].Parameters)
	}
	return all
}

func (h *Host) remember(request wire.Request) {
	r := Request{Name: request.Name}
	bytes := len(r.Name)
	for _, p := range request.Parameters {
		r.Parameters = append(r.Parameters, wwe.JSON(p))
		bytes += len(p)
	}
	h.requests.add(r, bytes)
}

// wait is what an operation returns in place of an error if it goes on after
// some time, with what it then does.
type wait struct {
	duration time.Duration
	then     func() error
	replaced error // the outcome if WWE is refreshed before
}

func (*wait) Error() string { return "not done yet" }

// after continues a delayed operation when its time has come, and gives its outcome.
func (h *Host) after(w *wait, done func(error)) {
	refreshes := h.refreshes
	h.in(w.duration, func() {
		if h.refreshes == refreshes {
			done(w.then())
		} else {
			done(w.replaced)
		}
	})
}

// later does something when its time has come, with the Host locked, unless
// another world was loaded by then: what waits is about this one only.
func (h *Host) later(d time.Duration, do func()) {
	world := h.world
	h.in(d, func() {
		if h.world == world {
			do()
		}
	})
}

// in does something when its time has come, with the Host locked.
func (h *Host) in(d time.Duration, do func()) {
	h.clock.AfterFunc(d, func() {
		_ = h.change(func() error {
			do()
			return nil
		})
	})
}

// remaining is for Save: how long it is until a moment, 0 for none. One that
// has come, and whose turn it is next, is as near as can be.
func (h *Host) remaining(until time.Time) time.Duration {
	if until.IsZero() {
		return 0
	}
	return max(until.Sub(h.clock.Now()), 1)
}

// momentIn is for Load: remaining the other way round.
func momentIn(now time.Time, remaining time.Duration) time.Time {
	if remaining == 0 {
		return time.Time{}
	}
	return now.Add(remaining)
}
