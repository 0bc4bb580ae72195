//go:build js

package main

import (
	"errors"

	"wwebridge/internal/strictjson"
	"wwebridge/wasm/desktop/scenario"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// addWindow adds the functions of window.wweHost for toasts, dialogs and views
// in the menu bar, and for string messages.
func addWindow(functions map[string]function, host *wwetest.Host) {
	functions["toasts"] = giving(func() any {
		type toast struct {
			ID         string   `json:"id"`
			Parameters wwe.JSON `json:"parameters"`
		}
		all := []toast{}
		for _, t := range host.Toasts() {
			all = append(all, toast{t.ID, t.Parameters})
		}
		return asJSON(all)
	})
	functions["pressToast"] = taking(func(a struct {
		ID     string `js:"id"`
		Button string `js:"button"`
	}) (any, error) {
		return nil, host.PressToast(a.ID, a.Button)
	})
	functions["closeToast"] = taking(func(a byID) (any, error) { return nil, host.CloseToast(a.ID) })
	functions["dialogs"] = giving(func() any {
		type dialog struct {
			ID     string `js:"id"`
			URL    string `js:"url"`
			Label  string `js:"label"`
			Width  string `js:"width"`
			Height string `js:"height"`
		}
		all := []dialog{}
		for _, d := range host.Dialogs() {
			all = append(all, dialog(d))
		}
		return all
	})
	functions["closeDialog"] = taking(func(a byID) (any, error) { return nil, host.CloseDialog(a.ID) })
	functions["views"] = giving(func() any {
		all := []wwe.JSON{}
		for _, v := range host.Views() {
			all = append(all, v.Parameters)
		}
		return asJSON(all)
	})
	functions["post"] = taking(func(a struct {
		Text string `js:"text"`
	}) (any, error) {
		return nil, host.Post(a.Text)
	})
}

// addCampaigns adds the functions of window.wweHost for outbound campaigns.
func addCampaigns(functions map[string]function, host *wwetest.Host) {
	functions["loadCampaign"] = taking(func(a struct {
		Campaign scenario.Object `js:"campaign"`
	}) (any, error) {
		var options scenario.Campaign
		if err := strictjson.Decode([]byte(a.Campaign.JSON), &options); err != nil {
			return nil, errors.New("loadCampaign: " + err.Error())
		}
		return nil, host.LoadCampaign(options.ForHost())
	})
	byName := func(do func(campaign string) error) function {
		return taking(func(a struct {
			Name string `js:"name"`
		}) (any, error) {
			return nil, do(a.Name)
		})
	}
	functions["startCampaign"] = byName(host.StartCampaign)
	functions["unloadCampaign"] = byName(host.UnloadCampaign)
	functions["recordOutcome"] = taking(func(a byID) (any, error) {
		o, shows := host.RecordOutcome(a.ID)
		if !shows {
			return nil, errors.New("no interaction with the id " + a.ID + " shows a record")
		}
		return asJSON(map[string]any{"callResult": o.CallResult, "rescheduled": o.Rescheduled, "callback": o.Callback,
			"doNotCall": o.DoNotCall, "fields": o.Fields}), nil
	})
}
