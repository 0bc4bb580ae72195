package transport

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/internal/wire"
)

// mail is a Carrier that keeps the messages.
type mail struct{ messages []string }

func (m *mail) Post(message string, _ []int) error {
	m.messages = append(m.messages, message)
	return nil
}

func (m *mail) Close() {}

func TestAfterARestartMessagesDoNotHaveTheIDThatTheEarlierWWEGaveTheFrame(t *testing.T) {
	sink, sent := &log{}, &mail{}
	p := NewProtocol(sink).Over(sent)
	last := func() string {
		require.NoError(t, p.Send("1", "agent.get", nil))
		return sent.messages[len(sent.messages)-1]
	}
	p.Receive(wire.Message{FrameID: `"earlier"`}.Text())
	assert.Contains(t, last(), `"frameId":"earlier"`)
	p.Restarted()
	assert.NotContains(t, last(), "earlier")
	assert.Equal(t, []string{"restarted"}, sink.entries)
	p.Receive(wire.Message{FrameID: `"later"`}.Text())
	assert.Contains(t, last(), `"frameId":"later"`)
}

func TestLeaveEndsEventsOnly(t *testing.T) {
	sink := &log{}
	p := NewProtocol(sink).Over(&mail{})
	p.Leave()
	p.Receive(wire.Message{Event: "agent", Reply: wire.Reply{Data: "1"}}.Text())
	p.Receive(wire.Message{ReferenceID: "1"}.Text())
	assert.Equal(t, []string{"answer 1"}, sink.entries)
}

// log is a Sink that writes down what comes.
type log struct {
	entries []string
	gone    bool // nobody waits
}

func (l *log) Settle(ref string, reply wire.Reply, err error) {
	l.entries = append(l.entries, "answer "+ref)
}
func (l *log) Arrived(ref string) bool      { return !l.gone }
func (l *log) Reads() bool                  { return true }
func (l *log) Reading(ref string) wire.Read { return nil }
func (l *log) Event(topic, data string)     { l.entries = append(l.entries, "event "+data) }
func (l *log) Restarted()                   { l.entries = append(l.entries, "restarted") }
func (l *log) Quiet()                       {}
