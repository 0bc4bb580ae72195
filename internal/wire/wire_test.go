package wire

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/internal/jsontext"
)

func TestTheTextOfARequestIsExactlyThis(t *testing.T) {
	for name, c := range map[string]struct {
		request   Request
		text      string
		undefined []int
	}{
		"with a parameter": {
			request: Request{Name: "interaction.getByInteractionId", Parameters: []string{`"1"`}, ReferenceID: "1"},
			text:    `{"request":"interaction.getByInteractionId","parameters":["1"],"referenceId":"1","userAgent":"WWE Client","protocolVersion":2}`,
		},
		"without parameters": {
			request: Request{Name: "interaction.getInteractions", ReferenceID: "go-x-2"},
			text:    `{"request":"interaction.getInteractions","referenceId":"go-x-2","userAgent":"WWE Client","protocolVersion":2}`,
		},
		"with an empty list of parameters": {
			request: Request{Name: "interaction.getInteractions", Parameters: []string{}, ReferenceID: "2"},
			text:    `{"request":"interaction.getInteractions","referenceId":"2","userAgent":"WWE Client","protocolVersion":2}`,
		},
		"with parameters that are undefined": {
			request:   Request{Name: "interaction.consult", Parameters: []string{`"1"`, `"5001"`, "", ""}, ReferenceID: "3"},
			text:      `{"request":"interaction.consult","parameters":["1","5001",null,null],"referenceId":"3","userAgent":"WWE Client","protocolVersion":2}`,
			undefined: []int{2, 3},
		},
		"with null, which is not undefined": {
			request:   Request{Name: "voice.dial", Parameters: []string{"null", "", `{"a":[1,"b"]}`}, ReferenceID: "4"},
			text:      `{"request":"voice.dial","parameters":[null,null,{"a":[1,"b"]}],"referenceId":"4","userAgent":"WWE Client","protocolVersion":2}`,
			undefined: []int{1},
		},
		"with the id of the frame last": {
			request: Request{Name: "agent.get", ReferenceID: "5", FrameID: `{"n":7}`},
			text:    `{"request":"agent.get","referenceId":"5","userAgent":"WWE Client","protocolVersion":2,"frameId":{"n":7}}`,
		},
		"with an id of the frame that is falsy": {
			request: Request{Name: "agent.get", ReferenceID: "5", FrameID: `0`},
			text:    `{"request":"agent.get","referenceId":"5","userAgent":"WWE Client","protocolVersion":2,"frameId":0}`,
		},
		"with a name that needs escapes": {
			request: Request{Name: "a\"\\\n.é😀", ReferenceID: "</script>"},
			text:    `{"request":"a\"\\\u000a.é😀","referenceId":"</script>","userAgent":"WWE Client","protocolVersion":2}`,
		},
		"without a referenceId": {
			request: Request{Name: "agent.get"},
			text:    `{"request":"agent.get","userAgent":"WWE Client","protocolVersion":2}`,
		},
		"to subscribe": {
			request: Request{Event: "subscribe", Data: `["interaction","media","markdone"]`, ReferenceID: "0"},
			text:    `{"event":"subscribe","data":["interaction","media","markdone"],"referenceId":"0","userAgent":"WWE Client","protocolVersion":2}`,
		},
		"to unsubscribe": {
			request: Request{Event: "unsubscribe", Data: `0`, ReferenceID: "7"},
			text:    `{"event":"unsubscribe","data":0,"referenceId":"7","userAgent":"WWE Client","protocolVersion":2}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, c.text, c.request.Text())
			assert.Equal(t, c.undefined, Undefined(c.request.Parameters))
			assert.True(t, json.Valid([]byte(c.text)))
		})
	}
}

func TestTheTextOfAMessageIsExactlyThis(t *testing.T) {
	for name, c := range map[string]struct {
		message Message
		text    string
	}{
		"a reply with data": {
			message: Message{Request: "interaction.getByInteractionId", ReferenceID: "1", Reply: Reply{Data: `{"interactionId":"1"}`}},
			text:    `{"request":"interaction.getByInteractionId","referenceId":"1","data":{"interactionId":"1"},"userAgent":"WWE Server","protocolVersion":2}`,
		},
		"a reply with null": {
			message: Message{Request: "interaction.getByInteractionId", ReferenceID: "1", Reply: Reply{Data: `null`}},
			text:    `{"request":"interaction.getByInteractionId","referenceId":"1","data":null,"userAgent":"WWE Server","protocolVersion":2}`,
		},
		"a reply without data": {
			message: Message{Request: "interaction.accept", ReferenceID: "2"},
			text:    `{"request":"interaction.accept","referenceId":"2","userAgent":"WWE Server","protocolVersion":2}`,
		},
		"a refusal": {
			message: Message{Request: "interaction.accept", ReferenceID: "2", Reply: Reply{Failed: true, ErrorMessage: `not "ringing"`}},
			text:    `{"request":"interaction.accept","referenceId":"2","errorMessage":"not \"ringing\"","userAgent":"WWE Server","protocolVersion":2}`,
		},
		"a refusal without a reason, and never with data": {
			message: Message{Request: "interaction.accept", ReferenceID: "2", Reply: Reply{Failed: true, Data: "{}"}},
			text:    `{"request":"interaction.accept","referenceId":"2","errorMessage":"","userAgent":"WWE Server","protocolVersion":2}`,
		},
		"the reply to subscribe": {
			message: Message{ReferenceID: "0", Reply: Reply{SubscriptionID: "0"}},
			text:    `{"referenceId":"0","subscriptionId":0,"userAgent":"WWE Server","protocolVersion":2}`,
		},
		"an event": {
			message: Message{Event: "interaction", Reply: Reply{Data: `{"eventType":"CASE_EXPANDED","selectedCaseId":"c"}`}},
			text:    `{"event":"interaction","data":{"eventType":"CASE_EXPANDED","selectedCaseId":"c"},"userAgent":"WWE Server","protocolVersion":2}`,
		},
		"the id of the widget's frame": {
			message: Message{FrameID: `"f1"`},
			text:    `{"userAgent":"WWE Server","protocolVersion":2,"frameId":"f1"}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, c.text, c.message.Text())
			assert.True(t, json.Valid([]byte(c.text)))
		})
	}
}

func TestWWEReadsWhatAWidgetSends(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want Request
	}{
		"a request": {
			`{"request":"interaction.getByInteractionId","parameters":["1"],"referenceId":"1","userAgent":"WWE Client","protocolVersion":2}`,
			Request{Name: "interaction.getByInteractionId", Parameters: []string{`"1"`}, ReferenceID: "1"},
		},
		"parameters of every kind, as text": {
			`{"request":"r","parameters":["a",null,{"k":[1, 2]},-1.50e1,true],"userAgent":"WWE Client"}`,
			Request{Name: "r", Parameters: []string{`"a"`, `null`, `{"k":[1, 2]}`, `-1.50e1`, `true`}},
		},
		"an empty list of parameters, which is none": {
			`{"request":"media.getMediaList","parameters":[],"referenceId":"1","userAgent":"WWE Client","protocolVersion":2}`,
			Request{Name: "media.getMediaList", ReferenceID: "1"},
		},
		"parameters that are null, which is none": {
			`{"request":"media.getMediaList","parameters":null,"referenceId":"1","userAgent":"WWE Client","protocolVersion":2}`,
			Request{Name: "media.getMediaList", ReferenceID: "1"},
		},
		"no protocolVersion": {
			`{"request":"agent.get","referenceId":"1","userAgent":"WWE Client"}`,
			Request{Name: "agent.get", ReferenceID: "1"},
		},
		"a protocolVersion of any kind": {
			`{"request":"agent.get","referenceId":"1","userAgent":"WWE Client","protocolVersion":"two"}`,
			Request{Name: "agent.get", ReferenceID: "1"},
		},
		"no referenceId": {
			`{"request":"agent.get","userAgent":"WWE Client"}`,
			Request{Name: "agent.get"},
		},
		"an id of the frame that is 0": {
			`{"request":"agent.get","userAgent":"WWE Client","frameId":0}`,
			Request{Name: "agent.get", FrameID: "0"},
		},
		"an id of the frame that is null": {
			`{"request":"agent.get","userAgent":"WWE Client","frameId":null}`,
			Request{Name: "agent.get", FrameID: "null"},
		},
		"an id of the frame that is an object": {
			`{"request":"agent.get","userAgent":"WWE Client","frameId":{"a":1}}`,
			Request{Name: "agent.get", FrameID: `{"a":1}`},
		},
		"subscribe, to topics": {
			`{"event":"subscribe","data":["interaction","media"],"referenceId":"0","userAgent":"WWE Client","protocolVersion":2}`,
			Request{Event: "subscribe", Data: `["interaction","media"]`, ReferenceID: "0"},
		},
		"subscribe, to one topic that is no list": {
			`{"event":"subscribe","data":"agent","referenceId":"0","userAgent":"WWE Client","protocolVersion":2}`,
			Request{Event: "subscribe", Data: `"agent"`, ReferenceID: "0"},
		},
		"unsubscribe": {
			`{"event":"unsubscribe","data":0,"referenceId":"7","userAgent":"WWE Client","protocolVersion":2}`,
			Request{Event: "unsubscribe", Data: `0`, ReferenceID: "7"},
		},
		"properties in any order, and unknown ones": {
			` { "userAgent" : "WWE Client", "x":[{}], "referenceId":"9", "request" : "agent.get" } `,
			Request{Name: "agent.get", ReferenceID: "9"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, ok := ParseRequest(c.text)
			require.True(t, ok)
			assert.Equal(t, c.want, got)
		})
	}
}

func TestWWEIgnoresWhatIsNoWidgetsMessage(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":                            ``,
		"text that is not JSON":              `wwe:hello`,
		"half a message":                     `{"request":"agent.get","userAgent":"WWE Client"`,
		"two messages":                       `{"request":"a","userAgent":"WWE Client"}{"request":"a","userAgent":"WWE Client"}`,
		"null":                               `null`,
		"a number":                           `7`,
		"a string":                           `"WWE Client"`,
		"an array":                           `[{"request":"agent.get","userAgent":"WWE Client"}]`,
		"an empty object":                    `{}`,
		"no userAgent":                       `{"request":"agent.get","referenceId":"1","protocolVersion":2}`,
		"another userAgent":                  `{"request":"agent.get","referenceId":"1","userAgent":"Other Client"}`,
		"a userAgent that only resembles it": `{"request":"agent.get","referenceId":"1","userAgent":"WWE client"}`,
		"WWE's own message":                  `{"request":"agent.get","referenceId":"1","userAgent":"WWE Server"}`,
		"a userAgent that is no string":      `{"request":"agent.get","referenceId":"1","userAgent":["WWE Client"]}`,
		"a userAgent that is null":           `{"request":"agent.get","referenceId":"1","userAgent":null}`,
		"neither request nor event":          `{"parameters":["1"],"referenceId":"1","userAgent":"WWE Client"}`,
		"a request that is empty":            `{"request":"","referenceId":"1","userAgent":"WWE Client"}`,
		"a request that is no string":        `{"request":{"a":1},"referenceId":"1","userAgent":"WWE Client"}`,
		"an event that is no string":         `{"event":1,"data":"agent","userAgent":"WWE Client"}`,
		"a referenceId that is a number":     `{"request":"agent.get","referenceId":1,"userAgent":"WWE Client"}`,
		"parameters that are an object":      `{"request":"agent.get","parameters":{"0":"1"},"userAgent":"WWE Client"}`,
		"parameters that are a string":       `{"request":"agent.get","parameters":"1","userAgent":"WWE Client"}`,
	} {
		t.Run(name, func(t *testing.T) {
			got, ok := ParseRequest(text)
			assert.False(t, ok)
			assert.Zero(t, got)
		})
	}
}

func TestAWidgetReadsWhatWWESends(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want Message // without the Body, which is the text
	}{
		"a reply": {
			`{"request":"interaction.getByInteractionId","referenceId":"1","data":{"a": 1},"userAgent":"WWE Server","protocolVersion":2}`,
			Message{Request: "interaction.getByInteractionId", ReferenceID: "1", Reply: Reply{Data: `{"a": 1}`}},
		},
		"a reply without data": {
			`{"request":"interaction.accept","referenceId":"1","userAgent":"WWE Server","protocolVersion":2}`,
			Message{Request: "interaction.accept", ReferenceID: "1"},
		},
		"a reply whose data is null": {
			`{"request":"interaction.accept","referenceId":"1","data":null,"userAgent":"WWE Server","protocolVersion":2}`,
			Message{Request: "interaction.accept", ReferenceID: "1", Reply: Reply{Data: "null"}},
		},
		"a reply without protocolVersion": {
			`{"referenceId":"1","userAgent":"WWE Server"}`,
			Message{ReferenceID: "1"},
		},
		"a reply of a WWE that calls itself something longer": {
			`{"referenceId":"1","userAgent":"Genesys WWE 9"}`,
			Message{ReferenceID: "1"},
		},
		"a refusal": {
			`{"request":"interaction.accept","referenceId":"1","errorMessage":"no","userAgent":"WWE Server","protocolVersion":2}`,
			Message{Request: "interaction.accept", ReferenceID: "1", Reply: Reply{Failed: true, ErrorMessage: "no"}},
		},
		"an errorMessage that is empty": {
			`{"referenceId":"1","errorMessage":"","userAgent":"WWE Server"}`,
			Message{ReferenceID: "1", Reply: Reply{Failed: true}},
		},
		"an errorMessage that is null": {
			`{"referenceId":"1","errorMessage":null,"userAgent":"WWE Server"}`,
			Message{ReferenceID: "1", Reply: Reply{Failed: true}},
		},
		"an errorMessage that is an object": {
			`{"referenceId":"1","errorMessage":{"code":7},"userAgent":"WWE Server"}`,
			Message{ReferenceID: "1", Reply: Reply{Failed: true, ErrorMessage: `{"code":7}`}},
		},
		"an errorMessage that is false": {
			`{"referenceId":"1","errorMessage":false,"userAgent":"WWE Server"}`,
			Message{ReferenceID: "1", Reply: Reply{Failed: true, ErrorMessage: `false`}},
		},
		"an errorMessage with data beside it": {
			`{"referenceId":"1","data":{},"errorMessage":"no","userAgent":"WWE Server"}`,
			Message{ReferenceID: "1", Reply: Reply{Data: "{}", Failed: true, ErrorMessage: "no"}},
		},
		"a referenceId that is a number, which is nobody's": {
			`{"referenceId":1,"data":{},"userAgent":"WWE Server"}`,
			Message{Reply: Reply{Data: "{}"}},
		},
		"a referenceId that is an object": {
			`{"referenceId":{"a":1},"userAgent":"WWE Server"}`,
			Message{},
		},
		"the echo of a widget's message": {
			`{"request":"agent.get","referenceId":"1","userAgent":"WWE Client","protocolVersion":2}`,
			Message{Request: "agent.get", ReferenceID: "1", FromClient: true},
		},
		"the echo of subscribe": {
			`{"event":"subscribe","data":["agent"],"referenceId":"0","userAgent":"WWE Client","protocolVersion":2}`,
			Message{Event: "subscribe", ReferenceID: "0", Reply: Reply{Data: `["agent"]`}, FromClient: true},
		},
		"the reply to subscribe": {
			`{"referenceId":"0","subscriptionId":0,"userAgent":"WWE Server","protocolVersion":2}`,
			Message{ReferenceID: "0", Reply: Reply{SubscriptionID: "0"}},
		},
		"an event": {
			`{"event":"media","data":{"media":"voice"},"userAgent":"WWE Server","protocolVersion":2}`,
			Message{Event: "media", Reply: Reply{Data: `{"media":"voice"}`}},
		},
		"an event that is no string, which is none": {
			`{"event":7,"data":1,"userAgent":"WWE Server"}`,
			Message{Reply: Reply{Data: "1"}},
		},
		"a frameId that is 0": {
			`{"userAgent":"WWE Server","frameId":0}`,
			Message{FrameID: "0"},
		},
		"a frameId that is null": {
			`{"userAgent":"WWE Server","frameId":null}`,
			Message{FrameID: "null"},
		},
		"a frameId that is an object": {
			`{"userAgent":"WWE Server","frameId":{"a":[1]}}`,
			Message{FrameID: `{"a":[1]}`},
		},
		"escapes and emoji": {
			`{"\u0072eferenceId":"\u0031","errorMessage":"\ud83d\ude00 \"no\"","userAgent":"WWE Server"}`,
			Message{ReferenceID: "1", Reply: Reply{Failed: true, ErrorMessage: `😀 "no"`}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			c.want.Reply.Body = c.text
			got, ok := ParseMessage(c.text)
			require.True(t, ok)
			assert.Equal(t, c.want, got)
		})
	}
}

func TestAWidgetIgnoresWhatIsNotWWEs(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":                       ``,
		"text that is not JSON":         `{referenceId:1}`,
		"half a message":                `{"referenceId":"1","userAgent":"WWE Server"`,
		"something after the message":   `{"referenceId":"1","userAgent":"WWE Server"};`,
		"null":                          `null`,
		"true":                          `true`,
		"a string":                      `"wwe WWE Server"`,
		"an array":                      `[{"referenceId":"1","userAgent":"WWE Server"}]`,
		"an empty object":               `{}`,
		"no userAgent":                  `{"referenceId":"1","data":{}}`,
		"a userAgent that is empty":     `{"referenceId":"1","userAgent":""}`,
		"a userAgent of another kind":   `{"referenceId":"1","userAgent":"Mozilla/5.0"}`,
		"a userAgent in small letters":  `{"referenceId":"1","userAgent":"wwe server"}`,
		"a userAgent that is a number":  `{"referenceId":"1","userAgent":1}`,
		"a userAgent that is an array":  `{"referenceId":"1","userAgent":["WWE Server"]}`,
		"a userAgent that is an object": `{"referenceId":"1","userAgent":{"WWE":"WWE Server"}}`,
	} {
		t.Run(name, func(t *testing.T) {
			_, ok := ParseMessage(text)
			assert.False(t, ok)
		})
	}
}

func TestAWidgetReadsWhatTheOfficialClientsCallbacksAreGiven(t *testing.T) {
	for name, c := range map[string]struct {
		failed     bool
		text       string
		want       Reply // without the Body, which is the text
		fromClient bool
	}{
		"succeeded with a reply": {
			text: `{"request":"agent.get","data":{"a":1},"userAgent":"WWE Server","protocolVersion":2}`,
			want: Reply{Data: `{"a":1}`},
		},
		"succeeded with a reply without data": {text: `{"request":"agent.get","userAgent":"WWE Server"}`},
		"succeeded with nothing":              {text: ``},
		"succeeded with what is no reply":     {text: `7`},
		"succeeded with our own echo": {
			text: `{"request":"agent.get","userAgent":"WWE Client","protocolVersion":2}`, fromClient: true,
		},
		"succeeded with a refusal, which it is all the same": {
			text: `{"errorMessage":"no","userAgent":"WWE Server"}`,
			want: Reply{Failed: true, ErrorMessage: "no"},
		},
		"failed with a refusal": {
			failed: true, text: `{"request":"agent.get","errorMessage":"no","userAgent":"WWE Server"}`,
			want: Reply{Failed: true, ErrorMessage: "no"},
		},
		"failed with an errorMessage that is null": {
			failed: true, text: `{"errorMessage":null}`, want: Reply{Failed: true},
		},
		"failed with an object without a reason": {
			failed: true, text: `{"why":"no"}`, want: Reply{Failed: true},
		},
		"failed with the time-out": {
			failed: true, text: `"Request timeout"`, want: Reply{Failed: true, TimedOut: true, ErrorMessage: "Request timeout"},
		},
		"failed with a reason that only tells of a time-out": {
			failed: true, text: `{"errorMessage":"Request timeout"}`, want: Reply{Failed: true, ErrorMessage: "Request timeout"},
		},
		"failed with a string that only resembles the time-out": {
			failed: true, text: `"timeout"`, want: Reply{Failed: true, ErrorMessage: "timeout"},
		},
		"failed with another string": {
			failed: true, text: `"caf\u00e9"`, want: Reply{Failed: true, ErrorMessage: "café"},
		},
		"failed with a number":        {failed: true, text: `42`, want: Reply{Failed: true, ErrorMessage: "42"}},
		"failed with an array":        {failed: true, text: `["no"]`, want: Reply{Failed: true, ErrorMessage: `["no"]`}},
		"failed with null":            {failed: true, text: `null`, want: Reply{Failed: true}},
		"failed with nothing":         {failed: true, text: ``, want: Reply{Failed: true}},
		"failed with half an object":  {failed: true, text: `{"errorMessage":`, want: Reply{Failed: true}},
		"succeeded with the time-out": {text: `"Request timeout"`},
	} {
		t.Run(name, func(t *testing.T) {
			c.want.Body = c.text
			got, fromClient := ParseOutcome(nil, "", c.failed, c.text)
			assert.Equal(t, c.want, got)
			assert.Equal(t, c.fromClient, fromClient)
		})
	}
}

func TestWhatOneEndWritesTheOtherReads(t *testing.T) {
	odd := "\"\\\x00\u2028é😀</script>__proto__" + strings.Repeat("x", 1000)

	t.Run("requests, in which undefined becomes null", func(t *testing.T) {
		for _, sent := range []Request{
			{Name: "interaction.consult", Parameters: []string{string(jsontext.AppendString(nil, odd)), "", "null", `{"a":[]}`}, ReferenceID: odd, FrameID: "0"},
			{Name: odd},
			{Event: "subscribe", Data: `["agent"]`, ReferenceID: "0", FrameID: `{"a":1}`},
			{Event: "unsubscribe", Data: "0", ReferenceID: "1"},
		} {
			got, ok := ParseRequest(sent.Text())
			require.True(t, ok)
			for _, n := range Undefined(sent.Parameters) {
				sent.Parameters[n] = Null
			}
			assert.Equal(t, sent, got)
		}
	})

	t.Run("messages", func(t *testing.T) {
		for _, sent := range []Message{
			{Request: odd, ReferenceID: odd, Reply: Reply{Data: `{"a":null}`}},
			{Request: "interaction.accept", ReferenceID: "1"},
			{Request: "interaction.accept", ReferenceID: "1", Reply: Reply{Failed: true, ErrorMessage: odd}},
			{Request: "interaction.accept", ReferenceID: "1", Reply: Reply{Failed: true}},
			{ReferenceID: "0", Reply: Reply{SubscriptionID: "0"}},
			{Event: odd, Reply: Reply{Data: "[]"}},
			{FrameID: "null"},
		} {
			got, ok := ParseMessage(sent.Text())
			require.True(t, ok)
			sent.Reply.Body = sent.Text()
			assert.Equal(t, sent, got)
		}
	})
}

// FuzzParseMessage promises that no message, whatever it is, stops a widget.
// Seeds are in testdata.
func FuzzParseMessage(f *testing.F) {
	f.Fuzz(func(t *testing.T, text string) {
		for _, failed := range []bool{false, true} {
			reply, _ := ParseOutcome(nil, "", failed, text)
			require.Equal(t, text, reply.Body)
			if failed {
				require.True(t, reply.Failed)
			}
		}
		m, ok := ParseMessage(text)
		if !ok {
			return
		}
		require.True(t, allJSON(text, m.Reply.Data, m.FrameID, m.Reply.SubscriptionID), "%#v", m)
		m.Reply.Body = ""
		if !utf8.ValidString(text) {
			return // text from JavaScript always is
		}
		if m.FromClient || m.Reply.Failed && m.Reply.Data != "" {
			return // Text writes neither
		}
		again, ok := ParseMessage(m.Text())
		require.True(t, ok)
		again.Reply.Body = ""
		require.Equal(t, m, again, "what Text writes, ParseMessage reads")
	})
}

// FuzzParseRequest promises that no message of a widget stops WWE. Seeds are
// in testdata.
func FuzzParseRequest(f *testing.F) {
	f.Fuzz(func(t *testing.T, text string) {
		r, ok := ParseRequest(text)
		if !ok {
			require.Zero(t, r)
			return
		}
		require.True(t, allJSON(text, r.Parameters...), "%#v", r)
		require.True(t, allJSON(text, r.Data, r.FrameID), "%#v", r)
		if !utf8.ValidString(text) {
			return // text from JavaScript always is
		}
		if r.Event != "" {
			r.Name, r.Parameters = "", nil // Text writes the one or the other
		} else {
			r.Data = ""
		}
		again, ok := ParseRequest(r.Text())
		require.True(t, ok)
		require.Equal(t, r, again, "what Text writes, ParseRequest reads")
	})
}

// allJSON tells whether encoding/json takes the texts for JSON; "" is absent.
func allJSON(text string, values ...string) bool {
	if strings.Count(text, "[")+strings.Count(text, "{") > 1000 {
		return true // encoding/json has a limit to nesting
	}
	for _, v := range values {
		if v != "" && !json.Valid([]byte(v)) {
			return false
		}
	}
	return true
}

func TestWhatGrantsASubscription(t *testing.T) {
	for text, want := range map[string]bool{
		`"subscriptionId":0`:                              true,
		`"data":null`:                                     true,
		`"errorMessage":"Already subscribed"`:             true,
		`"errorMessage":"ALREADY_SUBSCRIBED"`:             true,
		`"errorMessage":"the subscription is already on"`: true,
		`"errorMessage":"already in quarantine"`:          false,
		`"errorMessage":"cannot subscribe"`:               false,
		`"errorMessage":""`:                               false,
		`"errorMessage":null`:                             false,
	} {
		m, ok := ParseMessage(`{"userAgent":"WWE Server",` + text + `}`)
		require.True(t, ok)
		assert.Equal(t, want, m.Reply.Grants(), text)
	}
}

func TestAnIDThatIsNullIsNone(t *testing.T) {
	m, ok := ParseMessage(`{"userAgent":"WWE Server","subscriptionId":null}`)
	require.True(t, ok)
	assert.Empty(t, m.Reply.SubscriptionID)
}
