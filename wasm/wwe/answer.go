package wwe

import (
	"context"
	"errors"
	"time"

	"wwebridge/internal/jsontext"
	"wwebridge/internal/wire"
)

// DataError says that WWE answered with data that is not what is documented or
// inferred of it. Data is the data as it came, "" for none, so that a widget
// can read for itself what this version cannot; it is "" for tokens. Logs get
// the error's text only.
//
// An odd property alone is no error: see Interaction.Unknown. Where WWE answers
// with a list, a DataError may come together with a result: it names the first
// element that was left out, and the result has all the others.
type DataError struct {
	Request string // "system.isFrameLeading"
	Problem string // names the place: "data[1]: an interaction without interactionId; left out"
	Data    JSON   // it may hold customers' data, so the error's text leaves it out

	partial bool // the result has the other elements
}

func (e *DataError) Error() string { return "wwe: " + e.Request + ": " + e.Problem }

// GoString keeps the data out of %#v.
func (e *DataError) GoString() string { return e.Error() }

// MarshalText keeps the data out of JSON and XML.
func (e *DataError) MarshalText() ([]byte, error) { return []byte(e.Error()), nil }

// Category is the widget's author, whose version of this package cannot read
// what this WWE sends.
func (e *DataError) Category() Category { return CategoryAuthor }

// isUsable reports whether there is a result, be it without some elements. (Not
// inlined: ask is compiled once for each type of result.)
//
//go:noinline
func isUsable(err error) bool {
	odd, ok := errors.AsType[*DataError](err)
	return err == nil || ok && odd.partial
}

// isOdd reports whether WWE has answered, be it with nothing of use.
func isOdd(err error) bool {
	_, ok := errors.AsType[*DataError](err)
	return ok
}

// ask is call for questions, whose answers are read by read. Null is none.
func ask[T any](ctx context.Context, s *Service, request string, read func(*jsontext.Reader) T, args ...argument) (none T, err error) {
	var value T // which may still be read into after an error
	err = s.answer(ctx, request, args, func(r *jsontext.Reader) {
		notNull(r)
		value = read(r)
	})
	if isUsable(err) {
		return value, err
	}
	return none, err
}

func notNull(r *jsontext.Reader) {
	if r.Null() {
		r.Fail("expected a value, found null")
	}
}

// find is ask for one thing, where null or no data says that there is none: ErrNotFound.
func find[T any](ctx context.Context, s *Service, request string, read func(*jsontext.Reader) T, args ...argument) (T, error) {
	value, err := ask(ctx, s, request, read, args...)
	if odd, ok := errors.AsType[*DataError](err); ok && (odd.Data == wire.Null || odd.Data == "") {
		err = &callError{request, ErrNotFound}
	}
	return value, err
}

// answer asks a question and waits until read has read the answer.
func (s *Service) answer(ctx context.Context, request string, args []argument, read wire.Read) error {
	done := make(chan error, 1)
	s.question(ctx, s.timeout, request, args, false, read, func(err error) { done <- err })
	return <-done
}

// question asks for callers that take the answer where it arrives. When done is
// called with an error that isUsable, read has read the answer. (Inlined it
// would be twice the code.)
//
//go:noinline
func (s *Service) question(ctx context.Context, timeout time.Duration, request string, args []argument, snapshot bool, read wire.Read, done func(error)) {
	s.beginWithin(ctx, timeout, request, args, snapshot, read, func(reply wire.Reply, err error) {
		result := s.outcome(ctx, request, reply, err)
		switch {
		case result.Err != nil:
		case !reply.WasRead:
			result.Err = decode(request, result.Value, read)
		case reply.Omitted != nil:
			m, _ := wire.ParseMessage(reply.Body)
			result.Err = dataError(request, reply.Omitted, JSON(m.Reply.Data), true)
		}
		done(result.Err)
	})
}

// eachObject reads an array of objects. One that read finds a problem with is
// left out, and so is what is neither an object nor null.
func eachObject(r *jsontext.Reader, read func() (problem string)) {
	for a := r.Array(); a.Next(); {
		problem := ""
		if isObject(r) {
			problem = read()
		} else {
			problem = r.Expected("an object")
		}
		if problem != "" {
			r.Omit(a.Index, problem)
		}
	}
}

// decode reads the data of a reply; its errors name the property. No data is
// as null.
func decode(request string, data JSON, read wire.Read) error {
	text := data
	if text == "" {
		text = wire.Null
	}
	r := jsontext.NewReader(string(text))
	read(r)
	switch err := r.Err(); {
	case err != nil && data == "":
		return &DataError{Request: request, Problem: "the answer has no data"}
	case err != nil:
		return dataError(request, err, data, false)
	}
	if odd := r.Omitted(); odd != nil {
		return dataError(request, odd, data, true)
	}
	return nil
}

func dataError(request string, err error, data JSON, partial bool) error {
	separator := ": "
	if faulty, ok := errors.AsType[*jsontext.Error](err); ok && faulty.Path != "" {
		separator = "."
		if faulty.Path[0] == '[' {
			separator = ""
		}
	}
	if request == jwtRequest {
		data = ""
	}
	return &DataError{request, "data" + separator + err.Error(), data, partial}
}
