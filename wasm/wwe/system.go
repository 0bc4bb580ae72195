package wwe

import (
	"context"
	"time"

	"wwebridge/internal/calls"
	"wwebridge/internal/eventloop"
	"wwebridge/internal/jsontext"
)

// SystemNamespace is genesys.wwe.service.system: WWE's window and what this
// page may do there. Its methods are those of the page "System namespace" in
// Genesys' Service Client API Reference.
//
// An agent may have WWE open in several tabs of the browser, which elect one of
// them to lead. That the answers about that are booleans is inferred; if they
// are not, the error is a *DataError.
type SystemNamespace struct{ s *Service }

// TriggerActivity tells WWE that the agent is active, so that it does not take
// the agent for absent (inferred from its name).
//
// Reference: System namespace, triggerActivity(). Result: not documented; nil
// means that WWE did not refuse. Errors: see Service.Go.
func (n SystemNamespace) TriggerActivity(ctx context.Context) error {
	return n.s.do(ctx, "system.triggerActivity")
}

// AmIVisible tells whether the agent can see this page.
//
// Reference: System namespace, amIVisible(). Result: a boolean (inferred).
// Errors: *DataError; see Service.Go.
func (n SystemNamespace) AmIVisible(ctx context.Context) (bool, error) {
	return n.is(ctx, "system.amIVisible")
}

// IsFrameLeading tells whether the WWE around this page is the tab that leads.
//
// Reference: System namespace, isFrameLeading(). Result: a boolean (inferred).
// Errors: *DataError; see Service.Go.
func (n SystemNamespace) IsFrameLeading(ctx context.Context) (bool, error) {
	return n.is(ctx, "system.isFrameLeading")
}

// IsFrameFollowing tells whether another tab leads.
//
// Reference: System namespace, isFrameFollowing(). Result: a boolean
// (inferred). Errors: *DataError; see Service.Go.
func (n SystemNamespace) IsFrameFollowing(ctx context.Context) (bool, error) {
	return n.is(ctx, "system.isFrameFollowing")
}

// IsFrameNegotiating tells whether the tabs have yet to agree on who leads.
//
// Reference: System namespace, isFrameNegotiating(). Result: a boolean
// (inferred). Errors: *DataError; see Service.Go.
func (n SystemNamespace) IsFrameNegotiating(ctx context.Context) (bool, error) {
	return n.is(ctx, "system.isFrameNegotiating")
}

// IsFrameLeadingOrNegotiating tells whether this tab leads, or may come to.
//
// Reference: System namespace, isFrameLeadingOrNegotiating(). Result: a boolean
// (inferred). Errors: *DataError; see Service.Go.
func (n SystemNamespace) IsFrameLeadingOrNegotiating(ctx context.Context) (bool, error) {
	return n.is(ctx, "system.isFrameLeadingOrNegotiating")
}

// IsLastActiveFrame tells whether this tab is the one that the agent used last.
//
// Reference: System namespace, isLastActiveFrame(). Result: a boolean
// (inferred). Errors: *DataError; see Service.Go.
func (n SystemNamespace) IsLastActiveFrame(ctx context.Context) (bool, error) {
	return n.is(ctx, "system.isLastActiveFrame")
}

func (n SystemNamespace) is(ctx context.Context, request string) (bool, error) {
	return ask(ctx, n.s, request, (*jsontext.Reader).Bool)
}

// How long to wait before asking again whether the tabs have agreed, at first
// and at most: seldom enough for any rate limit.
const (
	firstNegotiation = 250 * time.Millisecond
	lastNegotiation  = 2 * time.Second
)

// Leads is for what only one of several tabs must do, such as to speak or to
// write user data: it waits until the tabs have agreed on who leads, and tells
// whether this one does. Ask each time, as the agent may close the tab that
// led, and another one then leads.
//
// It stands on IsFrameLeading and IsFrameLeadingOrNegotiating, and has their
// errors; ErrTimeout also if the tabs do not agree in time.
func (n SystemNamespace) Leads(ctx context.Context) (bool, error) {
	began := time.Now()
	if _, has := ctx.Deadline(); !has {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, n.s.timeout)
		defer cancel()
	}
	for pause := firstNegotiation; ; pause = min(2*pause, lastNegotiation) {
		// In this order: a tab that comes to lead between the two questions asks again.
		leads, err := n.IsFrameLeading(ctx)
		if leads || err != nil {
			return leads, err
		}
		undecided, err := n.IsFrameLeadingOrNegotiating(ctx)
		if !undecided || err != nil {
			return false, err
		}
		select {
		case <-eventloop.After(pause):
		case <-ctx.Done():
			err := n.s.failure(ctx, "system.isFrameLeading", calls.ContextError(ctx, time.Since(began)))
			if late, ok := err.(*TimeoutError); ok {
				late.likely = ": the tabs have not agreed which of them leads"
			}
			return false, err
		}
	}
}

// UpdateViewInApplicationMenuBar puts a view into WWE's menu bar, or changes
// the one of the same name.
//
// Reference: System namespace, updateViewInApplicationMenuBar(view). Result:
// not documented; nil means that WWE did not refuse. Errors: see Service.Go.
func (n SystemNamespace) UpdateViewInApplicationMenuBar(ctx context.Context, view MenuBarView) error {
	const request = "system.updateViewInApplicationMenuBar"
	if view.Name == "" {
		return &ArgumentError{request, "view.name", "must not be empty"}
	}
	return n.s.do(ctx, request, anything("view", view.object()))
}

// CloseViewInApplicationMenuBar takes the view with this name out of WWE's menu bar.
//
// Reference: System namespace, closeViewInApplicationMenuBar(name). Result: not
// documented; nil means that WWE did not refuse. Errors: see Service.Go.
func (n SystemNamespace) CloseViewInApplicationMenuBar(ctx context.Context, name string) error {
	return n.s.do(ctx, "system.closeViewInApplicationMenuBar", required("name", name))
}

// MenuBarView is a view in WWE's menu bar. What is "" is left out.
type MenuBarView struct {
	Name                        string // required: by which it is changed and closed
	IconURL                     string
	Label, ShortLabel, Tooltip  string
	BackgroundColor, LabelColor string // CSS colours
}

func (v MenuBarView) object() map[string]any {
	o := map[string]any{"name": v.Name}
	set(o, "iconUrl", v.IconURL)
	set(o, "label", v.Label)
	set(o, "shortLabel", v.ShortLabel)
	set(o, "tooltip", v.Tooltip)
	set(o, "backgroundColor", v.BackgroundColor)
	set(o, "labelColor", v.LabelColor)
	return o
}

func set(o map[string]any, name, text string) {
	if text != "" {
		o[name] = text
	}
}
