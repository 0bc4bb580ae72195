package wwetest

import (
	"fmt"
	"strings"

	"wwebridge/internal/wire"
)

// Difference is the error for a message of the widget that differs from the
// recording.
type Difference struct {
	Line     int    // of the expected message in the recording, from 1
	Expected string // the recorded message; "" if there are no more
	Sent     string // the widget's message; "" if it sent none
	cause    error
}

func (d *Difference) Error() string {
	expected, sent := d.Expected, "the widget sent "+d.Sent
	if expected == "" {
		expected = "nothing more of the widget"
	}
	if d.Sent == "" {
		sent = "the widget did not send it"
	}
	text := fmt.Sprintf("line %d of the recording: expected %s; %s", d.Line, expected, sent)
	if d.cause != nil {
		text += " (" + d.cause.Error() + ")"
	}
	return text
}

// Unwrap returns the reason why the replay stopped waiting for a message.
func (d *Difference) Unwrap() error { return d.cause }

// difference returns the difference between a message of the widget and the
// messages that the recording allows now.
func (p *Replay) difference(sent wire.Request) *Difference {
	places := p.commands()
	if isFree(sent) || len(places) == 0 {
		places = p.awaited(isFree)
		places = places[:min(1, len(places))]
	}
	d := &Difference{Line: len(p.messages), Sent: describe(sent)}
	for n, place := range places {
		if n == 0 {
			d.Line = p.messages[place].line
		} else {
			d.Expected += " or "
		}
		d.Expected += describe(p.messages[place].request)
	}
	return d
}

// missing returns the difference for the next message that the widget must
// send, or nil if it has sent all.
func (p *Replay) missing(cause error) error {
	places := p.awaited(func(wire.Request) bool { return true })
	if len(places) == 0 {
		return nil
	}
	m := p.messages[places[0]]
	return &Difference{Line: m.line, Expected: describe(m.request), cause: cause}
}

// describe returns the text for a message in an error.
func describe(r wire.Request) string {
	text := r.Event + " " + r.Data
	if r.Event == "" {
		text = r.Name
		if len(r.Parameters) > 0 {
			text += " " + string(wire.AppendParameters(nil, r.Parameters))
		}
	}
	const limit = 300
	if len(text) > limit {
		text = strings.ToValidUTF8(text[:limit], "") + "…"
	}
	return text
}
