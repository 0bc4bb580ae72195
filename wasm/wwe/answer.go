package wwe

import (
	"context"
	"errors"
	"time"

	"wwebridge/internal/jsontext"
	"wwebridge/internal/wire"
)

// DataError reports that WWE answered with data that does not match the
// documented or inferred form. Data is the data as received, so that the widget
// can try to read it itself. It is "" if there was none, and for tokens. The
// error's text does not contain it.
//
// A single property of an unexpected type is not an error: see
// Interaction.Unknown. If WWE answers with a list, a DataError may accompany a
// result. It names the first element that was left out; the result has the
// other elements.
type DataError struct {
	Request string // "system.isFrameLeading"
	Problem string // with its location: "data[1]: an interaction without interactionId; left out"
	Data    JSON   // not in the error's text, as it may contain customer data

	partial bool // the result has the other elements
}

func (e *DataError) Error() string { return "wwe: " + e.Request + ": " + e.Problem }

// GoString keeps the data out of %#v.
func (e *DataError) GoString() string { return e.Error() }

// MarshalText keeps the data out of JSON and XML.
func (e *DataError) MarshalText() ([]byte, error) { return []byte(e.Error()), nil }

// Category returns CategoryAuthor: this version of the package cannot read the
// data that this WWE sends, so the widget needs a different version.
func (e *DataError) Category() Category { return CategoryAuthor }

// isUsable reports whether there is a result, with or without all its elements.
// (Not inlined, because ask is compiled once for each result type.)
//
//go:noinline
func isUsable(err error) bool {
	odd, ok := errors.AsType[*DataError](err)
	return err == nil || ok && odd.partial
}

// isOdd reports whether WWE answered, but with data that could not all be read.
func isOdd(err error) bool {
	_, ok := errors.AsType[*DataError](err)
	return ok
}

// ask sends a request and reads the data of the answer with read. It returns
// none and an error if the data is null.
func ask[T any](ctx context.Context, s *Service, request string, read func(*jsontext.Reader) T, args ...argument) (none T, err error) {
	var value T // read may still write to it after an error
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

// find is ask for a single object. It returns ErrNotFound if the answer is null
// or has no data.
func find[T any](ctx context.Context, s *Service, request string, read func(*jsontext.Reader) T, args ...argument) (T, error) {
	value, err := ask(ctx, s, request, read, args...)
	if odd, ok := errors.AsType[*DataError](err); ok && (odd.Data == wire.Null || odd.Data == "") {
		err = &callError{request, ErrNotFound}
	}
	return value, err
}

// answer sends a request and waits until read has read the answer.
func (s *Service) answer(ctx context.Context, request string, args []argument, read wire.Read) error {
	done := make(chan error, 1)
	s.question(ctx, s.timeout, request, args, false, read, func(err error) { done <- err })
	return <-done
}

// question sends a request whose answer is handled where it arrives. If it
// calls done with an error for which isUsable is true, read has read the
// answer. (Inlining it would double the code.)
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

// eachObject reads an array of objects. It leaves out elements for which read
// returns a problem, and elements that are neither an object nor null.
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

// decode reads the data of a reply. Its errors name the property. It treats
// missing data as null.
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
