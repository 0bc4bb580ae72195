//go:build js

package main

import (
	"strconv"
	"syscall/js"

	"wwebridge/wasm/internal/elements"
	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/panel/words"
)

// attention alerts the agent to ringing interactions. attention.js changes the page's title and icon,
// plays the sound and shows notifications, if this panel is the one responsible for that. The model shows
// WWE's toast.
type attention struct {
	p       *panel
	element *elements.Element // contains the button that asks for permission to notify
	notify  bool
	browser js.Value // undefined in a page without attention.js
	told    js.Func
	text    string // the arguments of the last call of rings
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

// tell handles a report of attention.js about a ringing interaction.
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

// texts returns the panel's name for an interaction. Toasts and notifications show nothing else about it.
func (a *attention) texts(r model.Ring) (title, body string) {
	w := a.p.words
	return w.Title(r.Interaction), w.Kind(r.Interaction) + " · " + w.State(r.Interaction.State)
}

func (a *attention) show(v *model.View) {
	a.ringing = v.Ringing
	arguments := []any{v.Phase == model.Live, ""}
	text := string(v.Phase)
	for n, r := range a.ringing {
		name, body := a.texts(r)
		if n == 0 {
			title := words.Fill(a.p.words.Offered, name, a.p.words.Kind(r.Interaction))
			if all := len(a.ringing); all > 1 {
				title = "(" + strconv.Itoa(all) + ") " + title
			}
			arguments[1] = title
			text += title
		}
		arguments = append(arguments, r.Key, name, body)
		text += "\n" + strconv.Itoa(r.Key) + name + "\n" + body
	}
	if text != a.text {
		a.text = text
		a.call("rings", arguments...)
	}
	a.tick()
}

// call calls a function of attention.js. If the call fails because the page has changed
// the browser's objects, the panel stops using attention.js and leaves the alerts to
// other panels.
func (a *attention) call(function string, arguments ...any) (result js.Value) {
	defer func() {
		if recover() != nil {
			browser := a.browser
			a.browser = js.Undefined()
			defer func() { _ = recover() }()
			browser.Call("end")
		}
	}()
	if !a.browser.IsUndefined() {
		result = a.browser.Call(function, arguments...)
	}
	return result
}

// tick shows the button while the browser lets the page ask for permission.
func (a *attention) tick() {
	if a.notify {
		elements.Hide(a.element, !a.call("mayAsk").Truthy())
	}
}

// ask asks for permission. Browsers require a user gesture for that.
func (a *attention) ask() { a.call("ask") }

func (a *attention) end() {
	a.call("end")
	if a.told.Truthy() {
		a.told.Release()
	}
}
