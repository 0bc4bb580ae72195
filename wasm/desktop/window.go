//go:build js

package main

import (
	"maps"
	"slices"
	"strconv"

	"honnef.co/go/js/dom/v2"

	"wwebridge/wasm/desktop/html"
	"wwebridge/wasm/desktop/scenario"
	"wwebridge/wasm/internal/look"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// windowView shows the additions of widgets to WWE's window: toasts, dialogs,
// and views in the menu bar.
type windowView struct {
	acts                  *scenario.Acts
	host                  *wwetest.Host
	toastList, dialogArea dom.Element
	viewList              dom.Element
	toasts                map[string]*toast  // by id
	dialogs               map[string]*dialog // by id
	views                 map[string]*menuBarView
}

func newWindowView(acts *scenario.Acts) *windowView {
	v := &windowView{
		acts:      acts,
		host:      acts.Host,
		toastList: html.ByID("toasts"), dialogArea: html.ByID("dialogs"), viewList: html.ByID("views"),
		toasts: map[string]*toast{}, dialogs: map[string]*dialog{}, views: map[string]*menuBarView{},
	}
	v.toastList.AddEventListener("click", false, func(e dom.Event) {
		if button := e.Target().Closest("button"); button != nil {
			v.press(button)
		}
	})
	v.dialogArea.AddEventListener("click", false, func(e dom.Event) {
		if button := e.Target().Closest("button"); button != nil {
			v.do("closeDialog", button.GetAttribute("data-id"))
		}
	})
	dom.GetWindow().AddEventListener("message", false, func(e dom.Event) {
		for _, d := range v.dialogs {
			if d.widget != nil && d.widget.receive(e.Underlying()) {
				return
			}
		}
	})
	return v
}

func (v *windowView) press(button dom.Element) {
	id := button.GetAttribute("data-id")
	if button.GetAttribute("data-action") == "close" {
		v.do("closeToast", id)
		return
	}
	v.do("pressToast", id, button.TextContent())
}

func (v *windowView) do(function string, args ...any) {
	if _, err := v.acts.Do(function, args...); err != nil {
		announce(err.Error())
	}
}

func (v *windowView) show() {
	toasts, dialogs, views := v.host.Toasts(), v.host.Dialogs(), v.host.Views()
	var ids []string
	for _, t := range toasts {
		ids = append(ids, t.ID)
	}
	html.Sync(v.toastList, v.toasts, ids, newToast)
	for _, t := range toasts {
		v.toasts[t.ID].show(t.Parameters)
	}

	ids = nil
	open := map[string]bool{}
	for _, d := range dialogs {
		ids = append(ids, d.ID)
		open[d.ID] = true
	}
	for _, id := range slices.Sorted(maps.Keys(v.dialogs)) {
		if d := v.dialogs[id]; !open[id] && d.widget != nil {
			d.widget.close()
		}
	}
	html.Sync(v.dialogArea, v.dialogs, ids, newDialog)
	for _, d := range dialogs {
		v.dialogs[d.ID].show(v.host, d)
	}

	ids = nil
	for _, view := range views {
		ids = append(ids, view.Name)
	}
	html.Sync(v.viewList, v.views, ids, newMenuBarView)
	for _, view := range views {
		v.views[view.Name].show(view)
	}
}

// toast shows a message over the window.
type toast struct {
	id, shown            string
	element, head, facts dom.Element
	buttons              dom.Element
}

func newToast(id string) *toast {
	t := &toast{id: id, head: html.Element("h3", ""), facts: html.Element("div", "facts"), buttons: html.Element("div", "actions")}
	closing := html.Button("×", "close")
	closing.SetAttribute("class", "icon")
	closing.SetAttribute("data-id", id)
	closing.SetAttribute("aria-label", "Close toast")
	t.element = html.Element("div", "toast", html.Element("div", "title", t.head, closing), t.facts, t.buttons)
	t.element.SetAttribute("role", "status")
	return t
}

// Element implements html.Row.
func (t *toast) Element() dom.Element { return t.element }

func (t *toast) show(parameters wwe.JSON) {
	if t.shown == string(parameters) {
		return
	}
	t.shown = string(parameters)
	value, _ := parameters.Value()
	o, _ := value.(map[string]any)
	html.SetText(t.head, textOf(o["title"]))
	html.Empty(t.facts)
	for _, name := range []string{"subject", "message"} {
		if text := textOf(o[name]); text != "" {
			t.facts.AppendChild(html.Text("p", name, text))
		}
	}
	if data, ok := o["keyValues"].(map[string]any); ok {
		list := html.Element("dl", "")
		for _, key := range slices.Sorted(maps.Keys(data)) {
			list.AppendChild(html.Text("dt", "", key))
			list.AppendChild(html.Text("dd", "", look.Value(data[key])))
		}
		t.facts.AppendChild(list)
	}
	width := ""
	if pixels, ok := o["width"].(float64); ok && pixels > 0 {
		width = strconv.FormatFloat(pixels, 'f', -1, 64) + "px"
	}
	setStyle(t.element, "width", width)
	html.Empty(t.buttons)
	buttons, _ := o["buttons"].([]any)
	for _, label := range buttons {
		t.addButton(buttonLabel(label))
	}
	if o["buttonShowDismiss"] == true {
		t.addButton(wwetest.Dismiss)
	}
}

func (t *toast) addButton(label string) {
	button := html.Button(label, "press")
	button.SetAttribute("data-id", t.id)
	t.buttons.AppendChild(button)
}

// buttonLabel returns the label of a toast's button. It is a guess, because the
// shape of buttons is not documented.
func buttonLabel(button any) string {
	if o, ok := button.(map[string]any); ok {
		for _, name := range []string{"label", "text", "name", "title"} {
			if text := textOf(o[name]); text != "" {
				return text
			}
		}
		for _, name := range slices.Sorted(maps.Keys(o)) {
			if text := textOf(o[name]); text != "" {
				return text
			}
		}
	}
	return look.Value(button)
}

func textOf(value any) string {
	text, _ := value.(string)
	return text
}

// dialog shows a page of the widget over the window.
type dialog struct {
	element, label, frame dom.Element
	widget                *widget
}

func newDialog(id string) *dialog {
	d := &dialog{label: html.Element("h2", ""), frame: html.Element("div", "frame")}
	closing := html.Button("Close dialog", "close")
	closing.SetAttribute("data-id", id)
	closing.SetAttribute("class", "small")
	d.element = html.Element("section", "dialog", html.Element("div", "title", d.label, closing), d.frame)
	d.element.SetAttribute("role", "dialog")
	return d
}

// Element implements html.Row.
func (d *dialog) Element() dom.Element { return d.element }

func (d *dialog) show(host *wwetest.Host, now wwetest.Dialog) {
	if d.widget != nil || d.label.TextContent() != "" {
		return // a dialog does not change
	}
	d.label.SetTextContent(or(now.Label, now.ID))
	d.element.SetAttribute("aria-label", or(now.Label, now.ID))
	setStyle(d.element, "width", now.Width)
	setStyle(d.element, "height", now.Height)
	url, origin, err := resolve(host, now.URL, "")
	if err != nil {
		d.frame.AppendChild(html.Text("p", "warning", "It cannot be opened: "+now.URL))
		return
	}
	d.widget = newWidget(host, "", origin)
	d.widget.iframe.SetAttribute("title", or(now.Label, now.ID))
	d.frame.AppendChild(d.widget.iframe)
	d.widget.load(url, func() {})
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// menuBarView shows a view in WWE's menu bar.
type menuBarView struct{ element dom.Element }

func newMenuBarView(name string) *menuBarView {
	v := &menuBarView{element: html.Element("li", "view")}
	v.element.SetAttribute("data-name", name)
	return v
}

// Element implements html.Row.
func (v *menuBarView) Element() dom.Element { return v.element }

func (v *menuBarView) show(now wwetest.View) {
	value, _ := now.Parameters.Value()
	o, _ := value.(map[string]any)
	html.SetText(v.element, or(textOf(o["label"]), or(textOf(o["shortLabel"]), now.Name)))
	html.SetAttribute(v.element, "title", textOf(o["tooltip"]))
	setStyle(v.element, "background-color", textOf(o["backgroundColor"]))
	setStyle(v.element, "color", textOf(o["labelColor"]))
}

// setStyle sets a CSS property. The browser ignores an invalid value.
func setStyle(e dom.Element, property, value string) {
	e.Underlying().Get("style").Call("setProperty", property, value)
}
