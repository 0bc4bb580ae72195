// Package recording is the file in which a session between a widget and WWE is
// kept, and what makes such a file safe to share: Redactor.
//
// The file is JSON Lines, one message in each line, in the order in which they
// were sent:
//
//	{"at":1234,"from":"widget","message":{"request":"agent.get","referenceId":"1",…}}
//	{"at":1236,"from":"wwe","message":{"request":"agent.get","referenceId":"1","data":…}}
//
// at is in milliseconds since the recording began. What is not JSON, such as a
// text that was cut, is a string in "text" in place of "message". The text
// "restarted" of WWE tells that its page began anew, see Restarted.
package recording

import (
	"strconv"
	"strings"
	"time"

	"wwebridge/internal/jsontext"
)

// Entry is one message of a recording.
type Entry struct {
	At         time.Duration // since the recording began; the file has milliseconds
	FromWidget bool          // else it is WWE's
	Text       string        // of the message, usually JSON
}

// Restarted is the Text of an entry of WWE that is no message: the widget saw
// that WWE began anew and has forgotten the subscriptions.
const Restarted = "restarted"

const fromWidget, fromWWE = "widget", "wwe"

// Append appends the entry as one line of the file, with its line feed.
func Append(b []byte, e Entry) []byte {
	from := fromWWE
	if e.FromWidget {
		from = fromWidget
	}
	b = append(b, `{"at":`...)
	b = strconv.AppendInt(b, e.At.Milliseconds(), 10)
	b = append(b, `,"from":"`...)
	b = append(b, from...)
	if isJSON(e.Text) {
		b = append(b, `","message":`...)
		b = append(b, oneLine(e.Text)...)
	} else {
		b = append(b, `","text":`...)
		b = jsontext.AppendString(b, e.Text)
	}
	return append(b, '}', '\n')
}

// oneLine takes the line ends out of JSON text, where they are white space:
// inside its strings they are escaped.
func oneLine(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "\n", " "), "\r", " ")
}

func isJSON(text string) bool {
	r := jsontext.NewReader(text)
	r.Skip()
	return r.Err() == nil
}

// Parse reads the text of a file; empty lines may follow the last message. An
// error names the line, from 1, which is also the message's place among the
// entries.
func Parse(text string) ([]Entry, error) {
	var entries []Entry
	for line := range strings.SplitSeq(strings.TrimRight(text, " \t\r\n"), "\n") {
		e, problem := parseLine(line)
		if problem != "" {
			return nil, &Error{Line: len(entries) + 1, Problem: problem}
		}
		entries = append(entries, e)
	}
	return entries, nil
}

// Error says what is wrong with a recording, and where.
type Error struct {
	Line    int // from 1
	Problem string
}

func (e *Error) Error() string {
	return "line " + strconv.Itoa(e.Line) + " of the recording: " + e.Problem
}

func parseLine(line string) (e Entry, problem string) {
	from, found := "", false
	r := jsontext.NewReader(line)
	for o := r.Object(); o.Next(); {
		switch o.Name {
		case "at":
			e.At = time.Duration(r.Number() * float64(time.Millisecond))
		case "from":
			from = r.String()
		case "message":
			e.Text, found = r.Raw(), true
		case "text":
			e.Text, found = r.String(), true
		}
	}
	switch err := r.Err(); {
	case err != nil:
		return Entry{}, err.Error()
	case from != fromWidget && from != fromWWE:
		return Entry{}, `"from" must be "widget" or "wwe"`
	case !found:
		return Entry{}, `there is neither "message" nor "text"`
	}
	e.FromWidget = from == fromWidget
	return e, ""
}
