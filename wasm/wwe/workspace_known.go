package wwe

import "slices"

// known is what a Workspace knows of one interaction.
type known struct {
	shown   *Interaction // never changed in place, as readers may have it
	version version      // of shown
	place   int          // in the order; nowhere for an interaction that is gone

	// heard is the content that the newest event told. Where it is what is
	// shown, the next event is newer. Where it is not, a snapshot has overtaken
	// events, and those that still come are older than what is shown.
	heard digest

	past   []digest // of what events told, and of what was shown before
	states []State  // it has left

	touched uint64 // the snapshot that was under way when an event changed it last
	listed  uint64 // the last snapshot that has it
}

const nowhere = -1

func (k *known) gone() bool { return k.place == nowhere }

// Limits of what is remembered of an interaction, to recognize what comes a
// second time.
const (
	mostPast   = 32
	mostStates = 32
)

// learn notes what an event told, and reports whether that is new.
func (k *known) learn(content digest) bool {
	if slices.Contains(k.past, content) {
		return false
	}
	k.remember(content)
	k.heard = content
	return true
}

func (k *known) remember(content digest) {
	if len(k.past) == mostPast {
		k.past = slices.Delete(k.past, 0, 1)
	}
	k.past = append(k.past, content)
}

// change replaces what is shown.
func (k *known) change(i *Interaction, v version) {
	if !slices.Contains(k.past, k.version.content) {
		k.remember(k.version.content)
	}
	if left := k.shown.State; left != i.State && !slices.Contains(k.states, left) && len(k.states) < mostStates {
		k.states = append(k.states, left)
	}
	k.shown, k.version = i, v
}

// follows reports whether the event's interaction can be the next one after
// what is shown: WWE says what the state was before, and has not changed it
// else. A WWE that does not say so is believed unless the interaction was in
// that state before.
func (k *known) follows(next *Interaction) bool {
	now := k.shown
	switch {
	case next.PreviousState == "":
		return next.State == now.State || !slices.Contains(k.states, next.State)
	case next.PreviousState == now.State || next.PreviousState == beneath(now):
		return true
	case isOfUserData(next.State):
		return false
	}
	return beneath(next) == beneath(now) && next.PreviousState == now.PreviousState
}

// beneath is the state that an interaction is in where its State only says that
// its user data has changed.
func beneath(i *Interaction) State {
	if isOfUserData(i.State) {
		return i.PreviousState
	}
	return i.State
}

func isOfUserData(s State) bool { return s == StateUserDataAttached || s == StateUserDataUpdated }

// interactions are those that a Workspace shows, in the order in which they
// were first seen, and the last ones that are gone.
type interactions struct {
	byID  map[string]*known
	order []*known // nil in the places of those that are gone
	count int      // shown
	lost  []string // ids, the oldest first
}

// mostGone is how many interactions that are gone are remembered.
const mostGone = 1000

// add shows an interaction that is not shown, after the others.
func (a *interactions) add(i *Interaction, v version) *known {
	k := a.byID[i.InteractionID]
	if k == nil {
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

// remove takes an interaction away that is gone.
func (a *interactions) remove(k *known) {
	a.order[k.place] = nil
	k.place = nowhere
	a.count--
	if len(a.order) > 2*a.count+16 {
		a.close()
	}
	a.lost = append(a.lost, k.shown.InteractionID)
	if len(a.lost) > mostGone {
		if oldest := a.byID[a.lost[0]]; oldest != nil && oldest.gone() {
			delete(a.byID, a.lost[0])
		}
		a.lost = a.lost[1:]
	}
}

// close closes the gaps in the order.
func (a *interactions) close() {
	a.order = slices.DeleteFunc(a.order, func(k *known) bool { return k == nil })
	for place, k := range a.order {
		k.place = place
	}
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
