package recording

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// errorTextAfter is the text of an error of WWE as a recording has it.
func errorTextAfter(t *testing.T, r *Redactor, text string) string {
	t.Helper()
	message, err := json.Marshal(map[string]string{"errorMessage": text})
	require.NoError(t, err)
	var after struct{ ErrorMessage string }
	require.NoError(t, json.Unmarshal([]byte(r.Redact(Entry{Text: string(message)}).Text), &after))
	return after.ErrorMessage
}

// identities are names, addresses and numbers as people write them.
var identities = []string{
	"王小明", "عبد الله الفارسي", "ada.lovelace", "ada_lovelace", "ada lovelace", "ada", "o'brien", "ada@example.com", "Ада", "ᾼδα", "ada\u200bl", "👩ada",
	"a\u0301da", "sk_live_a9Bz", "ey.ey.x", "MRN-A1B2C3", "callAda", "Adacall", "ada-call", "GB29NWBK60", "1a4b0c0d",
	"0140000001", "01\u00a040\u00a000\u00a000", "01_40_00_00", "01:40:00:00", "01\u201140\u201100\u201100", "01, 40, 00, 00", "01 40\u200b00 00", "1️⃣4️⃣0️⃣0️⃣",
	"+33 (1) 40-00.00 01", "٠١٢٣", "０１２３", "①④⓪⓪", "0/1/4/0", "[01][40]", "call-140 000 001", "redacted-140000001", "redacted-140-000-001",
	"12345678.90", "01\n40", "01\"40\"00",
}

func TestAnErrorTextKeepsNobodysIdentity(t *testing.T) {
	for _, identity := range identities {
		for _, text := range []string{identity, "cannot find " + identity, identity + " is not allowed", "agent:" + identity + ",", "no (" + identity + ") here", `no "` + identity + `"`} {
			after := errorTextAfter(t, NewRedactor(), text)
			assert.NotContains(t, after, identity)
			checkWords(t, text, after)
		}
	}
}

var (
	letters  = regexp.MustCompile(`[\p{L}\p{M}]+`)
	given    = regexp.MustCompile(`redacted-[1-9][0-9]*`)
	lowerCap = regexp.MustCompile(`(\p{Ll})(\p{Lu})`) // where getState has its second word
)

// checkWords promises that an error's text has no words but those that are
// known, and no number that somebody could be called by.
func checkWords(t *testing.T, before, after string) {
	t.Helper()
	after = given.ReplaceAllStringFunc(after, func(pseudonym string) string {
		assert.LessOrEqual(t, len(pseudonym), len("redacted-")+3, "a number behind the prefix: %q of %q", after, before)
		return "\x00"
	})
	for _, part := range letters.FindAllString(lowerCap.ReplaceAllString(after, "$1 $2"), -1) {
		assert.True(t, strings.Contains(commonWords+nameWords, " "+strings.ToLower(part)+" "), "%q in %q of %q", part, after, before)
	}
	for run := range strings.FieldsFuncSeq(after, func(c rune) bool { return unicode.IsLetter(c) || c == 0 }) {
		count := 0
		for _, c := range run {
			if unicode.IsNumber(c) {
				count++
			}
		}
		assert.Less(t, count, 4, "%q of %q", after, before)
	}
}

func TestAnErrorTextThatNamesNobodyStays(t *testing.T) {
	for _, text := range []string{
		// the simulated WWE
		`no interaction has the id 12`, `interaction 12 is TALKING: answer is not possible`, `interaction 12 is not live: its state is IDLE`,
		`interaction 12 is USER_DATA_ATTACHED: markDone is not possible`, `interaction 1 cannot be marked done before 2 is over`,
		`interaction 12 is not established: its state is HISTORY_IN_PROGRESS`, `interaction 1 has a consultation already: 2`,
		`interaction 3: there are no consultations by email`, `interaction 3 is workitem: there are no conferences of that`,
		`interaction 3 is not a consultation`, `interaction 3 shows no record`, `the chain has no record 4`, `there is no call result 8`,
		`the customer of interaction 3 is being called: 4`, `the user data is not an object`, `the user data cannot be read: unexpected text at byte 7`,
		`the key is not a string`, `the target has no type or no destination`, `a message needs a channel`, `an email needs a destination`,
		`there is no number to dial`, `there are no fields`, `there is no type of callback`, `parameter 2 is not a whole number`,
		`a dialog needs a URL`, `there is no title`, `the options are neither a name nor names`, `an option's name is not a string`,
		`a widget blocks it, without a warning`, `unknown request: media.getMediaByName`, `the replay has ended`,
		// what servers, programs and telephone switches say
		`Access denied`, `Request timeout`, `Invalid argument: interactionId`, `HTTP 500 Internal Server Error`, `404 Not Found`, `Permission denied for this origin`,
		`Cannot read properties of undefined`, `java.lang.NullPointerException`, `Not allowed`, `Unknown service agent.getState`, `Rate limit exceeded`,
		`Invalid destination`, `The agent is not logged in`, `Resource unavailable`, `Operation failed. Please try again.`, `Workspace isn't ready`,
		`Invalid Called DN`, `No trunk available`, `DN is not configured`, `you can't do that`, `interaction.setUserData: key is not allowed`,
	} {
		assert.Equal(t, text, errorTextAfter(t, NewRedactor(), text))
	}
}

func TestAnErrorTextKeepsWhatTheRecordingHasElsewhere(t *testing.T) {
	r := NewRedactor()
	r.Redact(Entry{FromWidget: true, Text: `{"request":"interaction.accept","parameters":["c-00471123"],"userAgent":"WWE Client"}`})
	r.Redact(Entry{FromWidget: true, Text: `{"request":"interaction.accept","parameters":["no such"],"userAgent":"WWE Client"}`})
	r.Redact(Entry{FromWidget: true, Text: `{"request":"agent.setState","parameters":["Kaffee"],"userAgent":"WWE Client"}`})
	for text, want := range map[string]string{
		`no interaction c-00471123 of 00471123`: `no interaction c-00471123 of ####`,
		`no interaction "no such"`:              `no interaction "no such"`,
		`no state Kaffee, "Kaffee" or Tee`:      `no state Kaffee, "Kaffee" or redacted-1`,
	} {
		assert.Equal(t, want, errorTextAfter(t, r, text))
	}
}

func TestAWordThatIsANameWithACapitalStaysWithoutOne(t *testing.T) {
	for text, want := range map[string]string{
		"the call will ring, or may be marked; mark it": "the call will ring, or may be marked; mark it",
		"cannot find Mark Cross":                        "cannot find redacted-1 redacted-2",
		"cannot find Will.May":                          "cannot find redacted-1",
	} {
		assert.Equal(t, want, errorTextAfter(t, NewRedactor(), text))
	}
}

func TestAnErrorTextKeepsNoNamesThatAreAlsoWords(t *testing.T) {
	for _, name := range []string{
		"An Do", "Else Rona", "Can Day", "Ani Case", "Short Button", "See To", "So An", "Soon Won", "Deep Field", "Key Lock", "Just Place", "AN DO", "CAN", "RONA",
	} {
		for _, text := range []string{name + " is on extension 12", "customer " + name, "no (" + name + ")", strings.ReplaceAll(name, " ", ".")} {
			after := errorTextAfter(t, NewRedactor(), text)
			for word := range strings.FieldsSeq(name) {
				assert.NotContains(t, after, word, text)
			}
		}
	}
}

func TestAnErrorTextRepeatsNothingShortThatWasRedacted(t *testing.T) {
	r := NewRedactor()
	r.Redact(Entry{FromWidget: true, Text: `{"request":"interaction.setUserData","parameters":["1",` +
		`{"FirstName":"an","LastName":"Do","Age":42,"Ext":101,"Balance":-2.5,"Segment":"voice","Dash":"-","Zip":"14"}],"userAgent":"WWE Client"}`})
	for text, want := range map[string]string{
		"customer an Do (42) is on extension 101":     "customer redacted-1 redacted-2 (####) is on extension ####",
		"agent-42, an_agent, agent.101 is 2.5 of 425": "agent-####, redacted-1_agent, agent.#### is #### of 425",
		"voice: -2.5, extension.voice":                "redacted-3: -####, extension.redacted-3",
		"an-agent - and answer":                       "redacted-1-agent - and answer",
		"14 or 14, 001":                               "redacted-5 or ####", // and not 001
	} {
		assert.Equal(t, want, errorTextAfter(t, r, text))
	}
}

func TestAPseudonymInAnErrorTextStandsForAWholeWord(t *testing.T) {
	r := NewRedactor()
	r.Redact(Entry{FromWidget: true, Text: `{"request":"voice.dial","parameters":["act",["in","4711","Ada"]],"userAgent":"WWE Client"}`})
	for text, want := range map[string]string{
		"action act failed": "action redacted-1 failed", // and not redacted-1ion
		"Ada4711":           "redacted-4####",
		"no 4711":           "no redacted-3",
		"no 4711222":        "no ####",
	} {
		assert.Equal(t, want, errorTextAfter(t, r, text))
	}
}

func TestAnErrorTextIsReadToItsEndAfterAnEmptyKey(t *testing.T) {
	r := NewRedactor()
	r.Redact(Entry{FromWidget: true, Text: `{"request":"interaction.setUserData","parameters":["",{"":""}],"userAgent":"WWE Client"}`})
	assert.Equal(t, `no key "", redacted-1`, errorTextAfter(t, r, `no key "", Ada`))
}
