package recording

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestALineIsExactlyThis(t *testing.T) {
	for name, c := range map[string]struct {
		entry Entry
		line  string
	}{
		"a widget's message": {
			Entry{At: 1234 * time.Millisecond, FromWidget: true, Text: `{"request":"agent.get"}`},
			`{"at":1234,"from":"widget","message":{"request":"agent.get"}}` + "\n",
		},
		"WWE's message": {
			Entry{Text: `{"event":"agent"}`},
			`{"at":0,"from":"wwe","message":{"event":"agent"}}` + "\n",
		},
		"text that is not JSON": {
			Entry{Text: `{"event":"ag…`},
			`{"at":0,"from":"wwe","text":"{\"event\":\"ag…"}` + "\n",
		},
		"JSON on several lines": {
			Entry{Text: "{\n\"a\":\r\n\"\\n\"}"},
			`{"at":0,"from":"wwe","message":{ "a":  "\n"}}` + "\n",
		},
		"nothing": {Entry{}, `{"at":0,"from":"wwe","text":""}` + "\n"},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, c.line, string(Append(nil, c.entry)))
		})
	}
}

func TestWhatIsAppendedIsParsed(t *testing.T) {
	entries := []Entry{
		{At: time.Millisecond, FromWidget: true, Text: `{"request":"agent.get"}`},
		{At: time.Hour, Text: `{"event":"agent","data":null}`},
		{At: time.Hour, Text: "cut\noff \"here"},
		{Text: `"wwe string"`},
		{Text: ""},
		{Text: Restarted},
	}
	var file []byte
	for _, e := range entries {
		file = Append(file, e)
	}
	for name, text := range map[string]string{
		"as it was written":                 string(file),
		"with the line ends of Windows":     strings.ReplaceAll(string(file), "\n", "\r\n"),
		"without the last line end":         strings.TrimSuffix(string(file), "\n"),
		"with empty lines at the end":       string(file) + "\n\n",
		"with properties of a later format": strings.ReplaceAll(string(file), `{"at"`, `{"frame":[1],"at"`),
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Parse(text)
			require.NoError(t, err)
			assert.Equal(t, entries, got)
		})
	}
}

func TestAFaultNamesItsLine(t *testing.T) {
	good := `{"at":0,"from":"wwe","message":{}}` + "\n"
	for name, c := range map[string]struct{ text, want string }{
		"nothing":         {"", `line 1 of the recording: the text ends too early`},
		"not JSON":        {good + "hello", `line 2 of the recording: unexpected text at byte 0`},
		"half a line":     {good + good + `{"at":0,"from":"wwe","mess`, `line 3 of the recording: the text ends too early`},
		"an empty line":   {good + "\n" + good, `line 2 of the recording: the text ends too early`},
		"somebody else's": {good + `{"from":"me","message":{}}`, `line 2 of the recording: "from" must be "widget" or "wwe"`},
		"no message":      {`{"from":"wwe"}`, `line 1 of the recording: there is neither "message" nor "text"`},
		"a time that is a string": {
			`{"at":"now","from":"wwe","message":{}}`, `line 1 of the recording: at: expected a number, found a string`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Parse(c.text)
			assert.EqualError(t, err, c.want)
		})
	}
}

// FuzzAppend promises that every text is one line of JSON, and comes back.
func FuzzAppend(f *testing.F) {
	f.Add(`{"a":[1,"b"]}`, true)
	f.Add("\n\r\u2028 {", false)
	f.Add(" {\"a\":\n1} ", false)
	f.Fuzz(func(t *testing.T, text string, widget bool) {
		text = strings.ToValidUTF8(text, "?") // text from JavaScript always is
		line := string(Append(nil, Entry{FromWidget: widget, Text: text}))
		require.Equal(t, len(line)-1, strings.IndexByte(line, '\n'))
		if strings.Count(text, "[")+strings.Count(text, "{") < 1000 { // encoding/json has a limit to nesting
			require.True(t, json.Valid([]byte(line)), line)
		}
		entries, err := Parse(line)
		require.NoError(t, err)
		require.Len(t, entries, 1)
		require.Equal(t, widget, entries[0].FromWidget)
		if isJSON(text) {
			text = strings.Trim(oneLine(text), " \t")
		}
		require.Equal(t, text, entries[0].Text)
	})
}
