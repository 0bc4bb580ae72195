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

// attention draws the agent's to what rings. What the browser has to do for it
// is in attention.js, which finds the one of several panels that does so; WWE's
// toast is the model's.
type attention struct {
	p       *panel
	element *elements.Element // asks for the permission to notify
	notify  bool
	browser js.Value // undefined in a page without attention.js
	told    js.Func
	text    string // that attention.js was told last
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

// tell is called by attention.js, about what rings.
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

// texts are what the panel calls it, which is all that is shown elsewhere.
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

// json is what attention.js reads: the page's title, and all that rings.
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

// tick offers to ask for the permission while that can be asked for.
func (a *attention) tick() {
	if a.notify && !a.browser.IsUndefined() {
		elements.Hide(a.element, !a.browser.Call("mayAsk").Bool())
	}
}

// ask is called when the agent presses the button.
func (a *attention) ask() { a.browser.Call("ask") }

func (a *attention) end() {
	if !a.browser.IsUndefined() {
		a.browser.Call("end")
		a.told.Release()
	}
}
