//go:build js

package main

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"syscall/js"
	"time"

	"honnef.co/go/js/dom/v2"

	"wwebridge/internal/recording"
	"wwebridge/wasm/desktop/html"
	"wwebridge/wasm/desktop/messages"
	"wwebridge/wasm/desktop/scenario"
	"wwebridge/wasm/wwetest"
)

// maxLog is the maximum number of messages on the page, which may be open for
// days. A search covers all messages that the Host keeps.
const maxLog = 500

var logRows = js.Global().Get("wweLogRows") // in web/desktop.js

// messageLog shows the messages between WWE and the widgets, the newest last.
type messageLog struct {
	acts                *scenario.Acts
	host                *wwetest.Host
	list, empty, shown  dom.Element
	search, kind, frame dom.Element
	note                dom.Element
	frames              int               // the highest number in the choice of frames
	reader              messages.Reader   // has read the messages that the list was offered
	rows                []messages.Entry  // shown in the list
	pending             []wwetest.Message // not shown yet
	cleared             time.Time         // hides older messages
	repaint             *repaint
}

func newMessageLog(acts *scenario.Acts) *messageLog {
	l := &messageLog{
		acts: acts, host: acts.Host,
		list: html.ByID("messages"), empty: html.ByID("no-messages"), shown: html.ByID("shown"),
		search: html.ByID("search"), kind: html.ByID("message-kind"), frame: html.ByID("frame"), note: html.ByID("log-note"),
	}
	l.repaint = newRepaint(l.showPending)
	again := func(dom.Event) { l.showAgain() }
	l.search.AddEventListener("input", false, again)
	l.kind.AddEventListener("change", false, again)
	l.frame.AddEventListener("change", false, again)
	html.ByID("clear").AddEventListener("click", false, func(dom.Event) { l.clear() })
	html.ByID("copy-all").AddEventListener("click", false, func(dom.Event) { l.copyAll() })
	html.ByID("draw").AddEventListener("click", false, func(dom.Event) { l.draw() })
	html.ByID("save").AddEventListener("click", false, func(dom.Event) { l.save() })
	l.list.AddEventListener("toggle", true, func(e dom.Event) { // in the capture phase: toggle does not bubble
		if n := l.indexOf(e.Target()); n >= 0 {
			open(e.Target(), l.rows[n])
		}
	})
	l.list.AddEventListener("keydown", false, func(e dom.Event) {
		if l.goTo(e.Target(), e.Underlying().Get("key").String()) {
			e.PreventDefault()
		}
	})
	l.list.AddEventListener("click", false, func(e dom.Event) {
		if e.Target().Closest("button") == nil {
			return
		}
		if n := l.indexOf(e.Target()); n >= 0 {
			copyText(l.rows[n].Text, "Copied the message.")
		}
	})
	return l
}

func (l *messageLog) add(m wwetest.Message) {
	l.pending = append(l.pending, m)
	if len(l.pending) > 2*maxLog {
		l.pending = append([]wwetest.Message(nil), l.pending[maxLog:]...)
	}
	l.repaint.soon()
}

func (l *messageLog) showPending() {
	if html.Value(l.kind) == unanswered { // an answer takes a row away
		l.showAgain()
		return
	}
	l.append(l.pending)
	l.pending = nil
}

// append shows those of the messages that match the filter.
func (l *messageLog) append(all []wwetest.Message) {
	atEnd := l.isAtEnd()
	var read, fresh []messages.Entry
	for _, m := range all {
		l.offerFrame(m.Frame)
		read = append(read, l.reader.Read(m))
	}
	wanted := l.wanted()
	for _, e := range read {
		if wanted(e) {
			fresh = append(fresh, e)
		}
	}
	fresh = fresh[max(0, len(fresh)-maxLog):]
	excess := max(0, len(l.rows)+len(fresh)-maxLog)
	l.rows = append(slices.Clone(l.rows[excess:]), fresh...) // frees the old ones, which may be large
	var rows [][6]string
	for _, e := range fresh {
		rows = append(rows, rowOf(e))
	}
	if text, err := json.Marshal(rows); err == nil && len(rows) > 0 { // the error is always nil
		logRows.Invoke(l.list.Underlying(), excess, string(text))
	}
	html.Hide(l.empty, len(l.rows) > 0)
	html.SetText(l.empty, "No messages yet.")
	if l.isFiltered() {
		html.SetText(l.empty, "No message matches.")
	}
	html.SetText(l.shown, strconv.Itoa(len(l.rows)))
	if atEnd {
		l.list.Underlying().Set("scrollTop", l.list.Underlying().Get("scrollHeight"))
	}
}

// showAgain applies the current filter to the messages that the Host keeps.
func (l *messageLog) showAgain() {
	html.Empty(l.list)
	l.rows, l.pending, l.reader = nil, nil, messages.Reader{}
	l.append(l.kept())
}

// kept returns the Host's messages since the log was cleared.
func (l *messageLog) kept() []wwetest.Message {
	all := l.host.Messages()
	for n, m := range all {
		if m.At.After(l.cleared) {
			return all[n:]
		}
	}
	return nil
}

func (l *messageLog) clear() {
	l.cleared = time.Now()
	l.showAgain()
}

func (l *messageLog) isFiltered() bool {
	return html.Value(l.search) != "" || html.Value(l.kind) != "" || html.Value(l.frame) != "0"
}

// unanswered is the kind of messages that depends on later ones.
const unanswered = "unanswered"

// wanted returns the filter that the user has set.
func (l *messageLog) wanted() func(messages.Entry) bool {
	search := strings.ToLower(html.Value(l.search))
	frame, _ := strconv.Atoi(html.Value(l.frame))
	isOfKind := l.ofKind(html.Value(l.kind))
	return func(e messages.Entry) bool {
		return isOfKind(e) &&
			(frame == 0 || frame == e.Frame) &&
			(search == "" || strings.Contains(strings.ToLower(e.Text), search) || strings.Contains(strings.ToLower(e.Name), search))
	}
}

func (l *messageLog) ofKind(kind string) func(messages.Entry) bool {
	switch kind {
	case "from-widget", "from-wwe":
		return func(e messages.Entry) bool { return wayOf(e) == kind }
	case "calls":
		return func(e messages.Entry) bool { return e.Kind == messages.Request || e.Kind == messages.Answer }
	case "events":
		return func(e messages.Entry) bool { return e.Kind == messages.Event }
	case "refused":
		return func(e messages.Entry) bool { return e.Refused }
	case unanswered:
		open := l.reader.Unanswered()
		return func(e messages.Entry) bool { return e.Kind == messages.Request && open[e.Pair] }
	}
	return func(messages.Entry) bool { return true }
}

// offerFrame adds the frames up to n to the choice of frames. The choice is
// visible if there are at least two.
func (l *messageLog) offerFrame(n int) {
	for l.frames < n {
		l.frames++
		option := html.Text("option", "", "Frame "+strconv.Itoa(l.frames))
		option.SetAttribute("value", strconv.Itoa(l.frames))
		l.frame.AppendChild(option)
		html.Hide(l.frame, l.frames < 2)
	}
}

// isAtEnd reports whether the user has not scrolled up to read.
func (l *messageLog) isAtEnd() bool {
	list := l.list.Underlying()
	return list.Get("scrollTop").Float()+list.Get("clientHeight").Float() >= list.Get("scrollHeight").Float()-4
}

// indexOf returns the index of the row that contains an element, or -1 if there
// is none.
func (l *messageLog) indexOf(inside dom.Element) int {
	row := inside.Closest("li")
	if row == nil {
		return -1
	}
	rows := js.Global().Get("Array").Call("from", l.list.Underlying().Get("children"))
	return rows.Call("indexOf", row.Underlying()).Int()
}

// goTo moves the focus from one message to another. From the list itself it
// moves to the first or last message.
func (l *messageLog) goTo(from dom.Element, key string) bool {
	n := l.indexOf(from)
	switch key {
	case "ArrowDown":
		n++
	case "ArrowUp":
		if n < 0 {
			n = len(l.rows)
		}
		n--
	case "Home":
		n = 0
	case "End":
		n = len(l.rows) - 1
	default:
		return false
	}
	if n >= 0 && n < len(l.rows) {
		l.list.Underlying().Get("children").Index(n).Call("querySelector", "summary").Call("focus")
	}
	return true
}

func (l *messageLog) copyAll() {
	var text strings.Builder
	for _, m := range l.rows {
		text.WriteString(m.Text + "\n")
	}
	copyText(text.String(), "Copied "+count(len(l.rows), "message")+".")
}

// save downloads the messages since the log was cleared as a recording of one
// session. If several frames have messages, the user must choose a frame.
func (l *messageLog) save() {
	frame, _ := strconv.Atoi(html.Value(l.frame))
	var session []wwetest.Message
	for _, m := range l.kept() {
		if frame == 0 || frame == m.Frame {
			session = append(session, m)
		}
		if frame == 0 && m.Frame != session[0].Frame { // a recording holds one session
			html.SetText(l.note, "Choose one of the frames, then save its session.")
			return
		}
	}
	html.SetText(l.note, "")
	var file []byte
	for _, m := range session {
		file = recording.Append(file, recording.Entry{At: m.At.Sub(session[0].At), FromWidget: m.FromWidget, Text: m.Text})
	}
	global := js.Global()
	bytes := global.Get("Uint8Array").New(len(file))
	js.CopyBytesToJS(bytes, file)
	url := global.Get("URL").Call("createObjectURL", global.Get("Blob").New([]any{bytes}))
	link := html.Element("a", "")
	link.SetAttribute("href", url.String())
	link.SetAttribute("download", "wwe-messages.jsonl")
	link.Underlying().Call("click")
	global.Get("URL").Call("revokeObjectURL", url)
	announce("Saved " + count(len(session), "message") + ".")
}

// copyText copies the text to the clipboard. The browser may refuse.
func copyText(text, done string) {
	clipboard := js.Global().Get("navigator").Get("clipboard")
	if clipboard.IsUndefined() {
		announce("This browser lets only pages of https and localhost copy.")
		return
	}
	var succeeded, failed js.Func
	release := func(say string) {
		succeeded.Release()
		failed.Release()
		announce(say)
	}
	succeeded = js.FuncOf(func(js.Value, []js.Value) any { release(done); return nil })
	failed = js.FuncOf(func(js.Value, []js.Value) any { release("The browser did not let the page copy."); return nil })
	clipboard.Call("writeText", text).Call("then", succeeded, failed)
}
