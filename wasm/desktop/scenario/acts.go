package scenario

import (
	"encoding/json"
	"time"

	"wwebridge/wasm/wwetest"
)

// Acts performs functions of window.wweHost on a Host and records them.
type Acts struct {
	Host      *wwetest.Host
	Recording Recording
}

// Do performs a function. Its arguments are of the option types of this
// package, or strings. It returns the id of the interaction that begins, or ""
// if none does.
func (a *Acts) Do(function string, args ...any) (began string, err error) {
	return a.do(function, encoded(args...))
}

func (a *Acts) do(function string, args []json.RawMessage) (began string, err error) {
	c, err := commandOf(function, args)
	if err != nil {
		return "", err
	}
	if began, err = c.perform(a.Host); err == nil {
		a.Recording.Add(Act{At: time.Now(), Function: function, Args: args, Began: began})
	}
	return began, err
}
