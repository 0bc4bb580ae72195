//go:build js

package main

import (
	"context"
	"runtime"
	"time"

	"wwebridge/wasm/internal/elements"
	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/panel/shortcuts"
	"wwebridge/wasm/panel/words"
	"wwebridge/wasm/wwe"
)

// panel is an agent panel in an element of the page. It modifies nothing outside that element, so a page
// can have several panels.
type panel struct {
	root    *elements.Element
	name    string // the name for storing the agent's place
	words   *words.Words
	model   *model.Model
	life    lifetime
	on      listeners
	repaint *repaint
	view    *model.View // the View drawn last, nil before the first drawing

	deadline *time.Timer // draws the panel for the first time if WWE has not answered by then
	entered  func()      // called after the first drawing

	agent     *agentBar
	standing  *standing
	dock      *dock
	list      *list
	work      *elements.Element // contains the details
	details   map[string]*detail
	detailDue bool // the details of the selected interaction are made in the next frame
	failures  *failureList
	notices   *elements.Element // failures and the state of the connection
	history   *historyView
	announcer *announcer
	attention *attention
	dial      *dialForm
	shortcuts *shortcutList
	keys      []shortcuts.Shortcut
	ring      ring

	suggestions *elements.Element // for the focused field; nil before the first one
}

// newPanel returns a panel that soon fills root and is live until unmount. It calls notify for events,
// see model.Options.
func newPanel(root *elements.Element, o options, notify func(event string, detail model.Detail)) *panel {
	connect := func(ctx context.Context) (*wwe.Service, error) { return wwe.Connect(ctx, o.connect()...) }
	return newPanelOn(root, o, connect, notify)
}

// newPanelOn is newPanel with another function for connecting.
func newPanelOn(root *elements.Element, o options, connect func(context.Context) (*wwe.Service, error), notify func(event string, detail model.Detail)) *panel {
	life := newLifetime()
	w := words.Read(o.Words)
	p := &panel{root: root, name: o.Place, words: w, life: life, details: map[string]*detail{}, entered: func() {}}
	p.repaint = newRepaint(p.draw)
	p.model = model.New(model.Options{
		Connect: connect,
		Frame:   o.Frame,
		Place:   loadPlace(o.Place),
		Keys:    o.Keys,
		WrapUp:  o.WrapUp,
		Changed: p.changed,
		Notify:  notify,
	})
	if o.Frame != "" {
		p.followFrame(o.Frame)
	}
	go p.model.Run(life)
	runtime.Gosched() // sends the first request to WWE before the panel is made
	p.agent = newAgentBar(p)
	p.standing = newStanding(p, o)
	p.dock = newDock(w)
	p.list = newList(w)
	p.work = elements.New("div", "work")
	p.failures = newFailureList(w)
	p.notices = elements.New("div", "notices", p.standing.element, p.failures.element)
	p.history = newHistoryView(w)
	p.announcer = newAnnouncer()
	p.attention = newAttention(p, o)
	p.dial = newDialForm(p)
	p.keys = o.Shortcuts
	p.shortcuts = newShortcutList(w, p.keys)
	// WWE usually answers at once. Then the first drawing already shows its data.
	p.deadline = time.AfterFunc(patience, func() {
		if p.view == nil {
			p.repaint.soon()
		}
	})
	return p
}

// patience is how long a new panel waits for WWE's first answer before it draws.
const patience = 100 * time.Millisecond

// enter replaces the content of root with the panel.
func (p *panel) enter() {
	elements.Empty(p.root)
	p.root.AddClass("wwe-panel")
	p.root.SetAttribute("lang", p.words.Lang)
	for _, part := range []*elements.Element{
		p.agent.element, p.dock.element,
		elements.New("div", "columns", elements.New("div", "side", p.list.element), p.work),
		p.dial.element, p.attention.element, p.shortcuts.element,
		p.notices, p.history.element, p.announcer.element,
	} {
		p.root.AppendChild(part)
	}
	p.listen()
	p.listenForShortcuts(p.keys)
}

// unmount removes the panel and everything that belongs to it.
func (p *panel) unmount() {
	p.life.end()
	p.deadline.Stop()
	p.repaint.stop()
	p.agent.close()
	unsettle(func(s unsteady) bool { return p.root.Contains(s.part) })
	p.on.release()
	p.attention.end()
	elements.Empty(p.root)
	p.root.RemoveClass("wwe-panel")
}

// draw updates the page from the model.
func (p *panel) draw() {
	first := p.view == nil
	if first {
		p.enter()
	}
	active := p.focused()
	p.eachSteady((*steadyPart).measure)
	v := p.model.View()
	p.view = v
	now := time.Now()
	work := &work{began: now}
	p.agent.show(v)
	p.standing.show(v)
	p.dock.show(v, p.asked(v), now, work)
	p.ring.show(v, now)
	p.list.show(v, now, work)
	p.showDetail(v, now)
	p.showNotices(v)
	p.history.show(v, work)
	p.attention.show(v)
	p.dial.show(v)
	p.shortcuts.show(v)
	if work.isLeft {
		p.repaint.soon()
	}
	if first { // announcer regions must exist before they get a text
		p.repaint.soon()
		p.entered()
	} else {
		p.announcer.say(p.words, p.model.Notices())
		p.keepPlace()
	}
	p.keepFocus(active)
	p.eachSteady((*steadyPart).settle)
}

// changed is the model's Options.Changed.
func (p *panel) changed() {
	if p.view != nil {
		p.keepPlace()
	}
	p.repaint.soon()
}

// keepPlace stores the agent's place for the next page. It runs at once, except before the first drawing,
// which must not be delayed.
func (p *panel) keepPlace() {
	if place, changed := p.model.Place(); changed {
		savePlace(p.name, place)
	}
}

// tick updates the elapsed times.
func (p *panel) tick() {
	now := time.Now()
	p.dock.tick(now)
	p.list.tick(now)
	p.announcer.tick(now)
	p.attention.tick()
	for _, d := range p.details {
		d.tick(now)
	}
}

// showDetail shows the selected interaction. The details of the others stay unchanged with the agent's
// input. New details are many elements, so they are made one frame after the list has shown the
// selection.
func (p *panel) showDetail(v *model.View, now time.Time) {
	if i := v.Selected; i != nil && p.details[keyOf(i)] == nil && !p.detailDue {
		p.detailDue = true
		p.repaint.soon()
		for _, d := range p.details { // another interaction's details must not stand below this one's name
			elements.Hide(d.element, true)
		}
		return
	}
	p.detailDue = false
	for key, d := range p.details {
		if p.find(func(i *model.Item) bool { return keyOf(i) == key }) == nil {
			d.element.Remove()
			delete(p.details, key)
		}
	}
	shown := ""
	if i := v.Selected; i != nil {
		shown = keyOf(i)
		d := p.details[shown]
		if d == nil {
			d = newDetail(p.words, p.dock, shown)
			p.details[shown] = d
			p.work.AppendChild(d.element)
		}
		d.show(v, now)
	}
	for key, d := range p.details {
		elements.Hide(d.element, key != shown)
	}
	elements.Hide(p.work, shown == "")
}

// asked returns the action whose form is open for the selected interaction, "" for none.
func (p *panel) asked(v *model.View) model.Action {
	if v.Selected != nil && p.details[keyOf(v.Selected)] != nil {
		return p.details[keyOf(v.Selected)].form.action
	}
	return ""
}

// showNotices shows the failures at the bottom, where they move nothing: those of the agent's states, the
// selected interaction, and interactions that are gone. A consultation and its call count as one
// interaction.
func (p *panel) showNotices(v *model.View) {
	var mine []*model.Failure
	for _, f := range v.Failures {
		i := v.Selected
		isMine := i != nil && (f.Item == i.Key && !i.WrapUp.Shows(f) || i.Consultation != "" && f.Item == i.ConsultationKey || i.Customer != nil && f.Item == i.CustomerKey)
		if isMine || f.On == "" && f.Action != model.Dial || f.On != "" && p.find(func(i *model.Item) bool { return i.Key == f.Item }) == nil {
			mine = append(mine, f)
		}
	}
	p.failures.show(mine)
	elements.SetFlag(p.notices, "data-below", len(v.Cases) > 0)
}

// itemAround returns the interaction whose row or details contain the element, nil for none.
func (p *panel) itemAround(e *elements.Element) *model.Item {
	around := e.Closest("[data-key]")
	if around == nil {
		return nil
	}
	key := around.GetAttribute("data-key")
	return p.find(func(i *model.Item) bool { return keyOf(i) == key })
}

func (p *panel) find(is func(*model.Item) bool) *model.Item {
	if i := p.view.Selected; i != nil && is(i) {
		return i // only this one includes its user data
	}
	for _, c := range p.view.Cases {
		for _, i := range c.Items {
			if is(i) {
				return i
			}
		}
	}
	return nil
}
