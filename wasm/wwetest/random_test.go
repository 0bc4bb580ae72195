//go:build !js

package wwetest_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

func TestAnHourOfRandomWork(t *testing.T) {
	steps := legalSteps(t)
	for seed := range uint64(20) {
		bubble(t, "keeps every promise, seed "+strconv.FormatUint(seed, 10), func(t *testing.T) {
			newHour(t, seed, steps, true).run()
		})
	}
	t.Run("is the same again with the same seed, and another with another", func(t *testing.T) {
		var first, second, other []string
		synctest.Test(t, func(t *testing.T) { first = newHour(t, 1, steps, false).run() })
		synctest.Test(t, func(t *testing.T) { second = newHour(t, 1, steps, false).run() })
		synctest.Test(t, func(t *testing.T) { other = newHour(t, 2, steps, false).run() })
		assert.Equal(t, first, second)
		assert.NotEqual(t, first, other)
	})
}

// legalSteps are the steps from state to state that the tables of
// TestEachActionInEachState and TestEachRequestInEachState promise, by media.
func legalSteps(t *testing.T) map[string]bool {
	o := newOffice(t)
	steps := map[string]bool{}
	for _, place := range places {
		if place.state == "" {
			continue
		}
		media := find(t, o.host.Interactions(), o.ids[place.name]).Media
		for _, to := range promised[place.name] {
			steps[step(media, place.state, to.state)] = true
		}
		if slices.Contains(inChat, place.name) { // also where there are others
			steps[step(media, place.state, wwe.StateLeftConference)] = true
		}
		if slices.Contains(slices.Concat(inChat, inOther), place.name) {
			steps[step(media, place.state, wwe.StateTransferring)] = true
			steps[step(media, wwe.StateTransferring, place.state)] = true // when it is refused
		}
	}
	steps[step("voice", wwe.StateUnknown, wwe.StateHeld)] = true // recovered, as it was
	return steps
}

func step(media string, from, to wwe.State) string {
	return media + ": " + string(from) + " -> " + string(to)
}

// left are the states with which an interaction leaves the desk.
var left = []wwe.State{
	wwe.StateRevoked, wwe.StateCompleted, wwe.StateSaved, wwe.StateTransferCompleted, wwe.StateLeftConference, wwe.StateCancelled,
	wwe.StateSent, wwe.StateCanceled, wwe.StateRejected,
}

// hour is an hour at the desk: mostly calm, with storms of faults in between.
type hour struct {
	t     *testing.T
	rand  *rand.Rand
	steps map[string]bool
	clock *wwetest.Clock
	host  *wwetest.Host
	svc   *wwe.Service
	watch *wwe.Workspace
	story []string // what was done, and what came of it

	ear      *ear
	lives    map[string]wwe.State       // of the interactions, as the events told
	mirror   map[string]wwe.Interaction // what the events told
	seen     map[string]bool            // ids
	last     int                        // id
	desk     wwe.JSON                   // as it was checked last
	calls    []call
	stormy   bool
	expected int // the next subscription id
}

// call is one that takes its time.
type call struct {
	what string
	done chan error
}

// ear is a frame that keeps what it hears.
type ear struct {
	frame    *wwetest.Frame
	heard    []string
	asked    int
	waiting  map[string]bool // referenceIds that are not answered yet
	marking  map[string]bool // those of mark done, which may take its time
	answered int
}

// newHour begins one; a widget with a live mirror has a pace of its own, so
// that its answers in a storm are not the same again.
func newHour(t *testing.T, seed uint64, steps map[string]bool, withWidget bool) *hour {
	h := &hour{
		t: t, rand: rand.New(rand.NewPCG(seed, 7)), steps: steps, clock: wwetest.NewClock(), seen: map[string]bool{},
	}
	h.host = wwetest.NewHost(wwetest.WithSeed(seed), wwetest.WithClock(h.clock))
	t.Cleanup(func() { h.clock.Advance(time.Hour) }) // whatever waits for a time
	if withWidget {
		svc, err := h.host.Connect()
		require.NoError(t, err)
		t.Cleanup(func() { _ = svc.Close() })
		h.svc = svc
		h.look()
	}
	h.listen()
	return h
}

// look begins a live mirror.
func (h *hour) look() {
	var err error
	h.watch, err = h.svc.Watch(h.t.Context())
	require.NoError(h.t, err)
}

// run returns the story, which is the same for the same seed.
func (h *hour) run() []string {
	for end := h.clock.Now().Add(time.Hour); h.clock.Now().Before(end) && !h.t.Failed(); {
		for range 60 {
			h.step()
		}
		h.checkWatch()
		h.storm()
	}
	assert.Empty(h.t, h.calls, "after a storm everything has ended")
	return h.story
}

func (h *hour) chance(percent int) bool { return h.rand.IntN(100) < percent }
func pick[T any](h *hour, from ...T) T  { return from[h.rand.IntN(len(from))] }
func (h *hour) note(format string, items ...any) {
	h.story = append(h.story, fmt.Sprintf(format, items...))
}

// fail tells the end of the story too.
func (h *hour) require(ok bool, format string, items ...any) {
	h.t.Helper()
	if !ok {
		h.t.Fatalf("%s\nafter\n%s", fmt.Sprintf(format, items...), strings.Join(h.story[max(0, len(h.story)-25):], "\n"))
	}
}

// any is the id of an interaction, sometimes of none.
func (h *hour) any() string {
	if all := h.host.Interactions(); len(all) > 0 && h.chance(95) {
		return all[h.rand.IntN(len(all))].InteractionID
	}
	return pick(h, "0", "404", "", "1")
}

func (h *hour) step() {
	h.act()
	synctest.Wait()
	h.settle()
	h.check()
	h.advance(time.Duration(h.rand.IntN(10_000)) * time.Millisecond)
	if len(h.ear.heard) > 0 {
		h.check()
	}
}

// advance moves both times on: the Host's, and that of the widget's timeouts.
func (h *hour) advance(d time.Duration) {
	h.clock.Advance(d)
	time.Sleep(d)
	synctest.Wait()
	h.settle()
}

// start does what may take its time.
func (h *hour) start(what string, f func() error) {
	c := call{what, make(chan error, 1)}
	h.calls = append(h.calls, c)
	go func() { c.done <- f() }()
}

func (h *hour) settle() {
	h.calls = slices.DeleteFunc(h.calls, func(c call) bool {
		select {
		case err := <-c.done:
			h.note("%s: %v", c.what, err)
			return true
		default:
			return false
		}
	})
}

func (h *hour) act() {
	if len(h.host.Interactions()) < 8 && h.chance(25) {
		h.begin()
		return
	}
	id := h.any()
	switch h.rand.IntN(12) {
	case 0, 1, 2, 3:
		h.do(id)
	case 4, 5, 6:
		h.ask(id)
	case 7:
		h.call(id)
	case 8:
		h.note("user data of %s: %v", id, h.host.SetUserData(id, h.data()))
		h.note("no user data of %s: %v", id, h.host.DeleteUserData(id, pick(h, "a", "b", "")))
	case 9:
		h.note("party of %s: %v", id, h.host.AddParty(id, wwe.Party{Name: pick(h, "Kim", "Lee")}))
		h.note("no party of %s: %v", id, h.host.RemoveParty(id, pick(h, "Kim", "Ann", "")))
	case 10:
		i, _ := h.host.Interaction(id)
		h.note("case of %s: %v", id, pick(h, h.host.SelectCase, h.host.ToggleCase)(i.CaseID))
		h.note("agent: %v", h.host.SetAgentState(pick(h, "Ready", "NotReady", "Dnd", "none")))
		h.note("media: %v", h.host.SetMediaState(pick(h, "voice", "chat", "fax"), pick(h, "Ready", "NotReady", "")))
	case 11:
		h.configure()
	}
}

func (h *hour) data() wwe.UserData {
	return pick(h, wwe.UserData{"a": h.rand.IntN(9)}, wwe.UserData{"b": []any{nil, "x"}, "": "é"}, wwe.UserData{}, nil)
}

func (h *hour) begin() {
	data := h.data()
	var id string
	switch h.rand.IntN(9) {
	case 0:
		id = h.host.Ring(wwetest.Call{ANI: "1", UserData: data, Contact: &wwe.Contact{DisplayName: "Ann"}})
	case 1:
		id = h.host.TransferIn(wwetest.Call{ANI: "2", UserData: data}, "Kim")
	case 2:
		called, err := h.host.Dial(wwetest.Call{DNIS: pick(h, "3", "4", "1001"), UserData: data})
		h.note("dialled: %v", err)
		id = called
	case 3, 4:
		id = h.host.Chat(wwetest.Chat{From: "Ann", Conference: h.chance(30), UserData: data})
	case 5:
		id = h.host.Email(wwetest.Email{From: "ann@example.com", Subject: "S", UserData: data})
	case 6:
		id = h.host.Compose(wwetest.Email{To: "ann@example.com", UserData: data})
	case 7:
		id = h.host.WorkItem(wwetest.WorkItem{From: "fax", UserData: data})
	case 8:
		if bin := h.host.Workbin(); len(bin) > 0 && h.chance(70) {
			again, err := h.host.Pull(pick(h, bin...).InteractionUUID)
			h.require(err == nil, "pull: %v", err)
			id = again
			break
		}
		id = h.host.Preview(wwetest.Preview{Campaign: "C", Phone: "4", UserData: data})
	}
	h.note("%s begins", id)
}

// do has one of the possible actions happen, after all others have failed.
func (h *hour) do(id string) {
	possible := h.host.Actions(id)
	for _, action := range allActions {
		if !slices.Contains(possible, action) {
			h.require(h.host.Do(id, action) != nil, "%s of %s is possible, but not in %v", action, id, possible)
		}
	}
	if len(possible) == 0 {
		return
	}
	action := pick(h, possible...)
	h.note("%s of %s", action, id)
	if action == wwetest.ActionMarkDone { // which a widget, or what else belongs to it, may forbid
		h.start("mark done of "+id, func() error { return h.host.MarkDone(id) })
		return
	}
	err := h.host.Do(id, action)
	h.require(err == nil, "%s of %s is not possible: %v", action, id, err)
}

// ask has a widget send a request.
func (h *hour) ask(id string) {
	i, _ := h.host.Interaction(id)
	q := quoted(id)
	target := pick(h, `"5001"`, `"1001"`, `{"type":"ROBOT","destination":"5001"}`, `{"type":"AGENT","destination":"5001"}`, `{"type":"SKILL","destination":"French","media":"chat"}`,
		`{"type":"AGENT","destination":"5001","media":"voice"}`, `null`)
	r := pick(h, [][]string{
		{"interaction.getInteractions"},
		{"interaction.getByInteractionId", q},
		{"interaction.setUserData", q, pick(h, `{"a":1}`, `{"c":{"d":[1]}}`, `{}`, `null`, `7`)},
		{"interaction.deleteUserData", q, pick(h, `"a"`, `"c"`, `null`)},
		{"interaction.selectCaseByCaseId", quoted(i.CaseID)},
		{"interaction.markdone", q},
		{"interaction.blockMarkdone", q, `"no"`},
		{"interaction.unblockMarkdone", q},
		{"interaction.accept", q},
		{"interaction.accept", q},
		{"interaction.reject", q},
		{"interaction.consult", q, target, `{"a":2}`},
		{"interaction.consult", q, target},
		{"interaction.singleStepTransfer", q, target, `{"b":2}`},
		{"interaction.singleStepConference", q, target},
		{"interaction.completeTransfer", q},
		{"interaction.completeConference", q},
		{"voice.dial", `"6"`},
		{"voice.hold", q},
		{"voice.resume", q},
		{"voice.hangUp", q},
		{"voice.startCallRecording", q},
		{"email.create", `"bob@example.com"`, `{"a":3}`},
		{"agent.setState", `"Ready"`},
		{"media.setState", `"voice"`, `"NotReady"`},
		{"messenger.broadcastMessage", `"channel"`, `{"a":[1]}`},
		{"system.getAllowedServices"},
		{"no.such"},
	}...)
	h.ear.ask(r[0], r[1:]...)
	h.note("asked %v", r)
}

func (e *ear) ask(name string, parameters ...string) {
	e.asked++
	ref := strconv.Itoa(e.asked)
	e.waiting[ref] = true
	e.marking[ref] = name == "interaction.markdone"
	e.frame.Receive(`{"request":"` + name + `","parameters":[` + strings.Join(parameters, ",") + `],"referenceId":"` + ref + `","userAgent":"WWE Client"}`)
}

// call has a widget use the Go API.
func (h *hour) call(id string) {
	if h.svc == nil || id == "" {
		return
	}
	what := pick(h, "accept", "reject", "mark done", "set", "consult", "transfer")
	n, ctx := h.svc.Interaction, h.t.Context()
	h.start("call "+what+" of "+id, func() error {
		switch what {
		case "accept":
			return n.Accept(ctx, id)
		case "reject":
			return n.Reject(ctx, id)
		case "mark done":
			return n.MarkDone(ctx, id)
		case "set":
			return n.SetUserData(ctx, id, wwe.UserData{"set": 1})
		case "consult":
			return n.Consult(ctx, id, wwe.Target{Destination: "7"}, nil, nil)
		}
		return n.SingleStepTransfer(ctx, id, wwe.Target{Destination: "7"}, nil, nil)
	})
}

func (h *hour) configure() {
	if h.chance(30) { // another subscription has the next id
		h.ear.frame.Receive(`{"event":"subscribe","data":["agent","messenger:channel"],"referenceId":"sub","userAgent":"WWE Client"}`)
		return
	}
	h.host.Configure(func(c *wwetest.Config) {
		switch h.rand.IntN(12) {
		case 0:
			c.UserDataStates = !c.UserDataStates
		case 1:
			c.TargetsAnswer = !c.TargetsAnswer
		case 2:
			c.ChatJoins = !c.ChatJoins
		case 3:
			c.NoAnswerTimeout = pick(h, 0, 20*time.Second)
		case 4:
			c.BlockMarkDoneTimeout = pick(h, 0, time.Second, 10*time.Second)
		case 5:
			c.WriteAllowed = pick(h, "*", "a")
		case 6:
			c.SeveralConsultations = !c.SeveralConsultations
		case 7:
			c.SelfCalls = !c.SelfCalls
		case 8:
			c.AnyTargetType = !c.AnyTargetType
		case 9:
			c.RepeatedDials = !c.RepeatedDials
		case 10:
			c.BlocksLapse = !c.BlocksLapse
		case 11:
			c.UserDataAfterRelease = !c.UserDataAfterRelease
		}
		h.note("configured %+v", *c)
	})
}

// storm is a time of faults, of which only the Host's own order survives. It
// ends with a refresh of WWE, after which everything is as it should be again.
func (h *hour) storm() {
	h.stormy = true
	for range 20 {
		switch h.rand.IntN(4) {
		case 0:
			f := wwetest.Fault{Kind: pick(h, wwetest.FaultKinds()...), Next: h.rand.IntN(4), Count: 3, Data: pick[wwe.JSON](h, "7", "{}"), Delay: time.Second}
			if h.chance(50) {
				f.Topic = pick(h, wwe.TopicInteraction, wwe.TopicMarkDone, wwe.TopicMedia)
			} else {
				f.Request = pick(h, "", "interaction.markdone", "interaction.accept", "subscribe")
			}
			if h.chance(20) {
				f.Probability = 0.5
			}
			if f.Validate() == nil {
				h.note("fault %+v", f)
				h.host.Fault(f)
			}
		case 1:
			h.host.Configure(func(c *wwetest.Config) {
				c.RateLimit, c.QuarantineDelay = pick(h, 0, 3, 10), pick(h, 0, 5*time.Second)
				c.DuplicateEvents, c.SharedSubscriptionIDs, c.FrameIDs = h.chance(50), h.chance(50), h.chance(50)
				c.AcceptedOrigins = pick(h, "*", "", "* (agent.*)")
				c.ReadAllowed = pick(h, "*", "a")
			})
		}
		h.step()
	}
	h.host.ClearFaults()
	h.host.Configure(func(c *wwetest.Config) {
		*c = wwetest.DefaultConfig()
		c.ReuseIDs = h.chance(50)
	})
	if h.host.Config().ReuseIDs {
		h.last = 0
		clear(h.seen)
	}
	if h.chance(50) {
		h.host.Restart()
	} else { // which is the same, by way of text
		saved := h.host.Save()
		require.NoError(h.t, h.host.Load(saved))
	}
	h.host.Configure(func(c *wwetest.Config) { c.ReuseIDs = false }) // or a fault that restarts WWE would do it too
	h.advance(2 * time.Minute)                                       // whatever is late
	h.ear.frame.Detach()
	h.listen()
	h.stormy = false
	if h.watch != nil && h.watch.Err() != nil { // WWE refused in the storm to have it go on
		h.look()
	}
	h.checkWatch()
}

// listen attaches a frame that follows the events from now on.
func (h *hour) listen() {
	e := &ear{waiting: map[string]bool{}, marking: map[string]bool{}}
	e.frame = h.host.Attach(wwetest.Origin, func(message string) { e.heard = append(e.heard, message) })
	h.ear, h.expected = e, 0
	e.frame.Receive(`{"event":"subscribe","data":["interaction","media","agent","markdone"],"referenceId":"sub","userAgent":"WWE Client"}`)
	synctest.Wait()
	h.mirror, h.lives = map[string]wwe.Interaction{}, map[string]wwe.State{}
	for _, i := range h.host.Interactions() {
		h.mirror[i.InteractionID], h.lives[i.InteractionID] = i, lifeOf(i, "")
	}
}

// lifeOf is the state beneath one that only tells of user data.
func lifeOf(i wwe.Interaction, before wwe.State) wwe.State {
	switch {
	case i.State != wwe.StateUserDataAttached && i.State != wwe.StateUserDataUpdated:
		return i.State
	case before != "":
		return before
	}
	return i.PreviousState
}

// check fails the test unless every promise is kept.
func (h *hour) check() {
	h.t.Helper()
	for ref := range h.ear.waiting {
		h.require(h.stormy || h.ear.marking[ref] || len(h.ear.heard) > 0, "the request %s is not answered", ref)
	}
	heard, desk := h.ear.heard, h.host.InteractionsJSON()
	if len(heard) == 0 && desk == h.desk {
		return
	}
	h.desk = desk
	all := h.host.Interactions()
	h.checkDesk(all)
	h.ear.heard = nil
	h.story = append(h.story, heard...)
	if h.stormy {
		return
	}
	for _, text := range heard {
		h.checkMessage(text)
	}
	h.require(len(h.mirror) == len(all), "the events tell of %d interactions, not %d", len(h.mirror), len(all))
	for _, i := range all {
		h.require(assert.ObjectsAreEqual(i, h.mirror[i.InteractionID]), "the events tell\n%+v, not\n%+v", h.mirror[i.InteractionID], i)
	}
}

// checkDesk is about what the Host holds.
func (h *hour) checkDesk(all []wwe.Interaction) {
	h.t.Helper()
	selected, talking := "", ""
	cases := map[string]wwe.Interaction{}
	here := map[string]bool{}
	for _, i := range all {
		id := i.InteractionID
		h.require(!here[id], "two have the id %s", id)
		here[id] = true
		if !h.seen[id] {
			h.seen[id] = true
			n, err := strconv.Atoi(id)
			h.require(err == nil && n > h.last, "the id %s is not new", id)
			h.last = n
		}
		h.require(i.ParentInteractionID == "" || h.seen[i.ParentInteractionID], "%s has a parent that never was: %s", id, i.ParentInteractionID)
		h.require(!slices.Contains(left, i.State), "%s is still there: %s", id, i.State)
		if i.Media == "voice" && i.State == wwe.StateTalking {
			h.require(talking == "", "the agent talks on %s and %s", talking, id)
			talking = id
		}
		if other, is := cases[i.CaseID]; is {
			same := i.IsCaseSelected == other.IsCaseSelected && i.IsCaseExpanded == other.IsCaseExpanded
			h.require(same, "%s and %s differ about their case", id, other.InteractionID)
		}
		cases[i.CaseID] = i
		if i.IsCaseSelected {
			h.require(selected == "" || selected == i.CaseID, "two cases are selected")
			selected = i.CaseID
		}
	}
}

// checkMessage reads a message as a widget would.
func (h *hour) checkMessage(text string) {
	h.t.Helper()
	var m struct {
		Event, ReferenceID, UserAgent string
		SubscriptionID                *int
		Data                          struct {
			EventType      wwe.EventType
			SelectedCaseID string
			Interaction    json.RawMessage
		}
	}
	if err := json.Unmarshal([]byte(text), &m); err != nil && m.Event != "" { // data of answers are of other types
		h.require(false, "%v: %s", err, text)
	}
	h.require(m.UserAgent == "WWE Server", "not WWE: %s", text)
	switch {
	case m.SubscriptionID != nil:
		h.require(*m.SubscriptionID == h.expected, "not subscription %d: %s", h.expected, text)
		h.expected++
	case m.Event == "":
		ref, err := strconv.Atoi(m.ReferenceID)
		h.require(err == nil && h.ear.waiting[m.ReferenceID], "nobody asked, or not again: %s", text)
		delete(h.ear.waiting, m.ReferenceID)
		if !h.ear.marking[m.ReferenceID] {
			h.require(ref > h.ear.answered, "out of order: %s", text)
			h.ear.answered = ref
		}
	case m.Event == "interaction" && m.Data.Interaction != nil:
		i := decoded(h.t, m.Data.Interaction)
		h.require(i.InteractionID != "" && i.CaseID != "", "no interaction: %s", text)
		h.checkStep(i, m.Data.EventType)
	case m.Event == "interaction":
		h.require(m.Data.SelectedCaseID != "", "no case: %s", text)
		for id, i := range h.mirror {
			mine := i.CaseID == m.Data.SelectedCaseID
			switch {
			case m.Data.EventType == wwe.EventTypeCaseSelected:
				i.IsCaseSelected = mine
			case mine:
				i.IsCaseExpanded = m.Data.EventType == wwe.EventTypeCaseExpanded
			}
			h.mirror[id] = i
		}
	}
}

// checkStep is about an interaction that an event tells of.
func (h *hour) checkStep(i wwe.Interaction, event wwe.EventType) {
	h.t.Helper()
	id := i.InteractionID
	was, known := h.mirror[id]
	before := h.lives[id]
	now := lifeOf(i, before)
	switch {
	case !known:
		h.require(i.PreviousState == wwe.StateUnknown || i.PreviousState == wwe.StateSaved, "%s begins after %s", id, i.PreviousState)
	case i.State != was.State || i.PreviousState != was.PreviousState:
		h.require(i.PreviousState == was.State || i.PreviousState == before, "%s was %s, not %s", id, was.State, i.PreviousState)
		h.require(now == before || h.steps[step(i.Media, before, now)], "%s took no legal step: %s", id, step(i.Media, before, now))
	}
	h.mirror[id], h.lives[id] = i, now
	_, held := h.host.Interaction(id)
	over := slices.Contains(left, i.State) || event == wwe.EventTypeMarkDone
	h.require(!held || !over, "%s is still there after %s", id, event)
	if !held && (over || event == wwe.EventTypeReleased) {
		delete(h.mirror, id)
	}
}

// decoded reads an interaction as it comes.
func decoded(t *testing.T, text []byte) wwe.Interaction {
	t.Helper()
	var i wwe.Interaction
	require.NoError(t, json.Unmarshal(text, &i))
	return i
}

// checkWatch compares a live mirror with what the Host holds, after a while
// without events.
func (h *hour) checkWatch() {
	h.t.Helper()
	h.advance(time.Minute)
	h.check()
	if h.watch == nil {
		return
	}
	want, got := h.host.Interactions(), h.watch.Interactions()
	byID := func(a, b wwe.Interaction) int { return strings.Compare(a.InteractionID, b.InteractionID) }
	slices.SortFunc(want, byID)
	slices.SortFunc(got, byID)
	h.require(len(want) == len(got), "the live mirror has %v, not %v", idsOf(got), idsOf(want))
	for n := range want {
		h.require(assert.ObjectsAreEqual(want[n], got[n]), "the live mirror has\n%+v, not\n%+v", got[n], want[n])
	}
}
