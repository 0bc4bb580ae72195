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

// Fault makes the Host misbehave on purpose, from Host.Fault until it is used
// up or Host.ClearFaults. It concerns requests, or the events of a topic.
type Fault struct {
	Request string    // "interaction.accept", or "subscribe" or "unsubscribe"; "" is every one
	Topic   wwe.Topic // instead of a request: the events of this topic

	Next        int     // how many of them: the next n; 0 is all, but one for FaultKindRestart
	Probability float64 // of each to be concerned, above 0 and up to 1; 0 is 1

	Kind   FaultKind     // "" is FaultKindRefuse or FaultKindData where those are set, else FaultKindIgnore
	Refuse string        // the errorMessage of FaultKindRefuse
	Data   wwe.JSON      // the data of FaultKindData, of whatever type
	Delay  time.Duration // of FaultKindDelay; 0 is a minute, after which no widget waits any more
	Count  int           // events of FaultKindBurst, 0 is 1000; bytes of FaultKindHuge, 0 is 5,000,000
}

// FaultKind is a way to misbehave.
type FaultKind string

// The faults. Unless it says otherwise, what was asked for happens, and only
// the answer is wrong.
const (
	FaultKindIgnore     FaultKind = "ignore"     // nothing happens and no answer comes; an event is not sent
	FaultKindSilence    FaultKind = "silence"    // as ignore; with neither Request nor Topic, events are not sent either
	FaultKindRefuse     FaultKind = "refuse"     // nothing happens, and the answer is the errorMessage Refuse
	FaultKindData       FaultKind = "data"       // nothing happens, and the answer's, or the event's, data is Data
	FaultKindDrop       FaultKind = "drop"       // the answer, or event, is lost
	FaultKindDelay      FaultKind = "delay"      // it comes late
	FaultKindTwice      FaultKind = "twice"      // it comes twice
	FaultKindReorder    FaultKind = "reorder"    // the next message to the frame overtakes it
	FaultKindWrongType  FaultKind = "wrongType"  // its data is of a type that it never has
	FaultKindWrongID    FaultKind = "wrongId"    // its referenceId is no request's
	FaultKindTruncated  FaultKind = "truncated"  // only the first half of its text comes, as a string
	FaultKindHuge       FaultKind = "huge"       // it has a property that is very large
	FaultKindBurst      FaultKind = "burst"      // very many events come before it
	FaultKindEventFirst FaultKind = "eventFirst" // an event comes just before it
	FaultKindRestart    FaultKind = "restart"    // nothing happens, but WWE is refreshed: see Host.Restart
	FaultKindForge      FaultKind = "forge"      // another page sends a forged one before it, see Frame.OnForge
)

type faultKind struct {
	kind        FaultKind
	explanation string
	events      bool // it is for events too
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

// FaultKinds returns all of them.
func FaultKinds() []FaultKind {
	var all []FaultKind
	for _, known := range faultKinds {
		all = append(all, known.kind)
	}
	return all
}

// Explain says in a sentence what the fault does; "" if there is no such fault.
func (k FaultKind) Explain() string {
	for _, known := range faultKinds {
		if known.kind == k {
			return known.explanation
		}
	}
	return ""
}

// Validate tells what is wrong with the fault, nil if nothing is.
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

// activeFault is one that waits for what it concerns.
type activeFault struct {
	Fault
	used int
}

// Fault adds a fault. Where several concern a request or an event, the last
// one counts. One that is not valid is a mistake of the test and panics.
func (h *Host) Fault(f Fault) {
	if err := f.Validate(); err != nil {
		panic("wwetest: Fault: " + err.Error())
	}
	f.Kind = f.kind()
	if f.Kind == FaultKindRestart && f.Next == 0 {
		f.Next = 1 // or a widget that subscribes anew would be refreshed for ever
	}
	_ = h.change(func() error {
		h.faults = append(h.faults, &activeFault{Fault: f})
		return nil
	})
}

// Faults returns those that are not used up, with how many are left in Next.
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

// faultOf finds the fault of a request, and uses it.
func (h *Host) faultOf(request string) Fault {
	return h.useFault(func(f Fault) bool { return f.Topic == "" && (f.Request == "" || f.Request == request) })
}

// faultIn finds the fault of an event, and uses it.
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

// keepsFromHappening tells of the faults with which a request is not executed.
func (f Fault) keepsFromHappening() bool {
	return slices.Contains([]FaultKind{FaultKindIgnore, FaultKindSilence, FaultKindRefuse, FaultKindData, FaultKindRestart}, f.Kind)
}

// misbehave is all that a request gets that is not executed.
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

// sendBy sends a message as the fault wants it; without one, as it is.
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
		text := f.anyEvent(m.Event) // one for all, because they may be a million
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

// anyEvent is an event that is as good as any other of the topic; "" is
// "interaction".
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

// OnForge sets what a forged message goes to, for the fault "forge": the page
// is to post it to the widget from another window and origin. Without it, as
// in memory, where there are no windows, none is forged.
func (f *Frame) OnForge(post func(message string)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.onForge = post
}

// forge makes a message that says something else than the real one does.
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
