package wwe

import (
	"context"
	"errors"

	"wwebridge/internal/calls"
)

// Category says who can fix what went wrong. WWE says little about why it
// refuses or keeps silent, so it says who should look first.
type Category string

// The categories.
const (
	CategoryAuthor        Category = "author"        // the widget asks for what cannot be, or in the wrong order
	CategoryConfiguration Category = "configuration" // WWE's options do not allow it
	CategoryAgent         Category = "agent"         // WWE refused it: mostly what the agent did, or the state of the interaction, does not allow it
	CategoryConnection    Category = "connection"    // WWE does not answer
)

// Explain returns a sentence that says who can fix it, and how; "" for a value
// that is not one of the four.
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

// CategoryOf returns the category of an error, whoever made it; "" for nil. An
// error whose methods panic, as a nil *TimeoutError's do, is CategoryAuthor.
//
// Every error of this package has a category. An error of the widget's own may
// have a method Category() Category, which then decides. Any other error comes
// from the widget's own code and is CategoryAuthor: the cause of a context that
// the widget has cancelled, for example. A context.DeadlineExceeded that is not
// part of an error of this package is CategoryConnection, because the widget has
// waited in vain.
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

// categoryOf is CategoryOf with the category of what this package did not make.
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

// newError returns an error that is only equal to itself, for callers to tell
// apart by errors.Is.
func newError(category Category, text string) error { return &categorizedError{category, text} }

type categorizedError struct {
	category Category
	text     string
}

func (e *categorizedError) Error() string      { return e.text }
func (e *categorizedError) Category() Category { return e.category }
