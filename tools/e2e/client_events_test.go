package e2e

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// topics are all that a widget can subscribe to.
var topics = []string{"agent", "interaction", "media", "outbound", "system", "markdone", "messenger:my-channel"}

// tail is how every message of WWE ends.
const tail = `,"userAgent":"WWE Server","protocolVersion":2}`

func TestEverySubscriptionOfTheClientIsAnswered(t *testing.T) {
	t.Run("by the method, a topic each", func(t *testing.T) {
		_, probe := inProbe(t, "")
		for n, topic := range topics {
			probe.eval(`subscribe("method", `+quoted(topic)+`)`, nil)
			assert.Equal(t, fmt.Sprintf(`{"referenceId":"%d","subscriptionId":%[1]d`, n)+tail, probe.message(n))
		}
	})
	t.Run("by a message, all topics at once", func(t *testing.T) {
		_, probe := inProbe(t, "")
		all, err := json.Marshal(topics)
		require.NoError(t, err)
		probe.eval(`subscribe("sendMessage", `+string(all)+`)`, nil)
		assert.Equal(t, `{"referenceId":"0","subscriptionId":0`+tail, probe.message(0))
		var got answer
		probe.until("answers[0].succeeded.length > 0")
		probe.eval("answers[0]", &got)
		assert.Equal(t, `{"subscriptionId":0`+tail, string(got.Succeeded[0]), "what the callback gets")
	})
	t.Run("and its end too, by no event", func(t *testing.T) {
		_, probe := inProbe(t, "")
		probe.eval(`subscribe("method", "agent")`, nil)
		probe.message(0)
		probe.eval(`genesys.wwe.service.sendMessage({event: "unsubscribe", data: 0})`, nil)
		assert.Equal(t, `{"referenceId":"1"`+tail, probe.message(1))
	})
}

// The events of a call, in WWE's order and with WWE's bytes, as WWE 8.5 was
// seen to send them.
func TestTheClientGetsTheEventsOfACall(t *testing.T) {
	desktop, probe := inProbe(t, "")
	probe.eval(`subscribe("method", ["interaction", "media", "markdone"])`, nil)
	probe.message(0)
	var id, caseID, uuid string
	desktop.eval(`wweHost.ring({ani: "1001", userData: {"Segment": "Gold", "more": {"a": [1, null]}}})`, &id)
	desktop.eval("wweHost.interactions()[0].caseId", &caseID)
	desktop.eval("wweHost.interactions()[0].callUuid", &uuid)
	for _, request := range []clientRequest{
		{name: "interaction.accept", parameters: `id`},
		{name: "interaction.setUserData", parameters: `id, {"Reason": "Billing"}`},
		{name: "interaction.deleteUserData", parameters: `id, "Reason"`},
	} {
		probe.ask("method", request, id)
	}
	desktop.eval("wweHost.hangUp("+quoted(id)+")", nil)
	probe.ask("method", clientRequest{name: "interaction.markdone", parameters: `id`}, id)
	probe.until(`raw.some((text) => text.includes('"eventType":"MARK_DONE"'))`)

	event := func(topic, data string) string { return `{"event":"` + topic + `","data":` + data + tail }
	const (
		gold   = `{"Segment":"Gold","more":{"a":[1,null]}}`
		reason = `{"Reason":"Billing","Segment":"Gold","more":{"a":[1,null]}}`
	)
	about := func(kind, userData, state, previous string) string {
		return `{"eventType":"` + kind + `","interaction":` + interactionText(id, caseID, uuid, userData, state, previous) + `}`
	}
	want := []string{
		event("interaction", about("RINGING", gold, "RINGING", "UNKNOWN")),
		event("interaction", `{"eventType":"CASE_EXPANDED","selectedCaseId":"`+caseID+`"}`),
		event("interaction", `{"eventType":"CASE_SELECTED","selectedCaseId":"`+caseID+`"}`),
		event("interaction", about("ESTABLISHED", gold, "TALKING", "RINGING")),
		event("interaction", about("ATTACHED_DATA_CHANGED", reason, "TALKING", "RINGING")),
		event("interaction", about("ATTACHED_DATA_CHANGED", gold, "TALKING", "RINGING")),
		event("media", `{"state":{"type":"NOT_READY_AFTER_CALLWORK","displayName":"After Call Work","operationName":"AfterCallWork"},"media":"voice"}`),
		event("interaction", about("RELEASED", gold, "IDLE", "TALKING")),
		event("markdone", `{"eventType":"MARKDONE_APPLY","timeout":1000,"interaction":`+interactionText(id, caseID, uuid, gold, "IDLE", "TALKING")+`}`),
		event("interaction", about("MARK_DONE", gold, "IDLE", "TALKING")),
	}
	assert.Equal(t, want, probe.events())

	var handled [][]json.RawMessage
	probe.eval("handled", &handled)
	assert.Len(t, handled, len(want), "each event reaches the client's handler")
}

// interactionText is the call as WWE writes it.
func interactionText(id, caseID, uuid, userData, state, previous string) string {
	return strings.NewReplacer("<ID>", id, "<CASE>", caseID, "<UUID>", uuid, "<DATA>", userData, "<NOW>", state, "<BEFORE>", previous).Replace(
		`{"interactionId":"<ID>","caseId":"<CASE>","parentInteractionId":null,"userData":<DATA>,"state":"<NOW>","previousState":"<BEFORE>",` +
			`"parties":[{"name":"1001","identifier":"1001","phoneNumber":"1001"}],"interactionUUID":"<UUID>","callUuid":"<UUID>",` +
			`"isConsultation":false,"direction":"IN","callType":"INBOUND","ani":"1001",` +
			`"isMainCaseInteraction":true,"isCaseSelected":true,"isCaseExpanded":true,"media":"voice"}`)
}

func TestTheClientGetsTheEventsOfTheAgentsState(t *testing.T) {
	_, probe := inProbe(t, "")
	probe.eval(`subscribe("method", ["agent", "media"])`, nil)
	probe.message(0)
	var states []struct{ OperationName string }
	got, raw := probe.ask("method", clientRequest{name: "agent.getStateList"}, "")
	require.Len(t, got.Succeeded, 1, raw)
	probe.eval("JSON.parse("+quoted(raw)+").data", &states)
	require.NotEmpty(t, states)
	for _, s := range states { // one of them is the state already
		probe.ask("method", clientRequest{name: "agent.setState", parameters: quoted(s.OperationName)}, "")
	}
	probe.until(`handled.some(([topic]) => topic === "agent") && handled.some(([topic]) => topic === "media")`)
	for _, text := range probe.events() {
		const state = `\{"type":"[A-Z_]+","displayName":"[^"]+","operationName":"[^"]+"\}`
		if strings.HasPrefix(text, `{"event":"agent"`) {
			assert.Regexp(t, `^\{"event":"agent","data":`+state+tail+`$`, text)
		} else {
			assert.Regexp(t, `^\{"event":"media","data":\{"state":`+state+`,"media":"[a-z]+"\}`+tail+`$`, text)
		}
	}
}

// Whatever the data is that WWE, or another widget, has sent.
func TestTheClientGetsTheEventsOfEveryTopic(t *testing.T) {
	desktop, probe := inProbe(t, "")
	for n, topic := range topics {
		probe.eval(`subscribe("method", `+quoted(topic)+`)`, nil)
		probe.message(n)
	}
	var want []string
	for _, topic := range topics {
		for _, data := range []string{`{"eventType":"CampaignLoaded","campaign":"Spring"}`, `{"__proto__":{"a":[null]}}`, `"text"`, `0`, `null`} {
			desktop.eval("wweHost.emit("+quoted(topic)+", JSON.parse("+quoted(data)+"))", nil)
			want = append(want, `{"event":"`+topic+`","data":`+data+tail)
		}
	}
	probe.until(fmt.Sprintf("handled.length === %d", len(want)))
	assert.Equal(t, want, probe.events())
}

// message waits for the nth message that came.
func (f frame) message(n int) (text string) {
	f.t.Helper()
	f.until(fmt.Sprintf("raw.length > %d", n))
	f.eval(fmt.Sprintf("raw[%d]", n), &text)
	return text
}

// events are those that came.
func (f frame) events() (texts []string) {
	f.t.Helper()
	f.eval(`raw.filter((text) => text.startsWith('{"event":'))`, &texts)
	return texts
}
