package wwe

import "wwebridge/internal/transport"

func clientObject() transport.Open { return transport.ClientObject }

func protocol(origins []string, frame string) transport.Open {
	return transport.PostMessage(origins, frame)
}
