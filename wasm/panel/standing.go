//go:build js

package main

import (
	"strings"
	"syscall/js"

	"wwebridge/wasm/internal/elements"
	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/panel/words"
)

// standing shows the state of the connection to WWE unless all is well. It also says so if there are no
// interactions.
type standing struct {
	_       [0]func() // not comparable: less code
	w       *words.Words
	element *elements.Element
	shape   *elements.Element
	title   *elements.Element
	lines   [3]*elements.Element
	why     *elements.Element
	again   *elements.Element
	link    *elements.Element
	frame   string // the id of the iframe for WWE; "" if this page is embedded in WWE
	desktop string // the address of the simulated desktop
	page    string // the origin of this page, or a text for that of a sandbox
	isLocal bool   // this page is on a developer's own machine
	trusts  string // the trusted origins of WWE; "" with Genesys' client
}

// usualDesktop is the address at which make run serves the simulated desktop.
const usualDesktop = "http://localhost:8080"

func newStanding(p *panel, o options) *standing {
	w := p.words
	s := &standing{
		w: w, shape: icon("empty"), title: elements.New("h2", ""), why: elements.New("p", "why"),
		again: elements.Button(w.TryAgain, "again"), frame: o.Frame, desktop: usualDesktop, trusts: o.Origin,
		page: js.Global().Get("location").Get("origin").String(),
	}
	s.isLocal = isLocal(s.page)
	if js.Global().Get("origin").Equal(js.ValueOf("null")) { // the origin that WWE sees
		s.page = w.Sandboxed
	}
	if isLocal(o.Origin) {
		s.desktop = o.Origin
	}
	s.link = elements.Text("a", "button primary", w.Open)
	s.link.SetAttribute("href", s.desktop)
	s.link.SetAttribute("target", "_top")
	text := elements.New("div", "", s.title)
	for n := range s.lines {
		s.lines[n] = elements.New("p", "")
	}
	for _, e := range []*elements.Element{s.lines[0], s.lines[1], s.link, s.lines[2], s.why, s.again} { // line 1 ends in a colon
		text.AppendChild(e)
	}
	s.element = elements.New("section", "standing", s.shape, text)
	return s
}

func (s *standing) show(v *model.View) {
	w, kind := s.w, string(v.Phase)
	var shape, title, why string
	var lines []string
	again, link := false, false
	if v.Problem != nil {
		why = words.Fill(w.ForAdmin, v.Problem.Error, "")
	}
	switch v.Phase {
	case model.Connecting:
		shape, title, lines = "connecting", w.Loading, []string{w.LoadingHint}
	case model.Silent:
		shape, title, lines, again = "offline", w.Silent, []string{words.Fill(w.SilentHint, s.page, model.OriginsOption)}, true
		if s.trusts != "" { // browsers may not report that WWE's page has another origin
			lines = append(lines, words.Fill(w.TrustHint, s.trusts, ""))
		}
	case model.Refused:
		shape, title, lines, again = "lock", w.Refused, []string{words.Fill(w.RefusedHint, s.page, model.OriginsOption)}, true
	case model.NotEmbedded:
		if s.frame != "" {
			shape, title, lines = "connecting", w.NoFrame, []string{w.NoFrameHint}
			break
		}
		shape, title, lines = "empty", w.WhatItIs, []string{w.NotInWWE + " " + w.WhereItBelongs}
		if link = s.isLocal; link {
			lines = append(lines, w.ToTry, w.ToHost)
		}
		if standsAlone() {
			why = ""
		}
	case model.Faulty:
		shape, title, again = "warning", w.Faulty, true
		if v.Problem != nil {
			lines = []string{w.Fix(v.Problem)}
		}
	case model.Lost:
		shape, title, lines = "offline", w.Lost, []string{words.Fill(w.LostSince, clock(v.Since), "")}
		again = true
		if v.Problem != nil && v.Problem.Reason == model.ReasonSilent {
			lines[0] = w.Silent + ". " + lines[0]
		}
	case model.Live:
		switch {
		case v.Recovered:
			kind, shape, title, why = "recovered", "done", w.Recovered, ""
			if len(v.Cases) == 0 {
				lines = []string{w.NoInteractions}
			}
		case len(v.Cases) == 0:
			kind, shape, title, lines = "empty", "empty", w.NoInteractions, []string{w.NoInteractionsHint}
		default:
			kind = ""
		}
	}
	elements.Hide(s.element, kind == "")
	if kind == "" {
		return
	}
	elements.SetAttribute(s.element, "data-phase", kind)
	setIcon(s.shape, shape)
	elements.SetText(s.title, title)
	for n, line := range s.lines {
		text := ""
		if n < len(lines) {
			text = lines[n]
		}
		elements.SetText(line, text)
		elements.Hide(line, text == "")
	}
	elements.SetText(s.why, why)
	elements.Hide(s.why, why == "")
	elements.Hide(s.again, !again)
	elements.Hide(s.link, !link)
}

// isLocal reports whether an origin is on a developer's own machine.
func isLocal(origin string) bool {
	return strings.HasPrefix(origin, "http://localhost:") || strings.HasPrefix(origin, "http://127.0.0.1:")
}

// standsAlone reports whether the page is not embedded in another page.
func standsAlone() bool {
	return js.Global().Get("parent").Equal(js.Global().Get("self"))
}
