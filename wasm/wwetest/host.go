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
	log      messageLog // has its own lock

	mu             sync.Mutex
	world          int // counts the calls of Load and Reset
	refreshes      int // counts the reloads of WWE's page
	config         Config
	origins        []acceptedOrigin // parsed from config
	frames         []*Frame
	lastFrame      int
	lastShared     int     // the last id if the frames share one count
	events         []event // queued, see flush
	interactions   []*interaction
	workbin        []*interaction
	media          []wwe.Media // voice first
	window         window
	campaigns      []*campaign
	pushing        bool // the agent gets records by direct push
	microphoneMute bool
	speakerMute    bool
	lastID         int
	ids            *rand.PCG
	chance         *rand.PCG // decides whether a fault occurs
	limits         limits
	requests       recent[Request]
	faults         []*activeFault
}

// Option configures a new Host.
type Option func(*Host)

// WithConfig calls change to modify DefaultConfig for the new Host.
func WithConfig(change func(*Config)) Option {
	return func(h *Host) { h.Configure(change) }
}

// WithSeed seeds the random ids and the probability of faults. The default is
// 1. Two Hosts with the same seed and the same history are the same.
func WithSeed(seed uint64) Option {
	return func(h *Host) { h.seed = seed }
}

// WithClock makes the Host use the clock c, so that a test need not wait.
// Host.Do with ActionMarkDone, if a widget may block it, then waits until
// another goroutine calls Clock.Advance.
func WithClock(c *Clock) Option {
	return func(h *Host) { h.clock = c }
}

// WithChange registers a function to call after any operation that may have
// changed the Host. It may be called from any goroutine, and must not call the
// Host.
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

// clear discards everything that has happened on the Host.
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

// Reset discards everything that has happened and sets the Config to
// DefaultConfig, even if WithConfig was used. The frames stay, but their
// subscriptions are lost, see Restart.
func (h *Host) Reset() {
	h.Restart()
	_ = h.change(func() error {
		h.clear()
		h.setConfig(DefaultConfig())
		return nil
	})
	h.log.clear()
}

// change calls do with the Host locked, then sends the resulting events.
func (h *Host) change(do func() error) error {
	defer h.onChange()
	h.mu.Lock()
	defer h.mu.Unlock() // even if do panics because of a mistake in the test
	err := do()
	h.push()
	h.flush()
	for _, f := range h.frames {
		f.startDelivery()
	}
	return err
}

// Origin is the origin of a widget in memory, for Config.AcceptedOrigins.
const Origin = "https://panel.example.com"

// Connect connects a widget to the Host in memory, on every platform. The
// widget's origin is Origin.
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
// arrive as null, the closest value that JSON has.
type memory struct{ frame *Frame }

func (m memory) Post(message string, _ []int) error {
	m.frame.Receive(message)
	return nil
}

func (m memory) Close() { m.frame.Detach() }

// Interactions returns copies of the interactions that WWE holds, in the order
// in which they came.
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

// InteractionsJSON returns the Interactions as WWE would send them, as a JSON
// array, with all user data.
func (h *Host) InteractionsJSON() wwe.JSON {
	h.mu.Lock()
	defer h.mu.Unlock()
	return wwe.JSON(list(h.interactions, func(i *interaction) string { return i.text(everything) }))
}

// everything is a list of permissions that permits everything.
const everything = "*"

// Request is a request that a widget sent.
type Request struct {
	Name       string     // "interaction.accept"
	Parameters []wwe.JSON // a parameter that is undefined in JavaScript is null
}

// Requests returns the requests that reached the Host from any frame, in order.
// It includes those that the Host refused or ignored. The Host keeps the last
// 10,000, or fewer if they exceed 64 MiB.
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

// wait is the error of an operation that is not finished yet and continues
// later.
type wait struct {
	duration time.Duration
	then     func() error
	replaced error // the outcome if WWE's page reloads before
}

func (*wait) Error() string { return "not done yet" }

// after continues a delayed operation once its time has come, and calls done
// with the outcome.
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

// later calls do after d, with the Host locked. It does not call do if Load or
// Reset has replaced the state by then, because do belongs to the old state.
func (h *Host) later(d time.Duration, do func()) {
	world := h.world
	h.in(d, func() {
		if h.world == world {
			do()
		}
	})
}

// in calls do after d, with the Host locked.
func (h *Host) in(d time.Duration, do func()) {
	h.clock.AfterFunc(d, func() {
		_ = h.change(func() error {
			do()
			return nil
		})
	})
}

// remaining returns the time until a moment, for Save. It returns 0 if there is
// no such moment, and the shortest possible time if the moment is past.
func (h *Host) remaining(until time.Time) time.Duration {
	if until.IsZero() {
		return 0
	}
	return max(until.Sub(h.clock.Now()), 1)
}

// momentIn reverses remaining, for Load.
func momentIn(now time.Time, remaining time.Duration) time.Time {
	if remaining == 0 {
		return time.Time{}
	}
	return now.Add(remaining)
}
