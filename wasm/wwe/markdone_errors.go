package wwe

import (
	"context"
	"time"

	"wwebridge/internal/jsontext"
)

// ErrTooLate reports that the function of a MarkDoneGuard did not return, or
// that WWE did not answer its block, within the time that WWE waits. The
// interaction may have been marked done.
var ErrTooLate = newError(CategoryAuthor, "too late to block mark done")

// missed and reused are functions so that programs without a guard do not link
// their texts.
func missed() error {
	return &callError{guardMarkDone, newError(CategoryConnection, "an announcement of mark done may have been missed: an interaction may have been closed that should have stayed")}
}

func reused() error {
	return &callError{guardMarkDone, newError(CategoryConnection, "WWE may have restarted, and the id may be another interaction's: read the interactions again")}
}

// interrupted cancels a check because the agent is trying to mark the
// interaction done. Recheck then starts over.
type interrupted struct{}

func (interrupted) Error() string { return "the agent tries to mark done" }

// unanswered returns the error if ctx ended before f returned. Nothing has been
// blocked or unblocked.
func unanswered(ctx, session context.Context, began time.Time, id, why string) error {
	switch {
	case session.Err() != nil:
		return context.Cause(session)
	case ctx.Err() == context.DeadlineExceeded:
		cause := context.Cause(ctx)
		return &TimeoutError{
			Request: guardMarkDone, Waited: time.Since(began), likely: ": interaction " + id + ": " + why + ": " + cause.Error(), cause: cause,
		}
	}
	return context.Cause(ctx)
}

// notTaken reports whether err shows that WWE did not perform the request.
func notTaken(err error) bool {
	switch e := err.(type) {
	case *RequestError:
		return true
	case *TimeoutError:
		return !e.Sent
	}
	return false
}

// panicError reports that f panicked or called runtime.Goexit. It keeps the
// text of the panic value, because the value may change.
type panicError struct {
	text  string
	cause error // the value, if it is an error
}

// newPanicError returns the error for a panic value, or for runtime.Goexit if
// value is nil.
func newPanicError(id string, value any) *panicError {
	how, text := "ended by runtime.Goexit", ""
	if value != nil {
		how, text = "panicked", ": "+textOf(value)
	}
	cause, _ := value.(error)
	return &panicError{"interaction " + id + ": the guard " + how + ", and nothing was blocked or unblocked" + text, cause}
}

func (e *panicError) Error() string      { return e.text }
func (e *panicError) Unwrap() error      { return e.cause }
func (e *panicError) Category() Category { return CategoryAuthor }

// textOf returns the text of a panic value.
func textOf(value any) (text string) {
	defer func() {
		if recover() != nil { // a js.Error panics if JavaScript threw a value other than an Error
			text = "a value without a text"
		}
	}()
	switch v := value.(type) {
	case error:
		return v.Error()
	case interface{ String() string }:
		return v.String()
	case string:
		return v
	}
	b, err := jsontext.AppendAny(nil, value)
	if err != nil {
		return "a value without a text"
	}
	return string(b)
}
