package wwe

import (
	"context"
	"time"

	"wwebridge/internal/jsontext"
)

// ErrTooLate: the function of a MarkDoneGuard, or WWE's answer to its block, did
// not come within the time that WWE waits. The interaction may have been marked
// done.
var ErrTooLate = newError(CategoryAuthor, "too late to block mark done")

// missed and reused are functions so that programs without a guard do not carry
// their texts.
func missed() error {
	return &callError{guardMarkDone, newError(CategoryConnection, "an announcement of mark done may have been missed: an interaction may have been closed that should have stayed")}
}

func reused() error {
	return &callError{guardMarkDone, newError(CategoryConnection, "WWE may have restarted, and the id may be another interaction's: read the interactions again")}
}

// interrupted is why a Recheck begins anew: the agent tries to mark done.
type interrupted struct{}

func (interrupted) Error() string { return "the agent tries to mark done" }

// unanswered is the error where ctx ended before f had answered. Nothing has been
// blocked or unblocked then.
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

// notTaken reports whether err says that WWE has not done what it was asked for.
func notTaken(err error) bool {
	switch e := err.(type) {
	case *RequestError:
		return true
	case *TimeoutError:
		return !e.Sent
	}
	return false
}

// panicError reports a panic of f, or its end by runtime.Goexit. It keeps the text
// of the value, as the value may change.
type panicError struct {
	text  string
	cause error // the value, if it is an error
}

// newPanicError takes the value of the panic; nil is for runtime.Goexit.
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

// textOf is a panic's value as text.
func textOf(value any) (text string) {
	defer func() {
		if recover() != nil { // as a js.Error does if JavaScript threw something else than an Error
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
