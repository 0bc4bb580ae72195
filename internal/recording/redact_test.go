package recording

import (
	"encoding/json"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestWhatIsRedactedAndWhatStays(t *testing.T) {
	const widget, wwe = true, false
	for name, c := range map[string]struct {
		fromWidget bool
		text, want string
	}{
		"a request by an id, which stays": {widget,
			`{"request":"interaction.accept","parameters":["12"],"referenceId":"go-x-1","userAgent":"WWE Client","protocolVersion":2}`,
			`{"request":"interaction.accept","parameters":["12"],"referenceId":"go-x-1","userAgent":"WWE Client","protocolVersion":2}`,
		},
		"user data: keys stay, and the values of allowed keys": {widget,
			`{"request":"interaction.setUserData","parameters":["12",{"Segment":"Gold","Name":"Ada","Age":36,"Vip":true,"No":null,"Empty":"","Deep":{"Segment":["Ada"],"Ada Lovelace":true}}],"userAgent":"WWE Client"}`,
			`{"request":"interaction.setUserData","parameters":["12",{"Segment":"Gold","Name":"redacted-1","Age":1e-9,"Vip":true,"No":null,"Empty":"","Deep":{"Segment":["redacted-1"],"redacted-2":true}}],"userAgent":"WWE Client"}`,
		},
		"the key to delete, which is a name": {widget,
			`{"request":"interaction.deleteUserData","parameters":["12","Name"],"userAgent":"WWE Client"}`,
			`{"request":"interaction.deleteUserData","parameters":["12","Name"],"userAgent":"WWE Client"}`,
		},
		"the warning": {widget,
			`{"request":"interaction.blockMarkdone","parameters":["12","Call Ada back"],"userAgent":"WWE Client"}`,
			`{"request":"interaction.blockMarkdone","parameters":["12","redacted-1"],"userAgent":"WWE Client"}`,
		},
		"a target": {widget,
			`{"request":"interaction.consult","parameters":["12",{"type":"AGENT","destination":"ada","media":"voice","x":"y"},{"Segment":"Gold","k":"v"},null],"userAgent":"WWE Client"}`,
			`{"request":"interaction.consult","parameters":["12",{"type":"AGENT","destination":"redacted-1","media":"voice","redacted-2":"redacted-3"},{"Segment":"Gold","k":"redacted-4"},null],"userAgent":"WWE Client"}`,
		},
		"a phone number to dial": {widget,
			`{"request":"voice.dial","parameters":["+33140000001",{"k":"+33140000001"}],"userAgent":"WWE Client"}`,
			`{"request":"voice.dial","parameters":["redacted-1",{"k":"redacted-1"}],"userAgent":"WWE Client"}`,
		},
		"a state to go into": {widget,
			`{"request":"media.setState","parameters":["voice","NotReady","x"],"userAgent":"WWE Client"}`,
			`{"request":"media.setState","parameters":["voice","NotReady","redacted-1"],"userAgent":"WWE Client"}`,
		},
		"a request that nobody knows": {widget,
			`{"request":"crm.open","parameters":["12",7],"userAgent":"WWE Client"}`,
			`{"request":"crm.open","parameters":["redacted-1",1e-9],"userAgent":"WWE Client"}`,
		},
		"subscribing": {widget,
			`{"event":"subscribe","data":["interaction","agent"],"referenceId":"0","userAgent":"WWE Client","frameId":{"f":"1"}}`,
			`{"event":"subscribe","data":["interaction","agent"],"referenceId":"0","userAgent":"WWE Client","frameId":{"f":"1"}}`,
		},
		"unsubscribing": {widget,
			`{"event":"unsubscribe","data":7,"referenceId":"1","userAgent":"WWE Client"}`,
			`{"event":"unsubscribe","data":7,"referenceId":"1","userAgent":"WWE Client"}`,
		},
		"an interaction": {wwe,
			`{"request":"interaction.getInteractions","referenceId":"1","data":[{"interactionId":"12","caseId":"c-1","parentInteractionId":null,"userData":{"Segment":"Gold","Phone":"1002"},"state":"TALKING","previousState":"RINGING","parties":[{"name":"1002","type":"AGENT","path":"/users/1"}],"callUuid":"U1","interactionUUID":"U1","isConsultation":false,"direction":"IN","callType":"INBOUND","ani":"1002","contact":{"displayName":"Ada"},"media":"voice","new":{"state":"secret"}}],"userAgent":"WWE Server"}`,
			`{"request":"interaction.getInteractions","referenceId":"1","data":[{"interactionId":"12","caseId":"c-1","parentInteractionId":null,"userData":{"Segment":"Gold","Phone":"redacted-1"},"state":"TALKING","previousState":"RINGING","parties":[{"name":"redacted-1","type":"AGENT","path":"redacted-2"}],"callUuid":"redacted-3","interactionUUID":"redacted-3","isConsultation":false,"direction":"IN","callType":"INBOUND","ani":"redacted-1","contact":{"displayName":"redacted-4"},"media":"voice","redacted-5":{"state":"redacted-6"}}],"userAgent":"WWE Server"}`,
		},
		"the event before mark done": {wwe,
			`{"event":"markdone","data":{"eventType":"MARKDONE_APPLY","timeout":1000,"interaction":{"interactionId":"12","ani":"1002"}},"userAgent":"WWE Server"}`,
			`{"event":"markdone","data":{"eventType":"MARKDONE_APPLY","timeout":1000,"interaction":{"interactionId":"12","ani":"redacted-1"}},"userAgent":"WWE Server"}`,
		},
		"the state of a media": {wwe,
			`{"event":"media","data":{"state":{"type":"NOT_READY","displayName":"Lunch","operationName":"NotReady","reason":"ill"},"media":"voice"},"userAgent":"WWE Server"}`,
			`{"event":"media","data":{"state":{"type":"NOT_READY","displayName":"Lunch","operationName":"NotReady","redacted-1":"redacted-2"},"media":"voice"},"userAgent":"WWE Server"}`,
		},
		"a message from another page": {wwe,
			`{"event":"messenger:crm","data":{"state":"Texas","userData":{"Segment":"Gold","Ada":1}},"userAgent":"WWE Server"}`,
			`{"event":"messenger:redacted-1","data":{"state":"redacted-2","userData":{"Segment":"redacted-3","redacted-4":1e-9}},"userAgent":"WWE Server"}`,
		},
		"subscribing to a channel": {widget,
			`{"event":"subscribe","data":["interaction","messenger:Ada","Ada"],"userAgent":"WWE Client"}`,
			`{"event":"subscribe","data":["interaction","messenger:redacted-1","redacted-1"],"userAgent":"WWE Client"}`,
		},
		"a broadcast": {widget,
			`{"request":"messenger.broadcastMessage","parameters":["Ada",{"to":"Ada"}],"userAgent":"WWE Client"}`,
			`{"request":"messenger.broadcastMessage","parameters":["redacted-1",{"redacted-2":"redacted-1"}],"userAgent":"WWE Client"}`,
		},
		"a request that is not known of a namespace that is": {widget,
			`{"request":"interaction.createNote","parameters":["Call Ada back",7,{"Ada Lovelace":{"type":"x"},"sk_live_a9Bz":true,"王小明":[{"ada":1,"ani":2}],"7":null}],"userAgent":"WWE Client"}`,
			`{"request":"interaction.createNote","parameters":["redacted-1",1e-9,{"redacted-2":{"type":"redacted-3"},"redacted-4":true,"redacted-5":[{"redacted-6":2e-9,"ani":3e-9}],"redacted-7":null}],"userAgent":"WWE Client"}`,
		},
		"its answer": {wwe,
			`{"request":"interaction.createNote","data":{"Ada Lovelace":{"state":1},"sk_live_a9Bz":true},"userAgent":"WWE Server"}`,
			`{"request":"interaction.createNote","data":{"redacted-1":{"state":1e-9},"redacted-2":true},"userAgent":"WWE Server"}`,
		},
		"properties of an interaction that are not known": {wwe,
			`{"event":"interaction","data":{"eventType":"RINGING","interaction":{"interactionId":"1","Ada":true,"contact":{"ada":1},"userData":{"Name":{"Ada Lovelace":1}}}},"userAgent":"WWE Server"}`,
			`{"event":"interaction","data":{"eventType":"RINGING","interaction":{"interactionId":"1","redacted-1":true,"contact":{"redacted-2":1e-9},"userData":{"Name":{"redacted-3":1e-9}}}},"userAgent":"WWE Server"}`,
		},
		"another": {widget,
			`{"request":"voice.sendDTMF","parameters":["4711"],"userAgent":"WWE Client"}`,
			`{"request":"voice.sendDTMF","parameters":["redacted-1"],"userAgent":"WWE Client"}`,
		},
		"a request whose name is none": {widget,
			`{"request":"call +49 30 1234567","parameters":[],"referenceId":"Ada","userAgent":"WWE Client"}`,
			`{"request":"redacted-1","parameters":[],"referenceId":"redacted-2","userAgent":"WWE Client"}`,
		},
		"keys that are no names": {widget,
			`{"request":"interaction.setUserData","parameters":["12",{"ada@example.com":"x","+49301234567":"y","Contact_ID":"z","Kundennummer 4711":"w"}],"userAgent":"WWE Client"}`,
			`{"request":"interaction.setUserData","parameters":["12",{"redacted-1":"redacted-2","redacted-3":"redacted-4","Contact_ID":"redacted-5","redacted-6":"redacted-7"}],"userAgent":"WWE Client"}`,
		},
		"keys of WWE's that name a party": {wwe,
			`{"event":"interaction","data":{"interaction":{"userData":{"WWE_PARTY_ann.lee":"x","WWE_PARTY_101":"ann.lee","WWE_PARTY_":""},"parties":[{"name":"101"}]}},"userAgent":"WWE Server"}`,
			`{"event":"interaction","data":{"interaction":{"userData":{"WWE_PARTY_redacted-1":"redacted-2","WWE_PARTY_redacted-3":"redacted-1","WWE_PARTY_":""},"parties":[{"name":"redacted-3"}]}},"userAgent":"WWE Server"}`,
		},
		"a key to delete that is no name": {widget,
			`{"request":"interaction.deleteUserData","parameters":["12","ada@example.com"],"userAgent":"WWE Client"}`,
			`{"request":"interaction.deleteUserData","parameters":["12","redacted-1"],"userAgent":"WWE Client"}`,
		},
		"an agent that calls itself something": {wwe,
			`{"event":"agent","data":{},"userAgent":"WWE of Ada"}`,
			`{"event":"agent","data":{},"userAgent":"redacted-1"}`,
		},
		"an event of a topic that is not known": {wwe,
			`{"event":"Ada","data":{"state":"Ada"},"userAgent":"WWE Server"}`,
			`{"event":"redacted-1","data":{"state":"redacted-1"},"userAgent":"WWE Server"}`,
		},
		"an error's text, without what may be a name": {wwe,
			`{"request":"voice.dial","errorMessage":"Cannot find Ada Lovelace (ada@example.com). The Contact \"ada l\" of O'Brien is not in WWE...","userAgent":"WWE Server"}`,
			`{"request":"voice.dial","errorMessage":"Cannot find redacted-1 redacted-2 (redacted-3). The Contact \"redacted-4\" of redacted-5 is not in WWE...","userAgent":"WWE Server"}`,
		},
		"the agent": {wwe,
			`{"request":"agent.get","data":{"employeeId":"E1","username":"ada","roles":["ROLE_AGENT"]},"userAgent":"WWE Server"}`,
			`{"request":"agent.get","data":{"employeeId":"redacted-1","username":"redacted-2","roles":["ROLE_AGENT"]},"userAgent":"WWE Server"}`,
		},
		"a token": {wwe,
			`{"request":"auth.getJwtToken","data":{"expiration":"2020","jwtToken":"ey.ey.x"},"userAgent":"WWE Server"}`,
			`{"request":"auth.getJwtToken","data":{"expiration":"redacted-1","jwtToken":"redacted-2"},"userAgent":"WWE Server"}`,
		},
		"an error's text, without what may be a phone number": {wwe,
			`{"request":"voice.dial","errorMessage":"12: no answer of 0140000001, +33 (1) 40-00.00 01 or ٠١٢٣","userAgent":"WWE Server"}`,
			`{"request":"voice.dial","errorMessage":"12: no answer of #### or ####","userAgent":"WWE Server"}`,
		},
		"an error that is no text": {wwe,
			`{"request":"voice.dial","errorMessage":{"who":"Ada","code":7},"userAgent":"WWE Server"}`,
			`{"request":"voice.dial","errorMessage":{"redacted-1":"redacted-2","redacted-3":1e-9},"userAgent":"WWE Server"}`,
		},
		"what is not the protocol's": {wwe, `{"token":"x","data":{"interactionId":"1"}}`, `{"redacted-1":"redacted-2","data":{"interactionId":"redacted-3"}}`},
		"a string":                   {wwe, `"wwe: Ada"`, `"redacted-1"`},
		"what is not JSON":           {widget, `{"request":"interaction.setUs…`, `redacted-1`},
		"what is nested too deeply": {wwe,
			`{"request":"interaction.getByInteractionId","data":{"interactionId":"12","ani":"1002","userData":{"Name":"Ada","Deep":` +
				strings.Repeat("[", 600) + strings.Repeat("]", 600) + `}},"userAgent":"WWE Server"}`,
			`redacted-3`,
		},
		"the mark that WWE restarted": {wwe, Restarted, Restarted},
	} {
		t.Run(name, func(t *testing.T) {
			got := NewRedactor("Segment").Redact(Entry{At: 7, FromWidget: c.fromWidget, Text: c.text})
			assert.Equal(t, Entry{At: 7, FromWidget: c.fromWidget, Text: c.want}, got)
		})
	}
}

func TestAKeyOfUserDataStaysIfItCanBeAName(t *testing.T) {
	redacted := func(key string) string {
		text, err := json.Marshal(map[string]any{"request": "interaction.deleteUserData", "parameters": []string{"1", key}, "userAgent": "WWE Client"})
		require.NoError(t, err)
		var after struct{ Parameters []string }
		require.NoError(t, json.Unmarshal([]byte(NewRedactor().Redact(Entry{FromWidget: true, Text: string(text)}).Text), &after))
		return after.Parameters[1]
	}
	for _, key := range []string{
		"Order2", "Customer ID", "crm_id", "Line1", "Phone1Type", "Address_2", "IW_CaseUid", "CBR-IT-path_DBIDs", "x.y:z/$", "Straße", "Level_12", "客户2", "cafe\u0301", "",
	} {
		assert.Equal(t, key, redacted(key))
	}
	for _, key := range []string{
		"sk_live_a9Bz8Kq3Xy7", "AKIAIOSFODNN7EXAMPLE", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJh.abc", "eyJhbGci.eyJzdWIi.abc", "12 Rue des Lilas", "Hauptplatz 12", "1/2/80",
		"101", "42_x", "MRN-A1B2C3", "a9Bz", "1a4b0c0d", "_0", "-42.x", "Order2a", "ada@example.com", "Order1234", strings.Repeat("a", 65),
	} {
		assert.Equal(t, "redacted-1", redacted(key), key)
	}
}

func TestAnAnswerThatDoesNotNameItsRequestIsKnownByTheReferenceID(t *testing.T) {
	r := NewRedactor()
	r.Redact(Entry{FromWidget: true, Text: `{"request":"interaction.getByInteractionId","parameters":["1"],"referenceId":"9","userAgent":"WWE Client"}`})
	got := r.Redact(Entry{Text: `{"referenceId":"9","data":{"interactionId":"1","ani":"2"},"userAgent":"WWE Server"}`})
	assert.Equal(t, `{"referenceId":"9","data":{"interactionId":"1","ani":"redacted-1"},"userAgent":"WWE Server"}`, got.Text)
}

func TestAnErrorDoesNotRepeatWhatWasRedacted(t *testing.T) {
	r := NewRedactor()
	r.Redact(Entry{FromWidget: true, Text: `{"request":"voice.dial","parameters":["Ada Lovelace",{"n":"Ada"}],"referenceId":"9","userAgent":"WWE Client"}`})
	got := r.Redact(Entry{Text: `{"request":"voice.dial","errorMessage":"cannot find Ada Lovelace, Ada","userAgent":"WWE Server"}`})
	assert.Equal(t, `{"request":"voice.dial","errorMessage":"cannot find redacted-1, redacted-2","userAgent":"WWE Server"}`, got.Text)
}

func TestTheSameValueHasTheSamePseudonym(t *testing.T) {
	r := NewRedactor()
	texts := []string{`["a","b",1,2.5,"a",1]`, `{"ani":"b","k":2.5,"a":"a"}`}
	assert.Equal(t, `["redacted-1","redacted-2",1e-9,2e-9,"redacted-1",1e-9]`, r.Redact(Entry{Text: texts[0]}).Text)
	assert.Equal(t, `{"ani":"redacted-2","redacted-3":2e-9,"redacted-1":"redacted-1"}`, r.Redact(Entry{Text: texts[1]}).Text)
}

func TestPseudonymsAreKnownAsSuch(t *testing.T) {
	for _, v := range []any{"redacted-1", "redacted-12", "messenger:redacted-1", "WWE_PARTY_redacted-1", 1e-9, 12e-9} {
		assert.True(t, IsPseudonym(v), v)
	}
	for _, v := range []any{"", "redacted-", "redacted-x", "redacted--1", "a redacted-1", 0.0, 1.0, -1e-9, true, nil} {
		assert.False(t, IsPseudonym(v), v)
	}
}

// stays are the places of strings and numbers that may stay, said once more
// and in another way than the Redactor knows them: by their paths.
var stays = struct{ always, widget, wwe *regexp.Regexp }{
	always: places(`protocolVersion(/\d+)*`, `(subscriptionId|frameId)(/.*)?`),
	widget: places(
		`data(/.*)?`, // of unsubscribe; of subscribe see words
		`parameters/0(/\d+)*`, `parameters/1(/\d+)*/(type|media)(/\d+)*`, `parameters/[12](/\d+)*/Segment(/.*)?`,
	),
	wwe: places(
		`data(/\d+)*(/interaction(/\d+)*)?/(interactionId|parentInteraction(Id)?|caseId|state|previousState|media|direction|callType|recordingState|ronaCallState)(/\d+)*`,
		`data(/\d+)*(/interaction(/\d+)*)?/parties(/\d+)*/type(/\d+)*`,
		`data(/\d+)*(/interaction(/\d+)*)?/userData(/\d+)*/Segment(/.*)?`,
		`data(/\d+)*/(eventType|selectedCaseId|timeout|roles)(/\d+)*`,
		`data(/\d+)*(/state(/\d+)*)?/(type|displayName|operationName)(/\d+)*`,
		`data(/\d+)*/name(/\d+)*`, // of a media
	),
}

// words are what stays as a string where the path alone does not tell.
var words = map[string]*regexp.Regexp{
	"/request":     regexp.MustCompile(`^[A-Za-z]+\.[A-Za-z]+$`),
	"/event":       regexp.MustCompile(`^(subscribe|unsubscribe|interaction|agent|media|markdone|outbound|system)$`),
	"/referenceId": regexp.MustCompile(`^(go-[-.0-9a-z]*|\+?\d{1,6})$`),
	"/userAgent":   regexp.MustCompile(`^WWE (Client|Server)$`),
}

// protocolName is a property's name that stays anywhere; a key of user data
// stays if it looks like keyOf.
var (
	protocolName = regexp.MustCompile(`^(request|event|referenceId|userAgent|protocolVersion|subscriptionId|frameId|parameters|data|errorMessage|` +
		`(parent)?[iI]nteraction(Id|UUID)?|(selectedC|c)aseId|userData|(previous|recording|ronaCall)?[sS]tate|type|(first|last|display|operation|user)?[nN]ame|` +
		`(first|last|user)name|media|part(y|ies)|roles|timeout|eventType|jwtToken|expiration|call(Uuid|Type)|connId|direction|ani|dnis|contact|is[A-Z][A-Za-z]+|` +
		`employeeId|identifier|phone(Number)?|path|campaign|mode|id|value|title|subject|message|width|height|label|button(s)?|startDate|started|Segment)$`)
	keyOf      = regexp.MustCompile(`^(WWE_PARTY_(redacted-\d+)?|[-_.:/$ ]*([\pL\pM]+(\p{Nd}{0,3}|\p{Nd}{1,3}\p{Lu}\p{Ll}[\pL\pM]*)([-_.:/$ ]+|$)(\p{Nd}{1,3}([-_.:/$ ]+|$))*)*)$`)
	address    = regexp.MustCompile(`\p{Nd}.* | .*\p{Nd}`)
	ofUserData = regexp.MustCompile(`^/(parameters/[123](/\d+)*|data(/\d+)*(/interaction(/\d+)*)?/userData(/\d+)*)/$`)
)

func places(paths ...string) *regexp.Regexp {
	return regexp.MustCompile("^/(" + strings.Join(paths, "|") + ")$")
}

// names calls name for every property's name, with the path of its object.
func names(path string, value any, name func(path, name string)) {
	switch v := value.(type) {
	case map[string]any:
		for property, element := range v {
			name(path, property)
			names(path+"/"+property, element, name)
		}
	case []any:
		for n, element := range v {
			names(path+"/"+strconv.Itoa(n), element, name)
		}
	}
}

// leaves calls leaf for every string and number, with its path.
func leaves(path string, value any, leaf func(path string, value any)) {
	switch v := value.(type) {
	case map[string]any:
		for name, element := range v {
			leaves(path+"/"+name, element, leaf)
		}
	case []any:
		for n, element := range v {
			leaves(path+"/"+strconv.Itoa(n), element, leaf)
		}
	case string, float64:
		leaf(path, value)
	}
}

// ofElement ends the path of an array's element.
var ofElement = regexp.MustCompile(`(/\d+)+$`)

// digits are those that may be a phone number.
var digits = regexp.MustCompile(`\p{Nd}([ .\-()/]*\p{Nd}){3}`)

// shapeless is a value with its strings and numbers taken out.
func shapeless(value any) any {
	switch v := value.(type) {
	case map[string]any:
		odd := []string{} // elements whose names do not stay
		for name, element := range v {
			if v[name] = shapeless(element); !protocolName.MatchString(name) {
				text, _ := json.Marshal(v[name])
				odd = append(odd, string(text))
				delete(v, name)
			}
		}
		slices.Sort(odd)
		v["…"] = odd
	case []any:
		for n, element := range v {
			v[n] = shapeless(element)
		}
	case string:
		return "string"
	case float64:
		return 0.0
	}
	return value
}

// checkRedacted promises: what is not in the places that stay is a pseudonym,
// valid JSON stays valid and of the same shape, and equal in is equal out.
func checkRedacted(t *testing.T, fromWidget bool, text string) {
	var before, after any
	if json.Unmarshal([]byte(text), &before) != nil {
		return
	}
	r := NewRedactor("Segment")
	once := r.Redact(Entry{FromWidget: fromWidget, Text: text})
	if !isJSON(text) {
		assert.True(t, IsPseudonym(once.Text), "encoding/json reads more than we do")
		return
	}
	require.NoError(t, json.Unmarshal([]byte(once.Text), &after), once.Text)
	leaves("", after, func(path string, value any) {
		place := stays.wwe
		if fromWidget {
			place = stays.widget
		}
		word := words[ofElement.ReplaceAllString(path, "")]
		if text, ok := value.(string); ok && word != nil && word.MatchString(text) {
			return
		}
		if value != "" && path != "/errorMessage" && !stays.always.MatchString(path) && !place.MatchString(path) {
			assert.True(t, IsPseudonym(value), "%s of %s stays: %v", path, text, value)
		}
	})
	names("", after, func(path, name string) {
		switch path := path + "/"; {
		case name == "" || protocolName.MatchString(name) || IsPseudonym(name):
		case strings.HasPrefix(path, "/subscriptionId/") || strings.HasPrefix(path, "/frameId/"): // WWE's own
		case fromWidget && strings.HasPrefix(path, "/data/"): // of unsubscribe
		case strings.Contains(path, "/Segment/"): // may stay as a whole
		default:
			assert.True(t, ofUserData.MatchString(path) && len(name) <= 64 && keyOf.MatchString(name) && !address.MatchString(name) && !digits.MatchString(name), "the name %q at %q of %s stays", name, path, text)
		}
	})
	want := shapeless(before)
	assert.Equal(t, want, shapeless(after))
	again := r.Redact(Entry{FromWidget: fromWidget, Text: text})
	assert.Equal(t, again, r.Redact(Entry{FromWidget: fromWidget, Text: text}), "equal in, equal out")
	twice := NewRedactor("Segment").Redact(once)
	var shape any
	require.NoError(t, json.Unmarshal([]byte(twice.Text), &shape))
	assert.Equal(t, want, shapeless(shape), "redacted twice it is a message of the same shape")
}

func TestNothingStaysBesideWhatIsNamed(t *testing.T) {
	random := rand.New(rand.NewPCG(8, 5))
	for range 2000 {
		text, err := json.Marshal(generatedMessage(random))
		require.NoError(t, err)
		checkRedacted(t, random.IntN(2) == 0, string(text))
		if t.Failed() {
			return
		}
	}
}

// generatedMessage has the protocol's names in places where they belong and
// in others.
func generatedMessage(random *rand.Rand) map[string]any {
	m := generated(random, 1).(map[string]any)
	m["userAgent"] = pick(random, "WWE Client", "WWE Server", "WWE Client", "WWE Server", "Ada")
	switch random.IntN(4) {
	case 0:
		m["event"] = pick(random, "subscribe", "unsubscribe", "interaction", "markdone", "media", "agent", "system", "messenger:x")
	case 1:
		delete(m, "event")
		m["parameters"] = []any{pick(random, "1", "Ada"), generated(random, 2), generated(random, 2)}
		fallthrough
	default:
		m["request"] = pick(random, "interaction.getInteractions", "interaction.setUserData", "interaction.consult", "agent.getState",
			"agent.get", "media.getMediaList", "auth.getJwtToken", "crm.x")
	}
	return m
}

func pick(random *rand.Rand, names ...string) string { return names[random.IntN(len(names))] }

func generated(random *rand.Rand, depth int) any {
	kind := random.IntN(6)
	if depth == 1 {
		kind = 0
	}
	switch {
	case kind < 3 && depth < 5:
		object := map[string]any{}
		for range random.IntN(6) {
			object[pick(random, "request", "event", "data", "parameters", "errorMessage", "interaction", "interactionId", "userData", "Segment",
				"state", "type", "name", "media", "parties", "roles", "timeout", "eventType", "selectedCaseId", "jwtToken", "displayName",
				"callUuid", "ani", "x", "Ada Lovelace", "sk_live_a9Bz", "+33140000001")] = generated(random, depth+1)
		}
		return object
	case kind == 3 && depth < 5:
		array := []any{}
		for range random.IntN(3) {
			array = append(array, generated(random, depth+1))
		}
		return array
	case kind == 4:
		return float64(random.IntN(100)) + 0.5
	}
	return pick(random, "Ada", "+33140000001", "TALKING", "", "12", "ey.ey.x")
}

// FuzzRedact promises the same of any text, and that no text stops it.
func FuzzRedact(f *testing.F) {
	f.Add(`{"request":"interaction.getInteractions","data":[{"interactionId":"1","userData":{"Segment":"Gold"}}],"userAgent":"WWE Server"}`, false)
	f.Add(`{"event":"unsubscribe","data":{"a":1},"userAgent":"WWE Client"}`, true)
	f.Add(`{"request":"interaction.setUserData","parameters":["",{"":""}],"userAgent":"WWE Client"}`, true)
	for _, identity := range identities {
		text, _ := json.Marshal(identity)
		f.Add(`{"request":"interaction.createNote","data":{`+string(text)+`:[{`+string(text)+`:1,"ani":2}]},"errorMessage":`+string(text)+`,"userAgent":"WWE Server"}`, false)
		f.Add(`{"request":"messenger.broadcastMessage","parameters":["channel",{`+string(text)+`:true}],"userAgent":"WWE Client"}`, true)
		f.Add("interaction "+identity+" is TALKING", false)
	}
	f.Add(strings.Repeat(`[`, 600)+`"Ada"`+strings.Repeat(`]`, 600), false)
	f.Fuzz(func(t *testing.T, text string, fromWidget bool) {
		r := NewRedactor("Segment")
		got := r.Redact(Entry{FromWidget: fromWidget, Text: text})
		require.Equal(t, fromWidget, got.FromWidget)
		if !isJSON(text) && text != "" && text != Restarted {
			require.True(t, IsPseudonym(got.Text))
		}
		if utf8.ValidString(text) && len(text) < 1000 {
			checkWords(t, text, errorTextAfter(t, NewRedactor(), text))
			checkRedacted(t, fromWidget, text)
			errorTextAfter(t, r, text) // ends, whatever the Redactor has seen before
		}
	})
}
