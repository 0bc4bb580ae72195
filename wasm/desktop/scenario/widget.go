package scenario

import (
	"encoding/json"

	"wwebridge/internal/strictjson"
	"wwebridge/wasm/desktop/messages"
	"wwebridge/wasm/wwetest"
)

// widgetFunctions maps a widget's requests to the functions with the same effect.
// The parameters are the same, unless the entry converts them.
var widgetFunctions = map[string]struct {
	function string
	args     func(parameters []json.RawMessage) []json.RawMessage
}{
	"interaction.accept":               {"answer", first},
	"interaction.reject":               {"reject", first},
	"interaction.markdone":             {"markDone", first},
	"interaction.setUserData":          {"setUserData", nil},
	"interaction.deleteUserData":       {"deleteUserData", nil},
	"interaction.selectCaseByCaseId":   {"selectCase", first},
	"interaction.consult":              {"consult", nil},
	"interaction.singleStepTransfer":   {"transfer", nil},
	"interaction.singleStepConference": {"conference", nil},
	"interaction.completeTransfer":     {"completeTransfer", first},
	"interaction.completeConference":   {"completeConference", first},
	"voice.answer":                     {"answer", first},
	"voice.hold":                       {"hold", first},
	"voice.resume":                     {"resume", first},
	"voice.hangUp":                     {"hangUp", first},
	"voice.startCallRecording":         {"do", doing("startRecording")},
	"voice.stopCallRecording":          {"do", doing("stopRecording")},
	"voice.pauseCallRecording":         {"do", doing("pauseRecording")},
	"voice.resumeCallRecording":        {"do", doing("resumeRecording")},
	"voice.dial":                       {"dial", withUserData("dnis")},
	"email.create":                     {"compose", withUserData("to")},
	"agent.setState":                   {"agentState", first},
	"media.setState":                   {"mediaState", nil},
}

func first(parameters []json.RawMessage) []json.RawMessage {
	return parameters[:min(1, len(parameters))]
}

func doing(action string) func([]json.RawMessage) []json.RawMessage {
	return func(parameters []json.RawMessage) []json.RawMessage {
		return append(first(parameters), encoded(action)...)
	}
}

// withUserData makes options of a destination and user data.
func withUserData(property string) func([]json.RawMessage) []json.RawMessage {
	return func(parameters []json.RawMessage) []json.RawMessage {
		options := map[string]json.RawMessage{}
		if len(parameters) > 0 {
			options[property] = parameters[0]
		}
		if len(parameters) > 1 && string(parameters[1]) != "null" {
			options["userData"] = parameters[1]
		}
		return encoded(options)
	}
}

// ByWidgets returns the acts of widgets: those of their requests that WWE has
// executed and that a function of window.wweHost stands for.
func ByWidgets(all []wwetest.Message) []Act {
	var acts []Act
	var reader messages.Reader
	requests := map[int]messages.Entry{}
	for _, m := range all {
		e := reader.Read(m)
		switch f, known := widgetFunctions[e.Name]; {
		case !known || e.Pair == 0:
		case e.Kind == messages.Request:
			requests[e.Pair] = e
		case e.Kind == messages.Answer && !e.Refused:
			var args []json.RawMessage
			if strictjson.Unmarshal([]byte("["+requests[e.Pair].Content+"]"), &args) != nil {
				continue
			}
			if f.args != nil {
				args = f.args(args)
			}
			if _, err := commandOf(f.function, args); err == nil {
				acts = append(acts, Act{At: e.At, Function: f.function, Args: args, ByWidget: true})
			}
		}
	}
	return acts
}
