package words

import "wwebridge/internal/jsontext"

// Read returns the words in a language's file, web/lang/de.json for one. A text
// that the file lacks, or that is none, is the English one; so are all of them if
// the file cannot be read. It is for one goroutine at a time.
func Read(file string) *Words {
	if file == "" {
		return English
	}
	read = *English
	r := jsontext.NewReader(file)
	for o := r.Object(); o.Next(); {
		switch o.Name {
		case "lang":
			r.Text(&read.Lang)
		case "panel":
			readPanel(r)
		}
	}
	if r.Err() != nil {
		return English
	}
	w := read
	return &w
}

func readPanel(r *jsontext.Reader) {
	for o := r.Object(); o.Next(); {
		if r.Peek() == '{' {
			readTables(o.Name, r)
			continue
		}
		for n := range texts {
			if texts[n].name == o.Name {
				r.Text(texts[n].text)
				break
			}
		}
	}
}

func readTables(name string, r *jsontext.Reader) {
	switch name {
	case "actions":
		readTable(r, &read.Actions)
	case "did":
		readTable(r, &read.Did)
	case "failed":
		readTable(r, &read.Failed)
	case "reasons":
		readTable(r, &read.Reasons)
	case "toDo":
		readTable(r, &read.ToDo)
	case "states":
		readTable(r, &read.States)
	case "missed":
		readTable(r, &read.Missed)
	case "targets":
		readTable(r, &read.Targets)
	case "agents":
		readTable(r, &read.Agents)
	}
}

// readTable puts the texts that come next into a copy of the table.
func readTable[K ~string](r *jsontext.Reader, table *Table[K]) {
	t := append(Table[K](nil), *table...)
	for o := r.Object(); o.Next(); {
		for n := range t {
			if string(t[n].Of) == o.Name {
				r.Text(&t[n].Text)
				break
			}
		}
	}
	*table = t
}

// read is what Read fills. The list below refers to its texts, not to those of any
// Words, so that it is data of the program: as code it would be four times as large.
var read Words

// texts are all that are in no table, with their names in the files.
var texts = []struct {
	name string
	text *string
}{
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
	{"details", &read.Details}, {"from", &read.From}, {"to", &read.To}, {"with", &read.With}, {"contact", &read.Contact},
	{"consultationOf", &read.ConsultationOf}, {"consultationWith", &read.ConsultationWith}, {"recording", &read.Recording}, {"recorded", &read.Recorded}, {"recordingPaused", &read.RecordingPaused},
	{"notRecorded", &read.NotRecorded}, {"noAnswer", &read.NoAnswer}, {"became", &read.Became}, {"caseID", &read.CaseID}, {"interactionID", &read.InteractionID},
	{"interactionUUID", &read.InteractionUUID}, {"callUUID", &read.CallUUID}, {"connID", &read.ConnID}, {"rawState", &read.RawState}, {"duration", &read.Duration},
	{"inState", &read.InState}, {"targetKind", &read.TargetKind}, {"destination", &read.Destination}, {"sameMedia", &read.SameMedia}, {"passKey", &read.PassKey},
	{"passValue", &read.PassValue}, {"message", &read.Message}, {"messageHint", &read.MessageHint}, {"userData", &read.UserData}, {"searchUserData", &read.SearchUserData},
	{"noUserData", &read.NoUserData}, {"nothingFound", &read.NothingFound}, {"key", &read.Key}, {"value", &read.Value}, {"readOnly", &read.ReadOnly},
	{"arrived", &read.Arrived}, {"offered", &read.Offered}, {"is", &read.Is}, {"isGone", &read.IsGone}, {"agentIs", &read.AgentIs},
	{"about", &read.About},
}
