package wwetest_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// exchange gives the Host the text of a message and returns the text of the answer.
func exchange(w *widget, message string) (answer string) {
	w.frame.Receive(message)
	return <-w.messages
}

func TestAnswersAreExactlyThis(t *testing.T) {
	const found = `{"request":"interaction.getByInteractionId","parameters":["1"],"referenceId":"r1","userAgent":"WWE Client","protocolVersion":2}`

	t.Run("an interaction, its properties in WWE's order, absent where they do not apply", func(t *testing.T) {
		host := wwetest.NewHost()
		host.Ring(wwetest.Call{ANI: "1002", DNIS: "8000", UserData: wwe.UserData{"b": "2", "a": map[string]any{"n": 1.5}}})
		i := host.Interactions()[0]
		require.NotEmpty(t, i.CaseID)
		require.NotEmpty(t, i.CallUUID)
		assert.Equal(t, `{"request":"interaction.getByInteractionId","referenceId":"r1",`+
			`"data":{"interactionId":"1","caseId":"`+i.CaseID+`","parentInteractionId":null,"userData":{"a":{"n":1.5},"b":"2"},`+
			`"state":"RINGING","previousState":"UNKNOWN","parties":[{"name":"1002","identifier":"1002","phoneNumber":"1002"}],`+
			`"interactionUUID":"`+i.CallUUID+`","callUuid":"`+i.CallUUID+`","isConsultation":false,"direction":"IN","callType":"INBOUND",`+
			`"ani":"1002","dnis":"8000","isMainCaseInteraction":true,"isCaseSelected":true,"isCaseExpanded":true,"media":"voice"},`+
			`"userAgent":"WWE Server","protocolVersion":2}`,
			exchange(newWidget(host), found))
	})

	t.Run("an interaction with a contact", func(t *testing.T) {
		host := wwetest.NewHost()
		host.Ring(wwetest.Call{ANI: "1002", Contact: &wwe.Contact{DisplayName: "Ann \"😀\" Lee", FirstName: "Ann"}})
		answer := exchange(newWidget(host), found)
		assert.Contains(t, answer, `"ani":"1002","contact":{"displayName":"Ann \"😀\" Lee","firstname":"Ann","lastName":""},"isMainCaseInteraction"`)
		assert.NotContains(t, answer, `"dnis"`)
	})

	t.Run("a consultation, which has a parent and an agent as its party", func(t *testing.T) {
		o := newOffice(t)
		o.done(t, "interaction.consult", quoted(o.ids[talking]), `{"type":"AGENT","destination":"SIP_5001"}`)
		all := o.host.Interactions()
		i := all[len(all)-1]
		answer := o.ask("interaction.getByInteractionId", quoted(i.InteractionID))
		assert.Contains(t, answer, `"parentInteractionId":"`+o.ids[talking]+`"`)
		assert.Contains(t, answer, `"parties":[{"name":"SIP_5001","identifier":"SIP_5001","phoneNumber":"SIP_5001","type":"AGENT","username":"SIP_5001"}]`)
		assert.Equal(t, []string{
			"interactionId", "caseId", "parentInteractionId", "userData", "state", "previousState", "parties", "interactionUUID", "callUuid",
			"isConsultation", "direction", "callType", "dnis", "isMainCaseInteraction", "isCaseSelected", "isCaseExpanded", "media",
		}, keysOfData(t, answer))
	})

	t.Run("null for an interaction that is not there, whatever is given for its id", func(t *testing.T) {
		host := wwetest.NewHost()
		host.Ring(wwetest.Call{ANI: "1002"})
		w := newWidget(host)
		for _, parameters := range []string{`["404"]`, `[""]`, `[null]`, `[1]`, `[{"interactionId":"1"}]`, `[]`, `null`} {
			assert.Equal(t, `{"request":"interaction.getByInteractionId","referenceId":"r2","data":null,"userAgent":"WWE Server","protocolVersion":2}`,
				exchange(w, `{"request":"interaction.getByInteractionId","parameters":`+parameters+`,"referenceId":"r2","userAgent":"WWE Client"}`), parameters)
		}
	})

	t.Run("the list of interactions, empty or in the order in which they came", func(t *testing.T) {
		const list = `{"request":"interaction.getInteractions","referenceId":"r3","userAgent":"WWE Client","protocolVersion":2}`
		host := wwetest.NewHost()
		w := newWidget(host)
		assert.Equal(t, `{"request":"interaction.getInteractions","referenceId":"r3","data":[],"userAgent":"WWE Server","protocolVersion":2}`, exchange(w, list))
		for range 12 {
			host.Ring(wwetest.Call{})
		}
		var answer struct {
			Data []struct {
				InteractionID string `json:"interactionId"`
			} `json:"data"`
		}
		require.NoError(t, json.Unmarshal([]byte(exchange(w, list)), &answer))
		require.Len(t, answer.Data, 12)
		for n, i := range host.Interactions() {
			assert.Equal(t, i.InteractionID, answer.Data[n].InteractionID)
		}
	})

	t.Run("a refusal", func(t *testing.T) {
		assert.Equal(t, `{"request":"interaction.accept","referenceId":"r4","errorMessage":"no interaction has the id \"404\"","userAgent":"WWE Server","protocolVersion":2}`,
			exchange(newWidget(wwetest.NewHost()), `{"request":"interaction.accept","parameters":["404"],"referenceId":"r4","userAgent":"WWE Client"}`))
	})

	t.Run("a refusal of a request that is not known", func(t *testing.T) {
		assert.Equal(t, `{"request":"future.get","referenceId":"r5","errorMessage":"unknown request: future.get","userAgent":"WWE Server","protocolVersion":2}`,
			exchange(newWidget(wwetest.NewHost()), `{"request":"future.get","referenceId":"r5","userAgent":"WWE Client"}`))
	})

	t.Run("without a referenceId where the request has none", func(t *testing.T) {
		assert.Equal(t, `{"request":"interaction.getInteractions","data":[],"userAgent":"WWE Server","protocolVersion":2}`,
			exchange(newWidget(wwetest.NewHost()), `{"request":"interaction.getInteractions","userAgent":"WWE Client"}`))
	})

	for name, c := range map[string]struct {
		options []wwetest.Option
		data    string
	}{
		"without data by default":           {nil, ``},
		"without data":                      {[]wwetest.Option{commandData("")}, ``},
		"with the data null":                {[]wwetest.Option{commandData("null")}, `"data":null,`},
		"with the data {}":                  {[]wwetest.Option{commandData("{}")}, `"data":{},`},
		"with the data of the last of many": {[]wwetest.Option{commandData("{}"), commandData("true")}, `"data":true,`},
	} {
		t.Run("a command that succeeded "+name, func(t *testing.T) {
			host := wwetest.NewHost(c.options...)
			w := newWidget(host)
			id := quoted(host.Ring(wwetest.Call{}))
			for n, command := range []string{
				`"interaction.setUserData","parameters":[` + id + `,{"a":"b"}]`,
				`"interaction.deleteUserData","parameters":[` + id + `,"a"]`,
				`"interaction.selectCaseByCaseId","parameters":["` + host.Interactions()[0].CaseID + `"]`,
				`"interaction.accept","parameters":[` + id + `]`,
				`"interaction.consult","parameters":[` + id + `,"5001"]`,
				`"interaction.completeConference","parameters":["2"]`,
				`"interaction.consult","parameters":[` + id + `,"5001"]`,
				`"interaction.singleStepConference","parameters":[` + id + `,"5001"]`,
				`"interaction.completeTransfer","parameters":["3"]`,
				`"interaction.blockMarkdone","parameters":[` + id + `,"w"]`,
				`"interaction.unblockMarkdone","parameters":[` + id + `]`,
				`"interaction.markdone","parameters":[` + id + `]`,
			} {
				name, _, _ := strings.Cut(command, ",")
				assert.Equal(t, `{"request":`+name+`,"referenceId":"r",`+c.data+`"userAgent":"WWE Server","protocolVersion":2}`,
					exchange(w, `{"request":`+command+`,"referenceId":"r","userAgent":"WWE Client"}`), n)
			}
		})
	}

	t.Run("a question is not a command", func(t *testing.T) {
		w := newWidget(wwetest.NewHost(commandData("{}")))
		assert.Contains(t, w.ask("interaction.getByInteractionId", `"404"`), `"data":null`)
		assert.Contains(t, w.ask("interaction.getInteractions"), `"data":[]`)
	})
}

// keysOfData returns the names of the properties in the answer's data, in order.
func keysOfData(t *testing.T, answer string) (keys []string) {
	var message struct{ Data json.RawMessage }
	require.NoError(t, json.Unmarshal([]byte(answer), &message))
	tokens := json.NewDecoder(strings.NewReader(string(message.Data)))
	_, err := tokens.Token()
	require.NoError(t, err)
	for tokens.More() {
		key, err := tokens.Token()
		require.NoError(t, err)
		keys = append(keys, key.(string))
		var value json.RawMessage
		require.NoError(t, tokens.Decode(&value))
	}
	return keys
}

func TestHostileMessagesHarmNobody(t *testing.T) {
	ignored := map[string]string{
		"nothing":                     ``,
		"text that is not JSON":       `wwe<script>`,
		"half a message":              `{"request":"interaction.accept","parameters":["5"`,
		"null":                        `null`,
		"an array":                    `[]`,
		"a wrong userAgent":           `{"request":"interaction.accept","parameters":["5"],"referenceId":"h","userAgent":"WWE Server"}`,
		"no userAgent":                `{"request":"interaction.accept","parameters":["5"],"referenceId":"h"}`,
		"a userAgent of another type": `{"request":"interaction.accept","parameters":["5"],"referenceId":"h","userAgent":{}}`,
		"parameters that are an object": `{"request":"interaction.accept","parameters":{"0":"5"},"referenceId":"h",` +
			`"userAgent":"WWE Client"}`,
		"parameters that are a string": `{"request":"interaction.accept","parameters":"5","referenceId":"h","userAgent":"WWE Client"}`,
		"a referenceId that is a number": `{"request":"interaction.accept","parameters":["5"],"referenceId":7,` +
			`"userAgent":"WWE Client"}`,
		"1 MB of brackets": strings.Repeat("[", 1<<20),
		"1 MB of a string": `"` + strings.Repeat("x", 1<<20),
	}
	for name, message := range ignored {
		t.Run(name+" is ignored", func(t *testing.T) {
			o := newOffice(t)
			want, requests := o.host.Interactions(), o.host.Requests()
			o.frame.Receive(message)
			assert.Contains(t, o.ask("interaction.getInteractions"), `"request":"interaction.getInteractions"`, "the next answer is the next request's")
			assert.Equal(t, want, o.host.Interactions())
			assert.Len(t, o.host.Requests(), len(requests)+1)
		})
	}

	parameters := map[string]string{
		"no parameters":                 `[]`,
		"parameters that are null":      `null`,
		"undefined parameters":          `[null,null,null,null]`,
		"an id that is a number":        `[5,{"a":"b"},{},{}]`,
		"an id that is an object":       `[{"interactionId":"5"},"x"]`,
		"an id that is an array":        `[["5"],["5"]]`,
		"an id that is unknown":         `["404",{"a":"b"}]`,
		"an id that is a prototype's":   `["__proto__","constructor"]`,
		"an id of 100 kB":               `["` + strings.Repeat("x", 100_000) + `","x"]`,
		"a lone surrogate":              `["\ud800","\udfff"]`,
		"a thousand parameters":         `[` + strings.Repeat(`"x",`, 999) + `"x"]`,
		"100 kB of brackets":            `[` + strings.Repeat("[", 50_000) + strings.Repeat("]", 50_000) + `]`,
		"a number that is out of range": `["x",1e308]`,
	}
	for name, list := range parameters {
		t.Run("nobody panics and nothing changes on "+name, func(t *testing.T) {
			o := newOffice(t)
			want := o.host.Interactions()
			requests := []string{"interaction.selectCaseByCaseId"}
			for _, e := range effects {
				requests = append(requests, e.request)
			}
			for _, request := range requests {
				answer := exchange(o.widget, `{"request":"`+request+`","parameters":`+list+`,"referenceId":"h","userAgent":"WWE Client"}`)
				assert.True(t, json.Valid([]byte(answer)))
				if !slices.Contains([]string{"interaction.getInteractions", "interaction.getByInteractionId"}, request) {
					assert.Contains(t, answer, `"errorMessage"`, request)
				}
			}
			assert.Equal(t, want, o.host.Interactions())
		})
	}

	t.Run("names of requests that are JavaScript's own are unknown", func(t *testing.T) {
		w := newWidget(wwetest.NewHost())
		for _, name := range []string{"constructor", "__proto__", "interaction.constructor", "interaction.toString", "interaction.getinteractions", " interaction.accept"} {
			assert.Contains(t, w.ask(name), `"errorMessage":"unknown request: `+name+`"`)
		}
	})

	t.Run("1 MB of user data is just user data", func(t *testing.T) {
		o := newOffice(t)
		big := strings.Repeat("é", 1<<19)
		o.done(t, "interaction.setUserData", quoted(o.ids[talking]), `{"big":"`+big+`","__proto__":{"x":1}}`)
		got := find(t, o.host.Interactions(), o.ids[talking]).UserData
		assert.True(t, got["big"] == big)
		assert.Equal(t, map[string]any{"x": 1.0}, got["__proto__"])
	})
}

func TestACopyIsTheCallersOwn(t *testing.T) {
	t.Run("of the interactions, whatever is done to it", func(t *testing.T) {
		ring := func() *wwetest.Host {
			host := wwetest.NewHost()
			host.Ring(wwetest.Call{ANI: "1", Contact: &wwe.Contact{DisplayName: "Ann"}, UserData: wwe.UserData{
				"object": map[string]any{"list": []any{map[string]any{"deep": "as it was"}}},
			}})
			return host
		}
		host := ring()
		spoil(host.Interactions())
		assert.Equal(t, ring().Interactions(), host.Interactions())
	})

	t.Run("of what a call was rung with", func(t *testing.T) {
		host := wwetest.NewHost()
		call := wwetest.Call{ANI: "1", Contact: &wwe.Contact{DisplayName: "Ann"}, UserData: wwe.UserData{
			"object":  map[string]any{"list": []any{map[string]any{"deep": "as it was"}}},
			"strings": []string{"as it was"},
			"names":   map[string]string{"k": "as it was"},
		}}
		host.Ring(call)
		want := newWidget(host).ask("interaction.getInteractions")
		call.Contact.DisplayName = "spoiled"
		call.UserData["object"].(map[string]any)["list"].([]any)[0].(map[string]any)["deep"] = "spoiled"
		call.UserData["strings"].([]string)[0] = "spoiled"
		call.UserData["names"].(map[string]string)["k"] = "spoiled"
		call.UserData["new"] = "spoiled"
		assert.Equal(t, want, newWidget(host).ask("interaction.getInteractions"))
	})

	t.Run("of the user data that a call was rung with, in the types of user data", func(t *testing.T) {
		host := wwetest.NewHost()
		host.Ring(wwetest.Call{UserData: wwe.UserData{"strings": []string{"s"}, "names": map[string]string{"k": "v"}, "n": 7}})
		assert.Equal(t, wwe.UserData{"strings": []any{"s"}, "names": map[string]any{"k": "v"}, "n": 7.0}, host.Interactions()[0].UserData)
	})

	t.Run("of a consultation's user data, which is not its parent's", func(t *testing.T) {
		host := wwetest.NewHost()
		id := host.Ring(wwetest.Call{UserData: wwe.UserData{"k": map[string]any{"deep": "as it was"}}})
		w := newWidget(host)
		w.done(t, "interaction.accept", quoted(id))
		w.done(t, "interaction.consult", quoted(id), `"5001"`)
		w.done(t, "interaction.setUserData", `"2"`, `{"k":"changed"}`)
		assert.Equal(t, wwe.UserData{"k": map[string]any{"deep": "as it was"}}, host.Interactions()[0].UserData)
	})

	t.Run("of the requests", func(t *testing.T) {
		host := wwetest.NewHost()
		w := newWidget(host)
		w.ask("interaction.accept", `"404"`)
		spoiled := host.Requests()
		spoiled[0].Parameters[0] = "spoiled"
		spoiled[0].Name = "spoiled"
		assert.Equal(t, []wwetest.Request{{Name: "interaction.accept", Parameters: []wwe.JSON{`"404"`}}}, host.Requests())
	})

	t.Run("of the options that a Service is connected with", func(t *testing.T) {
		host := wwetest.NewHost()
		opts := make([]wwe.Option, 0, 8)
		svc, err := host.Connect(opts...)
		require.NoError(t, err)
		assert.Nil(t, opts[:1][0], "the caller's array is not written to")
		require.NoError(t, svc.Close())
	})
}

// spoil changes everything that can be.
func spoil(all []wwe.Interaction) {
	for n := range all {
		i := &all[n]
		i.State, i.InteractionID = "spoiled", "spoiled"
		i.Contact.DisplayName = "spoiled"
		i.Parties[0].Name = "spoiled"
		i.Parties = append(i.Parties[:0], wwe.Party{Name: "spoiled"})
		i.UserData["object"].(map[string]any)["list"].([]any)[0].(map[string]any)["deep"] = "spoiled"
		i.UserData["object"].(map[string]any)["list"].([]any)[0] = "spoiled"
		i.UserData["new"] = "spoiled"
	}
}

func TestRequestsAreRecorded(t *testing.T) {
	t.Run("from every frame, in order, also those that are refused or unknown", func(t *testing.T) {
		host := wwetest.NewHost()
		a, b := newWidget(host), newWidget(host)
		a.ask("interaction.getInteractions")
		b.ask("interaction.accept", `"404"`, `null`)
		a.ask("future.method", `{"k":[1, 2]}`)
		host.Fault(wwetest.Fault{Refuse: "no"})
		b.ask("agent.get")
		assert.Equal(t, []wwetest.Request{
			{Name: "interaction.getInteractions"},
			{Name: "interaction.accept", Parameters: []wwe.JSON{`"404"`, `null`}},
			{Name: "future.method", Parameters: []wwe.JSON{`{"k":[1, 2]}`}},
			{Name: "agent.get"},
		}, host.Requests())
	})
	t.Run("and none on a new Host", func(t *testing.T) { assert.Empty(t, wwetest.NewHost().Requests()) })
}

func commandData(data string) wwetest.Option {
	return wwetest.WithConfig(func(c *wwetest.Config) { c.CommandData = data })
}
