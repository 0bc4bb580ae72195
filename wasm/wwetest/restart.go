package wwetest

import "strconv"

// Restart reloads WWE's page. The frames stay attached, like pages that embed
// WWE and outlive its reload (the reverse embedding).
//
// Waiting requests get no answer, and an interaction that is being marked done
// stays. Subscriptions are lost, and interactions get new ids, see
// Config.ReuseIDs. Toasts, dialogs, views and blocks of mark done are gone,
// unless Config.KeepWindow is on.
func (h *Host) Restart() {
	var frames []*Frame
	_ = h.change(func() error {
		frames = h.restart()
		return nil
	})
	for _, f := range frames {
		f.restarted()
	}
}

// restart returns the frames whose page must be notified.
func (h *Host) restart() []*Frame {
	h.refreshes++
	h.events = nil
	for _, f := range h.frames {
		f.forget()
	}
	if h.config.ReuseIDs {
		h.lastID = 0
	}
	renamed := map[string]string{}
	for _, i := range h.interactions {
		h.lastID++
		renamed[i.InteractionID] = strconv.Itoa(h.lastID)
		i.InteractionID = renamed[i.InteractionID]
	}
	for _, i := range h.interactions {
		// The id of a parent that is gone may belong to another interaction
		// now.
		if now, held := renamed[i.ParentInteractionID]; held || h.config.ReuseIDs {
			i.ParentInteractionID = now
		}
	}
	if !h.config.KeepWindow {
		h.window = window{}
		for _, i := range h.interactions {
			i.blocked, i.warning = false, ""
		}
	}
	h.lastShared = -1
	return append([]*Frame(nil), h.frames...)
}

// restartInCall is restart during a request.
func (h *Host) restartInCall() {
	for _, f := range h.restart() {
		f.deliver(delivery{do: f.restarted})
	}
}

func (f *Frame) forget() {
	clear(f.subscriptions)
	f.lastID = -1
	f.named = false
	f.restarts++
	f.overtaken = nil
	f.of, f.told = nil, false
	f.mu.Lock()
	defer f.mu.Unlock()
	f.outbox = nil
}

// OnRestart sets a function to call when WWE's page reloads, see Host.Restart.
// It corresponds to the load event of WWE's iframe in the page around it.
func (f *Frame) OnRestart(do func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.onRestart = do
}

func (f *Frame) restarted() {
	f.mu.Lock()
	do := f.onRestart
	f.mu.Unlock()
	if do != nil {
		do()
	}
}
