package wwe

import (
	"context"
	"strings"
)

// ConfigurationNamespace is genesys.wwe.service.configuration: WWE's options.
// Its methods are those of the page "Configuration namespace" in Genesys'
// Service Client API Reference. Which options a page may read is decided by
// service-client-api.option.read-allowed-web-content-origin.
type ConfigurationNamespace struct{ s *Service }

// GetOption gets options by their names: "name" for the section
// interaction-workspace, "Section/name" for another one, each with "*" at its
// end for all that begin so ("voice.*", "CustomAPI/test.*"), but never at its
// beginning. The answer is an array of Section, a type whose properties
// Genesys' public pages do not have any more: here it is as it came.
//
// Reference: Configuration namespace, getOption(options). Result: an array of
// Section, whose properties are not public any more. Errors: see Service.Go.
func (n ConfigurationNamespace) GetOption(ctx context.Context, options ...string) (JSON, error) {
	const request = "configuration.getOption"
	names, err := optionNames(request, options)
	if err != nil {
		return "", err
	}
	return n.s.call(ctx, request, names)
}

// GetContextualOption is GetOption for an interaction, whose own settings
// count. Genesys documents it since July 2022, but no client file has it: the
// name of the request and the order of its parameters, which is the reverse of
// this method's, are inferred.
//
// Reference: Configuration namespace, getContextualOption(options,
// interactionId). Result: as that of GetOption (inferred). In no client.
// Errors: see Service.Go.
func (n ConfigurationNamespace) GetContextualOption(ctx context.Context, interactionID string, options ...string) (JSON, error) {
	const request = "configuration.getContextualOption"
	names, err := optionNames(request, options)
	if err != nil {
		return "", err
	}
	return n.s.call(ctx, request, names, argInteractionID(interactionID))
}

// optionNames is one name, or an array of several.
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
