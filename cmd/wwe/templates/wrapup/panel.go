package main

import (
	"context"
	"sync"

	"wwebridge/wasm/wwe"
)

// A wrapUp keeps interactions open until the agent has saved a disposition and a note for each.
type wrapUp struct {
	svc   *wwe.Service
	guard *wwe.MarkDoneGuard

	// archive is for a WWE that accepts no user data after the end of a call.
	archive func(i wwe.Interaction, data wwe.UserData) error
	saved   sync.Map // by InteractionUUID, because another call may get the same InteractionID
}

func newWrapUp(ctx context.Context, svc *wwe.Service, archive func(wwe.Interaction, wwe.UserData) error) (w *wrapUp, err error) {
	w = &wrapUp{svc: svc, archive: archive}
	w.guard, err = svc.GuardMarkDone(ctx, func(_ context.Context, i wwe.Interaction) (warning string, block bool) {
		return "Save a disposition and a note first.", !isConsultation(i) && !w.isSaved(i)
	})
	return w, err
}

// isConsultation reports whether the interaction is with a colleague: then there is nothing to write.
func isConsultation(i wwe.Interaction) bool { return i.IsConsultation }

// isSaved does not look at user data alone, or a call could never be closed in a WWE that refuses it.
func (w *wrapUp) isSaved(i wwe.Interaction) bool {
	_, saved := w.saved.Load(i.InteractionUUID)
	return saved || i.UserData.Text("Disposition") != "" && i.UserData.Text("Note") != ""
}

// save saves the agent's words, during the call or after it. Then the agent can mark the call done.
func (w *wrapUp) save(ctx context.Context, i wwe.Interaction, disposition, note string) error {
	data := wwe.UserData{"Disposition": disposition, "Note": note}
	if w.svc.Interaction.SetUserData(ctx, i.InteractionID, data) != nil { // WWE refuses or does not answer
		if err := w.archive(i, data); err != nil {
			return err
		}
	}
	w.saved.Store(i.InteractionUUID, true)
	return w.guard.Recheck(ctx, i.InteractionID) // takes back the block of an earlier press of Done
}
