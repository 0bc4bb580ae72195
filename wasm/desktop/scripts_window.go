//go:build js

package main

import (
	"errors"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// addWindow adds the functions of window.wweHost for toasts, dialogs and views
// in the menu bar, and for string messages.
func addWindow(functions map[string]function, host *wwetest.Host) {
	functions["toasts"] = func(arguments) (any, error) {
		type toast struct {
			ID         string `json:"id"`
			Parameters any    `json:"parameters"`
		}
		all := []toast{}
		for _, t := range host.Toasts() {
			all = append(all, toast{t.ID, raw(t.Parameters)})
		}
		return all, nil
	}
	functions["pressToast"] = func(args arguments) (any, error) {
		id, err := args.text(0, "the id of a toast")
		if err != nil {
			return nil, err
		}
		button, err := args.text(1, "a button")
		if err != nil {
			return nil, err
		}
		return nil, host.PressToast(id, button)
	}
	functions["closeToast"] = func(args arguments) (any, error) {
		id, err := args.text(0, "the id of a toast")
		if err != nil {
			return nil, err
		}
		return nil, host.CloseToast(id)
	}
	functions["dialogs"] = func(arguments) (any, error) {
		type dialog struct {
			ID     string `json:"id"`
			URL    string `json:"url"`
			Label  string `json:"label"`
			Width  string `json:"width"`
			Height string `json:"height"`
		}
		all := []dialog{}
		for _, d := range host.Dialogs() {
			all = append(all, dialog(d))
		}
		return all, nil
	}
	functions["closeDialog"] = func(args arguments) (any, error) {
		id, err := args.text(0, "the id of a dialog")
		if err != nil {
			return nil, err
		}
		return nil, host.CloseDialog(id)
	}
	functions["views"] = func(arguments) (any, error) {
		all := []any{}
		for _, v := range host.Views() {
			all = append(all, raw(v.Parameters))
		}
		return all, nil
	}
	functions["post"] = func(args arguments) (any, error) {
		text, err := args.text(0, "a text that begins with wwe")
		if err != nil {
			return nil, err
		}
		return nil, host.Post(text)
	}
}

// addCampaigns adds the functions of window.wweHost for outbound campaigns.
func addCampaigns(functions map[string]function, host *wwetest.Host) {
	type recordOptions struct {
		Phone  string            `json:"phone"`
		Fields map[string]string `json:"fields"`
	}
	functions["loadCampaign"] = func(args arguments) (any, error) {
		var options struct {
			Name    string            `json:"name"`
			Mode    string            `json:"mode"`
			Records [][]recordOptions `json:"records"`
		}
		if err := args.decode(0, "a campaign: {name, mode, records: [[{phone, fields}]]}", &options); err != nil {
			return nil, err
		}
		campaign := wwetest.Campaign{Name: options.Name, Mode: options.Mode}
		for _, chain := range options.Records {
			var records []wwetest.Record
			for _, r := range chain {
				records = append(records, wwetest.Record{Phone: r.Phone, Fields: wwe.RecordFields(r.Fields)})
			}
			campaign.Records = append(campaign.Records, records)
		}
		return nil, host.LoadCampaign(campaign)
	}
	functions["startCampaign"] = byName(host.StartCampaign)
	functions["unloadCampaign"] = byName(host.UnloadCampaign)
	functions["recordOutcome"] = func(args arguments) (any, error) {
		id, err := args.interaction()
		if err != nil {
			return nil, err
		}
		o, shows := host.RecordOutcome(id)
		if !shows {
			return nil, errors.New("no interaction with the id " + id + " shows a record")
		}
		return map[string]any{"callResult": o.CallResult, "rescheduled": o.Rescheduled, "callback": o.Callback,
			"doNotCall": o.DoNotCall, "fields": o.Fields}, nil
	}
}

func byName(do func(campaign string) error) function {
	return func(args arguments) (any, error) {
		name, err := args.text(0, "the name of a campaign")
		if err != nil {
			return nil, err
		}
		return nil, do(name)
	}
}
