package wwe

import (
	"context"
	"errors"

	"wwebridge/internal/jsontext"
	"wwebridge/internal/wire"
)

// DataError says that WWE answered with data that is not what is documented or
// inferred of it. Data is the data as it came, "" for none, so that a widget
// can read by itself what this version cannot; of tokens it has none. Logs get
// the error's text only.
type DataError struct {
	Request string // "system.isFrameLeading"
	Problem string // names the property: "data.expiration: expected a string, found a number"
	Data    JSON   // it may hold customers' data, so the error's text leaves it out
}

func (e *DataError) Error() string { return "wwe: " + e.Request + ": " + e.Problem }

// GoString keeps the data out of %#v.
func (e *DataError) GoString() string { return e.Error() }

// MarshalText keeps the data out of JSON and XML.
func (e *DataError) MarshalText() ([]byte, error) { return []byte(e.Error()), nil }

// Category is the widget's author, whose version of this package does not know
// what this WWE says.
func (e *DataError) Category() Category { return CategoryAuthor }

// ask is call for questions, whose answers are read by read. Null is none.
func ask[T any](ctx context.Context, s *Service, request string, read func(*jsontext.Reader) T, args ...argument) (T, error) {
	return askOrNull(ctx, s, request, func(r *jsontext.Reader) T {
		if r.Null() {
			r.Fail("expected a value, found null")
		}
		return read(r)
	}, args...)
}

// find is ask for one thing, where null says that there is none: ErrNotFound.
func find[T any](ctx context.Context, s *Service, request string, read func(*jsontext.Reader) T, args ...argument) (T, error) {
	value, err := ask(ctx, s, request, read, args...)
	if odd, ok := errors.AsType[*DataError](err); ok && odd.Data == "null" {
		err = &callError{request, ErrNotFound}
	}
	return value, err
}

// askOrNull is ask where null is an answer that read understands.
func askOrNull[T any](ctx context.Context, s *Service, request string, read func(*jsontext.Reader) T, args ...argument) (T, error) {
	var value, none T
	done := make(chan error, 1)
	s.question(ctx, request, args, func(r *jsontext.Reader) { value = read(r) }, func(err error) { done <- err })
	if err := <-done; err != nil {
		return none, err
	}
	return value, nil
}

// question is askOrNull for whoever takes the answer where it arrives. When done is
// called without an error, read has read it. (Not inlined into each askOrNull.)
//
//go:noinline
func (s *Service) question(ctx context.Context, request string, args []argument, read wire.Read, done func(error)) {
	s.begin(ctx, request, args, read, func(reply wire.Reply, err error) {
		result := s.outcome(ctx, request, reply, err)
		if result.Err == nil && !reply.WasRead {
			result.Err = decode(request, result.Value, read)
		}
		done(result.Err)
	})
}

// listOf reads an array.
func listOf[T any](read func(*jsontext.Reader) T) func(*jsontext.Reader) []T {
	return func(r *jsontext.Reader) []T {
		var all []T
		for a := r.Array(); a.Next(); {
			all = append(all, read(r))
		}
		return all
	}
}

// decode reads the data of a reply; its errors name the property.
func decode(request string, data JSON, read wire.Read) error {
	if data == "" {
		return &DataError{request, "the answer has no data", ""}
	}
	r := jsontext.NewReader(string(data))
	read(r)
	err := r.Err()
	if err == nil {
		return nil
	}
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
	return &DataError{request, "data" + separator + err.Error(), data}
}
