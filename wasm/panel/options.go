//go:build js

package main

import (
	"errors"
	"strings"
	"syscall/js"
	"time"

	"github.com/norunners/vert"

	"wwebridge/wasm/wwe"
)

// options are what the page gives to mount, without what only panel.js needs;
// web/panel.d.ts tells what each is for.
type options struct {
	Origin  string  `js:"origin"`
	Frame   string  `js:"frame"`
	Timeout float64 `js:"timeout"`
	Lang    string  `js:"lang"`
	Place   string  `js:"place"` // panel.js's own name for what this panel remembers
}

// readOptions reads a plain object: panel.js has copied the page's, whose
// getters may throw, which Go could not survive.
func readOptions(object js.Value) (options, error) {
	var o options
	if err := vert.ValueOf(object).AssignTo(&o); err != nil {
		return o, errors.New("the panel's options must be texts, and timeout a number")
	}
	if o.Timeout != 0 && !(o.Timeout >= 1 && o.Timeout <= 1e9) {
		return o, errors.New("the panel's timeout must be a number of milliseconds, at least 1")
	}
	return o, nil
}

// connect are the options to connect to WWE with. Without an origin, the page
// has Genesys' client.
func (o options) connect() []wwe.Option {
	var opts []wwe.Option
	if o.Origin != "" {
		opts = append(opts, wwe.WithOrigin(strings.Fields(o.Origin)...))
	}
	if o.Frame != "" {
		opts = append(opts, wwe.WithFrame(o.Frame))
	}
	if o.Timeout != 0 {
		opts = append(opts, wwe.WithTimeout(time.Duration(o.Timeout)*time.Millisecond))
	}
	return opts
}
