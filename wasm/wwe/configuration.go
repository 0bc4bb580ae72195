package wwe

import (
	"context"
	"strings"
)

// ConfigurationNamespace is genesys.wwe.service.configuration: WWE's options.
// Its methods are those of the page "Configuration namespace" in Genesys'
// Service Client API Reference. WWE's option
// service-client-api.option.read-allowed-web-content-origin decides which
// options a page may read.
type ConfigurationNamespace struct{ s *Service }

// GetOption returns options by name: "name" in the section
// interaction-workspace, "Section/name" in another one. A name may end in "*"
// to get all options with that prefix ("voice.*", "CustomAPI/test.*"), but must
// not start with it.
//
// The answer is an array of Section, returned as received. Genesys no longer
// publishes the properties of that type.
//
// Reference: Configuration namespace, getOption(options). Result: an array of
// Section, whose properties are no longer public.
func (n ConfigurationNamespace) GetOption(ctx context.Context, options ...string) (JSON, error) {
	const request = "configuration.getOption"
	names, err := optionNames(request, options)
	if err != nil {
		return "", err
	}
	return n.s.call(ctx, request, names)
}

// GetContextualOption is GetOption with the settings that apply to an
// interaction. Genesys has documented it since July 2022, but no client file
// has it. The name of the request and the order of its parameters, the reverse
// of this method's, are inferred.
//
// Reference: Configuration namespace, getContextualOption(options,
// interactionId). Result: as for GetOption (inferred). In no client.
func (n ConfigurationNamespace) GetContextualOption(ctx context.Context, interactionID string, options ...string) (JSON, error) {
	const request = "configuration.getContextualOption"
	names, err := optionNames(request, options)
	if err != nil {
		return "", err
	}
	return n.s.call(ctx, request, names, argInteractionID(interactionID))
}

// optionNames returns the argument for one name, or for an array of several.
func optionNames(request string, options []string) (argument, error) {
	problem := ""
	if len(options) == 0 {
		problem = "must not be empty"
	}
	for _, option := range options {
		switch name := option[strings.LastIndexByte(option, '/')+1:]; {
		case name == "":
			problem = "must not be empty"
		case strings.HasPrefix(option, "*") || strings.HasPrefix(name, "*") && name != "*":
			problem = `a name must not begin with "*", which may be at its end`
		}
	}
	if problem != "" {
		return argument{}, &ArgumentError{request, "options", problem}
	}
	if len(options) == 1 {
		return text("options", options[0]), nil
	}
	return anything("options", options), nil
}
