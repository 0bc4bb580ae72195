//go:build js

package main

import (
	"context"
	"slices"
	"strings"
	"syscall/js"
	"time"

	"honnef.co/go/js/dom/v2"

	"wwebridge/wasm/desktop/html"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// settleTime is the time from the acceptance of an interaction until WWE adds
// its iframe, as measured in logs of WWE 8.5.
const settleTime = 60 * time.Millisecond

// widgetArea holds the widget's iframes. There is one for all interactions, as
// with workspace.web-content, or a hidden one for each interaction, as with
// interaction.web-content.
type widgetArea struct {
	host                     *wwetest.Host
	note, list, frames, form dom.Element
	told                     string // the text of note
	template                 string // the widget's URL, with variables
	allow                    string // the attribute allow of the widget's iframe
	perInteraction           bool
	widgets                  []*widget
	tabs                     map[string]*widgetTab // by interaction id
	expected                 map[string]bool       // interactions that get an iframe after settleTime
}

func newWidgetArea(host *wwetest.Host) *widgetArea {
	a := &widgetArea{
		host: host,
		note: html.ByID("widget-note"), list: html.ByID("widget-list"),
		frames: html.ByID("frames"), form: html.ByID("widget-form"),
		tabs: map[string]*widgetTab{}, expected: map[string]bool{},
	}
	html.ByID("reload").AddEventListener("click", false, func(dom.Event) { a.reload() })
	a.form.AddEventListener("submit", false, func(e dom.Event) {
		e.PreventDefault()
		a.openFromForm()
	})
	a.list.AddEventListener("click", false, func(e dom.Event) {
		if button := e.Target().Closest("button"); button != nil {
			a.toggle(button.GetAttribute("data-id"))
		}
	})
	dom.GetWindow().AddEventListener("message", false, func(e dom.Event) {
		for _, w := range a.widgets {
			if w.receive(e.Underlying()) {
				a.showTrouble()
				return
			}
		}
	})
	return a
}

// openFromLocation opens the widget that the page's own URL names: ?widget=URL,
// ?mode=interaction and ?allow=microphone. Without ?widget it opens the
// project's own widget and passes the query on to it.
func (a *widgetArea) openFromLocation() {
	search := js.Global().Get("location").Get("search").String()
	query := query()
	if a.allow = ""; query.Call("has", "allow").Bool() {
		a.allow = query.Call("get", "allow").String()
	}
	template := query.Call("get", "widget")
	mode := query.Call("get", "mode")
	switch {
	case !mode.IsNull() && mode.String() != "workspace" && mode.String() != "interaction":
		a.say("?mode= is workspace or interaction, not " + mode.String() + ".")
	case template.IsNull() || template.String() == "":
		own := dom.GetWindow().Document().QuerySelector(`meta[name="widget-origin"]`).GetAttribute("content")
		if query.Call("has", "scenario").Bool() { // it is not for the widget
			query.Call("delete", "scenario")
			search = strings.TrimSuffix("?"+query.Call("toString").String(), "?")
		}
		a.open(own+"/"+search, mode.String() == "interaction")
	default:
		a.open(template.String(), mode.String() == "interaction")
	}
}

// openFromForm opens the widget that the user has entered. It stores the
// entries in the page's own URL, so that they survive a reload.
func (a *widgetArea) openFromForm() {
	query := query()
	for _, name := range []string{"widget", "mode", "allow"} {
		if value := html.Value(a.form.QuerySelector("[name=" + name + "]")); value != "" {
			query.Call("set", name, value)
		} else {
			query.Call("delete", name)
		}
	}
	js.Global().Get("history").Call("replaceState", nil, "", "?"+query.Call("toString").String())
	a.openFromLocation()
}

func (a *widgetArea) open(template string, perInteraction bool) {
	a.template, a.perInteraction = template, perInteraction
	mode := "workspace"
	if perInteraction {
		mode = "interaction"
	}
	html.SetValue(a.form.QuerySelector("[name=widget]"), template)
	html.SetValue(a.form.QuerySelector("[name=mode]"), mode)
	html.SetValue(a.form.QuerySelector("[name=allow]"), a.allow)
	html.Hide(a.list, !perInteraction)
	a.reload()
}

// reload replaces all iframes with new ones.
func (a *widgetArea) reload() {
	for _, w := range a.widgets {
		w.close()
	}
	a.widgets = nil
	clear(a.expected)
	a.say("")
	if _, _, err := resolve(a.host, a.template, ""); err != nil {
		a.say("It cannot be opened: " + err.Error() + ".")
		return
	}
	if !a.perInteraction {
		a.add("")
	}
	a.show()
}

// add creates an iframe for the interaction, or for all interactions if the id
// is "".
func (a *widgetArea) add(interactionID string) {
	url, origin, err := resolve(a.host, a.template, interactionID)
	if err != nil {
		a.say("It cannot be opened: " + err.Error() + ".")
		return
	}
	w := newWidget(a.host, interactionID, origin)
	w.frame.OnRestart(func() { a.restarted(w) })
	if a.allow != "" {
		w.iframe.SetAttribute("allow", a.allow)
	}
	a.frames.AppendChild(w.iframe)
	w.load(url, a.showTrouble)
	a.widgets = append(a.widgets, w)
}

// restarted loads the widget again, because the iframes in WWE's page reload
// with it. Each interaction then has a new id.
func (a *widgetArea) restarted(w *widget) {
	if w.closed {
		return
	}
	w.close()
	a.widgets = slices.DeleteFunc(a.widgets, func(other *widget) bool { return other == w })
	if !a.perInteraction {
		a.add("")
	}
	a.show()
}

// awaitWidget returns once a widget has sent something, and after a while if
// none does.
func (a *widgetArea) awaitWidget(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, silence)
	defer cancel()
	for ctx.Err() == nil && !slices.ContainsFunc(a.widgets, func(w *widget) bool { return w.spoke || w.trouble != nil }) {
		time.Sleep(20 * time.Millisecond)
		if a.perInteraction {
			return
		}
	}
}

// show adds and removes iframes, so that each interaction has one as in WWE.
func (a *widgetArea) show() {
	if !a.perInteraction {
		return
	}
	interactions := a.host.Interactions()
	a.widgets = slices.DeleteFunc(a.widgets, func(w *widget) bool {
		gone := !slices.ContainsFunc(interactions, func(i wwe.Interaction) bool { return i.InteractionID == w.interactionID })
		if gone {
			w.close()
		}
		return gone
	})
	for _, i := range interactions {
		a.expect(i)
	}
	a.showTabs()
}

// expect adds the iframe of an interaction. It does so at once if the agent
// began the interaction, and otherwise some time after the agent accepts it. A
// page in such an iframe never sees an inbound call ring.
func (a *widgetArea) expect(i wwe.Interaction) {
	switch {
	case a.of(i.InteractionID) != nil || a.expected[i.InteractionID] || lookOf(i.State) == "offered" && i.State != wwe.StatePreview:
	case i.Direction == wwe.DirectionOut, slices.Contains([]wwe.State{wwe.StateCreated, wwe.StatePulled, wwe.StatePreview}, i.State):
		a.add(i.InteractionID)
	default:
		a.expected[i.InteractionID] = true
		time.AfterFunc(settleTime, func() {
			if _, held := a.host.Interaction(i.InteractionID); held && a.expected[i.InteractionID] {
				a.add(i.InteractionID)
				a.showTabs()
			}
			delete(a.expected, i.InteractionID)
		})
	}
}

func (a *widgetArea) of(interactionID string) *widget {
	for _, w := range a.widgets {
		if w.interactionID == interactionID {
			return w
		}
	}
	return nil
}

// showTabs lists the hidden iframes, so that a developer can show one.
func (a *widgetArea) showTabs() {
	var ids []string
	for _, w := range a.widgets {
		ids = append(ids, w.interactionID)
	}
	html.Sync(a.list, a.tabs, ids, newWidgetTab)
	for _, w := range a.widgets {
		name := "Interaction " + w.interactionID
		if i, held := a.host.Interaction(w.interactionID); held {
			name = "#" + w.interactionID + " " + title(i)
		}
		a.tabs[w.interactionID].show(name, !w.iframe.HasAttribute("hidden"))
	}
}

// toggle shows one of the hidden iframes, or hides it again.
func (a *widgetArea) toggle(interactionID string) {
	for _, w := range a.widgets {
		html.Hide(w.iframe, w.interactionID != interactionID || !w.iframe.HasAttribute("hidden"))
	}
	a.showTabs()
}

// widgetTab is the entry of a hidden iframe in the list.
type widgetTab struct{ element, name, button dom.Element }

func newWidgetTab(interactionID string) *widgetTab {
	t := &widgetTab{name: html.Element("span", ""), button: html.Button("Show", "show")}
	t.button.SetAttribute("class", "small")
	t.button.SetAttribute("data-id", interactionID)
	t.element = html.Element("li", "", t.name, t.button)
	return t
}

// Element implements html.Row.
func (t *widgetTab) Element() dom.Element { return t.element }

func (t *widgetTab) show(name string, shown bool) {
	html.SetText(t.name, name)
	text := "Show"
	if shown {
		text = "Hide"
	}
	html.SetText(t.button, text)
	html.SetAttribute(t.button, "aria-label", text+" "+name)
}
