// Package recording defines the file format for a recorded session between a widget and
// WWE. Its Redactor makes such a file safe to share.
//
// A file is JSON Lines, with one message per line, in the order in which the messages
// were sent:
//
//	{"at":1234,"from":"widget","message":{"request":"agent.get","referenceId":"1",…}}
//	{"at":1236,"from":"wwe","message":{"request":"agent.get","referenceId":"1","data":…}}
//
// at is the time in milliseconds since the recording began. Text that is not JSON, such
// as a truncated message, is a string in "text" in place of "message". The text
// "restarted" from WWE means that WWE's page was reloaded; see Restarted.
package recording

import (
	"strconv"
	"strings"
	"time"

	"wwebridge/internal/jsontext"
)

// Entry is one message of a recording.
type Entry struct {
	At         time.Duration // since the recording began; stored in milliseconds
	FromWidget bool          // otherwise from WWE
	Text       string        // usually JSON
}

// Restarted is the Text of an entry from WWE that is not a message. It records that the
// widget noticed a restart of WWE, in which WWE lost its subscriptions.
const Restarted = "restarted"

const fromWidget, fromWWE = "widget", "wwe"

// Append appends the entry as a line of the file, including the newline.
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

// oneLine replaces line breaks in JSON text with spaces. They can only be white space,
// because JSON strings escape them.
func oneLine(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "\n", " "), "\r", " ")
}

func isJSON(text string) bool {
	r := jsontext.NewReader(text)
	r.Skip()
	return r.Err() == nil
}

// Parse parses a file. Empty lines may follow the last message. It returns an *Error
// for the first faulty line.
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

// Error describes a faulty line of a recording.
type Error struct {
	Line    int // from 1, which is also the message's position among the entries
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
