package wwe

import (
	"strings"

	"wwebridge/internal/calls"
	"wwebridge/internal/transport"
)

// Errors that callers tell apart by errors.Is. A context that ends during a
// call gives context.Cause(ctx); if it was its deadline, a *TimeoutError.
var (
	// ErrNoClient: there is no client to talk to WWE with. Its text names the
	// two ways to have one. On platforms other than the browser Connect always
	// returns it, wrapped in an error that names the simulated WWE of wwetest.
	ErrNoClient error = errNoClient

	// ErrNotEmbedded: WithOrigin was given, but no WWE window embeds or opened
	// this page, or the frame of WithFrame is not there; or the page's client
	// object hears only itself because the page stands alone.
	ErrNotEmbedded error = errNotEmbedded

	// ErrClosed: Close was called before the answer came, or before the call.
	ErrClosed error = errClosed

	// ErrTimeout: there was no answer before the deadline, which is also what a
	// request that WWE ignores looks like: an origin that is not in
	// service-client-api.accepted-web-content-origins, or a rate limit. Every
	// *TimeoutError matches it and says more: whether the request was sent, and
	// the likely cause. An answer that was queued while the page stood still
	// counts as one before the deadline.
	ErrTimeout = newError(CategoryConnection, "no answer from WWE in time")

	// ErrNotFound: WWE holds no interaction with this id (any more), or the
	// agent has no media of this name. Ids are lost when the agent refreshes WWE.
	ErrNotFound = newError(CategoryAgent, "WWE has none of this id or name")
)

// These keep the internal packages out of the documentation of the above.
var (
	errNoClient    = transport.ErrNoClient
	errNotEmbedded = transport.ErrNotEmbedded
	errClosed      = calls.ErrClosed
)

// RequestError says that WWE answered and refused. Which texts it gives, and
// whether it refuses or keeps silent, Genesys does not document.
type RequestError struct {
	Request string // "interaction.accept"
	Message string // WWE's errorMessage; may be empty
	Body    JSON   // the whole answer; it may hold customers' data, so the error's text leaves it out

	forbidden bool // WWE had said that this page may not use the request
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

// Category is the agent's action, as most refusals are by the state of an
// interaction. It is WWE's configuration where that alone can be the reason: to
// subscribe, for the list of interactions, for options, tokens and the allowed
// services, and for what SystemNamespace.GetAllowedServices has told is not
// allowed. Without that question before, any other request that WWE's options
// forbid counts as the agent's action.
func (e *RequestError) Category() Category {
	namespace, _, _ := strings.Cut(e.Request, ".")
	if e.forbidden || strings.HasPrefix(e.Request, "subscribe") || namespace == "configuration" || namespace == "auth" ||
		e.Request == allowedRequest || e.Request == "interaction.getInteractions" {
		return CategoryConfiguration
	}
	return CategoryAgent
}

// ArgumentError says that a call was not sent because an argument cannot be right.
type ArgumentError struct {
	Request  string // "interaction.accept"
	Argument string // "interactionId", or a place in it such as "keyValues.since"
	Problem  string
}

func (e *ArgumentError) Error() string {
	return "wwe: " + e.Request + ": " + e.Argument + ": " + e.Problem
}

// Category is the widget's author.
func (e *ArgumentError) Category() Category { return CategoryAuthor }

// callError says what was attempted when an error came.
type callError struct {
	attempt string
	err     error
}

func (e *callError) Error() string { return "wwe: " + e.attempt + ": " + e.err.Error() }
func (e *callError) Unwrap() error { return e.err }

// Category is that of what came, and the connection's if that has none: what
// the client threw.
func (e *callError) Category() Category { return categoryOf(e.err, CategoryConnection) }
