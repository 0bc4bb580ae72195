package model

import (
	"context"
	"errors"
	"time"

	"wwebridge/internal/eventloop"
	"wwebridge/wasm/wwe"
)

// Phase tells how the panel stands with WWE.
type Phase string

// The phases.
const (
	Connecting  Phase = "connecting"  // at first
	Live        Phase = "live"        // what is shown is what WWE holds
	Lost        Phase = "lost"        // it was live; what is shown may be out of date
	Silent      Phase = "silent"      // WWE has never answered; it is tried again
	Refused     Phase = "refused"     // WWE does not accept this page
	NotEmbedded Phase = "notEmbedded" // no WWE is around this page
	Faulty      Phase = "faulty"      // the page is not set up right
)

// How long to wait before trying again, at first and at most; how often to
// take over what has changed; how long the notice of a recovery stays.
const (
	firstPause = 2 * time.Second
	lastPause  = 30 * time.Second
	pace       = 30 * time.Millisecond
	noticeTime = 6 * time.Second
)

// Run connects and keeps the model current until ctx ends. Nothing of it is
// left when it returns.
func (m *Model) Run(ctx context.Context) {
	defer m.change(m.forgetAll)
	pause := firstPause
	for {
		began := time.Now()
		err := m.session(ctx)
		if ctx.Err() != nil {
			return
		}
		if time.Since(began) > lastPause { // it has worked for some time
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

// errAgain: the agent does not want to wait for a connection that is lost.
var errAgain = errors.New("connecting anew")

// retry never comes where only a change of the page can help.
func (m *Model) retry(pause time.Duration) <-chan struct{} {
	m.mu.Lock()
	phase := m.phase
	m.mu.Unlock()
	if phase == NotEmbedded || phase == Faulty {
		return nil
	}
	return eventloop.After(pause)
}

// TryAgain connects anew without waiting, if there is no connection or it is lost.
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

// Appeared tells that WWE may have come: it connects at once if there is no connection.
func (m *Model) Appeared() {
	m.mu.Lock()
	isAlone := m.svc == nil
	m.mu.Unlock()
	if isAlone {
		m.TryAgain()
	}
}

// session is one connection, from its beginning to its end.
func (m *Model) session(ctx context.Context) error {
	svc, err := m.options.Connect(ctx)
	if err != nil {
		return err
	}
	var running tasks
	defer running.wait()
	over := make(chan struct{})
	defer svc.Close() // which, with over, ends what runs
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
		select { // in a burst of events, what is in between need not be seen
		case <-eventloop.After(max(pace, time.Since(began))): // who has much to show works half of the time
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

// standing takes over whether the mirror is current.
func (m *Model) standing(stale error) {
	m.unreadable(stale)
	if isUnreadable(stale) { // WWE answers
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
	if why.Reason == ReasonOther && why.Who == wwe.CategoryConnection { // the mirror's way to say so
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

// broken is the end of a connection, or that there was none.
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
		why.Who, why.Reason, why.Option = wwe.CategoryConfiguration, ReasonRefused, OriginsOption // it asked for nothing that depends on the agent
	case errors.Is(err, wwe.ErrNoClient), why.Who == wwe.CategoryAuthor:
		phase = Faulty
	}
	if m.phase != phase {
		m.record(&Entry{Kind: NoConnection, Level: Assertive, Why: why})
	}
	m.enter(phase, why)
}
