//go:build js

package main

import (
	"encoding/json"
	"errors"
	"math"
	"strings"
	"syscall/js"
	"time"

	"github.com/norunners/vert"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// function is a function of window.wweHost. Its result is a wwe.JSON, or a flat
// value that vert can convert: without named string types and without arrays.
type function struct {
	takes any // the zero value of its arguments
	call  func(arguments js.Value) (result any, err error)
}

// taking makes a function from a Go function whose argument is a struct. The
// struct's tags are the names that web/desktop.js gives the arguments.
// web/desktop.js has also checked the type of each value.
func taking[T any](do func(T) (any, error)) function {
	return function{*new(T), func(values js.Value) (any, error) {
		var arguments T
		if err := vert.ValueOf(values).AssignTo(&arguments); err != nil {
			return nil, err
		}
		return do(arguments)
	}}
}

// giving makes a function without arguments that WWE cannot refuse.
func giving(result func() any) function {
	return taking(func(struct{}) (any, error) { return result(), nil })
}

type byID struct {
	ID string `js:"id"`
}

// anyJSON is a value of any type as JSON text.
type anyJSON struct {
	JSON string `js:"json"`
}

// MarshalJSON implements json.Marshaler.
func (a anyJSON) MarshalJSON() ([]byte, error) { return []byte(a.JSON), nil }

// text returns a string unchanged, even "", and any other value as JSON. given
// is false for undefined and null.
func (a anyJSON) text() (text string, given bool) {
	if json.Unmarshal([]byte(a.JSON), &text) != nil {
		text = a.JSON
	}
	return text, a.JSON != ""
}

// objectJSON is an object as JSON text, with all keys and values unchanged.
type objectJSON struct {
	JSON     string `js:"json"`
	IsObject bool   `js:"isObject"`
}

func (o objectJSON) userData() wwe.UserData {
	value, _ := wwe.JSON(o.JSON).Value()
	data, _ := value.(map[string]any)
	return data
}

type contactOptions struct {
	DisplayName string `js:"displayName"`
	FirstName   string `js:"firstName"`
	LastName    string `js:"lastName"`
}

func (c contactOptions) contact() *wwe.Contact {
	if c == (contactOptions{}) {
		return nil
	}
	if c.DisplayName == "" {
		c.DisplayName = strings.TrimSpace(c.FirstName + " " + c.LastName)
	}
	return &wwe.Contact{DisplayName: c.DisplayName, FirstName: c.FirstName, LastName: c.LastName}
}

type partyOptions struct {
	Name        string `js:"name"`
	PhoneNumber string `js:"phoneNumber"`
	Username    string `js:"username"` // set for an agent
	FirstName   string `js:"firstName"`
	LastName    string `js:"lastName"`
}

func (o partyOptions) party() wwe.Party {
	p := wwe.Party{Name: o.Name, Identifier: o.Name, PhoneNumber: o.PhoneNumber, Username: o.Username, FirstName: o.FirstName, LastName: o.LastName}
	if o.Username != "" {
		p.Type = string(wwe.TargetTypeAgent)
	}
	return p
}

// faultOptions is wwetest.Fault in JavaScript, with the delay in milliseconds.
type faultOptions struct {
	Request     string  `js:"request" json:"request,omitzero"`
	Topic       string  `js:"topic" json:"topic,omitzero"`
	Kind        string  `js:"kind" json:"kind,omitzero"`
	Next        float64 `js:"next" json:"next,omitzero"`
	Probability float64 `js:"probability" json:"probability,omitzero"`
	Refuse      string  `js:"refuse" json:"refuse,omitzero"`
	Data        anyJSON `js:"data" json:"data,omitzero"`
	Delay       float64 `js:"delay" json:"delay,omitzero"`
	Count       float64 `js:"count" json:"count,omitzero"`
}

func (o faultOptions) fault() (wwetest.Fault, error) {
	f := wwetest.Fault{
		Request: o.Request, Topic: wwe.Topic(o.Topic), Kind: wwetest.FaultKind(o.Kind), Next: int(o.Next), Probability: o.Probability, Refuse: o.Refuse,
		Data: wwe.JSON(o.Data.JSON), Delay: time.Duration(o.Delay * float64(time.Millisecond)), Count: int(o.Count),
	}
	if o.Next != math.Trunc(o.Next) || o.Count != math.Trunc(o.Count) {
		return f, errors.New("fault: next and count are whole numbers")
	}
	return f, f.Validate()
}

func optionsOf(f wwetest.Fault) faultOptions {
	return faultOptions{
		Request: f.Request, Topic: string(f.Topic), Kind: string(f.Kind), Next: float64(f.Next), Probability: f.Probability, Refuse: f.Refuse,
		Data: anyJSON{string(f.Data)}, Delay: float64(f.Delay) / float64(time.Millisecond), Count: float64(f.Count),
	}
}
