package model

import (
	"slices"
	"time"

	"wwebridge/internal/jsontext"
)

// place is where the agent is in the panel. It identifies interactions by UUID, because their ids are
// lost when WWE reloads.
type place struct {
	caseID, uuid string
	open         []string              // the open sections
	blocked      []string              // UUIDs of the interactions blocked in this panel
	seen         map[string]time.Time  // by UUID
	wrapUps      map[string]keptWrapUp // by UUID
	recent       []string              // targets, see remember
}

func newPlace() place { return place{seen: map[string]time.Time{}, wrapUps: map[string]keptWrapUp{}} }

func readPlace(text string) place {
	p := newPlace()
	if text == "" {
		return p
	}
	r := jsontext.NewReader(text)
	names := func() (all []string) {
		for a := r.Array(); a.Next(); {
			all = append(all, r.String())
		}
		return all
	}
	for o := r.Object(); o.Next(); {
		switch o.Name {
		case "case":
			p.caseID = r.String()
		case "uuid":
			p.uuid = r.String()
		case "open":
			p.open = names()
		case "blocked":
			p.blocked = names()
		case "recent":
			p.recent = names()
		case "seen":
			for o := r.Object(); o.Next(); {
				uuid := o.Name
				p.seen[uuid] = time.UnixMilli(int64(r.Number()))
			}
		case "wrapUps":
			for o := r.Object(); o.Next(); {
				uuid := o.Name
				p.wrapUps[uuid] = readWrapUp(r)
			}
		default:
			r.Skip()
		}
	}
	if r.Err() != nil { // the text was not written by this package
		return newPlace()
	}
	return p
}

func (p place) text() string {
	seen := map[string]any{}
	for uuid, at := range p.seen {
		seen[uuid] = float64(at.UnixMilli())
	}
	text, err := jsontext.AppendAny(nil, map[string]any{
		"case": p.caseID, "uuid": p.uuid, "open": p.open, "blocked": p.blocked, "seen": seen, "wrapUps": p.wrapUpsText(), "recent": p.recent,
	})
	if err != nil {
		return ""
	}
	return string(text)
}

// Place returns the agent's place as a text for Options.Place. changed reports whether it has changed
// since the last call; otherwise the text is empty.
func (m *Model) Place() (place string, changed bool) {
	m.mu.Lock()
	if changed = m.unsaved; changed {
		m.unsaved = false
		place = m.place.text()
	}
	m.mu.Unlock()
	return place, changed
}

// mostSeen is the maximum number of interactions in a place, because its text is written at every change.
// The latest ones are kept.
const mostSeen = 200

// keepSeen records when the latest items appeared and forgets those that are gone.
func (p *place) keepSeen(items []*item) (changed bool) {
	seen := map[string]time.Time{}
	for n := len(items) - 1; n >= 0 && len(seen) < mostSeen; n-- {
		if i := items[n]; i.InteractionUUID != "" {
			seen[i.InteractionUUID] = i.began
			_, known := p.seen[i.InteractionUUID]
			changed = changed || !known
		}
	}
	changed = changed || len(seen) != len(p.seen)
	p.seen = seen
	p.blocked = slices.DeleteFunc(p.blocked, func(key string) bool {
		for _, i := range items {
			if i.blockKey() == key {
				return false
			}
		}
		return true
	})
	return changed
}

func (p place) opened() map[string]bool {
	open := map[string]bool{}
	for _, name := range p.open {
		open[name] = true
	}
	return open
}

// Open remembers whether a section of the panel is open.
func (m *Model) Open(section string, open bool) {
	m.mu.Lock()
	was := slices.Contains(m.place.open, section)
	m.mu.Unlock()
	if was == open {
		return
	}
	m.change(func() {
		m.place.open = slices.DeleteFunc(m.place.open, func(name string) bool { return name == section })
		if open {
			m.place.open = append(m.place.open, section)
		}
		m.unsaved = true
	})
}

func (m *Model) blocked(i *item) Block {
	switch {
	case slices.Contains(m.place.blocked, i.blockKey()):
		return Blocked
	case slices.ContainsFunc(m.failures, func(f *Failure) bool {
		return f.Action == MarkDone && f.Item == i.key && f.Reason == ReasonRefused
	}):
		return MaybeBlocked
	}
	return Unblocked
}

func (i *item) blockKey() string {
	if i.InteractionUUID != "" {
		return i.InteractionUUID
	}
	return i.InteractionID
}

func (m *Model) setBlocked(i *item, blocked bool) {
	m.place.blocked = slices.DeleteFunc(m.place.blocked, func(key string) bool { return key == i.blockKey() })
	if blocked {
		m.place.blocked = append(m.place.blocked, i.blockKey())
	}
	m.unsaved = true
}
