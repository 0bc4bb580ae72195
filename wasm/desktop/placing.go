//go:build js

package main

import (
	"wwebridge/wasm/desktop/scenario"
	"wwebridge/wasm/wwetest"
)

// addWork adds the functions that give the agent new work. Each returns the id
// of the interaction.
func addWork(functions map[string]function, host *wwetest.Host) {
	functions["ring"] = placing(func(o scenario.Call) string { return host.Ring(o.ForHost()) })
	functions["dial"] = taking(func(a struct {
		Options scenario.Call `js:"options"`
	}) (any, error) {
		return host.Dial(a.Options.ForHost())
	})
	functions["transferIn"] = taking(func(a struct {
		Options scenario.Call `js:"options"`
		From    string        `js:"from"`
	}) (any, error) {
		return host.TransferIn(a.Options.ForHost(), a.From), nil
	})
	functions["chat"] = placing(func(o scenario.Chat) string { return host.Chat(o.ForHost()) })
	functions["email"] = placing(func(o scenario.Email) string { return host.Email(o.ForHost()) })
	functions["compose"] = placing(func(o scenario.Email) string { return host.Compose(o.ForHost()) })
	functions["workItem"] = placing(func(o scenario.WorkItem) string { return host.WorkItem(o.ForHost()) })
	functions["preview"] = placing(func(o scenario.Preview) string { return host.Preview(o.ForHost()) })
	functions["pull"] = taking(func(a struct {
		UUID string `js:"uuid"`
	}) (any, error) {
		return host.Pull(a.UUID)
	})
}

// placing makes a function that takes options, all of which may be missing.
func placing[T any](place func(T) string) function {
	type arguments struct {
		Options T `js:"options"`
	}
	return taking(func(a arguments) (any, error) { return place(a.Options), nil })
}
