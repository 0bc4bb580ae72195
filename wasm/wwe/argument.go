package wwe

import (
	"errors"

	"wwebridge/internal/jsontext"
)

// argument is a parameter and its name for errors. Each kind of value has its
// own function below, so that a program links only the code for the kinds it
// sends.
type argument struct {
	name string
	text string // JSON text; "" for undefined
	err  error  // the reason if it cannot be sent
}

// required returns the argument for a string that must not be empty.
func required(name, value string) argument {
	if value == "" {
		return argument{name, "", errEmpty}
	}
	return text(name, value)
}

var errEmpty = errors.New("must not be empty")

func text(name, value string) argument {
	return argument{name, string(jsontext.AppendString(nil, value)), nil}
}

// data returns the argument for user data, or for extensions, which have the
// same form. nil becomes undefined.
func data(name string, values UserData) argument {
	if values == nil {
		return argument{name: name}
	}
	return encoded(name, map[string]any(values))
}

// anything returns the argument for a value of any type that Service.Go
// accepts.
func anything(name string, value any) argument {
	switch v := value.(type) {
	case Undefined:
		return argument{name: name}
	case UserData:
		return data(name, v)
	case Target:
		return target(name, v)
	case JSON:
		if v == "" {
			return argument{name, "", errEmpty}
		}
	}
	return encoded(name, value)
}

func target(name string, t Target) argument {
	text, err := t.text()
	return argument{name, text, err}
}

func encoded(name string, value any) argument {
	b, err := jsontext.AppendAny(nil, value)
	return argument{name, string(b), err}
}

// texts returns the JSON texts of the arguments, or the error of the first one
// that cannot be sent.
func texts(request string, args []argument) ([]string, error) {
	if request == "" {
		return nil, &ArgumentError{"Call", "request", "must not be empty"}
	}
	var parameters []string
	for _, a := range args {
		if a.err != nil {
			return nil, a.refusal(request)
		}
		parameters = append(parameters, a.text)
	}
	return parameters, nil
}

func (a argument) refusal(request string) error {
	if faulty, ok := a.err.(*jsontext.Error); ok {
		name := a.name
		if faulty.Path != "" && faulty.Path[0] != '[' {
			name += "."
		}
		name += faulty.Path
		return &ArgumentError{request, name, faulty.Problem}
	}
	return &ArgumentError{request, a.name, a.err.Error()}
}
