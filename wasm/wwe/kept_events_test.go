//go:build !js

package wwe

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/internal/transport"
	"wwebridge/internal/wire"
)

// paddingWWE grants every subscription. All of its messages are long, whatever
// they say.
type paddingWWE struct {
	protocol *transport.Protocol
	sent     int
}

const paddingSize = 120_000

func (w *paddingWWE) Post(message string, _ []int) error {
	request, _ := wire.ParseRequest(message)
	reply := wire.Reply{Failed: true, ErrorMessage: "no"}
	switch {
	case request.Event == "subscribe":
		reply = wire.Reply{SubscriptionID: strconv.Itoa(w.sent)}
	case request.Name == "any.get":
		reply = wire.Reply{Data: `"yes"`}
	}
	w.send(wire.Message{ReferenceID: request.ReferenceID, Reply: reply})
	return nil
}

func (w *paddingWWE) Close() {}

// send sends a message with a property that nobody knows.
func (w *paddingWWE) send(m wire.Message) {
	w.sent++
	w.protocol.Receive(`{"padding":"` + strconv.Itoa(w.sent) + strings.Repeat("x", paddingSize) + `",` + strings.TrimPrefix(m.Text(), "{"))
}

func connectToPaddingWWE(t *testing.T) (*Service, *paddingWWE) {
	w := &paddingWWE{}
	svc, err := Connect(transport.NewContext(t.Context(), func(sink transport.Sink) (transport.Transport, error) {
		w.protocol = transport.NewProtocol(sink)
		return w.protocol.Over(w), nil
	}))
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, svc.Close()) })
	return svc, w
}

func TestWhatAProgramKeepsOfAnEventDoesNotKeepTheMessageAlive(t *testing.T) {
	for name, c := range map[string]struct {
		topic Topic
		data  string
		kept  func(e Event) any
	}{
		"a channel":               {TopicMessenger("c"), `"hello"`, func(e Event) any { return e.(MessengerEvent).Channel }},
		"a channel's message":     {TopicMessenger("c"), `"hello"`, func(e Event) any { return e.(MessengerEvent).Message }},
		"a topic":                 {"other", `1`, func(e Event) any { return e.(UnknownEvent).On }},
		"data of an unknown one":  {"other", `1`, func(e Event) any { return e.(UnknownEvent).Data }},
		"a type":                  {TopicOutbound, `{"eventType":"E","campaign":"C"}`, func(e Event) any { return e.(OutboundEvent).Type }},
		"a campaign and its data": {TopicOutbound, `{"eventType":"E","campaign":"C"}`, func(e Event) any { return e }},
		"a case":                  {TopicInteraction, `{"eventType":"E","selectedCaseId":"C"}`, func(e Event) any { return e }},
		"an interaction":          {TopicInteraction, `{"eventType":"E","interaction":{"interactionId":"1"}}`, func(e Event) any { return e }},
		"an attempt to mark done": {TopicMarkDone, `{"eventType":"E","interaction":{"interactionId":"1"}}`, func(e Event) any { return e }},
		"a media":                 {TopicMedia, `{"media":"voice","state":{"type":"READY","displayName":[1]}}`, func(e Event) any { return e }},
		"a state":                 {TopicAgent, `{"type":"READY","displayName":[1]}`, func(e Event) any { return e }},
	} {
		t.Run(name, func(t *testing.T) {
			svc, w := connectToPaddingWWE(t)
			sub, err := svc.Subscribe(t.Context(), c.topic)
			require.NoError(t, err)
			assertKeepsLittle(t, paddingSize, func(int) any {
				w.send(wire.Message{Event: string(c.topic), Reply: wire.Reply{Data: c.data}})
				return c.kept(<-sub.Events())
			})
		})
	}
	t.Run("a campaign of long data", func(t *testing.T) {
		svc, w := connectToPaddingWWE(t)
		sub, err := svc.Subscribe(t.Context(), TopicOutbound)
		require.NoError(t, err)
		assertKeepsLittle(t, paddingSize, func(int) any {
			w.send(wire.Message{Event: "outbound", Reply: wire.Reply{Data: `{"eventType":"E","campaign":"C","long":"` + strings.Repeat("y", paddingSize) + `"}`}})
			return (<-sub.Events()).(OutboundEvent).Campaign
		})
	})
	t.Run("subscriptions", func(t *testing.T) {
		svc, _ := connectToPaddingWWE(t)
		assertKeepsLittle(t, paddingSize, func(n int) any {
			sub, err := svc.Subscribe(t.Context(), Topic(strconv.Itoa(n)))
			require.NoError(t, err)
			return sub
		})
	})
	t.Run("the id of a frame", func(t *testing.T) {
		assertKeepsLittle(t, paddingSize, func(n int) any {
			svc, w := connectToPaddingWWE(t)
			w.send(wire.Message{FrameID: strconv.Itoa(n)})
			return svc
		})
	})
	t.Run("the reason of a refusal", func(t *testing.T) {
		svc, _ := connectToPaddingWWE(t)
		assertKeepsLittle(t, paddingSize, func(int) any {
			refused, ok := svc.Interaction.Accept(t.Context(), "1").(*RequestError)
			require.True(t, ok)
			return refused.Message
		})
	})
	t.Run("a small answer", func(t *testing.T) {
		svc, _ := connectToPaddingWWE(t)
		assertKeepsLittle(t, paddingSize, func(int) any {
			answer, err := svc.Call(t.Context(), "any.get")
			require.NoError(t, err)
			return answer
		})
	})
}
