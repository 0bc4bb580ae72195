//go:build js

package main

import (
	"time"

	"wwebridge/wasm/internal/elements"
	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/panel/words"
	"wwebridge/wasm/wwe"
)

// detail shows one interaction whole, with its actions.
type detail struct {
	w                *words.Words
	element          *elements.Element
	title, kind      *elements.Element
	passed           *elements.Element
	chip             chip
	buttons          map[model.Action]*elements.Element
	actions, missing *elements.Element
	form             *actionForm
	failures         *failureList
	facts            *facts
	userData         *userData
	since            time.Time
}

// buttonOrder is the order of the buttons, with their shapes: what the moment
// asks for first.
var buttonOrder = []struct {
	action model.Action
	shape  string
	look   string // "primary", "danger" or ""
}{
	{model.CompleteTransfer, "transfer", "primary"},
	{model.CompleteConference, "conference", ""},
	{model.Hold, "hold", ""},
	{model.Resume, "resume", ""},
	{model.HangUp, "hangUp", "danger"},
	{model.Consult, "consult", ""},
	{model.Transfer, "transfer", ""},
	{model.Conference, "conference", ""},
	{model.StartRecording, "record", ""},
	{model.PauseRecording, "hold", ""},
	{model.ResumeRecording, "record", ""},
	{model.StopRecording, "stop", ""},
	{model.MarkDone, "done", "primary"},
	{model.BlockMarkDone, "lock", ""},
	{model.UnblockMarkDone, "unlock", ""},
}

func newDetail(w *words.Words, key string) *detail {
	d := &detail{
		w:        w,
		title:    elements.New("h2", "title"),
		kind:     elements.New("span", "kind"),
		passed:   elements.New("span", "time"),
		chip:     newChip(),
		buttons:  map[model.Action]*elements.Element{},
		actions:  elements.New("div", "actions"),
		missing:  elements.New("p", "missing"),
		failures: newFailureList(w),
		facts:    newFacts(w),
		userData: newUserData(w),
	}
	for _, b := range buttonOrder {
		button := iconButton(w.Actions.Text(b.action), string(b.action), b.shape)
		if b.look != "" {
			button.AddClass(b.look)
		}
		d.buttons[b.action] = button
		d.actions.AppendChild(button)
	}
	d.form = newActionForm(w, d.buttons)
	d.passed.SetAttribute("title", w.InState)
	heading := uniqueID()
	d.title.SetAttribute("id", heading)
	d.element = elements.New("section", "detail",
		elements.New("header", "", d.title, elements.New("div", "line", d.chip.element, d.passed, d.kind)),
		d.actions, d.form.element, d.missing, d.failures.element, d.facts.element, d.userData.element)
	d.element.SetAttribute("aria-labelledby", heading)
	d.element.SetAttribute("data-key", key)
	return d
}

func (d *detail) show(v *model.View, now time.Time) {
	i := v.Selected
	d.since = i.Since
	elements.SetText(d.title, d.w.Title(i.Interaction))
	elements.SetText(d.kind, d.w.Kind(i.Interaction))
	d.chip.show(lookOf(i.State), d.w.State(i.State))
	any := false
	for _, b := range buttonOrder {
		offer := i.Offer(b.action)
		showOffer(d.buttons[b.action], offer, d.w)
		any = any || offer != nil
	}
	elements.Hide(d.actions, !any)
	d.form.show(i)
	d.showMissing(v.Missing)
	var mine []*model.Failure
	for _, f := range v.Failures {
		if f.Item == i.Key || i.Consultation != "" && f.Item == i.ConsultationKey && isCompletion(f.Action) {
			mine = append(mine, f)
		}
	}
	d.failures.show(mine)
	d.facts.show(i, v, now)
	d.userData.show(i, i.Writable && d.allowsData(v))
	d.tick(now)
}

// isCompletion: a consultation is completed from either of the two, so its
// failure shows at both.
func isCompletion(a model.Action) bool {
	return a == model.CompleteTransfer || a == model.CompleteConference
}

func (d *detail) allowsData(v *model.View) bool {
	for _, request := range v.Missing {
		if request == model.SetUserData.Request() {
			return false
		}
	}
	return true
}

// showMissing says what WWE does not let this page do, and who decides.
func (d *detail) showMissing(missing []string) {
	elements.Hide(d.missing, len(missing) == 0)
	if len(missing) > 0 {
		elements.SetText(d.missing, d.w.Forbidden(missing...))
	}
}

func (d *detail) tick(now time.Time) {
	elements.SetText(d.passed, duration(now.Sub(d.since)))
	d.facts.tick(now)
}

// showRecording marks a call that is recorded.
func (r *row) showRecording(i *model.Item) {
	text := recordingText(r.w, i.RecordingState)
	elements.Hide(r.recording, text == "" || i.RecordingState == wwe.RecordingStateStopped)
	elements.SetAttribute(r.recording, "title", text)
	elements.SetAttribute(r.recording, "data-recording", string(i.RecordingState))
}

// recordingText tells whether a call is recorded; a state that is not known as it is.
func recordingText(w *words.Words, s wwe.RecordingState) string {
	switch s {
	case wwe.RecordingStateRunning:
		return w.Recorded
	case wwe.RecordingStatePaused:
		return w.RecordingPaused
	case wwe.RecordingStateStopped:
		return w.NotRecorded
	}
	return string(s)
}
