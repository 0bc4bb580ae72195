//go:build !js

package wwe

import "wwebridge/internal/transport"

func (o *options) transport() transport.Open {
	if o.open != nil {
		return o.open
	}
	return func(transport.Sink) (transport.Transport, error) { return nil, ErrNoClient }
}
