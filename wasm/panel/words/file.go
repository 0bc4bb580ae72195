package words

import "strings"

// Read returns the words of another language. panel.js has converted its file, such as web/lang/de.json,
// to lines of a name, a tab and a text. The name is that of a field, or that of a table with a dot and a
// value. A missing or empty text is replaced by the English one. Read must not be called concurrently.
func Read(lines string) *Words {
	if lines == "" {
		return English
	}
	read = *English
	own(&read.Actions)
	own(&read.Did)
	own(&read.Failed)
	own(&read.Reasons)
	own(&read.ToDo)
	own(&read.States)
	own(&read.Missed)
	own(&read.Targets)
	own(&read.Agents)
	line, more := "", true
	for more {
		line, lines, more = strings.Cut(lines, "\n")
		name, text, _ := strings.Cut(line, "\t")
		if text != "" {
			set(name, text)
		}
	}
	w := read
	return &w
}

// own replaces a table with a copy that can be modified.
func own[K ~string](t *Table[K]) { *t = append(Table[K](nil), *t...) }

func set(name, text string) {
	table, of, isRow := strings.Cut(name, ".")
	if !isRow {
		for n := range texts {
			if texts[n].name == name {
				*texts[n].text = text
			}
		}
		return
	}
	switch table {
	case "actions":
		put(&read.Actions, of, text)
	case "did":
		put(&read.Did, of, text)
	case "failed":
		put(&read.Failed, of, text)
	case "reasons":
		put(&read.Reasons, of, text)
	case "toDo":
		put(&read.ToDo, of, text)
	case "states":
		put(&read.States, of, text)
	case "missed":
		put(&read.Missed, of, text)
	case "targets":
		put(&read.Targets, of, text)
	case "agents":
		put(&read.Agents, of, text)
	}
}

func put[K ~string](table *Table[K], of, text string) {
	t := *table
	for n := range t {
		if string(t[n].Of) == of {
			t[n].Text = text
		}
	}
}

// read is filled by Read. The list below refers to its texts and not to those of a Words argument. So the
// compiler stores the list as data; as code it would be four times as large.
var read Words

// texts lists all texts outside the tables, with their names.
var texts = []struct {
	name string
	text *string
}{
	{"lang", &read.Lang},
	{"interactions", &read.Interactions}, {"noInteractions", &read.NoInteractions}, {"noInteractionsHint", &read.NoInteractionsHint}, {"showMore", &read.ShowMore}, {"agentState", &read.AgentState},
	{"media", &read.Media}, {"mediaState", &read.MediaState}, {"noState", &read.NoState}, {"history", &read.History}, {"noHistory", &read.NoHistory},
	{"failures", &read.Failures}, {"loading", &read.Loading}, {"loadingHint", &read.LoadingHint}, {"notInWWE", &read.NotInWWE}, {"whatItIs", &read.WhatItIs},
	{"whereItBelongs", &read.WhereItBelongs}, {"toTry", &read.ToTry}, {"open", &read.Open}, {"toHost", &read.ToHost}, {"noFrame", &read.NoFrame},
	{"noFrameHint", &read.NoFrameHint}, {"refused", &read.Refused}, {"refusedHint", &read.RefusedHint}, {"faulty", &read.Faulty}, {"lost", &read.Lost},
	{"silent", &read.Silent}, {"silentHint", &read.SilentHint}, {"trustHint", &read.TrustHint}, {"sandboxed", &read.Sandboxed}, {"lostSince", &read.LostSince},
	{"recovered", &read.Recovered}, {"noConnection", &read.NoConnection}, {"tryAgain", &read.TryAgain}, {"forAdmin", &read.ForAdmin}, {"askAdmin", &read.AskAdmin},
	{"refusedSilently", &read.RefusedSilently}, {"dismiss", &read.Dismiss}, {"cancel", &read.Cancel}, {"save", &read.Save}, {"edit", &read.Edit},
	{"delete", &read.Delete}, {"copy", &read.Copy}, {"copied", &read.Copied}, {"cannotCopy", &read.CannotCopy}, {"notAllowed", &read.NotAllowed},
	{"call", &read.Call}, {"inboundCall", &read.InboundCall}, {"outboundCall", &read.OutboundCall}, {"internalCall", &read.InternalCall}, {"consultation", &read.Consultation},
	{"chat", &read.Chat}, {"email", &read.Email}, {"workItem", &read.WorkItem}, {"preview", &read.Preview}, {"interaction", &read.Interaction},
	{"from", &read.From}, {"to", &read.To}, {"with", &read.With}, {"contact", &read.Contact},
	{"consultationOf", &read.ConsultationOf}, {"consultationWith", &read.ConsultationWith}, {"recording", &read.Recording}, {"recorded", &read.Recorded}, {"recordingPaused", &read.RecordingPaused},
	{"notRecorded", &read.NotRecorded}, {"noAnswer", &read.NoAnswer}, {"became", &read.Became}, {"caseID", &read.CaseID}, {"interactionID", &read.InteractionID},
	{"interactionUUID", &read.InteractionUUID}, {"callUUID", &read.CallUUID}, {"connID", &read.ConnID}, {"rawState", &read.RawState}, {"duration", &read.Duration},
	{"inState", &read.InState}, {"targetKind", &read.TargetKind}, {"destination", &read.Destination}, {"sameMedia", &read.SameMedia}, {"passKey", &read.PassKey},
	{"passValue", &read.PassValue}, {"message", &read.Message}, {"messageHint", &read.MessageHint}, {"userData", &read.UserData}, {"searchUserData", &read.SearchUserData},
	{"noUserData", &read.NoUserData}, {"nothingFound", &read.NothingFound}, {"key", &read.Key}, {"value", &read.Value}, {"readOnly", &read.ReadOnly},
	{"arrived", &read.Arrived}, {"offered", &read.Offered}, {"is", &read.Is}, {"isGone", &read.IsGone}, {"agentIs", &read.AgentIs},
	{"about", &read.About}, {"below", &read.Below}, {"filter", &read.Filter}, {"hangUpWho", &read.HangUpWho}, {"more", &read.More},
	{"callSomebody", &read.CallSomebody}, {"number", &read.Number}, {"callNumber", &read.CallNumber}, {"notifyMe", &read.NotifyMe}, {"shortcuts", &read.Shortcuts},
	{"dialBusy", &read.DialBusy}, {"undo", &read.Undo}, {"mayUndo", &read.MayUndo}, {"isDeleted", &read.IsDeleted}, {"logOffAgent", &read.LogOffAgent},
	{"logOffMedia", &read.LogOffMedia}, {"logOff", &read.LogOff}, {"stay", &read.Stay}, {"wrapUp", &read.WrapUp}, {"sinceEnd", &read.SinceEnd},
	{"disposition", &read.Disposition}, {"noDisposition", &read.NoDisposition}, {"note", &read.Note}, {"needsDisposition", &read.NeedsDisposition},
	{"notYetSaved", &read.NotYetSaved}, {"saving", &read.Saving}, {"saved", &read.Saved}, {"notSaved", &read.NotSaved}, {"keptHere", &read.KeptHere},
	{"showAll", &read.ShowAll}, {"showLess", &read.ShowLess}, {"found", &read.Found},
}
