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
