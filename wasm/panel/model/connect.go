package model

import (
	"context"
	"errors"
	"time"

	"wwebridge/internal/eventloop"
	"wwebridge/wasm/wwe"
)

// Phase is the state of the panel's connection to WWE.
type Phase string

// The phases.
const (
	Connecting  Phase = "connecting"  // before the first result
	Live        Phase = "live"        // the panel shows WWE's current data
	Lost        Phase = "lost"        // it was live; the data shown may be out of date
	Silent      Phase = "silent"      // WWE has never answered; the panel retries
	Refused     Phase = "refused"     // WWE does not accept this page
	NotEmbedded Phase = "notEmbedded" // this page is not embedded in WWE
	Faulty      Phase = "faulty"      // the page is not set up correctly
)

// The first and the longest pause before a retry, the shortest time between two rounds, and how long the
// notice of a recovery stays.
const (
	firstPause = 2 * time.Second
	lastPause  = 30 * time.Second
	pace       = 30 * time.Millisecond
	noticeTime = 6 * time.Second
)

// Run connects and keeps the model current until ctx ends. All of its goroutines have ended when it
// returns.
func (m *Model) Run(ctx context.Context) {
	defer m.change(m.forgetAll)
	pause := firstPause
	for {
		began := time.Now()
		err := m.session(ctx)
		if ctx.Err() != nil {
			return
		}
		if time.Since(began) > lastPause { // the connection worked for some time
			pause = firstPause
		}
		m.change(func() { m.broken(err) })
		if errors.Is(err, errAgain) {
			continue
		}
		select {
		case <-m.again:
			pause = firstPause
		case <-m.retry(pause):
			pause = min(2*pause, lastPause)
		case <-ctx.Done():
			return
		}
	}
}

// errAgain means that the agent does not want to wait for a lost connection.
var errAgain = errors.New("connecting anew")

// retry returns a channel that never fires if only a change of the page can help.
func (m *Model) retry(pause time.Duration) <-chan struct{} {
	m.mu.Lock()
	phase := m.phase
	m.mu.Unlock()
	if phase == NotEmbedded || phase == Faulty {
		return nil
	}
	return eventloop.After(pause)
}

// TryAgain reconnects without waiting, if there is no connection or it is lost.
func (m *Model) TryAgain() {
	select {
	case m.again <- struct{}{}:
	default:
	}
	m.change(func() {
		if m.svc == nil && !m.wasLive {
			m.enter(Connecting, nil)
		}
	})
}

// Appeared reports that WWE may have been loaded. It connects at once if there is no connection.
func (m *Model) Appeared() {
	m.mu.Lock()
	isAlone := m.svc == nil
	m.mu.Unlock()
	if isAlone {
		m.TryAgain()
	}
}

// session runs one connection until it ends.
func (m *Model) session(ctx context.Context) error {
	svc, err := m.options.Connect(ctx)
	if err != nil {
		return err
	}
	var running tasks
	defer running.wait()
	over := make(chan struct{})
	defer svc.Close() // with over, it ends the goroutines of running
	defer func() {
		close(over)
		m.closeToasts(svc)
	}()
	workspace, err := svc.Watch(ctx)
	if err != nil {
		return err
	}
	quiet := &silence{m: m, svc: svc}
	m.change(func() { m.svc = svc })
	defer m.change(func() {
		m.svc = nil
		quiet.watch(false)
	})
	running.start(func() { m.followAgent(ctx, svc) })
	running.start(func() { m.followMicrophone(ctx, svc, over) })
	running.start(func() { m.showToasts(ctx, svc, over) })
	for {
		began, rest := time.Now(), newRest()
		changed := workspace.Changed()
		interactions, stale := workspace.View(), workspace.Stale()
		next := m.prepare(interactions, rest)
		m.changeInSlices(func() {
			m.standing(stale)
			m.apply(next)
			quiet.watch(m.phase == Live && len(interactions) > 0)
		}, rest)
		select { // during a burst of events, intermediate states need not be shown
		case <-eventloop.After(max(pace, time.Since(began))): // a long round is followed by a rest of the same length
		case <-ctx.Done():
			return ctx.Err()
		}
		select {
		case <-m.again:
			if stale != nil && !isUnreadable(stale) {
				return errAgain
			}
		case <-changed:
			if err := workspace.Err(); err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (m *Model) enter(p Phase, why *Failure) {
	if m.phase != p {
		m.phase, m.since = p, time.Now()
	}
	m.problem = why
}

// standing updates the phase: stale is why the mirror is not current, or nil.
func (m *Model) standing(stale error) {
	m.unreadable(stale)
	if isUnreadable(stale) { // WWE answers, so it is not lost
		stale = nil
	}
	switch {
	case stale != nil && m.wasLive:
		m.lose(stale)
	case stale == nil:
		if m.phase == Lost {
			m.record(&Entry{Kind: Recovered, Level: Polite})
			m.recovery++
			m.retryWrapUps()
			time.AfterFunc(noticeTime, m.forgetRecovery(m.recovery))
		}
		m.wasLive, m.heard = true, time.Now()
		m.enter(Live, nil)
	}
}

func (m *Model) forgetRecovery(n int) func() {
	return func() {
		m.change(func() {
			if m.recovery == n {
				m.noticed = n
			}
		})
	}
}

func (m *Model) lose(err error) {
	why := m.explain(err)
	if why.Reason == ReasonOther && why.Who == wwe.CategoryConnection { // the mirror reports silence like this
		why.Reason = ReasonSilent
	}
	wasLost := m.phase == Lost
	m.noticed = m.recovery
	m.enter(Lost, why)
	if !wasLost {
		m.since = m.heard
		m.record(&Entry{Kind: LostConnection, Level: Assertive, Why: why})
	}
}

// broken updates the phase after a connection has ended or could not be opened.
func (m *Model) broken(err error) {
	if errors.Is(err, errAgain) {
		return
	}
	if m.wasLive {
		m.lose(err)
		return
	}
	why := m.explain(err)
	phase := Silent
	switch {
	case errors.Is(err, wwe.ErrNotEmbedded):
		phase = NotEmbedded
	case isRefused(err):
		phase = Refused
		why.Who, why.Reason, why.Option = wwe.CategoryConfiguration, ReasonRefused, OriginsOption // the request does not depend on the agent
	case errors.Is(err, wwe.ErrNoClient), why.Who == wwe.CategoryAuthor:
		phase = Faulty
	}
	if m.phase != phase {
		m.record(&Entry{Kind: NoConnection, Level: Assertive, Why: why})
	}
	m.enter(phase, why)
}
