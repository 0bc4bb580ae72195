package wwe

import "wwebridge/internal/transport"

func clientObject() transport.Open { return transport.ClientObject }

func protocol(origins []string) transport.Open { return transport.PostMessage(origins) }

func protocolInFrame(origins []string, id string) transport.Open {
	return transport.PostMessageInFrame(origins, id)
}
