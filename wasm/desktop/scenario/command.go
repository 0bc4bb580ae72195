package scenario

import (
	"errors"
	"fmt"
	"reflect"

	"wwebridge/wasm/wwetest"
)

// command is a call of a method of wwetest.Host.
type command struct {
	method string // its name
	do     any    // the method expression, such as (*wwetest.Host).Ring
	args   []any
}

// id, caseID and uuid are arguments that name an interaction.
type (
	id     string // its InteractionID
	caseID string // its CaseID
	uuid   string // its InteractionUUID, in the workbin
)

func calls(method string, do any, args ...any) command { return command{method, do, args} }

// perform calls the method. It returns the id of the interaction that begins,
// or "" if none does. A panic of the Host, over a mistake of its user, becomes
// an error.
func (c command) perform(host *wwetest.Host) (began string, err error) {
	defer func() {
		if problem := recover(); problem != nil {
			began, err = "", errors.New(fmt.Sprint(problem))
		}
	}()
	do := reflect.ValueOf(c.do)
	args := []reflect.Value{reflect.ValueOf(host)}
	for n, arg := range c.args {
		args = append(args, reflect.ValueOf(arg).Convert(do.Type().In(n+1)))
	}
	for _, result := range do.Call(args) {
		switch result := result.Interface().(type) {
		case string:
			began = result
		case error:
			err = result
		}
	}
	return began, err
}

// results reports whether the method returns the id of an interaction that it
// begins, and an error.
func (c command) results() (begins, err bool) {
	t := reflect.TypeOf(c.do)
	for n := range t.NumOut() {
		switch t.Out(n).Kind() {
		case reflect.String:
			begins = true
		case reflect.Interface:
			err = true
		}
	}
	return begins, err
}
