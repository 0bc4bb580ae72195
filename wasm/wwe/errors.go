package wwe

import (
	"strings"

	"wwebridge/internal/calls"
	"wwebridge/internal/transport"
)

// Errors to compare with errors.Is. If a context ends during a call, the call
// returns context.Cause(ctx), or a *TimeoutError if the context's deadline
// passed.
var (
	// ErrNoClient reports that the page has no client to reach WWE with. Its
	// text names the two ways to get one. On platforms other than the browser,
	// Connect always returns it, wrapped in an error that names the simulated
	// WWE of wwetest.
	ErrNoClient error = errNoClient

	// ErrNotEmbedded reports that no WWE window embeds or opened this page,
	// although WithOrigin was given, or that the iframe of WithFrame is
	// missing. Without WithOrigin, it reports that the client object hears only
	// its own messages, because the page is not embedded.
	ErrNotEmbedded error = errNotEmbedded

	// ErrClosed reports that Close was called before the call, or before its
	// answer arrived.
	ErrClosed error = errClosed

	// ErrTimeout reports that WWE did not answer before the deadline. Every
	// *TimeoutError matches it, and adds the likely cause and whether the
	// request was sent.
	//
	// A request that WWE ignores ends this way too: because the page's origin
	// is not in service-client-api.accepted-web-content-origins, or because of
	// a rate limit. An answer that was queued while the page was frozen counts
	// as being in time.
	ErrTimeout = newError(CategoryConnection, "no answer from WWE in time")

	// ErrNotFound reports that WWE has no interaction with this id, or no
	// longer has it, or that the agent has no media with this name. Ids become
	// invalid when the agent refreshes WWE.
	ErrNotFound = newError(CategoryAgent, "WWE has none of this id or name")
)

// Separate variables, so that the documentation above names no internal
// package.
var (
	errNoClient    = transport.ErrNoClient
	errNotEmbedded = transport.ErrNotEmbedded
	errClosed      = calls.ErrClosed
)

// RequestError reports that WWE answered and refused. Genesys does not document
// the texts, nor when WWE refuses and when it does not answer at all.
type RequestError struct {
	Request string // "interaction.accept"
	Message string // WWE's errorMessage; may be empty
	Body    JSON   // the whole answer; not in the error's text, as it may contain customer data

	forbidden bool // the allowed services lack the request
}

func (e *RequestError) Error() string {
	if e.Message == "" {
		return "wwe: " + e.Request + ": WWE refused without a reason"
	}
	return "wwe: " + e.Request + ": WWE refused: " + e.Message
}

// GoString keeps the body out of %#v.
func (e *RequestError) GoString() string { return e.Error() }

// MarshalText keeps the body out of JSON and XML.
func (e *RequestError) MarshalText() ([]byte, error) { return []byte(e.Error()), nil }

// Category returns CategoryAgent for most refusals, as the state of the
// interaction is the usual reason. It returns CategoryConfiguration where only
// WWE's options can be the reason:
//   - subscriptions and the list of interactions
//   - options, tokens and the list of allowed services
//   - requests that the last result of SystemNamespace.GetAllowedServices does
//     not allow
//
// If GetAllowedServices has not been called, other requests that WWE's options
// forbid are CategoryAgent as well.
func (e *RequestError) Category() Category {
	namespace, _, _ := strings.Cut(e.Request, ".")
	if e.forbidden || strings.HasPrefix(e.Request, "subscribe") || namespace == "configuration" || namespace == "auth" ||
		e.Request == allowedRequest || e.Request == "interaction.getInteractions" {
		return CategoryConfiguration
	}
	return CategoryAgent
}

// ArgumentError reports that a request was not sent because an argument is
// invalid.
type ArgumentError struct {
	Request  string // "interaction.accept"
	Argument string // "interactionId", or a place in it such as "keyValues.since"
	Problem  string
}

func (e *ArgumentError) Error() string {
	return "wwe: " + e.Request + ": " + e.Argument + ": " + e.Problem
}

// Category returns CategoryAuthor.
func (e *ArgumentError) Category() Category { return CategoryAuthor }

// callError adds the attempted operation to an error.
type callError struct {
	attempt string
	err     error
}

func (e *callError) Error() string { return "wwe: " + e.attempt + ": " + e.err.Error() }
func (e *callError) Unwrap() error { return e.err }

// Category returns the category of the wrapped error. If that has none, the
// client threw it, and the category is CategoryConnection.
func (e *callError) Category() Category { return categoryOf(e.err, CategoryConnection) }
