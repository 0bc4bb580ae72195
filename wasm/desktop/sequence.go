//go:build js

package main

import (
	"encoding/json"
	"strconv"
	"strings"

	"honnef.co/go/js/dom/v2"

	"wwebridge/wasm/desktop/html"
	"wwebridge/wasm/desktop/messages"
	"wwebridge/wasm/desktop/scenario"
)

// The measures of the diagram in CSS pixels, and how many messages it has at
// most.
const (
	laneWidth    = 270
	laneMargin   = 150 // left of the first lane, for the times
	arrowHeight  = 30
	diagramTop   = 44
	maxInDiagram = 200
)

// draw opens the diagram of the messages that the log shows. It shows
// the same as the list.
func (l *messageLog) draw() {
	entries := l.rows[max(0, len(l.rows)-maxInDiagram):]
	var steps []messages.Step
	acts, _ := l.acts.Recording.Acts()
	for _, act := range acts {
		if len(entries) > 0 && !act.ByWidget && !act.At.Before(l.cleared) {
			steps = append(steps, messages.Step{At: act.At, Text: textOfAct(act)})
		}
	}
	sequence := messages.Draw(entries, steps[max(0, len(steps)-maxInDiagram):])
	about := "The messages that the log shows, and your steps on this page. As text, the messages are in the list under Messages, and the steps in the copies under Scenarios."
	if len(l.rows) > len(entries) {
		about = "The last " + strconv.Itoa(len(entries)) + " of the " + strconv.Itoa(len(l.rows)) + " messages that the log shows."
	}
	if len(sequence.Arrows) == 0 {
		about = "The log shows no messages."
	}
	html.SetText(html.ByID("sequence-about"), about)
	html.Empty(html.ByID("sequence"))
	html.ByID("sequence").AppendChild(picture(sequence))
	html.ByID("sequence-dialog").Underlying().Call("showModal")
}

func textOfAct(act scenario.Act) string {
	var args []string
	for _, arg := range act.Args {
		var text string
		if json.Unmarshal(arg, &text) != nil {
			text = string(arg)
		}
		args = append(args, text)
	}
	return act.Function + " " + strings.Join(args, " ")
}

// picture draws the diagram as SVG.
func picture(s messages.Sequence) dom.Element {
	width := laneMargin + (len(s.Lanes)-1)*laneWidth + laneWidth/2
	height := diagramTop + (len(s.Arrows)+1)*arrowHeight
	svg := shape("svg", "", "viewBox", "0 0 "+strconv.Itoa(width)+" "+strconv.Itoa(height),
		"width", strconv.Itoa(width), "height", strconv.Itoa(height),
		"role", "img", "aria-label", "Sequence diagram of "+count(len(s.Arrows), "message"))
	for n, name := range s.Lanes {
		x := strconv.Itoa(laneX(n))
		svg.AppendChild(shape("line", "lane", "x1", x, "x2", x, "y1", "32", "y2", strconv.Itoa(height)))
		svg.AppendChild(label(name, "lane-name", laneX(n), 22))
	}
	for n, a := range s.Arrows {
		y := diagramTop + (n+1)*arrowHeight
		from, to := laneX(a.From), laneX(a.To)
		class := "arrow"
		if a.Answer {
			class += " answer"
		}
		if a.Refused {
			class += " refused"
		}
		tip := to - 7
		if to < from {
			tip = to + 7
		}
		group := shape("g", class)
		group.AppendChild(shape("line", "", "x1", strconv.Itoa(from), "x2", strconv.Itoa(to), "y1", strconv.Itoa(y), "y2", strconv.Itoa(y)))
		group.AppendChild(shape("path", "", "d", "M"+strconv.Itoa(tip)+" "+strconv.Itoa(y-4)+"L"+strconv.Itoa(to)+" "+strconv.Itoa(y)+"L"+strconv.Itoa(tip)+" "+strconv.Itoa(y+4)))
		group.AppendChild(label(a.Label, "", (from+to)/2, y-6))
		group.AppendChild(label(a.At.Format("15:04:05.000"), "when", 50, y+4))
		svg.AppendChild(group)
	}
	return svg
}

func laneX(lane int) int { return laneMargin + lane*laneWidth }

func label(text, class string, x, y int) dom.Element {
	e := shape("text", class, "x", strconv.Itoa(x), "y", strconv.Itoa(y), "text-anchor", "middle")
	e.SetTextContent(text)
	return e
}

// shape creates an element of SVG with attributes, given as names and values.
func shape(tag, class string, attributes ...string) dom.Element {
	e := html.SVG(tag)
	if class != "" {
		e.SetAttribute("class", class)
	}
	for n := 0; n+1 < len(attributes); n += 2 {
		e.SetAttribute(attributes[n], attributes[n+1])
	}
	return e
}
