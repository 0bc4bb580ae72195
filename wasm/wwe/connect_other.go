//go:build !js

package wwe

import (
	"fmt"

	"wwebridge/internal/transport"
)

func noClient(transport.Sink) (transport.Transport, error) {
	return nil, fmt.Errorf("this program does not run in a browser: test it with the simulated WWE by wwetest.NewHost().Connect(), "+
		"or build it with GOOS=js GOARCH=wasm (%w)", ErrNoClient)
}

func clientObject() transport.Open { return noClient }

func protocol([]string) transport.Open { return noClient }

func protocolInFrame([]string, string) transport.Open { return noClient }
