package wwe

import (
	"context"
	"errors"

	"wwebridge/internal/calls"
)

// Category says who can fix an error. WWE rarely says why it refuses or does
// not answer, so a category names the person who should look first.
type Category string

// The categories.
const (
	// CategoryAuthor means that the widget asked for something impossible, or
	// asked in the wrong order.
	CategoryAuthor Category = "author"

	// CategoryConfiguration means that WWE's options do not allow the request.
	CategoryConfiguration Category = "configuration"

	// CategoryAgent means that WWE refused the request, mostly because of the
	// state of the interaction or the agent's actions.
	CategoryAgent Category = "agent"

	// CategoryConnection means that WWE did not answer.
	CategoryConnection Category = "connection"
)

// Explain returns a sentence that says who can fix the error, and how. It
// returns "" for a value that is not one of the four.
func (c Category) Explain() string {
	switch c {
	case CategoryAuthor:
		return "The widget asked for something that cannot be done, so its developer must correct the widget."
	case CategoryConfiguration:
		return "WWE's options do not allow it, so an administrator must change WWE's configuration."
	case CategoryAgent:
		return "WWE refused it, mostly because of the state of the interaction, which the agent must check; if that allows it, WWE's options may not."
	case CategoryConnection:
		return "WWE did not answer, so try again; if that does not help, reload WWE."
	}
	return ""
}

// CategoryOf returns the category of any error, or "" for nil. If a method of
// the error panics, as those of a nil *TimeoutError do, it returns
// CategoryAuthor.
//
// Every error of this package has a category. So does an error of the widget's
// own that has a method Category() Category. Other errors come from the
// widget's own code and are CategoryAuthor, such as the cause of a context that
// the widget cancelled. The exception is a context.DeadlineExceeded that is not
// part of an error of this package. It is CategoryConnection, because the
// widget waited in vain.
func CategoryOf(err error) (category Category) {
	defer func() {
		if recover() != nil {
			category = CategoryAuthor
		}
	}()
	otherwise := CategoryAuthor
	switch {
	case err == nil:
		return ""
	case errors.Is(err, context.DeadlineExceeded):
		otherwise = CategoryConnection
	}
	return categoryOf(err, otherwise)
}

// categoryOf is CategoryOf with a given category for errors of other packages.
func categoryOf(err error, otherwise Category) Category {
	type categorized interface {
		error
		Category() Category
	}
	if known, ok := errors.AsType[categorized](err); ok {
		return known.Category()
	}
	switch {
	case errors.Is(err, ErrNotEmbedded):
		return CategoryConfiguration
	case errors.Is(err, ErrNoClient), errors.Is(err, ErrClosed), errors.Is(err, calls.ErrHandler):
		return CategoryAuthor
	}
	return otherwise
}

// newError returns an error that is equal only to itself, for use with
// errors.Is.
func newError(category Category, text string) error { return &categorizedError{category, text} }

type categorizedError struct {
	category Category
	text     string
}

func (e *categorizedError) Error() string      { return e.text }
func (e *categorizedError) Category() Category { return e.category }
