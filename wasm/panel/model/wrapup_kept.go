package model

import (
	"time"

	"wwebridge/internal/jsontext"
)

// keptWrapUp is the part of a wrap-up to keep for the next page: when the interaction ended, and the
// entries that WWE does not have.
type keptWrapUp struct {
	_         [0]func() // not comparable: less code
	at, ended time.Time
	text      [2]string // by field
	has       [2]bool
}

// mostKept is the maximum number of kept wrap-ups whose interactions are gone. The interactions may come
// back, because WWE starts with none after a reload.
const mostKept = 10

func (m *Model) keepWrapUp(i *item) {
	if i.InteractionUUID == "" {
		return // the id may belong to another interaction after a reload
	}
	k := keptWrapUp{at: time.Now(), ended: i.ended}
	for f, e := range i.entries {
		if e != nil && !e.saved {
			k.text[f], k.has[f] = e.text, true
		}
	}
	if i.closed {
		k.has = [2]bool{}
	}
	if k.ended.IsZero() && k.has == [2]bool{} {
		delete(m.place.wrapUps, i.InteractionUUID)
	} else {
		m.place.wrapUps[i.InteractionUUID] = k
	}
	m.unsaved = true
}

// restoreWrapUp restores the wrap-up of a new item from the last page.
func (m *Model) restoreWrapUp(i *item) {
	k, is := m.place.wrapUps[i.InteractionUUID]
	if !is || i.InteractionUUID == "" {
		return
	}
	i.ended = k.ended
	for f := range k.text {
		if k.has[f] {
			i.entries[f] = &entry{text: k.text[f], ready: true}
		}
	}
}

// forgetWrapUps forgets wrap-ups whose interactions are gone. Those without entries go at once. Of the
// others, the oldest go once there are more than mostKept.
func (m *Model) forgetWrapUps() {
	for {
		gone, oldest := 0, ""
		for uuid, k := range m.place.wrapUps {
			if _, isThere := m.place.seen[uuid]; isThere {
				continue
			}
			if k.has == [2]bool{} {
				delete(m.place.wrapUps, uuid)
				m.unsaved = true
				continue
			}
			gone++
			if first := m.place.wrapUps[oldest]; oldest == "" || k.at.Before(first.at) {
				oldest = uuid
			}
		}
		if gone <= mostKept {
			return
		}
		delete(m.place.wrapUps, oldest)
		m.unsaved = true
	}
}

// wrapUpNames are the names of the fields in the text of a place.
var wrapUpNames = [2]string{"disposition", "note"}

func readWrapUp(r *jsontext.Reader) (k keptWrapUp) {
	for o := r.Object(); o.Next(); {
		switch o.Name {
		case "at":
			k.at = time.UnixMilli(int64(r.Number()))
		case "ended":
			k.ended = time.UnixMilli(int64(r.Number()))
		case wrapUpNames[0]:
			k.text[0], k.has[0] = r.String(), true
		case wrapUpNames[1]:
			k.text[1], k.has[1] = r.String(), true
		default:
			r.Skip()
		}
	}
	return k
}

func (p place) wrapUpsText() map[string]any {
	all := map[string]any{}
	for uuid, k := range p.wrapUps {
		one := map[string]any{"at": float64(k.at.UnixMilli())}
		if !k.ended.IsZero() {
			one["ended"] = float64(k.ended.UnixMilli())
		}
		for f, name := range wrapUpNames {
			if k.has[f] {
				one[name] = k.text[f]
			}
		}
		all[uuid] = one
	}
	return all
}
