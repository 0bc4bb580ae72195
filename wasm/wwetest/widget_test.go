package wwetest_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// widget speaks to the Host in texts, as JavaScript does in objects.
type widget struct {
	frame    *wwetest.Frame
	messages chan string
	sent     int
}

func newWidget(host *wwetest.Host) *widget {
	w := &widget{messages: make(chan string, 1000)}
	w.frame = host.Attach(wwetest.Origin, func(message string) { w.messages <- message })
	return w
}

// ask sends a request, its parameters in JSON, and returns the answer.
func (w *widget) ask(request string, parameters ...string) (answer string) {
	w.sent++
	text := `{"request":"` + request + `"`
	if len(parameters) > 0 {
		text += `,"parameters":[` + strings.Join(parameters, ",") + `]`
	}
	w.frame.Receive(text + `,"referenceId":"` + strconv.Itoa(w.sent) + `","userAgent":"WWE Client","protocolVersion":2}`)
	return <-w.messages
}

// done asks for what must succeed.
func (w *widget) done(t *testing.T, request string, parameters ...string) {
	t.Helper()
	require.NotContains(t, w.ask(request, parameters...), `"errorMessage"`)
}

func quoted(s string) string { return `"` + s + `"` }

// office is a Host on which there is one interaction in each state that this
// version has, by its name.
type office struct {
	host *wwetest.Host
	*widget
	ids map[string]string
}

// What an interaction can be to the Host.
const (
	ringing      = "a RINGING call"
	talking      = "a TALKING call"
	held         = "a HELD call"
	idle         = "an IDLE call"
	consultation = "a consultation"
	gone         = "a call that is gone"
)

var states = []string{ringing, talking, held, idle, consultation, gone}

func newOffice(t *testing.T, opts ...wwetest.Option) office {
	o := office{host: wwetest.NewHost(opts...), ids: map[string]string{}}
	o.widget = newWidget(o.host)
	for _, name := range []string{gone, idle, held, talking, ringing} {
		o.ids[name] = o.host.Ring(wwetest.Call{ANI: "+3314000000" + strconv.Itoa(len(o.ids)), DNIS: "8000", UserData: wwe.UserData{"Segment": "Gold"}})
	}
	o.done(t, "interaction.reject", quoted(o.ids[gone]))
	for _, name := range []string{idle, held, talking} {
		o.done(t, "interaction.accept", quoted(o.ids[name]))
	}
	require.NoError(t, o.host.HangUp(o.ids[idle]))
	o.done(t, "interaction.consult", quoted(o.ids[held]), `"5001"`)
	all := o.host.Interactions()
	o.ids[consultation] = all[len(all)-1].InteractionID

	require.Len(t, all, len(states)-1)
	for name, state := range map[string]wwe.State{
		ringing: wwe.StateRinging, talking: wwe.StateTalking, held: wwe.StateHeld, idle: wwe.StateIdle, consultation: wwe.StateTalking,
	} {
		require.Equal(t, state, find(t, all, o.ids[name]).State, name)
	}
	return o
}

func find(t *testing.T, all []wwe.Interaction, id string) *wwe.Interaction {
	t.Helper()
	for n := range all {
		if all[n].InteractionID == id {
			return &all[n]
		}
	}
	t.Fatalf("no interaction %q", id)
	return nil
}
