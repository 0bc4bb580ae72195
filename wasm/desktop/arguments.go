//go:build js

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"wwebridge/internal/strictjson"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// arguments are those of a function of window.wweHost.
type arguments struct {
	of     string // the function's name
	values []json.RawMessage
}

// isMissing: undefined, at the end of the arguments or before others.
func (a arguments) isMissing(n int) bool { return n >= len(a.values) || string(a.values[n]) == "null" }

// interaction reads the first argument, where that is the id of an interaction.
func (a arguments) interaction() (id string, err error) { return a.text(0, "the id of an interaction") }

// text reads an argument that must be a string.
func (a arguments) text(n int, what string) (s string, err error) {
	if a.isMissing(n) || json.Unmarshal(a.values[n], &s) != nil {
		return "", errors.New(a.of + " takes " + what)
	}
	return s, nil
}

// decode reads an argument that must be an object, and what is in it.
func (a arguments) decode(n int, what string, into any) error {
	if a.isMissing(n) || !bytes.HasPrefix(a.values[n], []byte("{")) {
		return errors.New(a.of + " takes " + what)
	}
	err := strictjson.Decode(a.values[n], into)
	if wrong := new(strictjson.Error); errors.As(err, &wrong) && wrong.Unknown {
		return errors.New(a.of + " knows no option " + wrong.Path)
	}
	if err != nil {
		return errors.New(a.of + ": " + err.Error())
	}
	return nil
}

// userData keeps each key, and every value as it came.
type userData wwe.UserData

// UnmarshalJSON implements json.Unmarshaler.
func (d *userData) UnmarshalJSON(text []byte) error {
	value, err := wwe.JSON(text).Value()
	if err != nil {
		return err
	}
	object, ok := value.(map[string]any)
	if !ok && value != nil {
		return errors.New("user data are not an object")
	}
	*d = object
	return nil
}

type contactOptions struct {
	DisplayName string `json:"displayName"`
	FirstName   string `json:"firstName"`
	LastName    string `json:"lastName"`
}

func (c *contactOptions) contact() *wwe.Contact {
	if c == nil {
		return nil
	}
	if c.DisplayName == "" {
		c.DisplayName = strings.TrimSpace(c.FirstName + " " + c.LastName)
	}
	return &wwe.Contact{DisplayName: c.DisplayName, FirstName: c.FirstName, LastName: c.LastName}
}

type partyOptions struct {
	Name        string `json:"name"`
	PhoneNumber string `json:"phoneNumber"`
	Username    string `json:"username"` // of an agent
	FirstName   string `json:"firstName"`
	LastName    string `json:"lastName"`
}

func (o partyOptions) party() wwe.Party {
	p := wwe.Party{Name: o.Name, Identifier: o.Name, PhoneNumber: o.PhoneNumber, Username: o.Username, FirstName: o.FirstName, LastName: o.LastName}
	if o.Username != "" {
		p.Type = string(wwe.TargetAgent)
	}
	return p
}

// faultOptions is wwetest.Fault in JSON; delay is in milliseconds.
type faultOptions struct {
	Request     string            `json:"request,omitempty"`
	Topic       wwe.Topic         `json:"topic,omitempty"`
	Kind        wwetest.FaultKind `json:"kind,omitempty"`
	Next        int               `json:"next,omitempty"`
	Probability float64           `json:"probability,omitempty"`
	Refuse      string            `json:"refuse,omitempty"`
	Data        json.RawMessage   `json:"data,omitempty"`
	Delay       float64           `json:"delay,omitempty"`
	Count       int               `json:"count,omitempty"`
}

func (o faultOptions) fault() wwetest.Fault {
	return wwetest.Fault{
		Request: o.Request, Topic: o.Topic, Kind: o.Kind, Next: o.Next, Probability: o.Probability, Refuse: o.Refuse,
		Data: wwe.JSON(o.Data), Delay: time.Duration(o.Delay * float64(time.Millisecond)), Count: o.Count,
	}
}

func optionsOf(f wwetest.Fault) faultOptions {
	return faultOptions{
		Request: f.Request, Topic: f.Topic, Kind: f.Kind, Next: f.Next, Probability: f.Probability, Refuse: f.Refuse,
		Data: json.RawMessage(f.Data), Delay: float64(f.Delay) / float64(time.Millisecond), Count: f.Count,
	}
}
