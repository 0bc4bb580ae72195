package wwe_test

import (
	"context"
	"strconv"
	"strings"
	"syscall/js"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/internal/calls"
	"wwebridge/internal/jsontext"
	"wwebridge/internal/transport"
	"wwebridge/internal/wire"
	"wwebridge/wasm/wwe"
)

// longScript has the frame answer with a list that was made before.
const longScript = `
	const long = Array.from({length: 10000}, (_, n) => ({
		interactionId: String(n), caseId: "case-" + n, state: "TALKING", media: "voice", isConsultation: false,
		parties: [{name: "Party of " + n, phoneNumber: "+49 30 " + n}],
		userData: Object.fromEntries(Array.from({length: 10}, (_, k) => ["key-" + k, ("value " + n + " ").repeat(6)])),
	}));
	var send = message => parent.postMessage({userAgent: "WWE Server", protocolVersion: 2, ...message}, "*");
	var answer = (referenceId, length = 10000) =>
		send({request: "interaction.getInteractions", referenceId, data: length < 10000 ? long.slice(0, length) : long});
	var event = text => send({event: "interaction", data: text});`

// probeScript measures the longest time in which the event loop had no turn,
// from each message with a list on. The browser copies a message when it is
// first touched, which is not what is measured.
const probeScript = `(() => {
	const channel = new MessageChannel(), probe = {longest: 0, last: 0, on: true, turns: 0};
	channel.port1.onmessage = () => {
		const now = performance.now();
		if (probe.began) {
			probe.longest = Math.max(probe.longest, now - probe.last);
			probe.turns++;
		}
		probe.last = now;
		if (probe.on) channel.port2.postMessage(0);
	};
	const begin = e => {
		if (e.data && Array.isArray(e.data.data)) probe.began = probe.last = performance.now();
	};
	addEventListener("message", begin);
	channel.port2.postMessage(0);
	probe.end = () => {
		const now = performance.now();
		probe.on = false;
		probe.longest = Math.max(probe.longest, now - probe.last);
		probe.total = now - probe.began;
		removeEventListener("message", begin);
		channel.port1.close();
	};
	return probe;
})()`

// longWay is a transport that brings a long answer, and WWE in a frame.
type longWay func(t *testing.T) (f *wweFrame, requests <-chan map[string]any, open transport.Open)

func longWays() map[string]longWay {
	return map[string]longWay{
		"postMessage": func(t *testing.T) (*wweFrame, <-chan map[string]any, transport.Open) {
			f, requests := silentFrame(t)
			f.window().Call("eval", longScript)
			return f, requests, transport.PostMessageInFrame([]string{origin()}, f.id)
		},
		"client object": func(t *testing.T) (*wweFrame, <-chan map[string]any, transport.Open) {
			f, requests := silentFrame(t)
			f.window().Call("eval", longScript)
			loadClient(t, false).Call("targetWWEWindow", f.window())
			return f, requests, transport.ClientObject
		},
	}
}

func (f *wweFrame) answer(request map[string]any, length int) {
	f.window().Call("answer", request["referenceId"], length)
}

func TestTenThousandInteractionsLeaveThePageFree(t *testing.T) {
	for name, way := range longWays() {
		t.Run(name, func(t *testing.T) {
			// A machine that is busy with other things only makes it longer: the best of some rounds counts.
			longest := 1e9
			for round := 0; round < 5 && longest > 50; round++ {
				longest = min(longest, holdUp(t, way))
			}
			assert.Less(t, longest, 150.0, "milliseconds")
		})
	}
}

// holdUp has a long answer read, and returns the longest time without a turn
// of the event loop in milliseconds.
func holdUp(t *testing.T, way longWay) (longest float64) {
	probe := js.Global().Call("eval", probeScript)
	f, requests, open := way(t)
	svc := connectBy(t, transport.NewContext(context.Background(), open))
	done := wwe.Async(func() ([]wwe.Interaction, error) { return svc.Interaction.GetInteractions(context.Background()) })
	f.answer(<-requests, 10_000)
	got := <-done
	probe.Call("end")
	require.NoError(t, got.Err)
	require.Len(t, got.Value, 10_000)
	for n, i := range got.Value {
		if i.InteractionID != strconv.Itoa(n) || i.Parties[0].Name != "Party of "+i.InteractionID ||
			i.UserData["key-9"] != strings.Repeat("value "+i.InteractionID+" ", 6) {
			require.Fail(t, "not as it was sent", "%d: %+v", n, i)
		}
	}
	longest, total, turns := probe.Get("longest").Float(), probe.Get("total").Float(), probe.Get("turns").Int()
	t.Logf("longest time without a turn %.1f ms, of %.1f ms in %d turns", longest, total, turns)
	assert.Greater(t, turns, 3)
	assert.Less(t, longest, total/2+20, "a part of the work only")
	return longest
}

// orderedSink keeps the calls of a test, and writes down what comes in which order.
type orderedSink struct {
	calls *calls.InFlight
	came  []string
	all   chan struct{} // closed when "last" has come
}

func newOrderedSink() *orderedSink {
	return &orderedSink{calls: calls.New(nil), all: make(chan struct{})}
}

func (s *orderedSink) Settle(ref string, reply wire.Reply, err error) {
	s.calls.Settle(ref, reply, err)
}
func (s *orderedSink) Arrived(ref string) bool      { return s.calls.Arrived(ref) }
func (s *orderedSink) Reads() bool                  { return s.calls.Reads() }
func (s *orderedSink) Reading(ref string) wire.Read { return s.calls.Reading(ref) }
func (s *orderedSink) Restarted()                   {}
func (s *orderedSink) Quiet()                       {}
func (s *orderedSink) Event(_, data string)         { s.note(data) }

func (s *orderedSink) note(what string) {
	s.came = append(s.came, what)
	if what == `"last"` {
		close(s.all)
	}
}

// send sends a request whose answer is noted with how many elements it had.
func (s *orderedSink) send(t *testing.T, way transport.Transport, timeout time.Duration, each func(n int)) {
	n := 0
	read := func(r *jsontext.Reader) {
		n = 0
		for a := r.Array(); a.Next(); n++ {
			r.Skip()
			each(n)
		}
	}
	ref, err := s.calls.Begin(context.Background(), timeout, read, func(reply wire.Reply, err error) {
		if err != nil || !reply.WasRead {
			s.note("failed")
			return
		}
		s.note(strconv.Itoa(n))
	})
	require.NoError(t, err)
	s.calls.Sent(ref)
	require.NoError(t, way.Send(ref, "interaction.getInteractions", nil))
}

func TestWhatArrivesWhileALongAnswerIsReadKeepsItsOrder(t *testing.T) {
	for name, way := range longWays() {
		t.Run(name, func(t *testing.T) {
			f, requests, open := way(t)
			s := newOrderedSink()
			connection, err := open(s)
			require.NoError(t, err)
			defer connection.Close()
			subscribing, err := s.calls.Begin(context.Background(), time.Minute, nil, func(wire.Reply, error) {})
			require.NoError(t, err)
			require.NoError(t, connection.Subscribe(subscribing, "interaction"))
			f.window().Call("send", map[string]any{"referenceId": (<-requests)["referenceId"], "subscriptionId": 1})
			for range 4 {
				s.send(t, connection, time.Minute, func(int) {})
			}
			var asked []map[string]any
			for range 4 {
				asked = append(asked, <-requests)
			}
			f.window().Call("event", "first")
			f.answer(asked[0], 10_000)
			f.window().Call("event", "second")
			f.answer(asked[1], 3)
			f.answer(asked[2], 5000)
			f.window().Call("event", "third")
			f.answer(asked[3], 51)
			f.window().Call("event", "last")
			<-s.all
			assert.Equal(t, []string{`"first"`, "10000", `"second"`, "3", "5000", `"third"`, "51", `"last"`}, s.came)
			assert.Zero(t, s.calls.Len())
		})
	}
}

func TestADeadlineDoesNotEndAnAnswerThatIsBeingRead(t *testing.T) {
	for name, way := range longWays() {
		t.Run(name, func(t *testing.T) {
			f, requests, open := way(t)
			s := newOrderedSink()
			connection, err := open(s)
			require.NoError(t, err)
			defer connection.Close()
			// On a machine that is busy the answer itself may be late: then once more, with more time.
			for timeout, read := 200*time.Millisecond, false; !read && timeout < time.Minute; timeout *= 4 {
				s.came = nil
				began := time.Now()
				s.send(t, connection, timeout, func(n int) {
					if read = true; n == 5000 {
						time.Sleep(time.Until(began.Add(5 * timeout)))
					}
				})
				s.send(t, connection, 4*timeout, func(int) {})
				first, second := <-requests, <-requests
				f.answer(first, 10_000)
				f.answer(second, 3)
				require.Eventually(t, func() bool { return len(s.came) == 2 }, time.Minute, 10*time.Millisecond)
			}
			assert.Equal(t, []string{"10000", "3"}, s.came, "neither what is read nor what waits for it")
		})
	}
}

func TestCloseEndsALongAnswer(t *testing.T) {
	for name, way := range longWays() {
		t.Run(name, func(t *testing.T) {
			once := func(t *testing.T) {
				f, requests, open := way(t)
				s := newOrderedSink()
				connection, err := open(s)
				require.NoError(t, err)
				read, ended := 0, make(chan struct{})
				s.send(t, connection, time.Minute, func(n int) {
					if read = n; n == 5000 {
						s.calls.Close()
						connection.Close()
						close(ended)
					}
				})
				s.send(t, connection, time.Minute, func(int) {})
				first, second := <-requests, <-requests
				f.answer(first, 10_000)
				f.answer(second, 3)
				<-ended
				time.Sleep(10 * time.Millisecond)
				assert.Less(t, read, 6000, "the rest is not read")
				assert.Equal(t, []string{"failed", "failed"}, s.came)
			}
			leaksNothing(t, once, func(t *testing.T) {
				for range 3 {
					once(t)
				}
			})
		})
	}
}

func TestACancelledCallDoesNotHoldUpTheNext(t *testing.T) {
	for name, way := range longWays() {
		t.Run(name, func(t *testing.T) {
			f, requests, open := way(t)
			svc := connectBy(t, transport.NewContext(context.Background(), open))
			ctx, cancel := context.WithCancel(context.Background())
			get := func(ctx context.Context) <-chan wwe.Result[[]wwe.Interaction] {
				return wwe.Async(func() ([]wwe.Interaction, error) { return svc.Interaction.GetInteractions(ctx) })
			}
			done := get(ctx)
			first := <-requests
			f.answer(first, 10_000)
			time.Sleep(time.Millisecond)
			cancel()
			require.ErrorIs(t, (<-done).Err, context.Canceled)
			next := get(context.Background())
			f.answer(<-requests, 100)
			got := <-next
			require.NoError(t, got.Err)
			assert.Len(t, got.Value, 100)
		})
	}
}

func TestALongAnswerThatIsOdd(t *testing.T) {
	const elements = `Array.from({length: 1000}, (_, n) => ({interactionId: String(n)}))`
	for name, c := range map[string]struct{ answer, want string }{
		"a refusal":                    {`errorMessage: "no", data: ` + elements, "WWE refused: no"},
		"an element that is none":      {`data: ` + elements + `.with(900, "odd")`, "data[900]"},
		"an element without an id":     {`data: ` + elements + `.with(900, {})`, "data[900]"},
		"an element that is undefined": {`data: ` + elements + `.with(900, undefined)`, "data[900]"},
		"holes only":                   {`data: new Array(1e6)`, "data[0]"},
		"an object with a length":      {`data: {length: 1000}`, "expected an array"},
		"an array with properties":     {`data: Object.assign(` + elements + `, {x: 1})`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			f, requests := silentFrame(t)
			svc := connect(t, wwe.WithOrigin(origin()), wwe.WithFrame(f.id))
			done := wwe.Async(func() ([]wwe.Interaction, error) { return svc.Interaction.GetInteractions(context.Background()) })
			f.postRaw(`{referenceId: "` + (<-requests)["referenceId"].(string) + `", userAgent: "WWE Server", ` + c.answer + `}`)
			got := <-done
			if c.want == "" {
				require.NoError(t, got.Err)
				assert.Len(t, got.Value, 1000)
				return
			}
			require.ErrorContains(t, got.Err, c.want)
		})
	}
}

func TestALongAnswerOfAClientObjectThatIsOdd(t *testing.T) {
	const elements = `Array.from({length: 5000}, (_, n) => ({interactionId: String(n)}))`
	for name, c := range map[string]struct{ getInteractions, want string }{
		"an element that throws":        {`ok => { const data = ` + elements + `; Object.defineProperty(data[4000], "state", {get() { throw new Error("hands off") }, enumerable: true}); ok({data}) }`, "hands off"},
		"a list that becomes shorter":   {`ok => { const data = ` + elements + `; Object.defineProperty(data[20], "state", {get() { data.length = 100; return "TALKING" }, enumerable: true}); ok({data}) }`, ""},
		"our own echo":                  {`ok => ok({request: "interaction.getInteractions", userAgent: "WWE Client", data: ` + elements + `})`, "not embedded in WWE"},
		"a length that throws":          {`ok => ok({data: new Proxy([], {get(_, name) { throw new Error("hands off") }})})`, "hands off"},
		"a length that is no number":    {`ok => ok({data: {length: 1n}})`, "cannot be read"},
		"a list that twice is answered": {`ok => { const data = ` + elements + `; ok({data}); ok({data: []}); ok({data}) }`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			withService(t, `{interaction: {getInteractions: `+c.getInteractions+`}}`)
			got, err := connect(t).Interaction.GetInteractions(t.Context())
			if c.want != "" {
				require.ErrorContains(t, err, c.want)
				return
			}
			require.NoError(t, err)
			assert.NotEmpty(t, got)
		})
	}
}

func TestALongAnswerAsTextAndInARecordingIsWhole(t *testing.T) {
	f, requests := silentFrame(t)
	f.window().Call("eval", longScript)
	recorder := wwe.NewRecorder(wwe.KeepEverything())
	svc := connect(t, wwe.WithOrigin(origin()), wwe.WithFrame(f.id), wwe.WithRecorder(recorder))
	text := svc.Go(t.Context(), "interaction.getInteractions")
	f.answer(<-requests, 100)
	got := <-text
	require.NoError(t, got.Err)
	value, err := got.Value.Value()
	require.NoError(t, err)
	assert.Len(t, value, 100)

	typed := wwe.Async(func() ([]wwe.Interaction, error) { return svc.Interaction.GetInteractions(context.Background()) })
	f.answer(<-requests, 100)
	require.Len(t, (<-typed).Value, 100)
	assert.Equal(t, 2, strings.Count(recorder.Recording(), "Party of 99"))
}
