package wwe

import (
	"context"
	"time"

	"wwebridge/internal/calls"
	"wwebridge/internal/eventloop"
	"wwebridge/internal/jsontext"
)

// SystemNamespace is genesys.wwe.service.system: WWE's window, tabs, toasts and
// dialogs, and the services that this page may use. Its methods are those of
// the page "System namespace" in Genesys' Service Client API Reference.
//
// An agent may have WWE open in several browser tabs, which elect one of them
// as leader. That the answers about the election are booleans is inferred; any
// other answer is a *DataError.
type SystemNamespace struct{ s *Service }

// TriggerActivity reports activity of the agent to WWE, so that WWE does not
// consider the agent absent (inferred from its name).
//
// Reference: System namespace, triggerActivity().
func (n SystemNamespace) TriggerActivity(ctx context.Context) error {
	return n.s.do(ctx, "system.triggerActivity")
}

// AmIVisible reports whether the agent can see this page.
//
// Reference: System namespace, amIVisible(). Result: a boolean (inferred).
// Errors: *DataError.
func (n SystemNamespace) AmIVisible(ctx context.Context) (bool, error) {
	return n.is(ctx, "system.amIVisible")
}

// IsFrameLeading reports whether this page is in WWE's leading tab.
//
// Reference: System namespace, isFrameLeading(). Result: a boolean (inferred).
// Errors: *DataError.
func (n SystemNamespace) IsFrameLeading(ctx context.Context) (bool, error) {
	return n.is(ctx, "system.isFrameLeading")
}

// IsFrameFollowing reports whether another tab leads.
//
// Reference: System namespace, isFrameFollowing(). Result: a boolean
// (inferred). Errors: *DataError.
func (n SystemNamespace) IsFrameFollowing(ctx context.Context) (bool, error) {
	return n.is(ctx, "system.isFrameFollowing")
}

// IsFrameNegotiating reports whether the tabs have yet to agree on a leader.
//
// Reference: System namespace, isFrameNegotiating(). Result: a boolean
// (inferred). Errors: *DataError.
func (n SystemNamespace) IsFrameNegotiating(ctx context.Context) (bool, error) {
	return n.is(ctx, "system.isFrameNegotiating")
}

// IsFrameLeadingOrNegotiating reports whether this tab leads or may become the
// leader.
//
// Reference: System namespace, isFrameLeadingOrNegotiating(). Result: a boolean
// (inferred). Errors: *DataError.
func (n SystemNamespace) IsFrameLeadingOrNegotiating(ctx context.Context) (bool, error) {
	return n.is(ctx, "system.isFrameLeadingOrNegotiating")
}

// IsLastActiveFrame reports whether the agent used this tab last.
//
// Reference: System namespace, isLastActiveFrame(). Result: a boolean
// (inferred). Errors: *DataError.
func (n SystemNamespace) IsLastActiveFrame(ctx context.Context) (bool, error) {
	return n.is(ctx, "system.isLastActiveFrame")
}

func (n SystemNamespace) is(ctx context.Context, request string) (bool, error) {
	return ask(ctx, n.s, request, (*jsontext.Reader).Bool)
}

// Leads pauses between its requests: for firstNegotiation at first, and for at
// most lastNegotiation. The pauses are long enough for any rate limit.
const (
	firstNegotiation = 250 * time.Millisecond
	lastNegotiation  = 2 * time.Second
)

// Leads reports whether this tab leads, after waiting until the tabs have
// agreed on a leader. Use it for actions that only one of several tabs may
// perform, such as speaking or writing user data. Call it before each action:
// the agent may close the leading tab, and another one then leads.
//
// It calls IsFrameLeading and IsFrameLeadingOrNegotiating and returns their
// errors. It also returns ErrTimeout if the tabs do not agree in time.
func (n SystemNamespace) Leads(ctx context.Context) (bool, error) {
	began := time.Now()
	if _, has := ctx.Deadline(); !has {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, n.s.timeout)
		defer cancel()
	}
	for pause := firstNegotiation; ; pause = min(2*pause, lastNegotiation) {
		// The order matters: a tab that becomes the leader between the two
		// requests asks again.
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

// UpdateViewInApplicationMenuBar adds a view to WWE's menu bar, or changes the
// one with the same name.
//
// Reference: System namespace, updateViewInApplicationMenuBar(view).
func (n SystemNamespace) UpdateViewInApplicationMenuBar(ctx context.Context, view MenuBarView) error {
	const request = "system.updateViewInApplicationMenuBar"
	if view.Name == "" {
		return &ArgumentError{request, "view.name", "must not be empty"}
	}
	return n.s.do(ctx, request, anything("view", view.object()))
}

// CloseViewInApplicationMenuBar removes the view with this name from WWE's menu
// bar.
//
// Reference: System namespace, closeViewInApplicationMenuBar(name).
func (n SystemNamespace) CloseViewInApplicationMenuBar(ctx context.Context, name string) error {
	return n.s.do(ctx, "system.closeViewInApplicationMenuBar", required("name", name))
}

// MenuBarView is a view in WWE's menu bar. Fields that are "" are not sent.
type MenuBarView struct {
	Name                        string // required; identifies the view when it is changed or closed
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
