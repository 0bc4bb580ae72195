//go:build js

package main

import (
	"encoding/json"
	"fmt"

	"wwebridge/wasm/internal/look"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// Results of the functions of window.wweHost.

// asJSON marshals a value that contains JSON. The Host has checked that JSON.
// If marshalling fails nevertheless, asJSON panics, which is an error for the
// script.
func asJSON(value any) wwe.JSON {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return wwe.JSON(text)
}

func interactionJSON(host *wwetest.Host, id string) (wwe.JSON, error) {
	var all []wwe.JSON
	if err := json.Unmarshal([]byte(host.InteractionsJSON()), &all); err != nil {
		return "", err
	}
	for _, text := range all {
		var i struct{ InteractionID string }
		if json.Unmarshal([]byte(text), &i) == nil && i.InteractionID == id {
			return text, nil
		}
	}
	return "", fmt.Errorf("no interaction has the id %q", id)
}

type state struct {
	Type          string `js:"type"`
	DisplayName   string `js:"displayName"`
	OperationName string `js:"operationName"`
}

func newState(s wwe.MediaState) state { return state{s.Type, s.DisplayName, s.OperationName} }

func requestsJSON(host *wwetest.Host) wwe.JSON {
	type request struct {
		Name       string     `json:"name"`
		Parameters []wwe.JSON `json:"parameters"`
	}
	all := []request{}
	for _, r := range host.Requests() {
		all = append(all, request{r.Name, append([]wwe.JSON{}, r.Parameters...)})
	}
	return asJSON(all)
}

func messagesJSON(host *wwetest.Host) wwe.JSON {
	type message struct {
		At         float64 `json:"at"` // in milliseconds since 1970, as Date.now()
		Frame      int     `json:"frame"`
		FromWidget bool    `json:"fromWidget"`
		Text       string  `json:"text"`
	}
	all := []message{}
	for _, m := range host.Messages() {
		all = append(all, message{float64(m.At.UnixMicro()) / 1000, m.Frame, m.FromWidget, m.Text})
	}
	return asJSON(all)
}

func workbinJSON(host *wwetest.Host) wwe.JSON {
	type saved struct {
		InteractionUUID string          `json:"interactionUUID"`
		Media           string          `json:"media"`
		Parties         []string        `json:"parties"`
		UserData        json.RawMessage `json:"userData"`
	}
	all := []saved{}
	for _, i := range host.Workbin() {
		s := saved{i.InteractionUUID, i.Media, []string{}, json.RawMessage(look.Value(map[string]any(i.UserData)))}
		for _, p := range i.Parties {
			s.Parties = append(s.Parties, p.Name)
		}
		all = append(all, s)
	}
	return asJSON(all)
}
