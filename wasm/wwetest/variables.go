package wwetest

import (
	"net/url"
	"strings"

	"wwebridge/wasm/wwe"
)

// ExpandURL replaces WWE's variables in the URL of a widget, such as
// $Agent.UserName$. In a page for all interactions, whose interactionID is "",
// $Interaction.Id$ is empty. Whether values are encoded is
// Config.EncodeURLVariables.
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

// expand replaces the variables of the agent.
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
