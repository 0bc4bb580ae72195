package words

import (
	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/wwe"
)

// German is the second language.
var German = &Words{
	Lang:         "de",
	Interactions: "Interaktionen", NoInteractions: "Keine Interaktionen.", NoInteractionsHint: "Anrufe, Chats und andere Arbeit erscheinen hier, sobald sie kommen.",
	AgentState: "Agentenstatus", Media: "Medien", MediaState: "Status: {x}", NoState: "Unbekannt",
	History: "Verlauf", NoHistory: "Noch ist nichts geschehen.", Failures: "{x} fehlgeschlagen",
	Loading: "Verbindung zu WWE wird hergestellt …", LoadingHint: "Das dauert einen Moment.",
	NotInWWE: "Nicht in WWE.", WhatItIs: "Diese Seite ist ein Agentenpanel",
	WhereItBelongs: "Sie gehört in ein iframe von Genesys Workspace Web Edition (WWE) und zeigt dort die Interaktionen des Agenten.",
	ToTry:          "Zum Ausprobieren im Projektordner „make run“ ausführen und den simulierten Desktop öffnen:", Open: "Simulierten Desktop öffnen",
	ToHost:  "Für das eigene WWE dessen Origin in „wwe-origin“ dieser Seite eintragen und im README „Host it in WWE“ folgen.",
	Refused: "WWE akzeptiert diese Seite nicht", RefusedHint: "Diese Seite ist {x}. Die WWE-Option service-client-api.accepted-web-content-origins muss sie nennen.",
	Silent: "WWE antwortet nicht", SilentHint: "Vielleicht startet es noch, oder es akzeptiert {x} nicht (Option service-client-api.accepted-web-content-origins). Es wird weiter versucht.",
	Faulty: "Dieses Panel ist nicht richtig eingerichtet", Lost: "Verbindung zu WWE verloren", LostSince: "Der Stand ist von {x} und vielleicht überholt. Es wird weiter versucht.",
	Recovered: "Wieder mit WWE verbunden", NoConnection: "Keine Verbindung zu WWE", TryAgain: "Erneut versuchen",
	OptionHint: "Darüber entscheidet die Option service-client-api.accepted-web-content-origins.",
	Actions: Table[model.Action]{
		{model.Accept, "Annehmen"}, {model.Reject, "Ablehnen"}, {model.Hold, "Halten"}, {model.Resume, "Zurückholen"}, {model.HangUp, "Auflegen"},
		{model.Consult, "Rückfrage"}, {model.Transfer, "Übergeben"}, {model.Conference, "Konferenz"},
		{model.CompleteTransfer, "Übergabe abschließen"}, {model.CompleteConference, "Konferenz abschließen"},
		{model.StartRecording, "Aufzeichnung starten"}, {model.PauseRecording, "Aufzeichnung anhalten"},
		{model.ResumeRecording, "Aufzeichnung fortsetzen"}, {model.StopRecording, "Aufzeichnung beenden"},
		{model.MarkDone, "Erledigt"}, {model.BlockMarkDone, "Erledigen sperren"}, {model.UnblockMarkDone, "Erledigen freigeben"},
		{model.SetUserData, "Daten hinzufügen"},
	},
	Did: Table[model.Action]{
		{model.Reject, "Abgelehnt"}, {model.Consult, "Rückfrage begonnen"}, {model.Transfer, "Übergeben"}, {model.Conference, "Konferenz begonnen"},
		{model.CompleteTransfer, "Übergabe abgeschlossen"}, {model.CompleteConference, "Konferenz abgeschlossen"},
		{model.StartRecording, "Aufzeichnung gestartet"}, {model.PauseRecording, "Aufzeichnung angehalten"},
		{model.ResumeRecording, "Aufzeichnung fortgesetzt"}, {model.StopRecording, "Aufzeichnung beendet"},
		{model.BlockMarkDone, "Erledigen gesperrt"}, {model.UnblockMarkDone, "Erledigen freigegeben"},
		{model.SetUserData, "Daten {x} gespeichert"}, {model.DeleteUserData, "Daten {x} gelöscht"},
	},
	Failed: Table[model.Action]{
		{model.Accept, "Nicht angenommen"}, {model.Reject, "Nicht abgelehnt"}, {model.Hold, "Nicht gehalten"}, {model.Resume, "Nicht zurückgeholt"}, {model.HangUp, "Nicht aufgelegt"},
		{model.Consult, "Keine Rückfrage"}, {model.Transfer, "Nicht übergeben"}, {model.Conference, "Keine Konferenz"},
		{model.CompleteTransfer, "Übergabe nicht abgeschlossen"}, {model.CompleteConference, "Konferenz nicht abgeschlossen"},
		{model.StartRecording, "Aufzeichnung nicht gestartet"}, {model.PauseRecording, "Aufzeichnung nicht angehalten"},
		{model.ResumeRecording, "Aufzeichnung nicht fortgesetzt"}, {model.StopRecording, "Aufzeichnung nicht beendet"},
		{model.MarkDone, "Nicht erledigt"}, {model.BlockMarkDone, "Erledigen nicht gesperrt"}, {model.UnblockMarkDone, "Erledigen nicht freigegeben"},
		{model.SetUserData, "Daten {x} nicht gespeichert"}, {model.DeleteUserData, "Daten {x} nicht gelöscht"},
		{model.SelectCase, "Fall in WWE nicht ausgewählt"}, {model.SetAgentState, "Agentenstatus nicht geändert"}, {model.SetMediaState, "Status von {x} nicht geändert"},
	},
	Reasons: Table[model.Reason]{
		{model.ReasonRefused, "WWE lehnt ab: {x}"}, {model.ReasonForbidden, "WWE erlaubt dieser Seite {y} nicht. Es sagt: {x}"},
		{model.ReasonSilent, "WWE hat nicht rechtzeitig geantwortet."}, {model.ReasonGone, "WWE hat sie nicht mehr."},
		{model.ReasonClosed, "Die Verbindung endete währenddessen."}, {model.ReasonArgument, "Die Eingabe kann nicht gesendet werden: {x}"},
		{model.ReasonAlone, "Um diese Seite herum ist kein WWE."}, {model.ReasonOther, "Etwas anderes ist schiefgegangen."},
	},
	WhoFix: Table[wwe.Category]{
		{wwe.CategoryAuthor, "die Entwickler des Panels"}, {wwe.CategoryConfiguration, "die WWE-Administration"},
		{wwe.CategoryAgent, "Sie selbst"}, {wwe.CategoryConnection, "Sie, oder wer WWE betreibt"},
	},
	ToDo: Table[wwe.Category]{
		{wwe.CategoryAuthor, "Senden Sie ihnen diesen Text."},
		{wwe.CategoryConfiguration, "Bitten Sie, es in den WWE-Optionen zu erlauben."},
		{wwe.CategoryAgent, "Prüfen Sie den Zustand der Interaktion und versuchen Sie es erneut."},
		{wwe.CategoryConnection, "Versuchen Sie es erneut. Hilft das nicht, laden Sie WWE neu."},
	},
	States: Table[wwe.State]{
		{wwe.StateUnknown, "Unbekannt"}, {wwe.StateIdle, "Beendet"}, {wwe.StateRinging, "Klingelt"}, {wwe.StateDialing, "Wählt"}, {wwe.StateTalking, "Im Gespräch"},
		{wwe.StateHeld, "Gehalten"}, {wwe.StatePreview, "Vorschau"}, {wwe.StateInvited, "Eingeladen"}, {wwe.StateAccepted, "Angenommen"}, {wwe.StateCreated, "In Arbeit"},
		{wwe.StatePulled, "Geholt"}, {wwe.StateRevoked, "Entzogen"}, {wwe.StateCompleted, "Erledigt"}, {wwe.StateError, "Fehler"}, {wwe.StateSaved, "Gespeichert"},
		{wwe.StateTransferring, "Wird übergeben"}, {wwe.StateTransferCompleted, "Übergeben"}, {wwe.StateInvitedConference, "Dazugebeten"},
		{wwe.StateLeftConference, "Verlassen"}, {wwe.StateUserDataAttached, "Daten angehängt"}, {wwe.StateUserDataUpdated, "Daten geändert"},
		{wwe.StateJoinPending, "Tritt bei"}, {wwe.StateJoinFailed, "Beitritt gescheitert"}, {wwe.StateHistoryInProgress, "Chat lädt"},
		{wwe.StateHistoryDone, "Im Chat"}, {wwe.StateCancelled, "Abgebrochen"}, {wwe.StateSent, "Gesendet"}, {wwe.StateReady, "Bereit"}, {wwe.StateCanceled, "Abgebrochen"},
		{wwe.StateRejected, "Abgelehnt"},
	},
	Targets: Table[wwe.TargetType]{
		{wwe.TargetAgent, "Agent"}, {wwe.TargetAgentGroup, "Agentengruppe"}, {wwe.TargetSkill, "Fähigkeit"}, {wwe.TargetInteractionQueue, "Warteschlange"},
		{wwe.TargetRoutingPoint, "Routingpunkt"}, {wwe.TargetCustomContact, "Telefonnummer"},
	},
	Agents: Table[string]{
		{"READY", "Bereit"}, {"NOT_READY", "Nicht bereit"}, {"NOT_READY_AFTER_CALLWORK", "Nachbearbeitung"}, {"DND_ON", "Bitte nicht stören"}, {"LOGOUT", "Abgemeldet"},
	},
	WhoCanFix: "Wer es beheben kann: {x}. {y}",
	Dismiss:   "Schließen", Cancel: "Abbrechen", Save: "Speichern", Edit: "{x} ändern", Delete: "{x} löschen", Copy: "{x} kopieren", Copied: "Kopiert",
	CannotCopy: "Der Browser lässt diese Seite nicht kopieren.", Pending: "läuft",
	NotAllowed: "WWE erlaubt dieser Seite nicht: {x}",
	Call:       "Anruf", InboundCall: "Eingehender Anruf", OutboundCall: "Ausgehender Anruf", InternalCall: "Interner Anruf", Consultation: "Rückfrage",
	Chat: "Chat", Email: "E-Mail", WorkItem: "Vorgang", Preview: "Vorschau", Interaction: "Interaktion",
	Details: "Einzelheiten", From: "Von", To: "An", With: "Mit", Contact: "Kontakt", ConsultationOf: "Rückfrage zu", ConsultationWith: "Rückfrage bei",
	Recording: "Aufzeichnung", Recorded: "Wird aufgezeichnet", RecordingPaused: "Aufzeichnung angehalten", NotRecorded: "Nicht aufgezeichnet", NoAnswer: "Nicht beantwortet",
	CaseID: "Fall", InteractionID: "Interaktion", InteractionUUID: "UUID", CallUUID: "Anruf-UUID", ConnID: "Verbindung", RawState: "Zustand in WWE",
	Duration: "Bekannt seit", InState: "In diesem Zustand seit",
	TargetKind: "Ziel", Destination: "Wohin", SameMedia: "Wie hier", PassKey: "Mitgegebener Schlüssel", PassValue: "Mitgegebener Wert",
	Message: "Hinweis", MessageHint: "Was erfährt, wer auf Erledigt drückt",
	UserData: "Benutzerdaten", SearchUserData: "Benutzerdaten durchsuchen", NoUserData: "Keine Benutzerdaten.", NothingFound: "Nichts gefunden.", Key: "Schlüssel", Value: "Wert",
	ReadOnly: "nur lesbar",
	Arrived:  "{x}: {y}", Offered: "{y} von {x}", Is: "{x}: {y}", IsGone: "{x} ist nicht mehr da", AgentIs: "Sie sind: {x}",
}
