package wwe

import (
	"context"
	"strconv"
	"time"

	"wwebridge/internal/calls"
)

// TimeoutError says that a request had no answer before its deadline: that of
// its context, or of WithTimeout where the context has none. Its text names the
// likely cause. It matches ErrTimeout, context.DeadlineExceeded, and the cause
// of the context.
type TimeoutError struct {
	Request string        // "interaction.accept"; "Connect" if the context of Connect was over; "GuardMarkDone" for the guard's function
	Waited  time.Duration // since the call; 0 if the context was over before it

	// Sent reports whether the request left this page. If it did not, WWE knows
	// nothing of it, and a retry is safe. If it did, WWE may have done what it
	// asks for, or may still do so: look at what WWE holds before you retry.
	Sent bool

	likely   string   // cause, as part of the text; "" for none
	category Category // "" for what Sent says
	cause    error    // of the context; nil without one
}

func (e *TimeoutError) Error() string {
	text := "not sent"
	if e.Sent {
		text = "no answer from WWE within " + max(e.Waited.Round(time.Millisecond), time.Millisecond).String()
	}
	return "wwe: " + e.Request + ": " + text + e.likely
}

// Category depends on the likely cause. It is WWE's configuration if WWE does
// not allow the request, got very many requests in the minute before, or has
// never answered this page, though it had two seconds or more for that. It is
// the widget's author if the request was not sent, or an event handler blocks
// the page. Else it is the connection.
func (e *TimeoutError) Category() Category {
	switch {
	case e.category != "":
		return e.category
	case e.Sent:
		return CategoryConnection
	}
	return CategoryAuthor
}

// Timeout returns true, as for every net.Error that is a timeout.
func (e *TimeoutError) Timeout() bool { return true }

// Unwrap returns what the error matches.
func (e *TimeoutError) Unwrap() []error {
	all := []error{ErrTimeout, context.DeadlineExceeded}
	if e.cause != nil {
		all = append(all, e.cause)
	}
	return all
}

// timeoutError says all that is known of a call that timed out.
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
