//go:build !js

package wwe

import "wwebridge/internal/transport"

func noClient(transport.Sink) (transport.Transport, error) { return nil, ErrNoClient }

func clientObject() transport.Open { return noClient }

func protocol([]string) transport.Open { return noClient }

func protocolInFrame([]string, string) transport.Open { return noClient }
