package wwe

// known is what a Workspace knows of one interaction.
type known struct {
	shown   *Interaction // never changed in place, as readers may have it
	version version      // of shown
	place   int          // in the order; nowhere for an interaction that is gone
	era     int          // in which it went

	// heard is the order of what the newest event told. Where it is that of what
	// is shown, the next event is newer. Where it is not, a snapshot may have
	// overtaken events, and those that still come are older than what is shown.
	heard digest

	past   digests // orders of what events told, and of what was shown before
	states digests // that were shown before

	touched uint64 // the snapshot that was under way when an event changed it last
	listed  uint64 // the last snapshot that has it
}

const nowhere = -1

func (k *known) gone() bool { return k.place == nowhere }

// isOther reports whether i is another interaction of the same id: WWE may
// count ids from 1 again when it restarts. In the same case it is the same, with
// another UUID: a call may get that of the call that it becomes part of.
//
//go:noinline
func (k *known) isOther(i *Interaction) bool {
	was, is := k.shown.InteractionUUID, i.InteractionUUID
	return was != is && was != "" && is != "" && k.shown.CaseID != i.CaseID
}

// digests are the last ones of something, to recognize what comes a second time.
type digests []digest

const mostDigests = 32

//go:noinline
func (l digests) has(d digest) bool {
	for _, known := range l {
		if known == d {
			return true
		}
	}
	return false
}

// add reports whether the digest is new.
//
//go:noinline
func (l *digests) add(d digest) bool {
	if l.has(d) {
		return false
	}
	if len(*l) == mostDigests {
		copy(*l, (*l)[1:])
		(*l)[mostDigests-1] = d
	} else {
		*l = append(*l, d)
	}
	return true
}

// learn notes what an event told, and reports whether that is new.
func (k *known) learn(order digest) bool {
	isNew := k.past.add(order)
	if isNew {
		k.heard = order
	}
	return isNew
}

// change replaces what is shown.
//
//go:noinline
func (k *known) change(i *Interaction, v version) {
	if k.version.order != v.order {
		k.past.add(k.version.order)
	}
	if k.shown.State != i.State {
		k.states.add(k.shown.State.digest())
	}
	k.shown, k.version = i, v
}

//go:noinline
func (s State) digest() digest { return digest(0).text(string(s)) }

// follows reports whether next can be what comes after what is shown: its
// previous state is the one shown, or both states are unchanged. Some versions
// of WWE may send no previous state. They are believed unless the interaction
// has been in the new state before. Where a snapshot may have overtaken events,
// only an event is believed that leads from the state shown to a new one.
func (k *known) follows(next *Interaction, inOrder bool) bool {
	now, before := k.shown, next.PreviousState
	switch {
	case !inOrder:
		return before == now.State && next.State != before && next.State != now.PreviousState && !k.states.has(next.State.digest())
	case before == "":
		return next.State == now.State || !k.states.has(next.State.digest())
	case before == now.State:
		return true
	case isOfUserData(next.State), isOfUserData(now.State) && next.State != now.PreviousState:
		return before == beneath(now)
	}
	return before == now.PreviousState && next.State == now.State
}

// beneath is the state that an interaction is in where its State only says that
// its user data has changed.
func beneath(i *Interaction) State {
	if isOfUserData(i.State) {
		return i.PreviousState
	}
	return i.State
}

//go:noinline
func isOfUserData(s State) bool { return s == StateUserDataAttached || s == StateUserDataUpdated }

// interactions are those that a Workspace shows, in the order in which they
// were first seen, and the last ones that are gone.
type interactions struct {
	byID  map[string]*known
	order []*known // nil in the places of those that are gone
	count int      // shown
	era   int      // counts how often some that are gone were forgotten
	went  int      // in this era
}

// add shows an interaction that is not shown, after the others. Another one of
// its id goes.
func (a *interactions) add(i *Interaction, v version) *known {
	k := a.byID[i.InteractionID]
	if k != nil && !k.gone() {
		a.remove(k)
	}
	if k == nil || k.isOther(i) {
		k = &known{shown: i, version: v}
		a.byID[i.InteractionID] = k
	} else {
		k.change(i, v)
	}
	k.place = len(a.order)
	a.order = append(a.order, k)
	a.count++
	return k
}

// mostGone is how many interactions that are gone are remembered at least.
const mostGone = 500

// remove takes an interaction away that is gone.
func (a *interactions) remove(k *known) {
	a.order[k.place] = nil
	k.place, k.era = nowhere, a.era
	a.count--
	a.went++
	if len(a.order) <= 2*a.count+mostGone {
		return
	}
	shown := a.order[:0]
	for _, k := range a.order {
		if k != nil {
			k.place = len(shown)
			shown = append(shown, k)
		}
	}
	clear(a.order[len(shown):])
	a.order = shown
}

// forget forgets interactions that went before mostGone others did. Whoever
// calls it may not wait for a snapshot that was asked for before: that may list
// one of them.
func (a *interactions) forget() {
	if a.went < mostGone {
		return
	}
	for id, k := range a.byID {
		if k.gone() && k.era < a.era {
			delete(a.byID, id)
		}
	}
	a.era++
	a.went = 0
}

func (a *interactions) shown() []*Interaction {
	all := make([]*Interaction, 0, a.count)
	for _, k := range a.order {
		if k != nil {
			all = append(all, k.shown)
		}
	}
	return all
}
