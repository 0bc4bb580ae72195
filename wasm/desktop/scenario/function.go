package scenario

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"wwebridge/internal/strictjson"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// function decodes the arguments of a function of window.wweHost.
type function func(args []json.RawMessage) (command, error)

// functions are those functions of window.wweHost that change something, by
// name.
var functions = map[string]function{
	"ring": options(func(o Call) command { return calls("Ring", (*wwetest.Host).Ring, o.ForHost()) }),
	"dial": options(func(o Call) command { return calls("Dial", (*wwetest.Host).Dial, o.ForHost()) }),
	"transferIn": two(func(o Call, from string) command {
		return calls("TransferIn", (*wwetest.Host).TransferIn, o.ForHost(), from)
	}),
	"chat":     options(func(o Chat) command { return calls("Chat", (*wwetest.Host).Chat, o.ForHost()) }),
	"email":    options(func(o Email) command { return calls("Email", (*wwetest.Host).Email, o.ForHost()) }),
	"compose":  options(func(o Email) command { return calls("Compose", (*wwetest.Host).Compose, o.ForHost()) }),
	"workItem": options(func(o WorkItem) command { return calls("WorkItem", (*wwetest.Host).WorkItem, o.ForHost()) }),
	"preview":  options(func(o Preview) command { return calls("Preview", (*wwetest.Host).Preview, o.ForHost()) }),
	"pull":     one(func(i uuid) command { return calls("Pull", (*wwetest.Host).Pull, i) }),

	"answer":   one(func(i id) command { return calls("Answer", (*wwetest.Host).Answer, i) }),
	"reject":   one(func(i id) command { return calls("Reject", (*wwetest.Host).Reject, i) }),
	"hold":     one(func(i id) command { return calls("Hold", (*wwetest.Host).Hold, i) }),
	"resume":   one(func(i id) command { return calls("Resume", (*wwetest.Host).Resume, i) }),
	"hangUp":   one(func(i id) command { return calls("HangUp", (*wwetest.Host).HangUp, i) }),
	"markDone": one(func(i id) command { return calls("MarkDone", (*wwetest.Host).MarkDone, i) }),
	"do":       two(func(i id, a wwetest.Action) command { return calls("Do", (*wwetest.Host).Do, i, a) }),

	"setUserData": two(func(i id, o Object) command {
		return calls("SetUserData", (*wwetest.Host).SetUserData, i, o.UserData())
	}),
	"deleteUserData": two(func(i id, key string) command { return calls("DeleteUserData", (*wwetest.Host).DeleteUserData, i, key) }),
	"addParty":       two(func(i id, o Party) command { return calls("AddParty", (*wwetest.Host).AddParty, i, o.ForHost()) }),
	"removeParty":    two(func(i id, name string) command { return calls("RemoveParty", (*wwetest.Host).RemoveParty, i, name) }),
	"selectCase":     one(func(c caseID) command { return calls("SelectCase", (*wwetest.Host).SelectCase, c) }),

	"consult":            two(func(i id, to Target) command { return calls("Consult", (*wwetest.Host).Consult, i, to.ForHost()) }),
	"transfer":           two(func(i id, to Target) command { return calls("Transfer", (*wwetest.Host).Transfer, i, to.ForHost()) }),
	"conference":         two(func(i id, to Target) command { return calls("Conference", (*wwetest.Host).Conference, i, to.ForHost()) }),
	"completeTransfer":   one(func(i id) command { return calls("CompleteTransfer", (*wwetest.Host).CompleteTransfer, i) }),
	"completeConference": one(func(i id) command { return calls("CompleteConference", (*wwetest.Host).CompleteConference, i) }),

	"agentState": one(func(state string) command { return calls("SetAgentState", (*wwetest.Host).SetAgentState, state) }),
	"mediaState": two(func(media, state string) command {
		return calls("SetMediaState", (*wwetest.Host).SetMediaState, media, state)
	}),

	"configure":   checked(one(func(o Object) command { return calls("ConfigureJSON", (*wwetest.Host).ConfigureJSON, wwe.JSON(o.JSON)) })),
	"fault":       fault,
	"clearFaults": none("ClearFaults", (*wwetest.Host).ClearFaults),
	"emit": two(func(topic string, data Any) command {
		return calls("Emit", (*wwetest.Host).Emit, wwe.Topic(topic), wwe.JSON(data.JSON))
	}),
	"restart": none("Restart", (*wwetest.Host).Restart),
	"post":    one(func(text string) command { return calls("Post", (*wwetest.Host).Post, text) }),

	"pressToast": two(func(toast, button string) command {
		return calls("PressToast", (*wwetest.Host).PressToast, toast, button)
	}),
	"closeToast":  one(func(toast string) command { return calls("CloseToast", (*wwetest.Host).CloseToast, toast) }),
	"closeDialog": one(func(dialog string) command { return calls("CloseDialog", (*wwetest.Host).CloseDialog, dialog) }),

	"loadCampaign":   one(func(o Campaign) command { return calls("LoadCampaign", (*wwetest.Host).LoadCampaign, o.ForHost()) }),
	"startCampaign":  one(func(name string) command { return calls("StartCampaign", (*wwetest.Host).StartCampaign, name) }),
	"unloadCampaign": one(func(name string) command { return calls("UnloadCampaign", (*wwetest.Host).UnloadCampaign, name) }),
}

// commandOf decodes a call of a function.
func commandOf(name string, args []json.RawMessage) (command, error) {
	f, known := functions[name]
	if !known {
		return command{}, fmt.Errorf("there is no function %q; there are %s", name, strings.Join(slices.Sorted(maps.Keys(functions)), ", "))
	}
	c, err := f(args)
	if err != nil {
		return c, fmt.Errorf("%s: %w", name, err)
	}
	return c, nil
}

func none(method string, do any) function {
	return func(args []json.RawMessage) (command, error) { return calls(method, do), takes(args, 0) }
}

func one[A any](build func(A) command) function {
	return func(args []json.RawMessage) (command, error) {
		var a A
		if err := takes(args, 1, &a); err != nil {
			return command{}, err
		}
		return build(a), nil
	}
}

func two[A, B any](build func(A, B) command) function {
	return func(args []json.RawMessage) (command, error) {
		var a A
		var b B
		if err := takes(args, 2, &a, &b); err != nil {
			return command{}, err
		}
		return build(a, b), nil
	}
}

// options is one for a function whose argument may be missing.
func options[A any](build func(A) command) function {
	f := one(build)
	return func(args []json.RawMessage) (command, error) {
		if len(args) == 0 {
			args = []json.RawMessage{[]byte("{}")}
		}
		return f(args)
	}
}

// checked has a Host that nobody else sees perform the command, to find its
// mistakes early.
func checked(f function) function {
	return func(args []json.RawMessage) (command, error) {
		c, err := f(args)
		if err == nil {
			_, err = c.perform(wwetest.NewHost())
		}
		return c, err
	}
}

func fault(args []json.RawMessage) (command, error) {
	var o Fault
	if err := takes(args, 1, &o); err != nil {
		return command{}, err
	}
	f, err := o.ForHost()
	return calls("Fault", (*wwetest.Host).Fault, f), err
}

// takes decodes n arguments.
func takes(args []json.RawMessage, n int, into ...any) error {
	if len(args) != n {
		return fmt.Errorf("its arguments are %d, not %d", n, len(args))
	}
	for n, target := range into {
		if err := decode(args[n], target); err != nil {
			return fmt.Errorf("argument %d: %w", n+1, err)
		}
	}
	return nil
}

// decode decodes a value of any type, and an object strictly.
func decode(text []byte, into any) error {
	_, decodesItself := into.(json.Unmarshaler)
	err := strictjson.Decode(text, into)
	if decodesItself || errors.Is(err, strictjson.ErrNotObject) {
		err = strictjson.Unmarshal(text, into)
		if err != nil {
			return fmt.Errorf("%s has the wrong type", shortened(string(text)))
		}
	}
	return err
}

// shortened returns the beginning of a text, for an error.
func shortened(text string) string {
	const most = 160
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}
