package wwe

// known is an interaction as a Workspace remembers it.
type known struct {
	shown   *Interaction // never changed in place, because readers may hold it
	version version      // the version of shown
	place   int          // index in the order, or nowhere if the interaction is gone
	era     int          // the era in which it was removed

	// heard is the order of the newest event. If it is that of the version
	// shown, the next event is newer than that. If not, a snapshot may have
	// overtaken events, and those still arriving are older than the version
	// shown.
	heard digest

	past   digests // orders of events, and of versions shown before
	states digests // states shown before

	touched uint64 // latest snapshot requested before an event last changed it
	listed  uint64 // the last snapshot that contains it
}

const nowhere = -1

func (k *known) gone() bool { return k.place == nowhere }

// isOther reports whether i is a different interaction with the same id: WWE
// may count ids from 1 again when it restarts. In the same case, it is the same
// interaction even with another UUID: a call may take the UUID of the call that
// it becomes part of.
//
//go:noinline
func (k *known) isOther(i *Interaction) bool {
	was, is := k.shown.InteractionUUID, i.InteractionUUID
	return was != is && was != "" && is != "" && k.shown.CaseID != i.CaseID
}

// digests holds the most recent digests, to recognize repeated ones.
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

// add adds the digest and reports whether it is new.
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

// learn records the order of an event and reports whether it is new.
func (k *known) learn(order digest) bool {
	isNew := k.past.add(order)
	if isNew {
		k.heard = order
	}
	return isNew
}

// change replaces the version shown.
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

// follows reports whether next can come directly after the version shown: its
// previous state is the one shown, or both states are unchanged. Some versions
// of WWE may send no previous state. Their events are accepted unless the
// interaction has been in the new state before. If a snapshot may have
// overtaken events, follows accepts only an event that leads from the state
// shown to a new one.
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

// beneath returns the interaction's actual state if its State only reports a
// change of user data.
func beneath(i *Interaction) State {
	if isOfUserData(i.State) {
		return i.PreviousState
	}
	return i.State
}

//go:noinline
func isOfUserData(s State) bool { return s == StateUserDataAttached || s == StateUserDataUpdated }

// interactions holds the interactions that a Workspace shows, in the order in
// which they first appeared, and the last ones that are gone.
type interactions struct {
	byID  map[string]*known
	order []*known // with nil for interactions that are gone
	count int      // number of interactions shown
	era   int      // how often forget has dropped interactions
	went  int      // interactions removed in this era
}

// add adds an interaction at the end. It replaces a different one with the same
// id.
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

// mostGone is the minimum number of removed interactions to remember.
const mostGone = 500

// remove removes an interaction that is gone.
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

// forget drops interactions that were removed before mostGone others. Call it
// only if no earlier snapshot is pending, as that might still list one of them.
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
