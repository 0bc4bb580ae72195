package wwetest

import (
	"slices"
	"strconv"

	"wwebridge/internal/wire"
	"wwebridge/wasm/wwe"
)

// event is one that has happened, ready to be sent.
type event struct{ topic, data string }

// happened notes an event. It goes out after the answer to the request that
// caused it (guess), see flush.
func (h *Host) happened(topic wwe.Topic, data object) {
	h.events = append(h.events, event{string(topic), data.text()})
}

// flush sends what has happened to the frames that are subscribed: once to
// each, also where its subscriptions overlap (guess). The Host is locked.
func (h *Host) flush() {
	events := h.events
	h.events = nil
	for _, e := range events {
		if h.loses(e.topic) {
			continue
		}
		for _, f := range h.frames {
			if f.isSubscribed(e.topic) {
				f.send(wire.Message{Event: e.topic, Reply: wire.Reply{Data: e.data}}.Text())
			}
		}
	}
}

// Emit sends an event of any topic and with any data to the frames that are
// subscribed to it, as WWE or another page would.
func (h *Host) Emit(topic wwe.Topic, data wwe.JSON) {
	mustBeJSON("Emit", data)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.events = append(h.events, event{string(topic), string(data)})
	h.flush()
}

func (h *Host) interactionEvent(kind wwe.EventType, i *interaction) {
	var data object
	data.string("eventType", string(kind))
	data.raw("interaction", i.text())
	h.happened(wwe.TopicInteraction, data)
}

func (h *Host) caseEvent(kind wwe.EventType, caseID string) {
	var data object
	data.string("eventType", string(kind))
	data.string("selectedCaseId", caseID)
	h.happened(wwe.TopicInteraction, data)
}

func (h *Host) markDoneEvent(i *interaction) {
	var data object
	data.string("eventType", string(wwe.EventMarkDoneApply))
	data.raw("timeout", strconv.FormatInt(h.markDoneTimeout.Milliseconds(), 10))
	data.raw("interaction", i.text())
	h.happened(wwe.TopicMarkDone, data)
}

var afterCallWork = wwe.MediaState{Type: "NOT_READY_AFTER_CALLWORK", DisplayName: "After Call Work", OperationName: "AfterCallWork"}

func (h *Host) mediaEvent(state wwe.MediaState, media string) {
	var text, data object
	text.string("type", state.Type)
	text.string("displayName", state.DisplayName)
	text.string("operationName", state.OperationName)
	data.raw("state", text.text())
	data.string("media", media)
	h.happened(wwe.TopicMedia, data)
}

// subscribe answers with an id of its own for each subscription, counted from
// 0 in each frame (guess).
func (f *Frame) subscribe(request wire.Request) {
	if fault, ok := f.host.fault("subscribe"); ok {
		if reply, answered := fault.reply(); answered {
			f.reply(request)(reply)
		}
		return
	}
	f.lastID++
	f.subscriptions[f.lastID] = topicsOf(request.Data)
	f.reply(request)(wire.Reply{SubscriptionID: strconv.Itoa(f.lastID)})
}

// unsubscribe is answered like subscribe, without an id (guess).
func (f *Frame) unsubscribe(request wire.Request) {
	if id, err := strconv.Atoi(request.Data); err == nil {
		delete(f.subscriptions, id)
	}
	f.reply(request)(wire.Reply{})
}

// topicsOf reads a topic or an array of them.
func topicsOf(data string) []string {
	value, _ := wwe.JSON(data).Value()
	if topic, ok := value.(string); ok {
		return []string{topic}
	}
	var topics []string
	list, _ := value.([]any)
	for _, item := range list {
		if topic, ok := item.(string); ok {
			topics = append(topics, topic)
		}
	}
	return topics
}

func (f *Frame) isSubscribed(topic string) bool {
	for _, topics := range f.subscriptions {
		if slices.Contains(topics, topic) {
			return true
		}
	}
	return false
}

func (h *Host) anySubscribed(topic wwe.Topic) bool {
	return slices.ContainsFunc(h.frames, func(f *Frame) bool { return f.isSubscribed(string(topic)) })
}

// Subscriptions tells how many subscriptions to the topic there are, in all frames.
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
