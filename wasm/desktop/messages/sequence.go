package messages

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Step is something that happened outside of WWE and its widgets.
type Step struct {
	At   time.Time
	Text string
}

// Sequence is a diagram of messages: a lane for the world, WWE, and each widget,
// and an arrow for each message.
type Sequence struct {
	Lanes  []string
	Arrows []Arrow
}

// Arrow is a message from one lane to another.
type Arrow struct {
	At       time.Time
	From, To int // indices of lanes
	Label    string
	Answer   bool
	Refused  bool
}

// The lanes that every diagram has.
const (
	world = iota
	hub
)

// Draw returns the diagram of messages and steps, in the order of time.
func Draw(entries []Entry, steps []Step) Sequence {
	s := Sequence{Lanes: []string{"The world outside", "WWE"}}
	var frames []int
	for _, e := range entries {
		if !slices.Contains(frames, e.Frame) {
			frames = append(frames, e.Frame)
		}
	}
	slices.Sort(frames)
	for _, frame := range frames {
		s.Lanes = append(s.Lanes, "Widget "+strconv.Itoa(frame))
	}
	for _, step := range steps {
		s.Arrows = append(s.Arrows, Arrow{At: step.At, From: world, To: hub, Label: clipped(step.Text)})
	}
	for _, e := range entries {
		lane := hub + 1 + slices.Index(frames, e.Frame)
		a := Arrow{At: e.At, From: hub, To: lane, Label: label(e), Answer: e.Kind == Answer, Refused: e.Refused}
		if e.FromWidget {
			a.From, a.To = lane, hub
		}
		s.Arrows = append(s.Arrows, a)
	}
	slices.SortStableFunc(s.Arrows, func(a, b Arrow) int { return cmp.Compare(a.At.UnixNano(), b.At.UnixNano()) })
	return s
}

func label(e Entry) string {
	switch {
	case e.Kind == Request:
		return clipped(e.Name + "(" + strings.Trim(e.Content, " ") + ")")
	case e.Refused:
		return clipped("refused: " + e.Content)
	case e.Kind == Answer && e.Pair > 0:
		return clipped("after " + Took(e.Took) + ": " + cmp.Or(e.Content, "done"))
	case e.Kind == Event:
		before, _, _ := strings.Cut(e.Content, "{")
		return clipped(e.Name + " " + before)
	}
	return clipped(e.Name + " " + e.Content)
}

// Took returns the time that an answer took.
func Took(d time.Duration) string {
	if d >= 10*time.Second {
		return strconv.FormatFloat(d.Seconds(), 'f', 1, 64) + " s"
	}
	return strconv.FormatInt(d.Milliseconds(), 10) + " ms"
}

// clipped returns the beginning of a text that does not fit between two lanes.
func clipped(text string) string {
	const most = 34
	runes := []rune(strings.ToValidUTF8(text[:min(len(text), 8*most)], "\uFFFD"))
	if len(runes) > most || len(text) > 8*most {
		return string(runes[:min(len(runes), most-1)]) + "…"
	}
	return strings.TrimRight(string(runes), " ")
}
