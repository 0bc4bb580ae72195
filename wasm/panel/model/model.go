// Package model is what the agent panel knows and can do, without a page: the
// agent's cases and interactions, which of them is selected, what makes sense
// to do with each, what is under way, what has failed and why, and the agent's
// states. It is plain Go, so its tests need no browser.
package model

import (
	"cmp"
	"context"
	"sync"
	"time"

	"wwebridge/wasm/wwe"
)

// Options are what a Model needs of whoever shows it. The functions are called
// from any goroutine and must not block; all but Connect may be nil.
type Options struct {
	// Connect opens a connection. It is called again after one that failed.
	Connect func(ctx context.Context) (*wwe.Service, error)

	// Frame is the id of the page's iframe that WWE runs in, "" if it runs around the page.
	Frame string

	// Place is what Model.Place gave last, before the page was loaded anew.
	Place string

	// Keys are the keys of user data that come first, in this order.
	Keys []string

	// WrapUp is what the page wants to know before an interaction is closed.
	WrapUp WrapUpOptions

	// Changed tells that there is something new to show.
	Changed func()

	// Notify tells what happens, see the events below.
	Notify func(event string, detail Detail)
}

// Model is the state of a panel. Its methods may be called from any goroutine,
// never block, and are safe in handlers of DOM events.
type Model struct {
	options Options
	again   chan struct{} // capacity 1: try to connect now

	mu       sync.Mutex
	svc      *wwe.Service // nil while there is no connection
	phase    Phase
	problem  *Failure
	since    time.Time // that it is in this phase, or that WWE gave its last sign of life if it is Lost
	heard    time.Time // the last sign of life of WWE that the model knows of
	wasLive  bool
	recovery int // counts recoveries; the notice of the last one is shown
	noticed  int // the recovery whose notice is over

	// What WWE holds, see round. Only the goroutine of Run changes it.
	known         bool // there was a round
	rounds        int  // how many
	order         []*item
	items         map[string]*item // by interaction id
	cases         []caseItems
	consultations map[string]*item
	limit         int // of interactions in sight
	hidden        int // interactions that are not

	selected *item  // nil for none
	wweCase  string // the case that WWE has selected, "" for none
	lastCase string // the case that WWE had selected last
	place    place
	unsaved  bool          // the place has changed since Place was called
	applied  chan struct{} // closed and replaced after each round

	allowed    wwe.AllowedServices
	writable   []string // keys of user data that may be written, nil for all
	isListed   bool     // WWE has said which
	agent      AgentStates
	microphone microphone
	toasts     chan toast // that WWE is to show
	shown      []string   // the ids of those that WWE shows

	pending  map[task]bool
	deleted  []*deletion
	failures []*Failure
	unread   string // the error of interactions that cannot be read; "" for none
	lastID   int
	history  []*Entry
	notices  []*Entry // to be announced
	tell     []func() // what to tell the page, in order
	telling  bool     // a goroutine is doing so
}

// New returns a Model that knows nothing yet: Run makes it live.
func New(options Options) *Model {
	if options.Changed == nil {
		options.Changed = func() {}
	}
	if options.Notify == nil {
		options.Notify = func(string, Detail) {}
	}
	options.WrapUp.DispositionKey = cmp.Or(options.WrapUp.DispositionKey, DefaultDispositionKey)
	return &Model{
		options: options,
		again:   make(chan struct{}, 1),
		phase:   Connecting,
		since:   time.Now(),
		items:   map[string]*item{},
		limit:   manyAtOnce,
		applied: make(chan struct{}),
		toasts:  make(chan toast, 8),
		pending: map[task]bool{},
		place:   readPlace(options.Place),
	}
}

// change does something to the model, and tells of it once the lock is free.
func (m *Model) change(do func()) { m.changeInSlices(do, func() {}) }

// changeInSlices is change for what there may be much to tell of: it calls rest
// after each event. Events of changes meanwhile come after those before them.
func (m *Model) changeInSlices(do, rest func()) {
	m.mu.Lock()
	do()
	mine := !m.telling && len(m.tell) > 0 // else another goroutine tells of it
	m.telling = m.telling || mine
	m.mu.Unlock()
	m.options.Changed()
	for mine {
		m.mu.Lock()
		tell := m.tell
		m.tell = nil
		mine = len(tell) > 0
		m.telling = mine
		m.mu.Unlock()
		for _, f := range tell {
			f()
			rest()
		}
	}
}

// notify is for within change.
func (m *Model) notify(event string, detail Detail) {
	m.tell = append(m.tell, func() { m.options.Notify(event, detail) })
}

// The events that Notify tells of. Their details are flat, for a page's own
// JavaScript.
const (
	EventSelected = "wwe-interaction-selected" // an empty id: none is
	EventChanged  = "wwe-interaction-changed"
	EventFailed   = "wwe-action-failed"
)

// Detail is what an event tells: texts by their names in JavaScript.
type Detail []Field

// Field is a text with its name.
type Field struct{ Name, Text string }

// interactionDetail is the detail of the events of an interaction. One that is
// gone has the change "gone"; else it is "new", "state", "data" or "selected".
func interactionDetail(i *wwe.Interaction, change string) Detail {
	return Detail{
		{"interactionId", i.InteractionID}, {"interactionUUID", i.InteractionUUID}, {"caseId", i.CaseID}, {"media", i.Media},
		{"state", string(i.State)}, {"previousState", string(i.PreviousState)}, {"change", change},
	}
}

// failureDetail is the detail of EventFailed; its category tells who can do
// something about it, see wwe.Category.
func failureDetail(f *Failure) Detail {
	return Detail{{"action", string(f.Action)}, {"interactionId", f.On}, {"message", f.Error}, {"category", string(f.Who)}}
}

// View is what there is to show. Nothing in it changes.
type View struct {
	Phase     Phase
	Problem   *Failure  // why it is not live
	Since     time.Time // that it is in this phase; while it is Lost, what is shown is as of then
	Recovered bool      // it is live again since a moment ago

	Cases    []Case
	Count    int   // of all interactions
	Hidden   int   // of those, how many Cases does not have: see ShowMore
	Selected *Item // nil for none
	Ringing  []Ring
	Dialing  Dialing
	Agent    AgentStates
	Failures []*Failure // that were not dismissed, oldest first
	History  []*Entry   // oldest first
	Open     map[string]bool
	Missing  []string // requests that WWE does not let this page use, of those that the selected interaction needs
}

// View returns what there is to show now.
func (m *Model) View() *View {
	m.mu.Lock()
	v := &View{
		Phase: m.phase, Problem: m.problem, Since: m.since, Recovered: m.recovery != m.noticed,
		Agent:    m.agentView(),
		Failures: append([]*Failure(nil), m.failures...),
		History:  append([]*Entry(nil), m.history...),
		Open:     m.place.opened(),
		Count:    len(m.order), Hidden: m.hidden,
		Ringing: m.ringing(), Dialing: m.dialing(),
	}
	for _, c := range m.cases {
		shown := Case{ID: c.id, Selected: c.id == m.wweCase}
		for _, i := range c.items {
			if i.inSight {
				shown.Items = append(shown.Items, m.itemView(i))
			}
		}
		if shown.Items != nil {
			v.Cases = append(v.Cases, shown)
		}
	}
	if i := m.selected; i != nil {
		v.Selected = m.itemView(i)
		v.Missing = m.missing(v.Selected)
	}
	m.mu.Unlock()
	return v
}

// Notices returns what is to be announced, once.
func (m *Model) Notices() []*Entry {
	m.mu.Lock()
	notices := m.notices
	m.notices = nil
	m.mu.Unlock()
	return notices
}
