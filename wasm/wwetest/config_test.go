//go:build !js

package wwetest_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

func TestAcceptedOrigins(t *testing.T) {
	const origin = wwetest.Origin
	const get, jwt = "agent.get", "auth.getJwtToken"
	for _, c := range []struct {
		list    string
		allowed []string
		denied  []string // "" is the origin itself
	}{
		{"*", []string{get, "voice.dial"}, []string{jwt}},
		{"", nil, []string{""}},
		{origin, []string{get, "voice.dial"}, []string{jwt}},
		{" https://a.example , " + origin + " ", []string{get}, []string{jwt}},
		{"https://a.example", nil, []string{""}},
		{origin + ".evil.example", nil, []string{""}},
		{"https://panel.example", nil, []string{""}},
		{origin + " (*)", []string{get, "voice.dial"}, []string{jwt}},
		{origin + "(*, auth.getJwtToken)", []string{get, jwt}, nil},
		{origin + " (auth.*)", nil, []string{jwt, get}},
		{origin + " (agent.*, voice.hold)", []string{get, "agent.setState", "voice.hold"}, []string{"voice.dial", "agents.get", jwt}},
		{origin + " ()", nil, []string{get}},
		{"https://a.example (*), " + origin + " (agent.get), https://b.example", []string{get}, []string{"voice.dial"}},
		{"* (agent.get), " + origin + " (voice.dial)", []string{get, "voice.dial"}, []string{"voice.hold"}},
		{"(*)", nil, []string{""}},
		{",,", nil, []string{""}},
	} {
		bubble(t, "of "+c.list, func(t *testing.T) {
			host := wwetest.NewHost(config(func(to *wwetest.Config) { to.AcceptedOrigins = c.list }))
			b := newInbox(host)
			for _, name := range c.allowed {
				for _, answer := range b.send(name) { // its parameters may be wrong
					assert.NotContains(t, answer, "origin")
				}
			}
			for _, name := range c.denied {
				if name == "" {
					assert.Equal(t, []string{refused(get, "origin "+origin+" is not accepted")}, b.send(get))
					assert.Contains(t, b.subscribe("agent")[0], `"errorMessage":"origin `+origin+` is not accepted"`)
				} else {
					assert.Equal(t, []string{refused(name, "origin "+origin+" may not use "+name)}, b.send(name))
				}
			}
		})
	}
	bubble(t, "tell what system.getAllowedServices tells", func(t *testing.T) {
		host := wwetest.NewHost(config(func(c *wwetest.Config) {
			c.AcceptedOrigins = "https://a.example (system.*, agent.get*), * (system.getAllowedServices, auth.getJwtToken)"
		}))
		assert.Equal(t, []string{answered("system.getAllowedServices", `["auth.getJwtToken","system.getAllowedServices"]`)},
			newInbox(host).send("system.getAllowedServices"))
		of := newInboxOf(host, "https://a.example")
		assert.Contains(t, of.send("system.getAllowedServices")[0], `["agent.get","agent.getState","agent.getStateList","auth.getJwtToken","system.amIVisible",`)
	})
	bubble(t, "that change do so from the next request on", func(t *testing.T) {
		host := wwetest.NewHost()
		b := newInbox(host, "agent")
		host.Configure(func(c *wwetest.Config) { c.AcceptedOrigins = "" })
		assert.Equal(t, []string{refused(get, "origin "+origin+" is not accepted")}, b.send(get))
	})
	bubble(t, "may refuse in silence", func(t *testing.T) {
		host := wwetest.NewHost(config(func(c *wwetest.Config) {
			c.AcceptedOrigins, c.SilentRefusal, c.WriteAllowed = "* (interaction.*)", true, "a"
		}))
		id := quoted(host.Ring(wwetest.Call{}))
		b := newInbox(host)
		assert.Empty(t, b.send(get))
		assert.Empty(t, b.send("interaction.setUserData", id, `{"b":1}`))
		assert.Empty(t, b.send("interaction.deleteUserData", id, `"b"`))
		assert.Equal(t, []string{refused("interaction.accept", `no interaction has the id "404"`)}, b.send("interaction.accept", `"404"`),
			"only what the configuration forbids")
		host.Configure(func(c *wwetest.Config) { c.AcceptedOrigins = "" })
		assert.Empty(t, b.subscribe("agent"))
		assert.Zero(t, host.Subscriptions("agent"))
	})
}

func TestKeysOfUserData(t *testing.T) {
	data := wwe.UserData{"a": "1", "b": "2", " c ": "3", "*": "4"}
	bubble(t, "that may be read are those in answers and events", func(t *testing.T) {
		host := wwetest.NewHost(config(func(c *wwetest.Config) { c.ReadAllowed = "a , none" }))
		b := newInbox(host, "interaction", "markdone")
		id := quoted(host.Ring(wwetest.Call{UserData: data}))
		assert.Contains(t, b.take()[0], `"userData":{"a":"1"},`)
		for _, request := range []string{"interaction.getInteractions", "interaction.getByInteractionId"} {
			assert.Contains(t, b.send(request, id)[0], `"userData":{"a":"1"},`)
		}
		b.send("interaction.accept", id)
		require.NoError(t, host.HangUp("1"))
		b.take()
		assert.Contains(t, b.send("interaction.markdone", id)[0], `"userData":{"a":"1"},`)
		assert.Equal(t, data, host.Interactions()[0].UserData, "WWE itself has them all")
		host.Configure(func(c *wwetest.Config) { c.ReadAllowed = "" })
		assert.Contains(t, b.send("interaction.getInteractions")[0], `"userData":{},`)
	})
	bubble(t, "that may be written are all or none of a request's", func(t *testing.T) {
		host := wwetest.NewHost(config(func(c *wwetest.Config) { c.WriteAllowed = "a,b" }))
		id := quoted(host.Ring(wwetest.Call{UserData: data}))
		b := newInbox(host)
		assert.Equal(t, []string{answered("interaction.setUserData", "")}, b.send("interaction.setUserData", id, `{"a":"x","b":"y"}`))
		assert.Equal(t, []string{refused("interaction.setUserData", "the user data c may not be written")}, b.send("interaction.setUserData", id, `{"a":"z","c":1}`))
		assert.Equal(t, []string{answered("interaction.deleteUserData", "")}, b.send("interaction.deleteUserData", id, `"b"`))
		assert.Equal(t, []string{refused("interaction.deleteUserData", "the user data * may not be written")}, b.send("interaction.deleteUserData", id, `"*"`))
		assert.Equal(t, wwe.UserData{"a": "x", " c ": "3", "*": "4"}, host.Interactions()[0].UserData)
		require.NoError(t, host.SetUserData("1", wwe.UserData{"c": "routing may"}))
	})
	bubble(t, "that are deleted are named by a string", func(t *testing.T) {
		host := wwetest.NewHost()
		id := quoted(host.Ring(wwetest.Call{UserData: wwe.UserData{"": "x"}}))
		b := newInbox(host, "interaction")
		for _, key := range []string{`null`, `7`, `{}`, `[""]`} {
			assert.Equal(t, []string{refused("interaction.deleteUserData", "the key is not a string")}, b.send("interaction.deleteUserData", id, key))
		}
		assert.Len(t, b.send("interaction.deleteUserData", id, `""`), 2, "the answer and the event")
		assert.Empty(t, host.Interactions()[0].UserData)
	})
	bubble(t, "of which none changes give no event", func(t *testing.T) {
		host := wwetest.NewHost()
		id := quoted(host.Ring(wwetest.Call{UserData: data}))
		b := newInbox(host, "interaction")
		assert.Len(t, b.send("interaction.setUserData", id, `{}`), 1)
		assert.Len(t, b.send("interaction.deleteUserData", id, `"none"`), 1)
	})
}

func TestTheRateLimit(t *testing.T) {
	limited := func(change func(c *wwetest.Config)) (*wwetest.Host, *wwetest.Clock, *inbox) {
		clock := wwetest.NewClock()
		host := wwetest.NewHost(wwetest.WithClock(clock), config(change))
		return host, clock, newInbox(host)
	}
	const get, state = "agent.get", "agent.getState"
	bubble(t, "lets so many requests of a minute through, and then ignores them for the quarantine", func(t *testing.T) {
		host, clock, b := limited(func(c *wwetest.Config) { c.RateLimit = 2 })
		id := host.Ring(wwetest.Call{})
		assert.Len(t, b.send(get), 1)
		assert.Len(t, b.send(state), 1)
		assert.Empty(t, b.send("interaction.accept", quoted(id)))
		i, _ := host.Interaction(id)
		assert.Equal(t, wwe.StateRinging, i.State, "what is ignored does not happen")
		clock.Advance(30*time.Second - 1)
		assert.Empty(t, b.send(get))
		clock.Advance(1)
		assert.Len(t, b.send(get), 1)
		assert.Len(t, b.send(get), 1, "and begins anew")
		assert.Empty(t, b.send(get))
		assert.Len(t, host.Requests(), 7, "those that are ignored have reached WWE too")
	})
	bubble(t, "counts the last minute only", func(t *testing.T) {
		_, clock, b := limited(func(c *wwetest.Config) { c.RateLimit = 2 })
		for range 10 {
			assert.Len(t, b.send(get), 1)
			clock.Advance(30 * time.Second)
		}
	})
	bubble(t, "of one request is its own", func(t *testing.T) {
		_, _, b := limited(func(c *wwetest.Config) { c.RateLimits = map[string]int{get: 1} })
		assert.Len(t, b.send(get), 1)
		assert.Empty(t, b.send(get))
		assert.Len(t, b.send(state), 1)
	})
	bubble(t, "is for all frames together", func(t *testing.T) {
		host, _, b := limited(func(c *wwetest.Config) { c.RateLimit = 1 })
		assert.Len(t, b.send(get), 1)
		assert.Empty(t, newInbox(host).send(get))
	})
	bubble(t, "does not concern subscriptions and events", func(t *testing.T) {
		host, _, b := limited(func(c *wwetest.Config) { c.RateLimit = 1 })
		b.send(get)
		b.send(get)
		assert.Equal(t, []string{granted("0")}, b.subscribe("system"))
		host.Emit("system", "1")
		assert.Equal(t, []string{event("system", "1")}, b.take())
		assert.Len(t, b.unsubscribe("0"), 1)
	})
	bubble(t, "with a quarantine of 0 ends never, but with the limit", func(t *testing.T) {
		host, clock, b := limited(func(c *wwetest.Config) { c.RateLimit, c.QuarantineDelay = 1, 0 })
		b.send(get)
		b.send(get)
		clock.Advance(1000 * time.Hour)
		assert.Empty(t, b.send(get))
		host.Configure(func(c *wwetest.Config) { c.RateLimit = 0 })
		assert.Len(t, b.send(get), 1)
	})
}

func TestWhatIsNotKnownOfWWE(t *testing.T) {
	bubble(t, "the text of errors", func(t *testing.T) {
		host := wwetest.NewHost(config(func(c *wwetest.Config) { c.ErrorText = "Error: {reason} ({reason})" }))
		b := newInbox(host)
		assert.Equal(t, []string{refused("no.such", "Error: unknown request: no.such (unknown request: no.such)")}, b.send("no.such"))
		host.Configure(func(c *wwetest.Config) { c.ErrorText = "" })
		assert.Equal(t, []string{refused("no.such", "")}, b.send("no.such"))
	})
	bubble(t, "the frameId comes before a frame's first answer, once", func(t *testing.T) {
		host := wwetest.NewHost(config(func(c *wwetest.Config) { c.FrameIDs = true }))
		first, second := newInbox(host), newInbox(host)
		for n, b := range []*inbox{first, second} {
			id := []string{"frame-1", "frame-2"}[n]
			assert.Equal(t, []string{`{"userAgent":"WWE Server","protocolVersion":2,"frameId":"` + id + `"}`, granted("0")}, b.subscribe("system"))
			assert.Len(t, b.send("agent.get"), 1)
		}
		host.Restart()
		assert.Len(t, first.send("agent.get"), 2, "and again after WWE was refreshed")
	})
	bubble(t, "unsubscribe without an answer", func(t *testing.T) {
		host := wwetest.NewHost(config(func(c *wwetest.Config) { c.SilentUnsubscribe = true }))
		b := newInbox(host, "system")
		assert.Empty(t, b.unsubscribe("0"))
		assert.Zero(t, host.Subscriptions("system"))
		host.Configure(func(c *wwetest.Config) { c.SilentUnsubscribe = false })
		assert.Equal(t, []string{`{"referenceId":"u","userAgent":"WWE Server","protocolVersion":2}`}, b.unsubscribe("0"))
	})
	bubble(t, "an event for each of the subscriptions that overlap", func(t *testing.T) {
		host := wwetest.NewHost(config(func(c *wwetest.Config) { c.DuplicateEvents = true }))
		b := newInbox(host, "system", "agent")
		b.subscribe("system", "system")
		host.Emit("system", "1")
		assert.Equal(t, []string{event("system", "1"), event("system", "1")}, b.take())
		host.Emit("agent", "2")
		assert.Equal(t, []string{event("agent", "2")}, b.take())
	})
	bubble(t, "subscription ids that the frames share", func(t *testing.T) {
		host := wwetest.NewHost(config(func(c *wwetest.Config) { c.SharedSubscriptionIDs = true }))
		a, b := newInbox(host), newInbox(host)
		assert.Equal(t, []string{granted("0")}, a.subscribe("system"))
		assert.Equal(t, []string{granted("1")}, b.subscribe("system"))
		assert.Equal(t, []string{granted("2")}, a.subscribe("agent"))
		b.unsubscribe("0")
		assert.Equal(t, 2, host.Subscriptions("system"), "b cannot end a's")
	})
}

func TestTheWaitOfMarkDone(t *testing.T) {
	idle := func(t *testing.T) (*wwetest.Host, *wwetest.Clock, *inbox) {
		clock := wwetest.NewClock()
		host := wwetest.NewHost(wwetest.WithClock(clock))
		for range 2 {
			id := host.Ring(wwetest.Call{})
			require.NoError(t, host.Answer(id))
			require.NoError(t, host.HangUp(id))
		}
		return host, clock, newInbox(host, "markdone")
	}
	bubble(t, "is a second, to the widget that asked too", func(t *testing.T) {
		host, clock, b := idle(t)
		announced := b.send("interaction.markdone", `"1"`)
		require.Len(t, announced, 1)
		assert.Contains(t, announced[0], `{"event":"markdone","data":{"eventType":"MARKDONE_APPLY","timeout":1000,"interaction":{"interactionId":"1"`)
		assert.Len(t, b.send("agent.get"), 1, "others are answered meanwhile")
		clock.Advance(time.Second - 1)
		assert.Empty(t, b.take())
		assert.Len(t, host.Interactions(), 2)
		clock.Advance(1)
		assert.Equal(t, []string{answered("interaction.markdone", "")}, b.take())
		assert.Len(t, host.Interactions(), 1)
	})
	bubble(t, "ends with the warning where a widget blocks it, and only that one", func(t *testing.T) {
		host, clock, b := idle(t)
		b.send("interaction.markdone", `"1"`)
		b.send("interaction.markdone", `"2"`)
		b.send("interaction.blockMarkdone", `"1"`, `"Fill in the form"`)
		clock.Advance(time.Second)
		assert.Equal(t, []string{refused("interaction.markdone", "Fill in the form"), answered("interaction.markdone", "")}, b.take())
		assert.Equal(t, []string{"1"}, idsOf(host.Interactions()))
		assert.Equal(t, []string{refused("interaction.markdone", "Fill in the form")}, b.send("interaction.markdone", `"1"`), "at once from now on")
		b.send("interaction.unblockMarkdone", `"1"`)
		b.send("interaction.markdone", `"1"`)
		clock.Advance(time.Second)
		b.take()
		assert.Empty(t, host.Interactions())
	})
	bubble(t, "of two at once ends both, without an error", func(t *testing.T) {
		host, clock, b := idle(t)
		done := make(chan error, 1)
		go func() { done <- host.MarkDone("1") }()
		b.take()
		b.send("interaction.markdone", `"1"`)
		clock.Advance(time.Second)
		require.NoError(t, <-done)
		assert.Equal(t, []string{answered("interaction.markdone", "")}, b.take())
	})
	bubble(t, "has no answer after WWE was refreshed", func(t *testing.T) {
		host, clock, b := idle(t)
		b.send("interaction.markdone", `"1"`)
		host.Restart()
		clock.Advance(time.Minute)
		assert.Empty(t, b.take())
	})
	bubble(t, "is not, where no widget may block it or it is 0", func(t *testing.T) {
		host, clock, b := idle(t)
		host.Configure(func(c *wwetest.Config) { c.BlockMarkDoneTimeout = 0 })
		assert.Len(t, b.send("interaction.markdone", `"1"`), 1)
		clock.Advance(0)
		assert.Len(t, b.take(), 1)
		b.unsubscribe("0")
		assert.Len(t, b.send("interaction.markdone", `"2"`), 1)
		assert.Empty(t, host.Interactions())
	})
}

func TestNobodyAnswers(t *testing.T) {
	for name, c := range map[string]struct {
		begin func(host *wwetest.Host)
		want  string
	}{
		"a call":      {func(host *wwetest.Host) { host.Ring(wwetest.Call{}) }, `"eventType":"RELEASED"`},
		"a chat":      {func(host *wwetest.Host) { host.Chat(wwetest.Chat{}) }, `"eventType":"REVOKED"`},
		"an email":    {func(host *wwetest.Host) { host.Email(wwetest.Email{}) }, `"eventType":"REVOKED"`},
		"a work item": {func(host *wwetest.Host) { host.WorkItem(wwetest.WorkItem{}) }, `"eventType":"REVOKED"`},
	} {
		bubble(t, "and "+name+" is taken away in time", func(t *testing.T) {
			clock := wwetest.NewClock()
			host := wwetest.NewHost(wwetest.WithClock(clock), config(func(c *wwetest.Config) { c.NoAnswerTimeout = 20 * time.Second }))
			c.begin(host)
			b := newInbox(host, "interaction")
			clock.Advance(20*time.Second - 1)
			assert.Empty(t, b.take())
			clock.Advance(1)
			told := b.take()
			require.Len(t, told, 1)
			assert.Contains(t, told[0], c.want)
			assert.Equal(t, name == "a call", strings.Contains(told[0], `"ronaCallState":"NO_ANSWER"`))
			assert.Empty(t, host.Interactions())
		})
	}
	bubble(t, "but what is answered stays, and so do previews and what the agent begins", func(t *testing.T) {
		clock := wwetest.NewClock()
		host := wwetest.NewHost(wwetest.WithClock(clock), config(func(c *wwetest.Config) { c.NoAnswerTimeout = time.Second }))
		require.NoError(t, host.Answer(host.Ring(wwetest.Call{})))
		host.Preview(wwetest.Preview{})
		dialNumber(t, host, "1")
		host.Compose(wwetest.Email{To: "a"})
		clock.Advance(time.Hour)
		assert.Len(t, host.Interactions(), 4)
	})
	bubble(t, "and a call that goes to somebody else says so", func(t *testing.T) {
		host := wwetest.NewHost()
		id := host.Ring(wwetest.Call{})
		b := newInbox(host, "interaction")
		require.NoError(t, host.Do(id, wwetest.ActionRedirect))
		assert.Contains(t, b.take()[0], `"ronaCallState":"REDIRECTED"`)
	})
}

func TestConfigJSON(t *testing.T) {
	all := wwe.JSON(`{"agent":{"employeeId":"7","firstname":"Kim","lastname":"Lee","username":"kim","roles":["ROLE_ADMIN"]},` +
		`"acceptedOrigins":"https://a.example","rateLimit":3,"rateLimits":{"agent.get":1},"readAllowed":"a","writeAllowed":"b",` +
		`"options":{"voice.x":"1"},"targetsAnswer":false,"chatJoins":false,"silentRefusal":true,"errorText":"e","commandData":"{}","tab":"follows",` +
		`"frameIds":true,"silentUnsubscribe":true,"duplicateEvents":true,"sharedSubscriptionIds":true,"userDataStates":true,` +
		`"holdOthers":false,"severalConsultations":true,"selfCalls":true,"anyTargetType":true,"repeatedDials":true,"encodeUrlVariables":true,` +
		`"blocksLapse":true,"userDataAfterRelease":true,"keepWindow":true,"reuseIds":true,"caseExpandedDelay":45,` +
		`"quarantineDelay":0,"blockMarkDoneTimeout":1500.5,"noAnswerTimeout":10000}`)
	t.Run("has every property, and gives them back", func(t *testing.T) {
		host := wwetest.NewHost()
		require.NoError(t, host.ConfigureJSON(all))
		assert.JSONEq(t, string(all), string(host.ConfigJSON()))
		assert.Equal(t, 1500*time.Millisecond+500*time.Microsecond, host.Config().BlockMarkDoneTimeout)
		other := wwetest.NewHost()
		require.NoError(t, other.ConfigureJSON(host.ConfigJSON()))
		assert.Equal(t, host.Config(), other.Config())
	})
	t.Run("of a new Host is that of DefaultConfig", func(t *testing.T) {
		host := wwetest.NewHost(config(func(c *wwetest.Config) { *c = wwetest.Config{} }))
		require.NoError(t, host.ConfigureJSON(wwetest.NewHost().ConfigJSON()))
		assert.Equal(t, wwetest.DefaultConfig(), host.Config())
	})
	t.Run("changes only what it names", func(t *testing.T) {
		host := wwetest.NewHost()
		want := host.Config()
		want.RateLimit, want.Agent.FirstName = 9, "Kim"
		require.NoError(t, host.ConfigureJSON(`{"rateLimit":9,"agent":{"firstname":"Kim"}}`))
		assert.Equal(t, want, host.Config())
	})
	for text, problem := range map[wwe.JSON]string{
		`{"rateLimits":{"a":1},"acceptedOrigin":"*"}`:      "there is no property acceptedOrigin",
		`{"rateLimit":"many"}`:                             "rateLimit",
		`{"rateLimits":{"a":1},"noAnswerTimeout":"20s"}`:   "noAnswerTimeout",
		`{"rateLimits":{"a":1},"noAnswerTimeout":-1}`:      "noAnswerTimeout",
		`{"blockMarkDoneTimeout":1e300}`:                   "blockMarkDoneTimeout",
		`{"rateLimits":{"a":1},"caseExpandedDelay":-1}`:    "caseExpandedDelay",
		`{"rateLimits":{"agent.get":1},"commandData":"{"}`: "commandData",
		`{"agent":{"roles":["x"],"firstname":7}}`:          "firstname",
		`{"agent":{"name":"x"}}`:                           "there is no property agent.name",
		`{"rateLimits":{"b":1},"options":{"a":1}}`:         "options.a has the wrong type",
		`[]`:                              "configuration",
		`"x"`:                             "configuration",
		``:                                "configuration",
		`{`:                               "configuration",
		`{"rateLimit":1} {"rateLimit":2}`: "configuration",
		`null`:                            "configuration",
		wwe.JSON(strings.Repeat(`{"agent":`, 100_000)):            "configuration",
		wwe.JSON(`{"rateLimit":` + strings.Repeat("9", 50) + `}`): "rateLimit",
	} {
		t.Run("names what is wrong and changes nothing: "+string(text[:min(len(text), 40)]), func(t *testing.T) {
			host := wwetest.NewHost()
			want := host.Config()
			require.ErrorContains(t, host.ConfigureJSON(text), problem)
			assert.Equal(t, want, host.Config())
		})
	}
	t.Run("is the caller's own", func(t *testing.T) {
		host := wwetest.NewHost()
		require.NoError(t, host.ConfigureJSON(all))
		c := host.Config()
		c.Agent.Roles[0], c.Options["voice.x"], c.RateLimits["agent.get"] = "spoiled", "spoiled", 7
		assert.JSONEq(t, string(all), string(host.ConfigJSON()))
	})
	t.Run("names every property of Config", func(t *testing.T) {
		var names map[string]any
		require.NoError(t, json.Unmarshal([]byte(all), &names))
		text := string(wwetest.NewHost().ConfigJSON())
		var got map[string]any
		require.NoError(t, json.Unmarshal([]byte(text), &got))
		for name := range got {
			assert.Contains(t, names, name)
		}
	})
	t.Run("panics where Configure is given data that is not JSON", func(t *testing.T) {
		host := wwetest.NewHost()
		assert.Panics(t, func() { host.Configure(func(c *wwetest.Config) { c.CommandData = "{" }) })
		assert.Empty(t, host.Config().CommandData)
		assert.Empty(t, host.Interactions(), "and the Host goes on")
	})
}

func TestAConfigThatIsNotValidIsRefusedWithItsReason(t *testing.T) {
	for text, reason := range map[wwe.JSON]string{
		`{"acceptedOrigins":"https://a.example (agent.get"}`:    "acceptedOrigins: a parenthesis is not closed",
		`{"acceptedOrigins":"https://a.example/"}`:              `acceptedOrigins: "https://a.example/" is not an origin such as https://panel.example.com`,
		`{"acceptedOrigins":"a.example"}`:                       `acceptedOrigins: "a.example" is not an origin such as https://panel.example.com`,
		`{"acceptedOrigins":"* (agent.get) https://a.example"}`: `acceptedOrigins: a comma is missing before "https://a.example"`,

		`{"rateLimit":-1}`:                "rateLimit: it is not negative",
		`{"rateLimit":"1"}`:               "rateLimit has the wrong type",
		`{"rateLimits":{"agent.gett":1}}`: `rateLimits: there is no request "agent.gett"`,
		`{"rateLimits":{"agent.get":-1}}`: "rateLimits: agent.get: it is not negative",
		`{"noAnswerTimeout":-1}`:          "noAnswerTimeout: it is not negative",
		`{"commandData":"{"}`:             "commandData: it is not JSON",
		`{"agent":{"roles":[7]}}`:         "agent.roles[0] has the wrong type",
		`{"tab":"first"}`:                 "tab: it is leads, follows or negotiates",
		`{"readAlowed":"*"}`:              "there is no property readAlowed",
	} {
		host := wwetest.NewHost()
		before := host.Config()
		require.ErrorContains(t, host.ConfigureJSON(text), reason, text)
		assert.Equal(t, before, host.Config(), text)
	}
	assert.PanicsWithValue(t, "wwetest: Configure: agent: Unknown: dn: it is not JSON", func() {
		wwetest.NewHost(config(func(c *wwetest.Config) { c.Agent.Unknown = map[string]wwe.JSON{"dn": "SIP_1"} }))
	})
	assert.PanicsWithValue(t, "wwetest: Configure: quarantineDelay: it is not negative", func() {
		wwetest.NewHost(config(func(c *wwetest.Config) { c.QuarantineDelay = -1 }))
	})
}

func TestTheTabThatThisWWEIs(t *testing.T) {
	for tab, want := range map[wwetest.Tab]map[string]string{
		wwetest.TabLeads:      {"Leading": "true", "Following": "false", "Negotiating": "false", "LeadingOrNegotiating": "true"},
		wwetest.TabFollows:    {"Leading": "false", "Following": "true", "Negotiating": "false", "LeadingOrNegotiating": "false"},
		wwetest.TabNegotiates: {"Leading": "false", "Following": "false", "Negotiating": "true", "LeadingOrNegotiating": "true"},
	} {
		w := newWidget(wwetest.NewHost(config(func(c *wwetest.Config) { c.Tab = tab })))
		for question, answer := range want {
			assert.Contains(t, w.ask("system.isFrame"+question), `"data":`+answer+`,`, "%s %s", tab, question)
		}
	}
}

func TestOfSeveralWrongTimesTheFirstIsNamed(t *testing.T) {
	host := wwetest.NewHost()
	for range 50 {
		require.ErrorContains(t, host.ConfigureJSON(`{"caseExpandedDelay":-1,"noAnswerTimeout":-1,"blockMarkDoneTimeout":-1,"quarantineDelay":-1}`), "quarantineDelay")
	}
}
