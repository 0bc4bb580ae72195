package calls

import (
	"context"
	"time"
)

// Timeout is the outcome of a call that had no answer before its deadline: what
// is known of it, for whoever makes an error for people from it.
type Timeout struct {
	Waited time.Duration // since the call began; 0 if its context's deadline had passed before
	Sent   bool          // the request went out
	Burst  int           // how many requests had gone out within the minute before this one, if they were many; else 0
	Never  bool          // WWE has not given any sign of life to this page yet, for at least two seconds
	Cause  error         // of the context whose deadline passed, or ErrHandler; nil for the service's own deadline
}

func (t *Timeout) Error() string { return "no answer before the deadline" }

// Expired returns the error of a call whose context has ended before it: the
// context's cause, or a Timeout if its deadline has passed. It returns nil for a
// context that has not ended.
func Expired(ctx context.Context) error {
	deadline, has := ctx.Deadline()
	late := has && ctx.Err() == nil && time.Until(deadline) <= 0 // as its timer may be
	if late || isDeadline(ctx) {
		return &Timeout{Cause: context.Cause(ctx)}
	}
	return context.Cause(ctx)
}

// ContextError is the outcome of a call that has sent requests and waited so long
// when its context ended: the context's cause, or a Timeout if its deadline passed.
func ContextError(ctx context.Context, waited time.Duration) error {
	if !isDeadline(ctx) {
		return context.Cause(ctx)
	}
	return &Timeout{Waited: waited, Sent: true, Cause: context.Cause(ctx)}
}

// isDeadline reports whether it was its deadline that ended the context.
func isDeadline(ctx context.Context) bool { return ctx.Err() == context.DeadlineExceeded }
