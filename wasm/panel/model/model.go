// Package model holds the state and the logic of the agent panel, without a page. It holds the agent's
// cases and interactions, the selected interaction, the actions available for each, pending actions,
// failures with their reasons, and the agent's states. It is plain Go, so its tests need no browser.
package model

import (
	"cmp"
	"context"
	"sync"
	"time"

	"wwebridge/wasm/wwe"
)

// Options configures a Model. The functions are called from any goroutine and must not block. All of them
// except Connect may be nil.
type Options struct {
	// Connect opens a connection. The Model calls it again after a connection has failed.
	Connect func(ctx context.Context) (*wwe.Service, error)

	// Frame is the id of the page's iframe that WWE runs in, or "" if this page is embedded in WWE.
	Frame string

	// Place is the last result of Model.Place before the page reload.
	Place string

	// Keys are the user data keys to list first, in this order.
	Keys []string

	// WrapUp configures the data that the page requires before an interaction is closed.
	WrapUp WrapUpOptions

	// Changed is called after every change that may need a repaint.
	Changed func()

	// Notify is called with the events listed below.
	Notify func(event string, detail Detail)
}

// Model is the state of a panel. Its methods may be called from any goroutine. They never block and are
// safe in DOM event handlers.
type Model struct {
	options Options
	again   chan struct{} // capacity 1: try to connect now

	mu       sync.Mutex
	svc      *wwe.Service // nil while there is no connection
	phase    Phase
	problem  *Failure
	since    time.Time // when it entered this phase; if it is Lost, when WWE last gave a sign of life
	heard    time.Time // the last sign of life of WWE
	wasLive  bool
	recovery int // counts recoveries; the notice of the last one is shown
	noticed  int // the recovery whose notice is over

	// WWE's interactions, see round. Only the goroutine of Run changes these fields.
	known         bool // at least one round was applied
	rounds        int  // the number of rounds
	order         []*item
	items         map[string]*item // by interaction id
	cases         []caseItems
	consultations map[string]*item
	limit         int // of interactions in the View
	hidden        int // the number of interactions outside the View

	selected *item  // nil for none
	wweCase  string // the case selected in WWE, "" for none
	lastCase string // the case last selected in WWE
	place    place
	unsaved  bool          // the place has changed since Place was called
	applied  chan struct{} // closed and replaced after each round

	allowed    wwe.AllowedServices
	writable   []string // user data keys that may be written, nil for all
	isListed   bool     // writable has been read from WWE
	agent      AgentStates
	microphone microphone
	toasts     chan toast // waiting to be shown in WWE
	shown      []string   // the ids of the toasts that WWE shows

	pending  map[task]bool
	deleted  []*deletion
	failures []*Failure
	unread   string // the error of unreadable interactions; "" for none
	lastID   int
	history  []*Entry
	notices  []*Entry // to be announced
	tell     []func() // calls of Notify to make, in order
	telling  bool     // a goroutine is making these calls
}

// New returns an empty Model. Call Run to connect it.
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

// change calls do with the lock held. After unlocking, it calls Changed and delivers the queued events.
func (m *Model) change(do func()) { m.changeInSlices(do, func() {}) }

// changeInSlices is change for work that may queue many events: it calls rest after each event. Events
// that are queued meanwhile are delivered after the earlier ones.
func (m *Model) changeInSlices(do, rest func()) {
	m.mu.Lock()
	do()
	mine := !m.telling && len(m.tell) > 0 // otherwise another goroutine delivers them
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

// notify queues an event. Call it only within change.
func (m *Model) notify(event string, detail Detail) {
	m.tell = append(m.tell, func() { m.options.Notify(event, detail) })
}

// The events passed to Notify. Their details are flat, for the page's own JavaScript.
const (
	EventSelected = "wwe-interaction-selected" // an empty id means that nothing is selected
	EventChanged  = "wwe-interaction-changed"
	EventFailed   = "wwe-action-failed"
)

// Detail is the detail of an event: texts with their JavaScript names.
type Detail []Field

// Field is a text with its name.
type Field struct {
	_          [0]func() // not comparable: less code
	Name, Text string
}

// interactionDetail returns the detail of an interaction's event. The change is "new", "state", "data",
// "selected" or "gone".
func interactionDetail(i *wwe.Interaction, change string) Detail {
	return Detail{
		{Name: "interactionId", Text: i.InteractionID}, {Name: "interactionUUID", Text: i.InteractionUUID},
		{Name: "caseId", Text: i.CaseID}, {Name: "media", Text: i.Media}, {Name: "state", Text: string(i.State)},
		{Name: "previousState", Text: string(i.PreviousState)}, {Name: "change", Text: change},
	}
}

// failureDetail returns the detail of EventFailed. Its category says who can fix the failure, see
// wwe.Category.
func failureDetail(f *Failure) Detail {
	return Detail{
		{Name: "action", Text: string(f.Action)}, {Name: "interactionId", Text: f.On},
		{Name: "message", Text: f.Error}, {Name: "category", Text: string(f.Who)},
	}
}

// View is a snapshot of the Model for display. It never changes.
type View struct {
	Phase     Phase
	Problem   *Failure  // why the phase is not Live
	Since     time.Time // when it entered this phase; while it is Lost, the time of the data shown
	Recovered bool      // it became live again a moment ago

	Cases    []Case
	Count    int   // of all interactions
	Hidden   int   // the number of them that Cases omits: see ShowMore
	Selected *Item // nil for none
	Ringing  []Ring
	Dialing  Dialing
	Agent    AgentStates
	Failures []*Failure // not dismissed yet, oldest first
	History  []*Entry   // oldest first
	Open     map[string]bool
	Missing  []string // requests that the selected interaction needs and WWE does not allow this page to use
}

// View returns a snapshot of the Model for display.
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

// Notices returns the entries to announce. Each entry is returned once.
func (m *Model) Notices() []*Entry {
	m.mu.Lock()
	notices := m.notices
	m.notices = nil
	m.mu.Unlock()
	return notices
}
