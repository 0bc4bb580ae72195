package calls

import (
	"context"
	"strconv"
	"time"

	"wwebridge/internal/category"
)

// ErrTimeout is matched by every TimeoutError.
var ErrTimeout = category.Error(category.Connection, "no answer from WWE in time")

// TimeoutError is the outcome of a call that had no answer before its
// deadline. It does not change once a call has ended with it, because others
// may hold it too, such as a context that it has become the cause of.
type TimeoutError struct {
	Waited  time.Duration
	Burst   int  // how many requests had gone out within the minute before this one, if they were many; else 0
	Unsent  bool // the rate limit kept the request back until the deadline
	Expired bool // the context's deadline had passed before the call, so nothing was sent
	Never   bool // WWE has not given any sign of life to this page yet

	// Forbidden: WWE has said that it does not allow the page this request. It
	// is set by whoever knows.
	Forbidden bool

	cause error // of the context whose deadline passed, or ErrHandler; nil for the service's own deadline
}

func (e *TimeoutError) Error() string {
	switch {
	case e.Expired:
		return "not sent: the context's deadline had passed before the call"
	case e.Unsent:
		return "not sent: the limit of WithRateLimit kept it back for " + e.Waited.String()
	}
	const origins = "service-client-api.accepted-web-content-origins"
	text := "no answer from WWE within " + e.Waited.String()
	switch {
	case e.cause == ErrHandler:
		text += ": a JavaScript event handler blocks the page"
	case e.Forbidden:
		text += "; it does not allow this page the request, see its option " + origins
	case e.Burst > 0:
		text += "; " + strconv.Itoa(e.Burst) + " requests had gone out within a minute before it, so WWE's rate limit is the likely " +
			"cause: it ignores requests for a time, see its options service-client-api.rate-limit and " +
			"service-client-api.rate-limit-quarantine-delay, and WithRateLimit"
	case e.Never:
		text += ", nor to anything before: does its option " + origins + " name the origin of this page?"
	}
	return text
}

// Category is the connection, but WWE's configuration after a burst, where WWE
// does not allow the request and where it has never answered at all, and the
// widget's author where the request never went out or the page blocked.
func (e *TimeoutError) Category() category.Category {
	switch {
	case e.Unsent, e.Expired, e.cause == ErrHandler:
		return category.Author
	case e.Forbidden, e.Never, e.Burst > 0:
		return category.Configuration
	}
	return category.Connection
}

// Timeout marks the error as a time-out for callers that ask as net.Error does.
func (e *TimeoutError) Timeout() bool { return true }

// Unwrap makes the error match ErrTimeout, context.DeadlineExceeded and the context's cause.
func (e *TimeoutError) Unwrap() []error {
	all := []error{ErrTimeout, context.DeadlineExceeded}
	if e.cause != nil {
		all = append(all, e.cause)
	}
	return all
}

// Expired returns the error of a call whose context has ended before it: the
// context's cause, or a TimeoutError if its deadline has passed. It returns
// nil for a context that has not ended.
func Expired(ctx context.Context) error {
	deadline, has := ctx.Deadline()
	late := has && ctx.Err() == nil && time.Until(deadline) <= 0 // as its timer may be
	if late || isDeadline(ctx) {
		return &TimeoutError{Expired: true, cause: context.Cause(ctx)}
	}
	return context.Cause(ctx)
}

// ContextError is the outcome of a call that has waited so long when its context
// ended: the context's cause, or a TimeoutError if its deadline passed.
func ContextError(ctx context.Context, waited time.Duration) error {
	if !isDeadline(ctx) {
		return context.Cause(ctx)
	}
	return &TimeoutError{Waited: waited.Round(time.Millisecond), cause: context.Cause(ctx)}
}

// isDeadline reports whether it was its deadline that ended the context.
func isDeadline(ctx context.Context) bool { return ctx.Err() == context.DeadlineExceeded }
