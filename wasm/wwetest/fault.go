package wwetest

import (
	"cmp"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"wwebridge/internal/jsontext"
	"wwebridge/internal/wire"
	"wwebridge/wasm/wwe"
)

// Fault makes the Host misbehave on purpose. It affects requests, or the events
// of a topic, from the call of Host.Fault until it is used up or
// Host.ClearFaults is called.
type Fault struct {
	Request string    // such as "interaction.accept", "subscribe" or "unsubscribe"; "" is every request
	Topic   wwe.Topic // affects the events of this topic in place of requests

	Next        int     // affects the next n of them; 0 is all, or one for FaultKindRestart
	Probability float64 // of affecting each of them, above 0 and up to 1; 0 is 1

	Kind   FaultKind     // "" is FaultKindRefuse or FaultKindData if that field is set, else FaultKindIgnore
	Refuse string        // the errorMessage of FaultKindRefuse
	Data   wwe.JSON      // the data of FaultKindData, of any type
	Delay  time.Duration // of FaultKindDelay; 0 is a minute, by when every widget has given up
	Count  int           // events of FaultKindBurst, 0 is 1000; bytes of FaultKindHuge, 0 is 5,000,000
}

// FaultKind is a kind of misbehaviour.
type FaultKind string

// The faults. Unless the comment says otherwise, WWE executes the request, and
// only the answer is wrong. If the Fault has a Topic, the event takes the place
// of the answer.
const (
	FaultKindIgnore     FaultKind = "ignore"     // WWE neither executes nor answers; an event is not sent
	FaultKindSilence    FaultKind = "silence"    // as ignore; with neither Request nor Topic, for events too
	FaultKindRefuse     FaultKind = "refuse"     // WWE does nothing and answers with the errorMessage Refuse
	FaultKindData       FaultKind = "data"       // WWE does nothing but answer with Data; an event has this data
	FaultKindDrop       FaultKind = "drop"       // the answer is lost
	FaultKindDelay      FaultKind = "delay"      // the answer comes late
	FaultKindTwice      FaultKind = "twice"      // the answer comes twice
	FaultKindReorder    FaultKind = "reorder"    // the next message to the frame overtakes the answer
	FaultKindWrongType  FaultKind = "wrongType"  // the answer's data has a type that it never has
	FaultKindWrongID    FaultKind = "wrongId"    // the answer's referenceId belongs to no request
	FaultKindTruncated  FaultKind = "truncated"  // only the first half of the answer's text comes, as a string
	FaultKindHuge       FaultKind = "huge"       // the answer has a very large property
	FaultKindBurst      FaultKind = "burst"      // very many events come before the answer
	FaultKindEventFirst FaultKind = "eventFirst" // an event comes just before the answer
	FaultKindRestart    FaultKind = "restart"    // WWE does nothing but reload its page, see Host.Restart
	FaultKindForge      FaultKind = "forge"      // another page sends a forged answer first, see Frame.OnForge
)

type faultKind struct {
	kind        FaultKind
	explanation string
	events      bool // it can affect events too
}

var faultKinds = []faultKind{
	{FaultKindIgnore, "Nothing happens, and no answer comes.", true},
	{FaultKindSilence, "WWE is silent: it executes nothing, answers nothing and sends no events.", true},
	{FaultKindRefuse, "WWE refuses with an error.", false},
	{FaultKindData, "Nothing happens, and the data is what you say.", true},
	{FaultKindDrop, "It happens, but the answer is lost.", true},
	{FaultKindDelay, "It happens, but the answer comes too late.", true},
	{FaultKindTwice, "The answer comes twice.", true},
	{FaultKindReorder, "The next message overtakes the answer.", true},
	{FaultKindWrongType, "The data is of a type that it never has.", true},
	{FaultKindWrongID, "The answer has the id of no request.", false},
	{FaultKindTruncated, "Only half of the answer comes.", true},
	{FaultKindHuge, "The answer is very large.", true},
	{FaultKindBurst, "Very many events come before the answer.", true},
	{FaultKindEventFirst, "An event comes just before the answer.", false},
	{FaultKindRestart, "WWE is refreshed in the midst of it.", true},
	{FaultKindForge, "Another page sends a forged answer first.", true},
}

// FaultKinds returns all kinds of faults.
func FaultKinds() []FaultKind {
	var all []FaultKind
	for _, known := range faultKinds {
		all = append(all, known.kind)
	}
	return all
}

// Explain returns a sentence that describes the fault, or "" if there is no
// such fault.
func (k FaultKind) Explain() string {
	for _, known := range faultKinds {
		if known.kind == k {
			return known.explanation
		}
	}
	return ""
}

// Validate returns an error that names the first problem of the fault, or nil.
func (f Fault) Validate() error {
	kind := f.kind()
	n := slices.IndexFunc(faultKinds, func(known faultKind) bool { return known.kind == kind })
	switch {
	case n < 0:
		return fmt.Errorf("there is no fault %q", kind)
	case f.Request != "" && f.Topic != "":
		return errors.New("a fault concerns a request or a topic, not both")
	case f.Topic != "" && !faultKinds[n].events:
		return fmt.Errorf("the fault %q is not for events", kind)
	case f.Next < 0 || f.Count < 0 || f.Delay < 0:
		return errors.New("a fault's next, count and delay are not negative")
	case !(f.Probability >= 0 && f.Probability <= 1):
		return errors.New("a fault's probability is between 0 and 1")
	case f.Count > 100_000_000:
		return errors.New("a fault's count is at most 100 million")
	case kind == FaultKindBurst && f.Count > 1_000_000:
		return errors.New("a burst is of at most a million events")
	case kind == FaultKindData && f.Data == "":
		return errors.New("the fault \"data\" needs data")
	}
	if err := isJSON(f.Data); err != nil {
		return fmt.Errorf("the data is not JSON: %w", err)
	}
	return nil
}

func (f Fault) kind() FaultKind {
	switch {
	case f.Kind != "":
		return f.Kind
	case f.Refuse != "":
		return FaultKindRefuse
	case f.Data != "":
		return FaultKindData
	}
	return FaultKindIgnore
}

// activeFault is a fault that is not used up yet.
type activeFault struct {
	Fault
	used int
}

// Fault adds a fault. If several faults affect a request or an event, the last
// one counts. Fault panics if f is not valid, which is a mistake in the test.
func (h *Host) Fault(f Fault) {
	if err := f.Validate(); err != nil {
		panic("wwetest: Fault: " + err.Error())
	}
	f.Kind = f.kind()
	if f.Kind == FaultKindRestart && f.Next == 0 {
		f.Next = 1 // else a widget that subscribes again would reload WWE for ever
	}
	_ = h.change(func() error {
		h.faults = append(h.faults, &activeFault{Fault: f})
		return nil
	})
}

// Faults returns the faults that are not used up. Next is the number of uses
// that are left.
func (h *Host) Faults() []Fault {
	h.mu.Lock()
	defer h.mu.Unlock()
	var all []Fault
	for _, f := range h.faults {
		left := f.Fault
		if left.Next > 0 {
			left.Next -= f.used
		}
		all = append(all, left)
	}
	return all
}

// ClearFaults removes all faults.
func (h *Host) ClearFaults() {
	_ = h.change(func() error {
		h.faults = nil
		return nil
	})
}

// faultOf returns the fault that affects a request, and counts the use.
func (h *Host) faultOf(request string) Fault {
	return h.useFault(func(f Fault) bool { return f.Topic == "" && (f.Request == "" || f.Request == request) })
}

// faultIn returns the fault that affects an event, and counts the use.
func (h *Host) faultIn(topic string) Fault {
	return h.useFault(func(f Fault) bool {
		return f.Topic != "" && string(f.Topic) == topic || f.Kind == FaultKindSilence && f.Request == "" && f.Topic == ""
	})
}

func (h *Host) useFault(concerns func(Fault) bool) Fault {
	for n, f := range slices.Backward(h.faults) {
		if !concerns(f.Fault) || f.Probability > 0 && rand.New(h.chance).Float64() >= f.Probability {
			continue
		}
		if f.used++; f.used == f.Next {
			h.faults = slices.Delete(h.faults, n, n+1)
		}
		return f.Fault
	}
	return Fault{}
}

// keepsFromHappening reports whether WWE does not execute a request with this
// fault.
func (f Fault) keepsFromHappening() bool {
	return slices.Contains([]FaultKind{FaultKindIgnore, FaultKindSilence, FaultKindRefuse, FaultKindData, FaultKindRestart}, f.Kind)
}

// misbehave answers a request that WWE does not execute because of a fault.
func (f *Frame) misbehave(request wire.Request, fault Fault) {
	switch fault.Kind {
	case FaultKindRefuse:
		f.reply(request, wire.Reply{Failed: true, ErrorMessage: fault.Refuse}, Fault{})
	case FaultKindData:
		f.reply(request, wire.Reply{Data: string(fault.Data)}, Fault{})
	case FaultKindRestart:
		f.host.restartInCall()
	}
}

// sendBy sends a message with the fault applied. The zero Fault sends it
// unchanged.
func (f *Frame) sendBy(fault Fault, m wire.Message) {
	switch fault.Kind {
	case FaultKindIgnore, FaultKindSilence, FaultKindDrop:
	case FaultKindDelay:
		restarts := f.restarts
		f.host.later(cmp.Or(fault.Delay, time.Minute), func() {
			if f.restarts == restarts {
				f.send(m.Text())
			}
		})
	case FaultKindTwice:
		f.send(m.Text())
		f.send(m.Text())
	case FaultKindReorder:
		f.overtaken = append(f.overtaken, m.Text())
	case FaultKindData:
		m.Reply.Data = string(fault.Data)
		f.send(m.Text())
	case FaultKindWrongType:
		m.Reply = wire.Reply{Data: `[[{"interactionId":[7]}]]`, SubscriptionID: m.Reply.SubscriptionID}
		f.send(m.Text())
	case FaultKindWrongID:
		m.ReferenceID += "?"
		f.send(m.Text())
	case FaultKindTruncated:
		text := m.Text()
		f.send(text[:len(text)/2])
	case FaultKindHuge:
		padding := strings.Repeat("x", cmp.Or(fault.Count, 5_000_000))
		f.send(`{"padding":"` + padding + `",` + strings.TrimPrefix(m.Text(), "{"))
	case FaultKindBurst:
		text := f.anyEvent(m.Event) // one text for all: there may be a million events
		for range cmp.Or(fault.Count, 1000) {
			f.send(text)
		}
		f.send(m.Text())
	case FaultKindEventFirst:
		f.send(f.anyEvent(m.Event))
		f.send(m.Text())
	case FaultKindForge:
		f.forge(m)
		f.send(m.Text())
	default:
		f.send(m.Text())
	}
}

// anyEvent returns an arbitrary event of the topic, "interaction" if that is
// "".
func (f *Frame) anyEvent(topic string) string {
	data := caseData(wwe.EventTypeCaseExpanded, "none")
	if len(f.host.interactions) > 0 {
		data = f.host.interactionData(wwe.EventTypeAttachedDataChanged, f.host.interactions[0])
	}
	topic = cmp.Or(topic, string(wwe.TopicInteraction))
	text := data.text()
	switch wwe.Topic(topic) {
	case wwe.TopicInteraction:
	case wwe.TopicAgent:
		text = stateText(f.host.media[0].State)
	case wwe.TopicMedia:
		text = `{"state":` + stateText(f.host.media[0].State) + `,"media":"voice"}`
	default:
		text = "{}"
	}
	return wire.Message{Event: topic, Reply: wire.Reply{Data: text}}.Text()
}

// OnForge sets the function that posts a forged message, for FaultKindForge.
// The function must post it to the widget from another window and origin.
// Without a function no message is forged, for example in memory, where there
// are no windows.
func (f *Frame) OnForge(post func(message string)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.onForge = post
}

// forge posts a message with other contents than the real one.
func (f *Frame) forge(m wire.Message) {
	f.mu.Lock()
	post := f.onForge
	f.mu.Unlock()
	if post == nil {
		return
	}
	m.Reply = wire.Reply{Failed: m.Event == "", ErrorMessage: "forged", Data: `{"eventType":"FORGED","selectedCaseId":"forged"}`}
	f.deliver(delivery{do: func() { post(m.Text()) }})
}

func isJSON(data wwe.JSON) error {
	if data == "" {
		return nil
	}
	r := jsontext.NewReader(string(data))
	r.Skip()
	return r.Err()
}

func mustBeJSON(where string, data wwe.JSON) {
	if err := isJSON(data); err != nil {
		panic("wwetest: " + where + ": the data is not JSON: " + err.Error())
	}
}
