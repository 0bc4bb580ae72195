//go:build js

package main

import (
	"encoding/json"
	"fmt"

	"wwebridge/wasm/internal/look"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// What the functions of window.wweHost return.

// raw keeps JSON as the Host wrote it.
func raw(text wwe.JSON) json.RawMessage { return json.RawMessage(text) }

func interactionJSON(host *wwetest.Host, id string) (any, error) {
	var all []json.RawMessage
	if err := json.Unmarshal([]byte(host.InteractionsJSON()), &all); err != nil {
		return nil, err
	}
	for _, text := range all {
		var i struct{ InteractionID string }
		if json.Unmarshal(text, &i) == nil && i.InteractionID == id {
			return text, nil
		}
	}
	return nil, fmt.Errorf("no interaction has the id %q", id)
}

func stateJSON(s wwe.MediaState) any {
	return map[string]string{"type": s.Type, "displayName": s.DisplayName, "operationName": s.OperationName}
}

func requestsJSON(host *wwetest.Host) any {
	type request struct {
		Name       string            `json:"name"`
		Parameters []json.RawMessage `json:"parameters"`
	}
	all := []request{}
	for _, r := range host.Requests() {
		parameters := []json.RawMessage{}
		for _, p := range r.Parameters {
			parameters = append(parameters, raw(p))
		}
		all = append(all, request{r.Name, parameters})
	}
	return all
}

func messagesJSON(host *wwetest.Host) any {
	type message struct {
		At         float64 `json:"at"` // as Date.now()
		Frame      int     `json:"frame"`
		FromWidget bool    `json:"fromWidget"`
		Text       string  `json:"text"`
	}
	all := []message{}
	for _, m := range host.Messages() {
		all = append(all, message{float64(m.At.UnixMicro()) / 1000, m.Frame, m.FromWidget, m.Text})
	}
	return all
}

func workbinJSON(host *wwetest.Host) any {
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
	return all
}
