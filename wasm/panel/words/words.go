// Package words holds all texts of the agent panel. English is part of the program. panel.js loads other
// languages from web/lang.
package words

import (
	"cmp"
	"strings"

	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/wwe"
)

// Words holds the texts of the panel in one language. {x} and {y} are placeholders.
type Words struct {
	Lang string

	Interactions, NoInteractions, NoInteractionsHint        string
	ShowMore, Below, Filter                                 string
	AgentState, Media, MediaState, NoState                  string
	History, NoHistory, Failures                            string
	Loading, LoadingHint                                    string
	NotInWWE, WhatItIs, WhereItBelongs, ToTry, Open, ToHost string
	NoFrame, NoFrameHint                                    string
	Refused, RefusedHint, Faulty, Lost                      string
	Silent, SilentHint, TrustHint                           string
	Sandboxed                                               string
	LostSince, Recovered, NoConnection, TryAgain            string
	ForAdmin, AskAdmin                                      string

	Actions Table[model.Action] // the names of buttons
	Did     Table[model.Action] // messages for actions that succeeded
	Failed  Table[model.Action] // messages for actions that failed
	Reasons Table[model.Reason]
	ToDo    Table[wwe.Category]
	States  Table[wwe.State]
	Missed  Table[wwe.RonaCallState] // why a call was not answered
	Targets Table[wwe.TargetType]
	Agents  Table[string] // states of agents, used if WWE sends no display name

	RefusedSilently, Dismiss, Cancel, Save, Edit, Delete, Copy, Copied, CannotCopy string
	HangUpWho, More                                                                string // "Hang up {x}"
	NotAllowed                                                                     string

	Call, InboundCall, OutboundCall, InternalCall, Consultation, Chat, Email, WorkItem, Preview, Interaction string

	From, To, With, Contact, ConsultationOf, ConsultationWith, Recording, Recorded, RecordingPaused, NotRecorded, NoAnswer, Became string
	CaseID, InteractionID, InteractionUUID, CallUUID, ConnID, RawState, Duration, InState                                          string

	TargetKind, Destination, SameMedia, PassKey, PassValue, Message, MessageHint string

	CallSomebody, Number, CallNumber, DialBusy, NotifyMe, Shortcuts string

	UserData, SearchUserData, NoUserData, NothingFound, Key, Value, ReadOnly string
	Undo, MayUndo, IsDeleted                                                 string

	LogOffAgent, LogOffMedia, LogOff, Stay string

	WrapUp, SinceEnd, Disposition, NoDisposition, Note, NeedsDisposition string
	NotYetSaved, Saving, Saved, NotSaved, KeptHere                       string
	ShowAll, ShowLess, Found                                             string

	Arrived, Offered, Is, IsGone, AgentIs, About string
}

// Table maps values to texts. It is not a Go map, because a map would be filled by code each time the
// program starts.
type Table[K ~string] []struct {
	Of   K
	Text string
}

// Text returns the text for the value, or "" if there is none.
func (t Table[K]) Text(of K) string {
	for n := range t {
		if t[n].Of == of {
			return t[n].Text
		}
	}
	return ""
}

// Fill replaces {x} and {y} in a text. Braces in x and y are kept.
func Fill(text, x, y string) string {
	filled := ""
	for {
		before, after, found := strings.Cut(text, "{")
		filled += before
		if !found {
			return filled
		}
		switch {
		case strings.HasPrefix(after, "x}"):
			filled += isolated(x)
			after = after[len("x}"):]
		case strings.HasPrefix(after, "y}"):
			filled += isolated(y)
			after = after[len("y}"):]
		default:
			filled += "{"
		}
		text = after
	}
}

// isolated isolates a right-to-left text, so that it does not affect the direction of the text around it.
// Texts in right-to-left languages isolate their placeholders themselves.
func isolated(text string) string {
	for _, r := range text {
		if r >= 0x590 && r < 0x900 { // Hebrew, Arabic and their relatives
			return "\u2068" + text + "\u2069"
		}
	}
	return text
}

// Named puts a name before a value: "From +33 6 12". Arabic text would reorder the digits if they were
// not isolated.
func (w *Words) Named(name, value string) string {
	if w.Lang == "ar" {
		return name + " \u2068" + value + "\u2069"
	}
	return name + " " + isolated(value)
}

// State returns the name of a state, or the state itself if it has none.
func (w *Words) State(s wwe.State) string {
	return cmp.Or(w.States.Text(s), string(s))
}

// MediaStateName returns the name of a state of the agent.
func (w *Words) MediaStateName(s wwe.MediaState) string {
	return cmp.Or(s.DisplayName, w.Agents.Text(s.Type), s.Type, s.OperationName)
}

// Kind returns the kind of an interaction in a word or two.
func (w *Words) Kind(i *wwe.Interaction) string {
	switch {
	case i.IsConsultation:
		return w.Consultation
	case i.Media == "voice" || i.Media == "" && (i.ANI != "" || i.CallUUID != ""):
		switch {
		case i.CallType == wwe.CallTypeInternal:
			return w.InternalCall
		case i.Direction == wwe.DirectionIn:
			return w.InboundCall
		case i.Direction == wwe.DirectionOut:
			return w.OutboundCall
		}
		return w.Call
	case i.Media == "chat":
		return w.Chat
	case i.Media == "email":
		return w.Email
	case i.Media == "workitem":
		return w.WorkItem
	case i.Media == "outboundpreview":
		return w.Preview
	case i.Media != "":
		return i.Media
	}
	return w.Interaction
}

// Action returns the name of an action on an interaction. It includes the customer's name if the agent
// has both a customer and a colleague.
func (w *Words) Action(a model.Action, i *model.Item) string {
	text := w.Actions.Text(a)
	if i.Customer == nil {
		return text
	}
	if a == model.HangUp {
		text = w.HangUpWho
	}
	return Fill(text, w.Title(i.Customer), "")
}

// Title returns the title of an interaction: the subject of an email, or the other party of anything
// else.
func (w *Words) Title(i *wwe.Interaction) string {
	if subject := model.Subject(i); subject != "" {
		return subject
	}
	if who := model.Who(i); who != "" {
		return who
	}
	return w.Interaction + " " + i.InteractionID
}

// Why returns the reason for a failure, including WWE's message if there is one.
func (w *Words) Why(f *model.Failure) string {
	switch {
	case f.Reason == model.ReasonRefused && f.Said == "":
		return w.RefusedSilently + " (" + f.Error + ")"
	case f.Reason == model.ReasonOther || f.Reason == model.ReasonUnreadable:
		return w.Reasons.Text(f.Reason) + " (" + f.Error + ")"
	}
	return Fill(w.Reasons.Text(f.Reason), f.Said, "")
}

// Fix returns who can fix a failure, and how.
func (w *Words) Fix(f *model.Failure) string {
	if f.Option != "" {
		return Fill(w.AskAdmin, f.Option, "")
	}
	return w.ToDo.Text(f.Who)
}

// Forbidden returns a text about the actions that WWE's options forbid and who can change that.
func (w *Words) Forbidden(requests ...string) string {
	var names []string
	for _, request := range requests {
		names = append(names, w.Actions.Text(model.ActionOf(request)))
	}
	return Fill(w.NotAllowed, strings.Join(names, ", "), "") + ". " + Fill(w.AskAdmin, model.OriginsOption, "")
}

// Entry returns a line of the history.
func (w *Words) Entry(e *model.Entry) string {
	who := ""
	if e.Interaction != nil {
		who = w.Title(e.Interaction)
	}
	switch e.Kind {
	case model.Arrived:
		if model.IsOffered(e.Interaction) {
			return Fill(w.Offered, who, w.Kind(e.Interaction))
		}
		return Fill(w.Arrived, who, w.Kind(e.Interaction))
	case model.StateChanged:
		return Fill(w.Is, who, w.State(e.Interaction.State))
	case model.Gone:
		return Fill(w.IsGone, who, w.Kind(e.Interaction))
	case model.Succeeded:
		return w.with(Fill(w.Did.Text(e.Action), e.Key, ""), who)
	case model.Failed:
		return w.with(Fill(w.Failed.Text(e.Action), e.Key, ""), who) + ". " + w.Why(e.Why)
	case model.AgentIs:
		return Fill(w.AgentIs, w.MediaStateName(e.State), e.Key)
	case model.LostConnection:
		return w.Lost + ". " + w.Why(e.Why)
	case model.NoConnection:
		return w.NoConnection + ". " + w.Why(e.Why)
	case model.Recovered:
		return w.Recovered
	}
	return string(e.Kind)
}

func (w *Words) with(text, who string) string {
	if who == "" {
		return text
	}
	return Fill(w.About, text, who)
}
