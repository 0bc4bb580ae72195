package wwe

import "context"

// MessengerNamespace is genesys.wwe.service.messenger: messages between the
// pages in WWE. Its method is that of the page "Messenger namespace" in
// Genesys' Service Client API Reference. Genesys' client has it since 2022.
type MessengerNamespace struct{ s *Service }

// BroadcastMessage sends a message to the other pages in WWE that are
// subscribed to TopicMessenger(channel). It is any value that Service.Go
// takes. Whether this page gets it too is not documented; if it may matter,
// have the message say who sent it. Any page that WWE accepts can listen.
//
// Reference: Messenger namespace, broadcastMessage(channel, message). Result:
// not documented; nil means that WWE did not refuse. Errors: see Service.Go.
func (n MessengerNamespace) BroadcastMessage(ctx context.Context, channel string, message any) error {
	return n.s.do(ctx, "messenger.broadcastMessage", required("channel", channel), anything("message", message))
}
