package wwe

import (
	"errors"
	"strings"

	"wwebridge/internal/calls"
	"wwebridge/internal/category"
	"wwebridge/internal/transport"
)

// Errors that callers tell apart by errors.Is. A context that ends during a
// call gives context.Cause(ctx); if it was its deadline, ErrTimeout.
var (
	// ErrNoClient: there is no client to talk to WWE with. Its text names the
	// two ways to have one. On platforms other than the browser Connect always
	// returns it, wrapped in an error that names the simulated WWE of wwetest.
	ErrNoClient = transport.ErrNoClient

	// ErrNotEmbedded: WithOrigin was given, but no WWE window embeds or opened
	// this page, or the frame of WithFrame is not there; or the page's client
	// object hears only itself because the page stands alone.
	ErrNotEmbedded = transport.ErrNotEmbedded

	// ErrClosed: Close was called before the answer came, or before the call.
	ErrClosed = calls.ErrClosed

	// ErrTimeout: there was no answer before the deadline, which is also what a
	// request that WWE ignores looks like: an origin that is not in
	// service-client-api.accepted-web-content-origins, or a rate limit. It
	// also matches context.DeadlineExceeded. The error's text names the
	// request and the time waited, and the option for the rate limit if many
	// requests had gone out in the minute before. A request that was not sent,
	// because of WithRateLimit or because the context's deadline had passed
	// before the call, matches too; its category is CategoryAuthor. Answers
	// that were queued while the page stood still count before the deadline.
	ErrTimeout = calls.ErrTimeout

	// ErrNotFound: WWE holds no interaction with this id (any more), or the
	// agent has no media of this name. Ids are lost when the agent refreshes WWE.
	ErrNotFound = category.Error(category.Agent, "WWE has none of this id or name")
)

// Category tells who can do something about an error.
type Category = category.Category

// The categories. WWE tells little of why it refuses or keeps silent, so they
// say who should look first.
const (
	CategoryAuthor        = category.Author        // the widget asks for what cannot be, or in the wrong order
	CategoryConfiguration = category.Configuration // WWE's options do not let it
	CategoryAgent         = category.Agent         // what the agent did, or the state that the interaction is in, does not let it
	CategoryConnection    = category.Connection    // WWE does not answer
)

// Categorized is every error of this package, by errors.As:
//
//	var known wwe.Categorized
//	if errors.As(err, &known) && known.Category() == wwe.CategoryConfiguration { … }
//
// It does not hold of context.Cause(ctx), which is the caller's own.
type Categorized interface {
	error
	Category() Category
}

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
// subscribe, for options, tokens and the allowed services, and for what
// Service.Allowed has told is not allowed. Without that question before, a
// request that WWE's options forbid counts as the agent's action.
func (e *RequestError) Category() Category {
	namespace, _, _ := strings.Cut(e.Request, ".")
	if e.forbidden || strings.HasPrefix(e.Request, "subscribe") || namespace == "configuration" || namespace == "auth" ||
		e.Request == allowedRequest {
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
func (e *callError) Category() Category {
	if known, ok := errors.AsType[Categorized](e.err); ok {
		return known.Category()
	}
	return CategoryConnection
}
