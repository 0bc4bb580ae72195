package wwetest

import (
	"net/url"
	"strings"

	"wwebridge/wasm/wwe"
)

// ExpandURL replaces WWE's variables, such as $Agent.UserName$, in the URL of a
// widget. $Interaction.Id$ becomes the interactionID, which is "" in a page for
// all interactions. Values are percent-encoded if Config.EncodeURLVariables is
// on.
func (h *Host) ExpandURL(template, interactionID string) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.expandURL(strings.ReplaceAll(template, "$Interaction.Id$", interactionID))
}

func (h *Host) expandURL(template string) string {
	write := asItIs
	if h.config.EncodeURLVariables {
		write = encoded
	}
	return expand(h.config.Agent, template, write)
}

// expand replaces the variables of the agent with values as write returns them.
func expand(a wwe.Agent, text string, write func(string) string) string {
	return strings.NewReplacer(
		"$Agent.FullName$", write(a.FullName()),
		"$Agent.UserName$", write(a.Username),
		"$Agent.LastName$", write(a.LastName),
		"$Agent.FirstName$", write(a.FirstName),
		"$Agent.EmployeeId$", write(a.EmployeeID),
	).Replace(text)
}

func asItIs(value string) string { return value }

func encoded(value string) string { return strings.ReplaceAll(url.QueryEscape(value), "+", "%20") }
