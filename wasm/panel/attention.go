//go:build js

package main

import (
	"strconv"
	"syscall/js"

	"wwebridge/internal/jsontext"
	"wwebridge/wasm/internal/elements"
	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/panel/words"
)

// attention alerts the agent to interactions that ring. attention.js changes the
// page's title and icon, plays the sound and shows notifications, if this panel
// is the one of several that does so. The model shows WWE's toast.
type attention struct {
	p       *panel
	element *elements.Element // has the button that asks for permission to notify
	notify  bool
	browser js.Value // undefined in a page without attention.js
	told    js.Func
	text    string // the last text passed to attention.js
	ringing []model.Ring
}

func newAttention(p *panel, o options) *attention {
	a := &attention{p: p, notify: o.Notify}
	a.element = elements.New("div", "permission", iconButton(p.words.NotifyMe, "notify", "offered"))
	elements.Hide(a.element, true)
	if o.Attention.IsUndefined() {
		return a
	}
	a.told = js.FuncOf(func(_ js.Value, args []js.Value) any {
		a.tell(args[0].String(), args[1].Int())
		return nil
	})
	a.browser = o.Attention.Invoke(a.told)
	return a
}

// tell handles a report of attention.js about an interaction that rings.
func (a *attention) tell(what string, key int) {
	for _, r := range a.ringing {
		switch {
		case r.Key != key:
		case what == "opened":
			a.p.model.Select(r.Interaction.InteractionID)
		default:
			title, body := a.texts(r)
			a.p.model.Toast(key, title, body)
		}
	}
}

// texts returns the panel's name for an interaction. Toasts and notifications
// show nothing else of it.
func (a *attention) texts(r model.Ring) (title, body string) {
	w := a.p.words
	return w.Title(r.Interaction), w.Kind(r.Interaction) + " · " + w.State(r.Interaction.State)
}

func (a *attention) show(v *model.View) {
	if a.browser.IsUndefined() {
		return
	}
	a.ringing = v.Ringing
	text := ""
	if v.Phase == model.Live {
		text = a.json()
	}
	if text != a.text {
		a.text = text
		a.browser.Call("rings", text)
	}
	a.tick()
}

// json returns the page's title and the interactions that ring, for attention.js.
func (a *attention) json() string {
	title, all := "", []byte(`","all":[`)
	for n, r := range a.ringing {
		if n == 0 {
			title = words.Fill(a.p.words.Offered, a.p.words.Title(r.Interaction), a.p.words.Kind(r.Interaction))
		} else {
			all = append(all, ',')
		}
		name, body := a.texts(r)
		all = append(all, `{"key":`+strconv.Itoa(r.Key)+`,"title":`...)
		all = append(jsontext.AppendString(all, name), `,"body":`...)
		all = append(jsontext.AppendString(all, body), '}')
	}
	if n := len(a.ringing); n > 1 {
		title = "(" + strconv.Itoa(n) + ") " + title
	}
	text := jsontext.AppendString([]byte(`{"title":`), title)
	return string(text[:len(text)-1]) + string(all) + "]}"
}

// tick shows the button while the browser lets the page ask for permission.
func (a *attention) tick() {
	if a.notify && !a.browser.IsUndefined() {
		elements.Hide(a.element, !a.browser.Call("mayAsk").Bool())
	}
}

// ask asks for permission. Browsers require that a person has pressed something.
func (a *attention) ask() { a.browser.Call("ask") }

func (a *attention) end() {
	if !a.browser.IsUndefined() {
		a.browser.Call("end")
		a.told.Release()
	}
}
