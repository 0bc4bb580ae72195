//go:build js

package main

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"syscall/js"
	"time"

	"wwebridge/wasm/internal/elements"
	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/panel/words"
	"wwebridge/wasm/wwe"
)

// stateChoice is a control for a state: a select-only combobox as described by WAI-ARIA. A <select> would
// send every state that an arrow key passes over.
type stateChoice struct {
	bar      *agentBar
	media    string // "" for the agent's own state
	element  *elements.Element
	dot      *elements.Element
	control  *elements.Element // has the focus while the list is open
	text     *elements.Element
	popup    *elements.Element // contains the list or the question, above the rest of the page
	list     *elements.Element
	question *logOffQuestion // nil before the first question
	offered  []wwe.MediaState
	value    string // the operation name of the state shown, "" if that state is not offered

	options []*elements.Element // while the list is open
	states  []wwe.MediaState    // the states of the options
	at      int                 // the index of the previewed option, -1 for none
	typed   string
	typedAt time.Time
	around  listeners // while the popup is open
}

func newStateChoice(bar *agentBar, media, label, shown string) *stateChoice {
	c := &stateChoice{
		bar: bar, media: media, dot: icon("active"), control: elements.New("button", ""),
		text: elements.New("span", ""), list: elements.New("ul", "states"),
	}
	listID := uniqueID()
	for _, attribute := range [...][2]string{
		{"type", "button"}, {"role", "combobox"}, {"aria-label", label}, {"aria-haspopup", "listbox"}, {"aria-expanded", "false"},
		{"aria-controls", listID}, {"data-media", media},
	} {
		c.control.SetAttribute(attribute[0], attribute[1])
	}
	c.control.AppendChild(c.text)
	c.list.SetAttribute("id", listID)
	c.list.SetAttribute("role", "listbox")
	c.list.SetAttribute("aria-label", label)
	c.popup = elements.New("div", "popup", c.list)
	c.popup.SetAttribute("popover", "manual")
	elements.Hide(c.popup, true)
	c.element = elements.New("span", "choice", c.dot, c.control, c.popup)
	if shown != "" {
		c.element.AppendChild(elements.Text("span", "of", shown))
	}
	return c
}

// show shows the state, even if it is not among those offered. An open list stays as it is.
func (c *stateChoice) show(w *words.Words, state wwe.MediaState, offered []wwe.MediaState, wanted string, mayChange, pending bool) {
	at := slices.IndexFunc(offered, func(o wwe.MediaState) bool {
		return o.OperationName != "" && o.OperationName == cmp.Or(wanted, state.OperationName)
	})
	if at < 0 {
		at = slices.IndexFunc(offered, func(o wwe.MediaState) bool { return o.Type == state.Type && o.DisplayName == state.DisplayName })
	}
	c.offered, c.value = offered, ""
	text := ""
	if at >= 0 {
		c.value, text = offered[at].OperationName, w.MediaStateName(offered[at])
	} else {
		text = cmp.Or(w.MediaStateName(state), w.NoState)
	}
	elements.SetText(c.text, text)
	disabled := !mayChange || len(offered) == 0
	if c.isOpen() {
		if disabled || c.question.isOpen() && logsOff(state) {
			c.close()
		} else {
			c.place()
		}
	}
	elements.SetFlag(c.control, "disabled", disabled)
	elements.SetAttribute(c.control, "aria-busy", boolText(pending))
	elements.SetAttribute(c.element, "data-ready", readiness(state.Type))
	setIcon(c.dot, dotOf(readiness(state.Type)))
}

func (c *stateChoice) isOpen() bool { return c.bar.open == c }

// open opens the list of states and previews the current one.
func (c *stateChoice) open() {
	if c.control.HasAttribute("disabled") {
		return
	}
	c.control.Focus() // Safari does not focus a clicked button
	c.bar.close()
	c.at, c.typed = -1, ""
	for _, o := range c.offered {
		if o.OperationName == "" {
			continue
		}
		isIt := o.OperationName == c.value
		e := elements.New("li", "", icon("done"), elements.Text("span", "", c.bar.p.words.MediaStateName(o)))
		e.SetAttribute("id", uniqueID())
		e.SetAttribute("role", "option")
		e.SetAttribute("aria-selected", boolText(isIt))
		c.list.AppendChild(e)
		c.options, c.states = append(c.options, e), append(c.states, o)
		if isIt {
			c.at = len(c.options) - 1
		}
	}
	elements.Hide(c.list, false)
	c.pop()
	elements.SetAttribute(c.control, "aria-expanded", "true")
	c.preview(c.at)
}

// close closes the list or the question. It sends nothing.
func (c *stateChoice) close() {
	if !c.isOpen() {
		return
	}
	c.bar.open = nil
	c.around.release()
	if c.popup.QuerySelector(":focus") != nil {
		c.control.Focus()
	}
	if c.popup.Underlying().Get("hidePopover").Truthy() && c.popup.Matches(":popover-open") {
		c.popup.Underlying().Call("hidePopover")
	}
	elements.Hide(c.popup, true)
	c.fold()
	c.question.hide()
}

// fold hides and empties the list.
func (c *stateChoice) fold() {
	elements.SetAttribute(c.control, "aria-expanded", "false")
	c.control.RemoveAttribute("aria-activedescendant")
	elements.Hide(c.list, true)
	elements.Empty(c.list)
	c.options, c.states = nil, nil
}

// preview marks a state in the list, as arrow keys do. It sends nothing.
func (c *stateChoice) preview(at int) {
	if c.at >= 0 {
		elements.SetFlag(c.options[c.at], "data-active", false)
	}
	if c.at = at; at < 0 {
		return
	}
	e := c.options[at]
	elements.SetFlag(e, "data-active", true)
	c.control.SetAttribute("aria-activedescendant", e.GetAttribute("id"))
	e.Underlying().Call("scrollIntoView", map[string]any{"block": "nearest"})
}

// commit sends the previewed state, unless it is the current one.
func (c *stateChoice) commit() {
	if c.at < 0 {
		c.close()
		return
	}
	state := c.states[c.at]
	if logsOff(state) && state.OperationName != c.value {
		c.fold()
		c.ask(state)
		return
	}
	c.close()
	if state.OperationName != c.value {
		c.bar.choose(c.media, state.OperationName)
	}
}

// key handles a key press on the control. It reports whether the key has a meaning there.
func (c *stateChoice) key(key string, again bool) bool {
	if !c.isOpen() {
		switch {
		case key == "Enter", key == " ", key == "ArrowDown", key == "ArrowUp":
			if !again {
				c.open()
			}
		case c.isText(key):
			c.open()
			c.seek(key)
		default:
			return false
		}
		return true
	}
	last := len(c.options) - 1
	switch key {
	case "Escape":
		c.close()
	case "Enter", " ":
		if !again {
			c.commit()
		}
	case "ArrowDown":
		c.preview(min(c.at+1, last))
	case "ArrowUp":
		if c.at < 0 {
			c.preview(last)
			break
		}
		c.preview(max(c.at-1, 0))
	case "Home", "PageUp":
		c.preview(min(0, last))
	case "End", "PageDown":
		c.preview(last)
	default:
		if !c.isText(key) {
			return false
		}
		c.seek(key)
	}
	return true
}

// isText reports whether the key types a character.
func (c *stateChoice) isText(key string) bool { // key names have several letters, all ASCII
	return key != " " && (len(key) == 1 || key != "" && key[0] >= 0x80)
}

// listen adds the event listeners for the state choices.
func (a *agentBar) listen() {
	hear := func(event string, do func(event js.Value, on *elements.Element, c *stateChoice)) {
		a.p.on.add(a.p.root, event, false, func(e js.Value, on *elements.Element) {
			if c := a.choiceAround(on); c != nil {
				do(e, on, c)
			}
		})
	}
	hear("click", func(_ js.Value, on *elements.Element, c *stateChoice) { c.click(on) })
	hear("mousedown", func(e js.Value, _ *elements.Element, _ *stateChoice) { e.Call("preventDefault") }) // keeps focus
	hear("focusout", func(e js.Value, _ *elements.Element, c *stateChoice) {
		if to := elements.Wrap(e.Get("relatedTarget")); to == nil || !c.element.Contains(to) {
			c.close()
		}
	})
	hear("keydown", func(e js.Value, on *elements.Element, c *stateChoice) {
		key := e.Get("key")
		if key.Type() != js.TypeString || e.Get("isComposing").Truthy() || e.Get("ctrlKey").Truthy() || e.Get("metaKey").Truthy() {
			return
		}
		used := false
		switch {
		case e.Get("altKey").Truthy() && c.isText(key.String()): // a shortcut
		case on.Is(c.control):
			used = c.key(key.String(), e.Get("repeat").Truthy())
		case key.String() == "Escape":
			used = true
			c.close()
		}
		if used {
			e.Call("preventDefault")
			e.Call("stopPropagation") // a dialog around the panel stays open
		}
	})
	for _, clicks := range []string{"keypress", "keyup"} { // they would click the button although keydown was handled
		hear(clicks, func(e js.Value, on *elements.Element, c *stateChoice) {
			if on.Is(c.control) {
				e.Call("preventDefault")
			}
		})
	}
}

// choiceAround returns the choice that contains the element, nil for none.
func (a *agentBar) choiceAround(e *elements.Element) *stateChoice {
	if a.state.element.Contains(e) {
		return a.state
	}
	for _, c := range a.choices {
		if c.element.Contains(e) {
			return c
		}
	}
	return nil
}

// close closes the open list or question of the bar.
func (a *agentBar) close() {
	if a.open != nil {
		a.open.close()
	}
}

func (c *stateChoice) click(on *elements.Element) {
	option := on.Closest("[role=option]")
	switch {
	case option != nil:
		for n, o := range c.options {
			if o.Is(option) {
				c.preview(n)
				c.commit()
				return
			}
		}
	case !c.control.Contains(on):
		c.question.click(on)
	case c.isOpen():
		c.close()
	default:
		c.open()
	}
}

// typing is the longest pause between two letters of the same word.
const typing = time.Second

// seek previews the next state whose name starts with the typed letters.
func (c *stateChoice) seek(letter string) {
	now := time.Now()
	if now.Sub(c.typedAt) > typing {
		c.typed = ""
	}
	c.typed, c.typedAt = c.typed+letter, now
	typed, from := c.typed, c.at // more letters may still match the previewed state
	rest := typed
	for strings.HasPrefix(rest, letter) {
		rest = rest[len(letter):]
	}
	if rest == "" { // the same letter again
		typed, from = letter, c.at+1
	}
	for n := range c.options {
		at := (max(from, 0) + n) % len(c.options)
		if model.BeginsWith(c.options[at].TextContent(), typed) {
			c.preview(at)
			return
		}
	}
}

// pop shows the popup above everything else on the page, so that nothing clips it.
func (c *stateChoice) pop() {
	c.bar.open = c
	elements.Hide(c.popup, false)
	if c.popup.Underlying().Get("showPopover").Truthy() { // Firefox 125
		c.popup.Underlying().Call("showPopover")
	}
	c.place()
	for _, moves := range []struct{ on, event string }{{"document", "scroll"}, {"window", "resize"}} {
		c.around.add(elements.Wrap(js.Global().Get(moves.on)), moves.event, true, func(_ js.Value, on *elements.Element) {
			if !on.Is(c.list) {
				c.place()
			}
		})
	}
}

// place puts the popup below the control, or above it if there is more room.
func (c *stateChoice) place() {
	style, root := c.popup.Underlying().Get("style"), js.Global().Get("document").Get("documentElement")
	set := func(name string, px float64) {
		style.Call("setProperty", name, strconv.FormatFloat(px, 'f', -1, 64)+"px")
	}
	width, height := root.Get("clientWidth").Float(), js.Global().Get("innerHeight").Float()
	const gap, edge = 2, 4
	at := boxOf(c.control)
	below, above := height-at.bottom-gap-edge, at.top-gap-edge
	set("left", 0)
	set("top", 0)
	set("min-inline-size", min(at.right-at.left, width-2*edge))
	set("max-inline-size", width-2*edge)
	style.Call("removeProperty", "max-block-size")
	box := boxOf(c.popup) // while the popup is at 0, 0 of its containing block
	tall := box.bottom - box.top
	top := at.bottom + gap
	if tall > below && above > below {
		tall = min(tall, above)
		top = at.top - gap - tall
	} else {
		tall = min(tall, below)
	}
	set("max-block-size", max(tall, 0))
	left := at.left
	if c.control.Matches(":dir(rtl)") {
		left = at.right - (box.right - box.left)
	}
	left = max(edge, min(left, width-edge-(box.right-box.left)))
	set("left", left-box.left)
	set("top", top-box.top)
}

// box is the position of an element in the window, in pixels.
type box struct{ left, top, right, bottom float64 }

func boxOf(e *elements.Element) box {
	r := e.Underlying().Call("getBoundingClientRect")
	return box{r.Get("left").Float(), r.Get("top").Float(), r.Get("right").Float(), r.Get("bottom").Float()}
}
