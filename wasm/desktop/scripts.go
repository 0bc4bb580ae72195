//go:build js

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"syscall/js"

	"wwebridge/internal/jsontext"
	"wwebridge/internal/strictjson"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// function is one of window.wweHost: it takes the arguments as JSON, and
// returns what encoding/json makes the result of.
type function func(args arguments) (result any, err error)

// serveScripts is the Go side of window.wweHost, see web/desktop.js: one
// function that takes a name and the JSON text of the arguments, and gives the
// JSON text of {result} or {error}: as its own result, or where a third
// argument is a function, to that when it is done.
func serveScripts(host *wwetest.Host, reset func()) {
	functions := hostFunctions(host, reset)
	js.Global().Set("wweHostCall", js.FuncOf(func(_ js.Value, args []js.Value) any {
		call := func() string { return outcome(functions[args[0].String()], args[0].String(), args[1].String()) }
		if len(args) > 2 && args[2].Type() == js.TypeFunction {
			settle := args[2]
			go func() { settle.Invoke(call()) }()
			return nil
		}
		return call()
	}))
}

// outcome calls the function. What the Host takes for a mistake of its user, and
// panics at, is an error to a script too: the page goes on.
func outcome(f function, name, text string) (outcome string) {
	failed := func(problem string) string { return `{"error":` + string(jsontext.AppendString(nil, problem)) + `}` }
	defer func() {
		if problem := recover(); problem != nil {
			outcome = failed(fmt.Sprint(problem))
		}
	}()
	args := arguments{of: name}
	err := strictjson.Unmarshal([]byte(text), &args.values)
	var result any
	if err == nil && f == nil {
		err = errors.New("wweHost has no such function")
	}
	if err == nil {
		result, err = f(args)
	}
	var encoded []byte
	if err == nil {
		encoded, err = json.Marshal(result)
	}
	if err != nil {
		return failed(err.Error())
	}
	return `{"result":` + string(encoded) + `}`
}

func hostFunctions(host *wwetest.Host, reset func()) map[string]function {
	act := func(action wwetest.Action) function {
		return func(args arguments) (any, error) {
			id, err := args.interaction()
			if err != nil {
				return nil, err
			}
			return nil, host.Do(id, action)
		}
	}
	functions := map[string]function{
		"answer":   act(wwetest.ActionAnswer),
		"reject":   act(wwetest.ActionReject),
		"hold":     act(wwetest.ActionHold),
		"resume":   act(wwetest.ActionResume),
		"hangUp":   act(wwetest.ActionHangUp),
		"markDone": act(wwetest.ActionMarkDone),
		"do": func(args arguments) (any, error) {
			id, err := args.interaction()
			if err != nil {
				return nil, err
			}
			action, err := args.text(1, "an action")
			if err != nil {
				return nil, err
			}
			return nil, host.Do(id, wwetest.Action(action))
		},
		"actions": func(args arguments) (any, error) {
			id, err := args.interaction()
			if _, held := host.Interaction(id); err == nil && !held {
				err = fmt.Errorf("no interaction has the id %q", id)
			}
			return append([]wwetest.Action{}, host.Actions(id)...), err
		},
		"interactions": func(arguments) (any, error) { return raw(host.InteractionsJSON()), nil },
		"interaction": func(args arguments) (any, error) {
			id, err := args.interaction()
			if err != nil {
				return nil, err
			}
			return interactionJSON(host, id)
		},
		"setUserData": func(args arguments) (any, error) {
			id, err := args.interaction()
			if err != nil {
				return nil, err
			}
			var data userData
			if err := args.decode(1, "an object of keys and values", &data); err != nil {
				return nil, err
			}
			return nil, host.SetUserData(id, wwe.UserData(data))
		},
		"deleteUserData": func(args arguments) (any, error) {
			id, err := args.interaction()
			if err != nil {
				return nil, err
			}
			key, err := args.text(1, "a key")
			if err != nil {
				return nil, err
			}
			return nil, host.DeleteUserData(id, key)
		},
		"addParty": func(args arguments) (any, error) {
			id, err := args.interaction()
			if err != nil {
				return nil, err
			}
			var party partyOptions
			if err := args.decode(1, "a party: {name, phoneNumber, username}", &party); err != nil {
				return nil, err
			}
			return nil, host.AddParty(id, party.party())
		},
		"removeParty": func(args arguments) (any, error) {
			id, err := args.interaction()
			if err != nil {
				return nil, err
			}
			name, err := args.text(1, "the name of a party")
			if err != nil {
				return nil, err
			}
			return nil, host.RemoveParty(id, name)
		},
		"selectCase": func(args arguments) (any, error) {
			id, err := args.text(0, "the id of a case")
			if err != nil {
				return nil, err
			}
			return nil, host.SelectCase(id)
		},
		"agentState": func(args arguments) (any, error) {
			if len(args.values) > 0 {
				state, err := args.text(0, "the operation name of a state")
				if err == nil {
					err = host.SetAgentState(state)
				}
				if err != nil {
					return nil, err
				}
			}
			return stateJSON(host.AgentState()), nil
		},
		"mediaState": func(args arguments) (any, error) { return mediaState(host, args) },
		"config":     func(arguments) (any, error) { return raw(host.ConfigJSON()), nil },
		"configure": func(args arguments) (any, error) {
			if args.isMissing(0) {
				return nil, errors.New("configure takes an object: {rateLimit, silentRefusal, …}, as config() gives it")
			}
			err := host.ConfigureJSON(wwe.JSON(args.values[0]))
			return raw(host.ConfigJSON()), err
		},
		"fault": func(args arguments) (any, error) {
			var options faultOptions
			if err := args.decode(0, "an object: {request, topic, kind, next, probability, refuse, data, delay, count}", &options); err != nil {
				return nil, err
			}
			fault := options.fault()
			if err := fault.Validate(); err != nil {
				return nil, err
			}
			host.Fault(fault)
			return nil, nil
		},
		"faults": func(arguments) (any, error) {
			all := []faultOptions{}
			for _, f := range host.Faults() {
				all = append(all, optionsOf(f))
			}
			return all, nil
		},
		"clearFaults": func(arguments) (any, error) { host.ClearFaults(); return nil, nil },
		"emit": func(args arguments) (any, error) {
			topic, err := args.text(0, "a topic")
			if err != nil {
				return nil, err
			}
			data := wwe.JSON("null")
			if len(args.values) > 1 {
				data = wwe.JSON(args.values[1])
			}
			host.Emit(wwe.Topic(topic), data)
			return nil, nil
		},
		"restart":  func(arguments) (any, error) { host.Restart(); return nil, nil },
		"reset":    func(arguments) (any, error) { reset(); return nil, nil },
		"requests": func(arguments) (any, error) { return requestsJSON(host), nil },
		"messages": func(arguments) (any, error) { return messagesJSON(host), nil },
		"workbin":  func(arguments) (any, error) { return workbinJSON(host), nil },
	}
	addWork(functions, host)
	addColleague(functions, host)
	addWindow(functions, host)
	addCampaigns(functions, host)
	return functions
}

func mediaState(host *wwetest.Host, args arguments) (any, error) {
	media, err := args.text(0, "the name of a media")
	if err == nil && len(args.values) > 1 {
		var state string
		if state, err = args.text(1, "the operation name of a state"); err == nil {
			err = host.SetMediaState(media, state)
		}
	}
	if err != nil {
		return nil, err
	}
	for _, m := range host.Media() {
		if m.Name == media {
			return stateJSON(m.State), nil
		}
	}
	return nil, fmt.Errorf("the agent has no media %q", media)
}
