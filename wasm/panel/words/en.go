package words

import (
	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/wwe"
)

// English is the language of whoever asks for one that is not here.
var English = &Words{
	Lang:         "en",
	Interactions: "Interactions", NoInteractions: "No interactions.", NoInteractionsHint: "Calls, chats and other work appear here as they come.",
	AgentState: "Agent state", Media: "Media", MediaState: "{x} state", NoState: "Unknown",
	History: "History", NoHistory: "Nothing has happened yet.", Failures: "{x} failed",
	Loading: "Connecting to WWE…", LoadingHint: "This takes a moment.",
	NotInWWE: "Not inside WWE.", WhatItIs: "This page is an agent panel",
	WhereItBelongs: "It belongs into an iframe of Genesys Workspace Web Edition (WWE), where it shows the agent's interactions.",
	ToTry:          "To try it, run “make run” in the project's folder and open the simulated desktop:", Open: "Open the simulated desktop",
	ToHost:  "To host it in your WWE, put its origin into this page's “wwe-origin” and follow “Host it in WWE” in the README.",
	Refused: "WWE does not accept this page", RefusedHint: "This page is {x}. WWE's option service-client-api.accepted-web-content-origins must name it.",
	Silent: "WWE does not answer", SilentHint: "It may still be starting, or does not accept {x} (its option service-client-api.accepted-web-content-origins). It is tried again.",
	Faulty: "This panel is not set up right", Lost: "Connection to WWE lost", LostSince: "What is shown is as of {x} and may be out of date. It is tried again.",
	Recovered: "Connected to WWE again", NoConnection: "No connection to WWE", TryAgain: "Try again",
	OptionHint: "Its option service-client-api.accepted-web-content-origins decides.",
	Actions: Table[model.Action]{
		{model.Accept, "Accept"}, {model.Reject, "Reject"}, {model.Hold, "Hold"}, {model.Resume, "Resume"}, {model.HangUp, "Hang up"},
		{model.Consult, "Consult"}, {model.Transfer, "Transfer"}, {model.Conference, "Conference"},
		{model.CompleteTransfer, "Complete transfer"}, {model.CompleteConference, "Complete conference"},
		{model.StartRecording, "Start recording"}, {model.PauseRecording, "Pause recording"},
		{model.ResumeRecording, "Resume recording"}, {model.StopRecording, "Stop recording"},
		{model.MarkDone, "Mark done"}, {model.BlockMarkDone, "Block mark done"}, {model.UnblockMarkDone, "Unblock mark done"},
		{model.SetUserData, "Add user data"},
	},
	Did: Table[model.Action]{
		{model.Reject, "Rejected"}, {model.Consult, "Consultation begun"}, {model.Transfer, "Transferred"}, {model.Conference, "Conference begun"},
		{model.CompleteTransfer, "Transfer completed"}, {model.CompleteConference, "Conference completed"},
		{model.StartRecording, "Recording started"}, {model.PauseRecording, "Recording paused"},
		{model.ResumeRecording, "Recording resumed"}, {model.StopRecording, "Recording stopped"},
		{model.BlockMarkDone, "Mark done blocked"}, {model.UnblockMarkDone, "Mark done unblocked"},
		{model.SetUserData, "User data {x} saved"}, {model.DeleteUserData, "User data {x} deleted"},
	},
	Failed: Table[model.Action]{
		{model.Accept, "Not accepted"}, {model.Reject, "Not rejected"}, {model.Hold, "Not put on hold"}, {model.Resume, "Not resumed"}, {model.HangUp, "Not hung up"},
		{model.Consult, "No consultation"}, {model.Transfer, "Not transferred"}, {model.Conference, "No conference"},
		{model.CompleteTransfer, "Transfer not completed"}, {model.CompleteConference, "Conference not completed"},
		{model.StartRecording, "Recording not started"}, {model.PauseRecording, "Recording not paused"},
		{model.ResumeRecording, "Recording not resumed"}, {model.StopRecording, "Recording not stopped"},
		{model.MarkDone, "Not marked done"}, {model.BlockMarkDone, "Mark done not blocked"}, {model.UnblockMarkDone, "Mark done not unblocked"},
		{model.SetUserData, "User data {x} not saved"}, {model.DeleteUserData, "User data {x} not deleted"},
		{model.SelectCase, "Case not selected in WWE"}, {model.SetAgentState, "Agent state not changed"}, {model.SetMediaState, "State of {x} not changed"},
	},
	Reasons: Table[model.Reason]{
		{model.ReasonRefused, "WWE refused: {x}"}, {model.ReasonForbidden, "WWE does not allow this page {y}. It said: {x}"},
		{model.ReasonSilent, "WWE did not answer in time."}, {model.ReasonGone, "WWE does not hold it any more."},
		{model.ReasonClosed, "The connection ended meanwhile."}, {model.ReasonArgument, "The entry cannot be sent: {x}"},
		{model.ReasonAlone, "No WWE is around this page."}, {model.ReasonOther, "Something else went wrong."},
	},
	WhoFix: Table[wwe.Category]{
		{wwe.CategoryAuthor, "the panel's developers"}, {wwe.CategoryConfiguration, "WWE's administrator"},
		{wwe.CategoryAgent, "you"}, {wwe.CategoryConnection, "you, or who runs WWE"},
	},
	ToDo: Table[wwe.Category]{
		{wwe.CategoryAuthor, "Send them this text."},
		{wwe.CategoryConfiguration, "Ask to allow it in WWE's options."},
		{wwe.CategoryAgent, "Look at the state of the interaction, then try again."},
		{wwe.CategoryConnection, "Try again. If that does not help, load WWE anew."},
	},
	States: Table[wwe.State]{
		{wwe.StateUnknown, "Unknown"}, {wwe.StateIdle, "Ended"}, {wwe.StateRinging, "Ringing"}, {wwe.StateDialing, "Dialing"}, {wwe.StateTalking, "Talking"},
		{wwe.StateHeld, "On hold"}, {wwe.StatePreview, "Preview"}, {wwe.StateInvited, "Invited"}, {wwe.StateAccepted, "Accepted"}, {wwe.StateCreated, "Writing"},
		{wwe.StatePulled, "Pulled"}, {wwe.StateRevoked, "Revoked"}, {wwe.StateCompleted, "Done"}, {wwe.StateError, "Error"}, {wwe.StateSaved, "Saved"},
		{wwe.StateTransferring, "Transferring"}, {wwe.StateTransferCompleted, "Transferred"}, {wwe.StateInvitedConference, "Invited to join"},
		{wwe.StateLeftConference, "Left"}, {wwe.StateUserDataAttached, "Data attached"}, {wwe.StateUserDataUpdated, "Data updated"},
		{wwe.StateJoinPending, "Joining"}, {wwe.StateJoinFailed, "Joining failed"}, {wwe.StateHistoryInProgress, "Loading chat"},
		{wwe.StateHistoryDone, "In chat"}, {wwe.StateCancelled, "Cancelled"}, {wwe.StateSent, "Sent"}, {wwe.StateReady, "Ready"}, {wwe.StateCanceled, "Cancelled"},
		{wwe.StateRejected, "Rejected"},
	},
	Targets: Table[wwe.TargetType]{
		{wwe.TargetAgent, "Agent"}, {wwe.TargetAgentGroup, "Agent group"}, {wwe.TargetSkill, "Skill"}, {wwe.TargetInteractionQueue, "Queue"},
		{wwe.TargetRoutingPoint, "Routing point"}, {wwe.TargetCustomContact, "Phone number"},
	},
	Agents: Table[string]{
		{"READY", "Ready"}, {"NOT_READY", "Not ready"}, {"NOT_READY_AFTER_CALLWORK", "After-call work"}, {"DND_ON", "Do not disturb"}, {"LOGOUT", "Logged off"},
	},
	WhoCanFix: "Who can fix it: {x}. {y}",
	Dismiss:   "Dismiss", Cancel: "Cancel", Save: "Save", Edit: "Edit {x}", Delete: "Delete {x}", Copy: "Copy {x}", Copied: "Copied",
	CannotCopy: "The browser does not let this page copy.", Pending: "under way",
	NotAllowed: "WWE does not allow this page {x}",
	Call:       "Call", InboundCall: "Inbound call", OutboundCall: "Outbound call", InternalCall: "Internal call", Consultation: "Consultation",
	Chat: "Chat", Email: "Email", WorkItem: "Work item", Preview: "Preview", Interaction: "Interaction",
	Details: "Details", From: "From", To: "To", With: "With", Contact: "Contact", ConsultationOf: "Consultation of", ConsultationWith: "Consulting",
	Recording: "Recording", Recorded: "Being recorded", RecordingPaused: "Recording paused", NotRecorded: "Not recorded", NoAnswer: "Not answered",
	CaseID: "Case", InteractionID: "Interaction", InteractionUUID: "UUID", CallUUID: "Call UUID", ConnID: "Connection", RawState: "State in WWE",
	Duration: "Seen for", InState: "In this state for",
	TargetKind: "Target", Destination: "Destination", SameMedia: "As this one", PassKey: "Key to pass on", PassValue: "Value to pass on",
	Message: "Message", MessageHint: "What to tell who presses Done",
	UserData: "User data", SearchUserData: "Search user data", NoUserData: "No user data.", NothingFound: "Nothing found.", Key: "Key", Value: "Value",
	ReadOnly: "read-only",
	Arrived:  "{x}: {y}", Offered: "{y} from {x}", Is: "{x}: {y}", IsGone: "{x} is gone", AgentIs: "You are: {x}",
}
