//go:build js

package main

import (
	"fmt"
	"syscall/js"

	"github.com/norunners/vert"

	"wwebridge/wasm/desktop/scenario"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// serveScripts is the Go side of window.wweHost, see web/desktop.js. It sets
// the JavaScript function wweHostCall, which takes a name, the arguments, an
// optional callback, and the arguments as JSON to record. The function passes
// the outcome to the callback, or returns it if there is none. Its property
// takes holds the zero values of each function's arguments.
func serveScripts(acts *scenario.Acts, reset func()) {
	functions := hostFunctions(acts.Host, reset)
	takes := map[string]any{}
	for name, f := range functions {
		takes[name] = f.takes
	}
	call := js.FuncOf(func(_ js.Value, args []js.Value) any {
		name := args[0].String()
		call := func(arguments js.Value) (any, error) {
			result, err := functions[name].call(arguments)
			if err == nil {
				began, _ := result.(string)
				acts.Recording.AddJSON(name, args[3].String(), began)
			}
			return result, err
		}
		if settle := args[2]; settle.Type() == js.TypeFunction {
			go func() { settle.Invoke(outcomeOf(call, args[1])) }()
			return nil
		}
		return outcomeOf(call, args[1])
	})
	call.Set("takes", vert.ValueOf(takes).Value)
	js.Global().Set("wweHostCall", call)
}

// outcome is the outcome of a function: an error, JSON text, or a result.
type outcome struct {
	Error  string `js:"error"`
	JSON   string `js:"json"`
	Result any    `js:"result"`
}

// outcomeOf calls a function. A panic of the Host, over a mistake of its user,
// becomes an error for the script, so that the page goes on.
func outcomeOf(call func(js.Value) (any, error), arguments js.Value) (value js.Value) {
	defer func() {
		if problem := recover(); problem != nil {
			value = vert.ValueOf(outcome{Error: fmt.Sprint(problem)}).Value
		}
	}()
	result, err := call(arguments)
	if err != nil {
		return vert.ValueOf(outcome{Error: err.Error()}).Value
	}
	if text, ok := result.(wwe.JSON); ok {
		return vert.ValueOf(outcome{JSON: string(text)}).Value
	}
	return vert.ValueOf(outcome{Result: result}).Value
}

func hostFunctions(host *wwetest.Host, reset func()) map[string]function {
	act := func(action wwetest.Action) function {
		return taking(func(a byID) (any, error) { return nil, host.Do(a.ID, action) })
	}
	functions := map[string]function{
		"answer":   act(wwetest.ActionAnswer),
		"reject":   act(wwetest.ActionReject),
		"hold":     act(wwetest.ActionHold),
		"resume":   act(wwetest.ActionResume),
		"hangUp":   act(wwetest.ActionHangUp),
		"markDone": act(wwetest.ActionMarkDone),
		"do": taking(func(a struct {
			ID     string `js:"id"`
			Action string `js:"action"`
		}) (any, error) {
			return nil, host.Do(a.ID, wwetest.Action(a.Action))
		}),
		"actions": taking(func(a byID) (any, error) {
			if _, held := host.Interaction(a.ID); !held {
				return nil, fmt.Errorf("no interaction has the id %q", a.ID)
			}
			names := []string{}
			for _, action := range host.Actions(a.ID) {
				names = append(names, string(action))
			}
			return names, nil
		}),
		"interactions": giving(func() any { return host.InteractionsJSON() }),
		"interaction":  taking(func(a byID) (any, error) { return interactionJSON(host, a.ID) }),
		"setUserData": taking(func(a struct {
			ID       string          `js:"id"`
			UserData scenario.Object `js:"userData"`
		}) (any, error) {
			return nil, host.SetUserData(a.ID, a.UserData.UserData())
		}),
		"deleteUserData": taking(func(a struct {
			ID  string `js:"id"`
			Key string `js:"key"`
		}) (any, error) {
			return nil, host.DeleteUserData(a.ID, a.Key)
		}),
		"addParty": taking(func(a struct {
			ID      string         `js:"id"`
			Options scenario.Party `js:"options"`
		}) (any, error) {
			return nil, host.AddParty(a.ID, a.Options.ForHost())
		}),
		"removeParty": taking(func(a struct {
			ID   string `js:"id"`
			Name string `js:"name"`
		}) (any, error) {
			return nil, host.RemoveParty(a.ID, a.Name)
		}),
		"selectCase": taking(func(a byID) (any, error) { return nil, host.SelectCase(a.ID) }),
		"agentState": taking(func(a struct {
			State scenario.Any `js:"state"`
		}) (any, error) {
			if state, given := a.State.Text(); given {
				if err := host.SetAgentState(state); err != nil {
					return nil, err
				}
			}
			return newState(host.AgentState()), nil
		}),
		"mediaState": taking(func(a struct {
			Media string       `js:"media"`
			State scenario.Any `js:"state"`
		}) (any, error) {
			if state, given := a.State.Text(); given {
				if err := host.SetMediaState(a.Media, state); err != nil {
					return nil, err
				}
			}
			for _, m := range host.Media() {
				if m.Name == a.Media {
					return newState(m.State), nil
				}
			}
			return nil, fmt.Errorf("the agent has no media %q", a.Media)
		}),
		"config": giving(func() any { return host.ConfigJSON() }),
		"configure": taking(func(a struct {
			Config scenario.Object `js:"config"`
		}) (any, error) {
			err := host.ConfigureJSON(wwe.JSON(a.Config.JSON))
			return host.ConfigJSON(), err
		}),
		"fault": taking(func(a struct {
			Options scenario.Fault `js:"options"`
		}) (any, error) {
			fault, err := a.Options.ForHost()
			if err == nil {
				host.Fault(fault)
			}
			return nil, err
		}),
		"faults": giving(func() any {
			all := []scenario.Fault{}
			for _, f := range host.Faults() {
				all = append(all, scenario.FaultOf(f))
			}
			return asJSON(all)
		}),
		"clearFaults": giving(func() any { host.ClearFaults(); return nil }),
		"emit": taking(func(a struct {
			Topic string       `js:"topic"`
			Data  scenario.Any `js:"data"`
		}) (any, error) {
			if a.Data.JSON == "" {
				a.Data.JSON = "null"
			}
			host.Emit(wwe.Topic(a.Topic), wwe.JSON(a.Data.JSON))
			return nil, nil
		}),
		"restart":  giving(func() any { host.Restart(); return nil }),
		"reset":    giving(func() any { reset(); return nil }),
		"requests": giving(func() any { return requestsJSON(host) }),
		"messages": giving(func() any { return messagesJSON(host) }),
		"workbin":  giving(func() any { return workbinJSON(host) }),
	}
	addWork(functions, host)
	addColleague(functions, host)
	addWindow(functions, host)
	addCampaigns(functions, host)
	return functions
}
