//go:build js

package main

import (
	"context"
	"errors"
	"strconv"
	"time"
	"unicode"

	"honnef.co/go/js/dom/v2"

	"wwebridge/wasm/desktop/html"
	"wwebridge/wasm/desktop/scenario"
)

// scenarioPanel plays scenarios, and copies recorded steps as a test.
type scenarioPanel struct {
	acts           *scenario.Acts
	widgets        *widgetArea
	reset          func() // returns WWE to its start
	note, recorded dom.Element
	playing, text  dom.Element
	bar            dom.Element
	copied         dom.Element
	cancel         func() // ends the scenario that is being played; nil if none is
	step           scenario.Progress
	stepAt         time.Time
}

func newScenarioPanel(acts *scenario.Acts, widgets *widgetArea, reset func()) *scenarioPanel {
	p := &scenarioPanel{
		acts: acts, widgets: widgets, reset: reset,
		note: html.ByID("scenario-note"), recorded: html.ByID("recorded"),
		playing: html.ByID("playing"), text: html.ByID("playing-text"), bar: html.ByID("playing-progress"),
		copied: html.ByID("copied"),
	}
	list := html.ByID("scenario-list")
	for _, s := range scenario.Gallery() {
		list.AppendChild(scenarioEntry(s))
	}
	list.AddEventListener("click", false, func(e dom.Event) {
		if button := e.Target().Closest("button"); button != nil {
			p.play(button.GetAttribute("data-name"))
		}
	})
	html.ByID("stop").AddEventListener("click", false, func(dom.Event) {
		p.stop("Stopped. What has happened so far stays.")
		dom.GetWindow().Document().QuerySelector("[role=tab][aria-selected=true]").Underlying().Call("focus") // the button is hidden now
	})
	html.ByID("copy-go").AddEventListener("click", false, func(dom.Event) {
		p.copy("Go test", acts.Recording.GoTest(acts.Host.Messages()))
	})
	html.ByID("copy-playwright").AddEventListener("click", false, func(dom.Event) {
		p.copy("Playwright test", acts.Recording.Playwright(acts.Host.Messages()))
	})
	return p
}

func scenarioEntry(s scenario.Scenario) dom.Element {
	play := html.Text("button", "", s.Title)
	play.SetAttribute("type", "button")
	play.SetAttribute("data-name", s.Name)
	play.SetAttribute("aria-describedby", "about-scenario-"+s.Name)
	about := html.Text("small", "", s.About)
	about.SetAttribute("id", "about-scenario-"+s.Name)
	return html.Element("li", "", html.Element("div", "", play, html.Text("span", "quiet", seconds(s.Duration()))), about)
}

// seconds returns a duration in words that are short.
func seconds(d time.Duration) string {
	if d == 0 {
		return "at once"
	}
	return strconv.Itoa(int((d+time.Second-1)/time.Second)) + " s"
}

// openFromLocation plays the scenario that the page's own URL names:
// ?scenario=first-call. A URL cannot carry steps.
func (p *scenarioPanel) openFromLocation() {
	if query := query(); query.Call("has", "scenario").Bool() {
		html.ByID("tab-scenarios").Underlying().Call("click")
		p.play(query.Call("get", "scenario").String())
	}
}

// play plays the scenario with this name on an empty WWE, once the widget is
// there.
func (p *scenarioPanel) play(name string) {
	s, err := scenario.Find(name)
	if err != nil {
		html.SetText(p.note, sentence(err))
		return
	}
	p.stop("")
	if p.acts.Recording.Len() > 0 || len(p.acts.Host.Interactions()) > 0 {
		p.reset()
	}
	ctx, cancel := context.WithCancel(context.Background())
	p.cancel = cancel
	p.step = scenario.Progress{}
	html.Hide(p.playing, false)
	html.SetText(p.text, s.Title+": waiting for the widget")
	go func() {
		defer cancel()
		p.widgets.awaitWidget(ctx)
		go p.tick(ctx, s.Title)
		err := s.Play(ctx, p.acts, false, func(step scenario.Progress) { p.step, p.stepAt = step, time.Now() })
		switch {
		case errors.Is(err, context.Canceled): // stop has said so
		case err != nil:
			p.stop(s.Title + " ended early. " + sentence(err))
		default:
			p.stop("Played: " + s.Title + ".")
		}
	}()
}

// sentence returns an error as a sentence.
func sentence(err error) string {
	text := []rune(err.Error())
	text[0] = unicode.ToUpper(text[0])
	return string(text) + "."
}

// tick shows how far the scenario is until ctx ends.
func (p *scenarioPanel) tick(ctx context.Context, title string) {
	ticks := time.NewTicker(200 * time.Millisecond)
	defer ticks.Stop()
	for ctx.Err() == nil {
		if s := p.step; s.Steps > 0 {
			left := max(0, s.Left-time.Since(p.stepAt))
			html.SetText(p.text, title+": step "+strconv.Itoa(s.Step)+" of "+strconv.Itoa(s.Steps)+", "+s.Next+" · "+seconds(left)+" left")
			p.bar.Underlying().Set("max", s.Steps)
			p.bar.Underlying().Set("value", s.Step)
		}
		select {
		case <-ticks.C:
		case <-ctx.Done():
		}
	}
}

// stop ends the scenario that is being played, if any, and shows a note.
func (p *scenarioPanel) stop(note string) {
	if p.cancel != nil {
		p.cancel()
		p.cancel = nil
	}
	html.Hide(p.playing, true)
	html.SetText(p.note, note)
}

// copy copies a test, and shows it, because a browser may refuse to copy.
func (p *scenarioPanel) copy(what, text string) {
	html.Hide(p.copied, false)
	html.SetValue(p.copied, text)
	copyText(text, "Copied the "+what+".")
}

func (p *scenarioPanel) show() {
	text := "Nothing yet. Do something on this page or in your widget, then copy it as a test."
	if n := p.acts.Recording.Len(); n > 0 {
		text = count(n, "step") + " on this page since WWE was empty. A copy also has what the widget did."
	}
	html.SetText(p.recorded, text)
}
