package calls

import (
	"context"
	"time"
)

// Timeout is the outcome of a call that was not answered before its deadline. Its
// fields are the known facts, for use in an error text.
type Timeout struct {
	Waited time.Duration // since the call began; 0 if its context's deadline had passed before
	Sent   bool          // the request was sent
	Burst  int           // requests sent in the minute before this one, if at least 60; otherwise 0
	Never  bool          // WWE has given this page no sign of life so far, at least 1.9 s after the first request
	Cause  error         // cause of the context whose deadline passed, or ErrHandler; otherwise nil
}

func (t *Timeout) Error() string { return "no answer before the deadline" }

// Expired returns the error for a call that begins after its context has ended: a
// *Timeout if the context's deadline has passed, otherwise the context's cause. It
// returns nil if the context has not ended.
func Expired(ctx context.Context) error {
	deadline, has := ctx.Deadline()
	late := has && ctx.Err() == nil && time.Until(deadline) <= 0 // the context's timer can be late
	if late || isDeadline(ctx) {
		return &Timeout{Cause: context.Cause(ctx)}
	}
	return context.Cause(ctx)
}

// ContextError returns the error for a call that had sent requests when its context
// ended: a *Timeout if the context's deadline passed, otherwise the context's cause.
// waited is how long the call had waited.
func ContextError(ctx context.Context, waited time.Duration) error {
	if !isDeadline(ctx) {
		return context.Cause(ctx)
	}
	return &Timeout{Waited: waited, Sent: true, Cause: context.Cause(ctx)}
}

// isDeadline reports whether the context ended because its deadline passed.
func isDeadline(ctx context.Context) bool { return ctx.Err() == context.DeadlineExceeded }
