package model

import (
	"slices"
	"time"

	"wwebridge/internal/jsontext"
)

// place is where the agent is, in words that outlive WWE's session: ids of
// interactions are lost when WWE is loaded anew.
type place struct {
	caseID, uuid string
	open         []string              // the sections that are open
	blocked      []string              // UUIDs of what this panel has blocked
	seen         map[string]time.Time  // by UUID
	wrapUps      map[string]keptWrapUp // too
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
	if r.Err() != nil { // somebody else's text
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

// Place returns where the agent is, to be kept for Options.Place, if that has
// changed since it was asked for last.
func (m *Model) Place() (place string, changed bool) {
	m.mu.Lock()
	if changed = m.unsaved; changed {
		m.unsaved = false
		place = m.place.text()
	}
	m.mu.Unlock()
	return place, changed
}

// mostSeen bounds how many interactions the place remembers, because its text
// is written whenever the agent's place changes. The latest matter most.
const mostSeen = 200

// keepSeen remembers when the latest items came, and forgets what is gone.
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
