package wwetest

import (
	"slices"
	"strconv"

	"wwebridge/internal/wire"
	"wwebridge/wasm/wwe"
)

// event is an event that has happened and is ready to be sent.
type event struct {
	topic, data string
	from        *Frame // the sender, which does not get it; nil: WWE
	only        *Frame // the only recipient; nil: all frames
}

func (h *Host) happened(topic wwe.Topic, data object) { h.happenedText(topic, data.text()) }

// happenedText queues an event. flush sends it, after the answer to the request
// that caused it (guess).
func (h *Host) happenedText(topic wwe.Topic, data string) {
	h.events = append(h.events, event{topic: string(topic), data: data})
}

// flush sends the queued events to the frames that are subscribed. The Host is
// locked.
func (h *Host) flush() {
	for len(h.events) > 0 {
		e := h.events[0]
		h.events = h.events[1:]
		fault := h.faultIn(e.topic)
		if fault.Kind == FaultKindRestart {
			h.restartInCall()
			continue
		}
		for _, f := range h.frames {
			if f == e.from || e.only != nil && f != e.only {
				continue
			}
			for range f.copies(e.topic) {
				f.sendBy(fault, wire.Message{Event: e.topic, Reply: wire.Reply{Data: e.data}})
			}
		}
	}
}

// copies returns how often a frame gets an event: at most once, even if its
// subscriptions overlap, unless Config.DuplicateEvents is on.
func (f *Frame) copies(topic string) int {
	count := 0
	for _, topics := range f.subscriptions {
		if slices.Contains(topics, topic) {
			count++
		}
	}
	if !f.host.config.DuplicateEvents {
		return min(count, 1)
	}
	return count
}

// Emit sends an event with any topic and data to the frames that are subscribed
// to it, as WWE or another page would. It panics if the data is not JSON, which
// is a mistake in the test.
func (h *Host) Emit(topic wwe.Topic, data wwe.JSON) {
	mustBeJSON("Emit", data)
	_ = h.change(func() error {
		h.happenedText(topic, string(data))
		return nil
	})
}

func (h *Host) interactionEvent(kind wwe.EventType, i *interaction) {
	h.happened(wwe.TopicInteraction, h.interactionData(kind, i))
}

func (h *Host) interactionData(kind wwe.EventType, i *interaction) object {
	var data object
	data.string("eventType", string(kind))
	data.raw("interaction", i.text(h.config.ReadAllowed))
	return data
}

func (h *Host) caseEvent(kind wwe.EventType, caseID string) {
	h.happened(wwe.TopicInteraction, caseData(kind, caseID))
}

func caseData(kind wwe.EventType, caseID string) object {
	var data object
	data.string("eventType", string(kind))
	data.string("selectedCaseId", caseID)
	return data
}

func (h *Host) markDoneEvent(i *interaction) {
	var data object
	data.string("eventType", string(wwe.EventTypeMarkDoneApply))
	data.raw("timeout", strconv.FormatInt(h.config.BlockMarkDoneTimeout.Milliseconds(), 10))
	data.raw("interaction", i.text(h.config.ReadAllowed))
	h.happened(wwe.TopicMarkDone, data)
}

func (h *Host) mediaEvent(state wwe.MediaState, media string) {
	var data object
	data.raw("state", stateText(state))
	data.string("media", media)
	h.happened(wwe.TopicMedia, data)
}

// subscribe answers each subscription with an id of its own. The ids count from
// 0 in each frame, unless Config.SharedSubscriptionIDs is on.
func (f *Frame) subscribe(request wire.Request) {
	h := f.host
	fault := h.faultOf("subscribe")
	if fault.keepsFromHappening() {
		f.misbehave(request, fault)
		return
	}
	if err := h.admit(f.origin, ""); err != nil {
		f.answer(request, "", err, fault)
		return
	}
	last := &f.lastID
	if h.config.SharedSubscriptionIDs {
		last = &h.lastShared
	}
	*last++
	f.subscriptions[*last] = topicsOf(request.Data)
	f.reply(request, wire.Reply{SubscriptionID: strconv.Itoa(*last)}, fault)
	f.tellOfCase()
}

// tellOfCase sends CASE_EXPANDED to the frame of a call that the agent dialled.
// When the event first went out, the frame did not exist yet.
func (f *Frame) tellOfCase() {
	h, i, delay := f.host, f.of, f.host.config.CaseExpandedDelay
	if i == nil || f.told || delay == 0 || i.Direction != wwe.DirectionOut || f.copies(string(wwe.TopicInteraction)) == 0 {
		return
	}
	f.told = true
	h.later(delay, func() {
		if f.of == i && h.byID(i.InteractionID) == i && i.IsCaseExpanded {
			data := caseData(wwe.EventTypeCaseExpanded, i.CaseID)
			h.events = append(h.events, event{topic: string(wwe.TopicInteraction), data: data.text(), only: f})
		}
	})
}

// unsubscribe answers like subscribe, but without an id. It does not answer if
// Config.SilentUnsubscribe is on.
func (f *Frame) unsubscribe(request wire.Request) {
	fault := f.host.faultOf("unsubscribe")
	if fault.keepsFromHappening() {
		f.misbehave(request, fault)
		return
	}
	if id, err := strconv.Atoi(request.Data); err == nil {
		delete(f.subscriptions, id)
	}
	if !f.host.config.SilentUnsubscribe {
		f.reply(request, wire.Reply{}, fault)
	}
}

// topicsOf parses a topic or an array of topics.
func topicsOf(data string) []string {
	value, _ := wwe.JSON(data).Value()
	if topic, ok := value.(string); ok {
		return []string{topic}
	}
	var topics []string
	items, _ := value.([]any)
	for _, item := range items {
		if topic, ok := item.(string); ok {
			topics = append(topics, topic)
		}
	}
	return topics
}

func (h *Host) anySubscribed(topic wwe.Topic) bool {
	return slices.ContainsFunc(h.frames, func(f *Frame) bool { return f.copies(string(topic)) > 0 })
}

// Subscriptions returns the number of subscriptions to the topic, in all
// frames.
func (h *Host) Subscriptions(topic wwe.Topic) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	count := 0
	for _, f := range h.frames {
		for _, topics := range f.subscriptions {
			if slices.Contains(topics, string(topic)) {
				count++
			}
		}
	}
	return count
}
