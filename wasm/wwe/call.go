package wwe

import (
	"context"
	"errors"
	"strconv"
	"time"

	"wwebridge/internal/calls"
	"wwebridge/internal/wire"
)

// Result is the outcome of a call whose result arrives on a channel.
type Result[T any] struct {
	Value T
	Err   error
}

// Async calls f, which may be any blocking method of this package, on a new
// goroutine. It returns a channel that receives the result and is then closed.
// Use it in DOM event handlers, which must not block:
//
//	done := wwe.Async(func() ([]wwe.Interaction, error) { return svc.Interaction.GetInteractions(ctx) })
func Async[T any](f func() (T, error)) <-chan Result[T] {
	result := make(chan Result[T], 1)
	go func() {
		value, err := f()
		result <- Result[T]{value, err}
		close(result)
	}()
	return result
}

// Undefined, as a parameter of Go or Call, is undefined in JavaScript. Use it
// to omit a parameter that others follow:
//
//	svc.Call(ctx, "system.futureMethod", wwe.Undefined{}, true)
//
// Only a whole parameter can be undefined, not a part of one. In memory, over
// package wwetest, WWE receives null instead.
type Undefined struct{}

// Go sends a request and returns at once. The channel receives one result and
// is then closed. Go never blocks, so it is safe in a DOM event handler, where
// the blocking methods would freeze the page.
//
// The request is any name that WWE supports, "namespace.method". The parameters
// follow in order: Undefined, a Target, JSON, or any value that UserData may
// hold. The result's value is the data of WWE's reply, or "" if it has none.
//
// This and every other method that sends a request returns these errors:
//   - *ArgumentError if an argument is invalid; nothing was sent.
//   - *RequestError if WWE refused.
//   - *TimeoutError if WWE did not answer before the deadline.
//   - ErrClosed, ErrNoClient or ErrNotEmbedded.
//   - context.Cause(ctx) if the context was cancelled.
//   - The client's exception, if the client object threw one.
//
// CategoryOf says who can fix each of them.
//
// A call that an event handler waits for ends early with an error that says so:
// its answer cannot arrive before the handler returns. The request has been
// sent by then. A call that began before the handler keeps its deadline. If the
// handler waits for such a call, through a lock for example, the page is
// blocked until about two seconds after that deadline.
func (s *Service) Go(ctx context.Context, request string, params ...any) <-chan Result[JSON] {
	args := make([]argument, len(params))
	for i, p := range params {
		args[i] = anything("parameter "+strconv.Itoa(i+1), p)
	}
	return s.start(ctx, request, args)
}

// Call sends a request as Go does, and waits for the result.
func (s *Service) Call(ctx context.Context, request string, params ...any) (JSON, error) {
	r := <-s.Go(ctx, request, params...)
	return r.Value, r.Err
}

func (s *Service) call(ctx context.Context, request string, args ...argument) (JSON, error) {
	r := <-s.start(ctx, request, args)
	return r.Value, r.Err
}

// do is call for commands, whose replies have no documented data.
func (s *Service) do(ctx context.Context, request string, args ...argument) error {
	_, err := s.call(ctx, request, args...)
	return err
}

func (s *Service) start(ctx context.Context, request string, args []argument) <-chan Result[JSON] {
	result := make(chan Result[JSON], 1)
	s.begin(ctx, request, args, nil, func(reply wire.Reply, err error) {
		result <- s.outcome(ctx, request, reply, err)
		close(result)
	})
	return result
}

// begin sends a request. It calls done once, where the outcome arrives; done
// must not block. It may call read before that, with the reply's data: see
// wire.Reply. read must not block either, and is nil if the caller needs the
// text.
func (s *Service) begin(ctx context.Context, request string, args []argument, read wire.Read, done calls.Done) {
	s.beginWithin(ctx, s.timeout, request, args, false, read, done)
}

// beginWithin is begin with its own timeout, which applies if ctx has no
// deadline. snapshot is true if a Workspace sends the request, not the widget
// itself.
func (s *Service) beginWithin(ctx context.Context, timeout time.Duration, request string, args []argument, snapshot bool, read wire.Read, done calls.Done) {
	parameters, err := texts(request, args)
	if err == nil {
		err = calls.Expired(ctx)
	}
	var place turn // nil without WithRateLimit
	if err == nil && s.pacer != nil {
		place, done = s.pacer.turn(request, snapshot, done)
	}
	ref := ""
	if err == nil {
		ref, err = s.calls.Begin(ctx, timeout, read, s.doubts.listen(request, parameters, done))
	}
	if err != nil {
		done(wire.Reply{}, err)
		return
	}
	send := func(err error) (sent bool) {
		if err != nil {
			s.calls.End(ref, err)
			return false
		}
		if !s.calls.Sent(ref) {
			return false // the call has ended already
		}
		if err := s.transport.Send(ref, request, parameters); err != nil {
			s.calls.End(ref, err)
		}
		return true
	}
	if place != nil {
		place.await(send)
		return
	}
	send(nil)
}

// farewell sends a request whose outcome nobody needs. It bypasses
// WithRateLimit: if the request waited for its turn, Close of the Service would
// drop it.
func (s *Service) farewell(request string, args ...argument) {
	parameters, err := texts(request, args)
	if err != nil {
		return
	}
	ref, err := s.calls.Begin(context.Background(), s.timeout, nil, func(wire.Reply, error) {})
	if err == nil && s.calls.Sent(ref) && s.transport.Send(ref, request, parameters) != nil {
		s.calls.End(ref, nil)
	}
}

// isForbidden reports whether the list of allowed services lacks the request.
// It returns false if the list has not been fetched.
func (s *Service) isForbidden(request string) bool {
	forbids := s.forbids.Load()
	return forbids != nil && (*forbids)(request)
}

func (s *Service) outcome(ctx context.Context, request string, reply wire.Reply, err error) Result[JSON] {
	switch {
	case err != nil:
		return Result[JSON]{Err: s.failure(ctx, request, err)}
	case reply.Failed:
		return Result[JSON]{Err: &RequestError{
			Request: request, Message: reply.ErrorMessage, Body: JSON(reply.Body), forbidden: s.isForbidden(request),
		}}
	}
	return Result[JSON]{Value: JSON(reply.Data)}
}

// failure returns the error of a call that ended without an answer from WWE. It
// does not change err, which may belong to another call: as the cause of ctx,
// for example.
func (s *Service) failure(ctx context.Context, request string, err error) error {
	if _, ok := err.(*ArgumentError); ok {
		return err // names the request already
	}
	if ctx.Err() == context.Canceled && errors.Is(err, context.Cause(ctx)) {
		return context.Cause(ctx)
	}
	if timeout, ok := err.(*calls.Timeout); ok {
		return s.timeoutError(request, timeout)
	}
	return &callError{request, err}
}
