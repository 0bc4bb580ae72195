package wwe

import "wwebridge/internal/transport"

func (o *options) transport() transport.Open {
	switch {
	case o.open != nil:
		return o.open
	case o.speak:
		return transport.PostMessage(o.origins, o.frame)
	}
	return transport.ClientObject
}
