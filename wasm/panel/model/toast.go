package model

import (
	"context"
	"slices"
	"time"

	"wwebridge/wasm/wwe"
)

// toast is a toast for an interaction that rings.
type toast struct {
	_              [0]func() // not comparable: less code
	key            int       // of the interaction
	title, message string
}

// toastTime is how long WWE shows a toast if the panel cannot close it, because
// WWE did not answer with its id.
const toastTime = 20 * time.Second

// Toast shows a toast in WWE for a ringing interaction if the agent cannot see the panel in WWE's window.
// The toast closes when the ringing ends.
func (m *Model) Toast(key int, title, message string) {
	select {
	case m.toasts <- toast{key: key, title: title, message: message}:
	default: // so many toasts are queued that another one would not help
	}
}

// showToasts shows toasts until the session is over.
func (m *Model) showToasts(ctx context.Context, svc *wwe.Service, over <-chan struct{}) {
	var showing tasks
	defer showing.wait()
	for {
		select {
		case t := <-m.toasts:
			showing.start(func() { m.show(ctx, svc, t, over) })
		case <-over:
			return
		}
	}
}

func (m *Model) show(ctx context.Context, svc *wwe.Service, t toast, over <-chan struct{}) {
	m.mu.Lock()
	mayAsk := m.allowed.Allows("system.amIVisible") && m.allowed.Allows("system.popupToast")
	m.mu.Unlock()
	if !mayAsk {
		return
	}
	if visible, err := svc.System.AmIVisible(ctx); visible || err != nil || !m.rings(t.key) {
		return
	}
	shown, err := svc.System.PopupToast(ctx, wwe.Toast{Title: t.title, Message: t.message, ShowDismiss: true, AutoClose: toastTime})
	if err != nil || shown.ID == "" {
		return
	}
	m.mu.Lock()
	m.shown = append(m.shown, shown.ID)
	m.mu.Unlock()
	for {
		m.mu.Lock()
		applied := m.applied // read before rings, otherwise the last round could be missed
		m.mu.Unlock()
		if !m.rings(t.key) {
			break
		}
		select {
		case <-applied:
		case <-over:
			return
		}
	}
	m.mu.Lock()
	m.shown = slices.DeleteFunc(m.shown, func(id string) bool { return id == shown.ID })
	m.mu.Unlock()
	_ = svc.System.CloseToast(ctx, shown.ID) // the agent may have closed it
}

// closeToasts closes the toasts that WWE still shows at the end of a session. It does not wait for the
// answers.
func (m *Model) closeToasts(svc *wwe.Service) {
	m.mu.Lock()
	shown := m.shown
	m.shown = nil
	m.mu.Unlock()
	for _, id := range shown {
		svc.Go(context.Background(), "system.closeToast", id)
	}
}
