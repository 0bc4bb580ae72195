package wwe

import (
	"context"
	"errors"
	"strconv"
	"time"

	"wwebridge/internal/calls"
	"wwebridge/internal/wire"
)

// Result is what a call on a channel ended with.
type Result[T any] struct {
	Value T
	Err   error
}

// Async runs f, any blocking method of this package, on a goroutine of its own
// and gives its result on the channel, which is closed after it. For use in
// handlers of DOM events, which must not block:
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

// Undefined is a parameter for Go and Call that JavaScript would leave out
// although others follow:
//
//	svc.Call(ctx, "system.futureMethod", wwe.Undefined{}, true)
//
// Only a whole parameter can be undefined, not a part of one. In memory, by
// package wwetest, WWE gets null in its place.
type Undefined struct{}

// Go sends a request and returns at once; the channel gives the one result and
// is closed. It never blocks, so it is safe in a handler of DOM events, where
// the blocking methods would stop the page.
//
// The request is any that WWE knows, "namespace.method", with its parameters
// in order: Undefined, a Target, JSON, or what else UserData may hold. Data that
// the reply has is the result's value, "" if it has none.
//
// Errors, of this and of every method that sends a request: *ArgumentError if
// nothing was sent because an argument cannot be right, *RequestError if WWE
// refused, *TimeoutError if it kept silent, ErrClosed, ErrNoClient,
// ErrNotEmbedded, context.Cause(ctx), or what the client threw. CategoryOf says
// who can fix each of them.
//
// A call that an event handler waits for ends early with an error that says
// so, because its answer cannot arrive before the handler returns. The request
// has been sent then. Calls that began before the handler keep their deadlines:
// one that a handler waits for, by a lock for example, blocks the page until then.
func (s *Service) Go(ctx context.Context, request string, params ...any) <-chan Result[JSON] {
	args := make([]argument, len(params))
	for i, p := range params {
		args[i] = anything("parameter "+strconv.Itoa(i+1), p)
	}
	return s.start(ctx, request, args)
}

// Call is Go, and waits for the result.
func (s *Service) Call(ctx context.Context, request string, params ...any) (JSON, error) {
	r := <-s.Go(ctx, request, params...)
	return r.Value, r.Err
}

func (s *Service) call(ctx context.Context, request string, args ...argument) (JSON, error) {
	r := <-s.start(ctx, request, args)
	return r.Value, r.Err
}

// do is call for commands, whose replies hold nothing that is documented.
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

// begin sends a request. Done is called once, where the outcome arrives, and
// must not block; neither must read, which may be called before it with the
// reply's data, or not: see wire.Reply. Nil is for whoever wants the text.
func (s *Service) begin(ctx context.Context, request string, args []argument, read wire.Read, done calls.Done) {
	s.beginWithin(ctx, s.timeout, request, args, false, read, done)
}

// beginWithin is begin with a timeout of its own, which counts where ctx has no
// deadline. Snapshot tells that a Workspace asks, and not the widget itself.
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
			return false // it is over already
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

// farewell sends a request whose outcome nobody needs, past the limit of
// WithRateLimit: if it waited its turn, Close of the Service would drop it.
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

// isForbidden tells whether WWE has said that this page may not use the
// request. Who has not asked does not know.
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

// failure is what a call ends with if not by WWE's answer. It leaves err as it
// is, which may be the error of another call: as the cause of ctx, for one.
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
