package wwe

import (
	"context"
	"strconv"
	"time"

	"wwebridge/internal/calls"
)

// TimeoutError reports that WWE did not answer a request before its deadline.
// The deadline is that of the context, or that of WithTimeout if the context
// has none. The error's text names the likely cause. The error matches
// ErrTimeout, context.DeadlineExceeded and the cause of the context.
type TimeoutError struct {
	// Request is the request's name, such as "interaction.accept". It is
	// "Connect" if the context of Connect had expired, and "GuardMarkDone" for
	// the function of a MarkDoneGuard.
	Request string

	Waited time.Duration // since the call; 0 if the context had expired before it

	// Sent reports whether the request left this page. If it is false, a retry
	// is safe. If it is true, WWE may have performed the request, or may still
	// do so: check the current state before you retry.
	Sent bool

	likely   string   // the likely cause, as part of the text; "" if none is known
	category Category // "" if it follows from Sent
	cause    error    // of the context; nil if the deadline was that of WithTimeout
}

func (e *TimeoutError) Error() string {
	text := "not sent"
	if e.Sent {
		text = "no answer from WWE within " + max(e.Waited.Round(time.Millisecond), time.Millisecond).String()
	}
	return "wwe: " + e.Request + ": " + text + e.likely
}

// Category depends on the likely cause:
//   - CategoryConfiguration if WWE does not allow the request; if 60 or more
//     requests were sent in the minute before; or if WWE has never answered
//     this page, although it had about two seconds or more to do so
//   - CategoryAuthor if the request was not sent, or an event handler blocks
//     the page
//   - CategoryConnection otherwise
func (e *TimeoutError) Category() Category {
	switch {
	case e.category != "":
		return e.category
	case e.Sent:
		return CategoryConnection
	}
	return CategoryAuthor
}

// Timeout returns true, as it does for every net.Error that is a timeout.
func (e *TimeoutError) Timeout() bool { return true }

// Unwrap returns the errors that the error matches.
func (e *TimeoutError) Unwrap() []error {
	all := []error{ErrTimeout, context.DeadlineExceeded}
	if e.cause != nil {
		all = append(all, e.cause)
	}
	return all
}

// timeoutError returns the error for a call that timed out, with its likely
// cause.
func (s *Service) timeoutError(request string, t *calls.Timeout) *TimeoutError {
	const origins = "service-client-api.accepted-web-content-origins"
	e := &TimeoutError{Request: request, Waited: t.Waited, Sent: t.Sent, cause: t.Cause}
	switch {
	case !t.Sent && t.Waited > 0 && s.pacer != nil:
		e.likely = ": the limit of WithRateLimit kept it back for " + t.Waited.Round(time.Millisecond).String()
	case !t.Sent:
		e.likely = ": the context's deadline had passed before the request was sent"
	case t.Cause == calls.ErrHandler:
		e.category = CategoryAuthor
		e.likely = ": a JavaScript event handler blocks the page"
	case s.isForbidden(request):
		e.category = CategoryConfiguration
		e.likely = "; it does not allow this page the request, see its option " + origins
	case t.Burst > 0:
		e.category = CategoryConfiguration
		e.likely = "; " + strconv.Itoa(t.Burst) + " requests had gone out within a minute before it, so WWE's rate limit is the likely " +
			"cause: it ignores requests for a time, see its options service-client-api.rate-limit and " +
			"service-client-api.rate-limit-quarantine-delay, and WithRateLimit"
	case t.Never:
		e.category = CategoryConfiguration
		e.likely = ", nor to anything before: does its option " + origins + " name the origin of this page?"
	}
	return e
}
