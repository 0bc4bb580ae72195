//go:build !js

package wwe_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"wwebridge/internal/transport"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// postbox stands between the Host and a widget: what the Host posts waits
// there until the test lets it through, in an order that the test chooses.
type postbox struct {
	host     *wwetest.Host
	protocol *transport.Protocol
	frame    *wwetest.Frame
	restart  func()
	service  *wwe.Service
	history  history
	look     func() // called after each message that was let through, if not nil

	// form changes what WWE posts, if not nil: a WWE with properties that
	// wwetest's has not. See plain.
	form func(message string) string

	mu      sync.Mutex
	posted  int
	waiting []letter
	heard   []letter // events that were let through
}

// letter is a message that WWE has posted.
type letter struct {
	number int // in the order in which they were posted
	text   string
}

// boxed is a Service whose messages the test lets through.
func boxed(t *testing.T) (*wwetest.Host, *postbox, *wwe.Service) {
	box := &postbox{history: history{lives: map[string]*life{}}}
	host := wwetest.NewHost(wwetest.WithChange(func() {
		if box.host != nil {
			box.history.hold(box.host.Interactions())
		}
	}))
	box.host = host
	svc, err := wwe.Connect(transport.NewContext(t.Context(), box.open))
	require.NoError(t, err)
	box.service = svc
	t.Cleanup(func() { _ = svc.Close() })
	return host, box, svc
}

func (p *postbox) open(sink transport.Sink) (transport.Transport, error) {
	p.protocol = transport.NewProtocol(sink)
	p.restart = sink.Restarted
	p.frame = p.host.Attach(wwetest.Origin, func(message string) {
		if p.form != nil {
			message = p.form(message)
		}
		p.history.send(message)
		p.mu.Lock()
		defer p.mu.Unlock()
		p.posted++
		p.waiting = append(p.waiting, letter{p.posted, message})
	})
	return p.protocol.Over(p), nil
}

func (p *postbox) Post(message string, _ []int) error {
	p.frame.Receive(message)
	return nil
}

func (p *postbox) Close() { p.frame.Detach() }

// order is which of the messages that wait comes first.
type order int

const (
	asPosted order = iota
	answersFirst
	eventsFirst // an answer may be older than events that overtake it
	orders
)

func (o order) prefers(message string) bool {
	return o == answersFirst && !isEvent(message) || o == eventsFirst && isEvent(message)
}

// deliver lets n messages through.
func (p *postbox) deliver(n int, o order) {
	for range n {
		synctest.Wait()
		p.mu.Lock()
		if len(p.waiting) == 0 {
			p.mu.Unlock()
			return
		}
		next := 0
		for k, message := range p.waiting {
			if o.prefers(message.text) {
				next = k
				break
			}
		}
		message := p.waiting[next]
		p.waiting = append(p.waiting[:next:next], p.waiting[next+1:]...)
		p.mu.Unlock()
		p.receive(message)
	}
	synctest.Wait()
}

// receive lets a message through.
func (p *postbox) receive(l letter) {
	if isEvent(l.text) {
		p.heard = append(p.heard, l)
		p.history.hear(l)
	}
	p.protocol.Receive(l.text)
	if p.look != nil {
		synctest.Wait()
		p.look()
	}
}

func isEvent(message string) bool { return strings.HasPrefix(message, `{"event"`) }

// flood lets everything through at once.
func (p *postbox) flood() {
	synctest.Wait()
	p.mu.Lock()
	all := p.waiting
	p.waiting = nil
	p.mu.Unlock()
	for _, message := range all {
		p.receive(message)
	}
}

// held is how many messages wait.
func (p *postbox) held() int {
	synctest.Wait()
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.waiting)
}

// hold takes out the first message that waits, to let it through later.
func (p *postbox) hold() (release func()) {
	synctest.Wait()
	p.mu.Lock()
	defer p.mu.Unlock()
	first := p.waiting[0]
	p.waiting = p.waiting[1:]
	return func() { p.receive(first) }
}

// first is the first message that waits.
func (p *postbox) first() string {
	synctest.Wait()
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.waiting[0].text
}

// holdOne is hold for the first event that waits, or the first answer; nil if
// there is none.
func (p *postbox) holdOne(event bool) (release func()) {
	synctest.Wait()
	p.mu.Lock()
	defer p.mu.Unlock()
	for n, message := range p.waiting {
		if isEvent(message.text) == event {
			p.waiting = append(p.waiting[:n:n], p.waiting[n+1:]...)
			return func() { p.receive(message) }
		}
	}
	return nil
}

func (p *postbox) drop() {
	synctest.Wait()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.waiting = nil
}

// pass lets everything through for so long, as it comes.
func (p *postbox) pass(d time.Duration) {
	for end := time.Now().Add(d); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		p.deliver(1000, asPosted)
	}
	p.deliver(1000, asPosted)
}

// day is one random sequence of things that happen to an agent.
type day struct {
	t    *testing.T
	host *wwetest.Host
	box  *postbox
	desk *wwe.Service // the agent's own hands, not the widget
	svc  *wwe.Service
	rand *rand.Rand
	log  []string
	late []func() // messages that are held back
}

func (d *day) any() string {
	all := d.host.Interactions()
	if len(all) == 0 {
		return "none"
	}
	return all[d.rand.IntN(len(all))].InteractionID
}

func (d *day) note(format string, args ...any) { d.log = append(d.log, fmt.Sprintf(format, args...)) }

// happen does something that WWE may refuse; that is part of the day.
func (d *day) happen() {
	synctest.Wait()
	d.box.history.settle()
	ctx := d.t.Context()
	n, id := d.desk.Interaction, d.any()
	switch step := d.rand.IntN(22); step {
	case 16:
		d.note("chat %s", d.host.Chat(wwetest.Chat{From: "Ann", Conference: d.rand.IntN(4) == 0}))
	case 17:
		d.note("email %s, composed %s", d.host.Email(wwetest.Email{From: "a"}), d.host.Compose(wwetest.Email{To: "b"}))
	case 18:
		d.note("work item %s, preview %s", d.host.WorkItem(wwetest.WorkItem{}), d.host.Preview(wwetest.Preview{Phone: "1"}))
	case 19, 20:
		if possible := d.host.Actions(id); len(possible) > 0 {
			action := possible[d.rand.IntN(len(possible))]
			d.note("%s %s %v", action, id, d.host.Do(id, action))
		}
	case 21:
		if saved := d.host.Workbin(); len(saved) > 0 {
			pulled, err := d.host.Pull(saved[0].InteractionUUID)
			d.note("pull %s %v", pulled, err)
		}
	case 0, 1:
		d.note("ring %s", d.host.Ring(wwetest.Call{ANI: fmt.Sprint(d.rand.IntN(100)), UserData: wwe.UserData{"n": d.rand.IntN(9)}}))
	case 2, 3:
		d.note("accept %s %v", id, n.Accept(ctx, id))
	case 4:
		d.note("reject %s %v", id, n.Reject(ctx, id))
	case 5, 6:
		d.note("hang up %s %v", id, d.host.HangUp(id))
	case 7:
		d.note("mark done %s %v", id, d.host.MarkDone(id))
	case 8, 14, 15:
		d.note("attach %s %v", id, n.SetUserData(ctx, id, wwe.UserData{"k": d.rand.IntN(1000)}))
	case 9:
		for _, i := range d.host.Interactions() {
			if i.InteractionID == id {
				d.note("select %s %v", i.CaseID, n.SelectCaseByCaseID(ctx, i.CaseID))
			}
		}
	case 10:
		d.note("consult %s %v", id, n.Consult(ctx, id, wwe.Target{Destination: "7001"}, nil, nil))
	case 11:
		d.note("transfer %s %v", id, n.CompleteTransfer(ctx, id))
	case 12:
		d.note("conference %s %v", id, n.CompleteConference(ctx, id))
	case 13:
		d.note("delete %s %v", id, n.DeleteUserData(ctx, id, "n"))
	}
}

// disturb does what no documentation promises against.
func (d *day) disturb() {
	switch step := d.rand.IntN(12); step {
	case 7:
		if len(d.box.heard) > 0 {
			d.note("an event comes a second time")
			d.box.protocol.Receive(d.box.heard[d.rand.IntN(len(d.box.heard))].text)
		}
	case 8, 10:
		d.delay(step == 10)
	case 9, 11:
		d.release()
	case 6:
		d.note("WWE ignores subscriptions, or not any more")
		if d.rand.IntN(2) == 0 {
			d.host.Fault(wwetest.Fault{Request: "subscribe"})
		} else {
			d.host.ClearFaults()
		}
	case 0:
		d.note("WWE starts anew")
		d.host.Restart()
		d.box.drop()
		d.box.restart()
	case 1:
		d.note("WWE is silent")
		d.host.Fault(wwetest.Fault{})
		d.host.Fault(wwetest.Fault{Topic: wwe.TopicInteraction})
		for range d.rand.IntN(4) {
			d.host.Ring(wwetest.Call{ANI: "in silence"})
			_ = d.host.HangUp(d.any())
		}
		d.box.drop()
		asked := d.svc.Go(d.t.Context(), "interaction.getInteractions")
		if d.rand.IntN(2) == 0 {
			d.host.Restart() // and nobody is told
		}
		time.Sleep(time.Duration(8+d.rand.IntN(60)) * time.Second)
		require.ErrorIs(d.t, (<-asked).Err, wwe.ErrTimeout)
		d.host.ClearFaults()
	case 2:
		d.note("an event that is none")
		d.host.Emit(wwe.TopicInteraction, `{"eventType":"ALIEN","interaction":{"state":"x"}}`)
	default:
		d.note("some messages get through")
		d.box.deliver(d.rand.IntN(6), order(d.rand.IntN(int(orders))))
	}
}

// delay holds back the first event that waits, or the first answer.
func (d *day) delay(event bool) {
	if message := d.box.holdOne(event); message != nil {
		d.note("a message is late, an event: %v", event)
		d.late = append(d.late, message)
	}
}

// release lets one of the messages through that are held back.
func (d *day) release() {
	if len(d.late) > 0 {
		d.note("a late message comes")
		n := d.rand.IntN(len(d.late))
		comes := d.late[n]
		d.late = slices.Delete(d.late, n, n+1)
		comes()
	}
}

func (d *day) live(steps int) {
	for range d.rand.IntN(3) {
		d.happen()
	}
	watching := wwe.Async(func() (*wwe.Workspace, error) { return d.svc.Watch(d.t.Context()) })
	for range d.rand.IntN(4) { // while the snapshot is under way
		d.happen()
		d.box.deliver(d.rand.IntN(3), order(d.rand.IntN(int(orders))))
	}
	d.box.pass(time.Second)
	watched := <-watching
	require.NoError(d.t, watched.Err)
	w := watched.Value
	look := func() {
		faults := d.box.history.check(plain(w.Interactions()))
		require.Empty(d.t, faults, strings.Join(d.log, "\n"))
	}
	d.box.look = look
	look()
	for range steps {
		synctest.Wait()
		look()
		if d.rand.IntN(2) == 0 {
			d.disturb()
		} else {
			d.happen()
		}
	}
	for range 3 { // a busy end
		d.happen()
		d.box.deliver(1+d.rand.IntN(4), order(d.rand.IntN(int(orders))))
	}
	for len(d.late) > 0 {
		d.release()
	}
	d.box.pass(2 * time.Minute)
	d.compare(w)

	d.note("WWE does nothing wrong any more, but for events that come late")
	if len(d.host.Faults()) > 0 {
		d.host.ClearFaults()
		d.box.pass(2 * time.Minute)
	}
	for range steps {
		d.happen()
		switch d.rand.IntN(6) {
		case 0, 1:
			d.delay(true)
		case 2:
			d.release()
		case 3:
			d.box.deliver(d.rand.IntN(6), order(d.rand.IntN(int(orders))))
		case 4:
			d.note("some time passes")
			d.box.pass(time.Duration(d.rand.IntN(5000)) * time.Millisecond)
		}
	}
	for len(d.late) > 0 {
		d.release()
	}
	d.box.pass(promise)
	d.compare(w)
	d.box.pass(promise) // the last events may be verified once more
	before := len(d.host.Requests())
	time.Sleep(5 * time.Minute)
	require.Len(d.t, d.host.Requests(), before, "at rest nothing is asked for\n%s", strings.Join(d.log, "\n"))
	require.NoError(d.t, w.Close())
}

// compare requires that the mirror shows what WWE holds.
func (d *day) compare(w *wwe.Workspace) {
	mirror, held := map[string]wwe.Interaction{}, map[string]wwe.Interaction{}
	for _, i := range plain(w.Interactions()) {
		mirror[i.InteractionID] = i
	}
	for _, i := range d.host.Interactions() {
		held[i.InteractionID] = i
	}
	require.Equal(d.t, held, mirror, strings.Join(d.log, "\n"))
}

var days = flag.Uint64("days", 3000, "how many random days the mirror is tried for")

// However events and snapshots interleave, with messages that overtake each
// other or come late, events that come twice, WWE falling silent and WWE
// starting anew: what the mirror shows at any moment is what WWE held, and never
// older than what it showed before, but for an event that another of its
// interaction has overtaken. Some time after the last event, which Watch
// promises, it is what WWE holds.
func TestTheMirrorNeverGoesBackInTimeAndEndsEqualToWWE(t *testing.T) {
	for seed := range *days {
		ok := t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				host, box, svc := boxed(t)
				desk, err := host.Connect()
				require.NoError(t, err)
				defer desk.Close()
				d := &day{t: t, host: host, box: box, desk: desk, svc: svc, rand: rand.New(rand.NewPCG(seed, 1))}
				box.form = forms[seed%uint64(len(forms))]
				host.Configure(func(c *wwetest.Config) { c.ReuseIDs = seed/uint64(len(forms))%2 == 1 })
				d.live(5 + d.rand.IntN(25))
			})
		})
		if !ok {
			return // one is enough to look at
		}
	}
}
