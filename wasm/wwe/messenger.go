package wwe

import "context"

// MessengerNamespace is genesys.wwe.service.messenger: messages between the
// pages in WWE. Its method is that of the page "Messenger namespace" in
// Genesys' Service Client API Reference. Genesys' client has had it since 2022.
type MessengerNamespace struct{ s *Service }

// BroadcastMessage sends a message to the other pages in WWE that are
// subscribed to TopicMessenger(channel). The message is any value that
// Service.Go accepts. Any page that WWE accepts can receive it.
//
// Genesys does not document whether the sending page receives the message too.
// If that matters, put the sender into the message.
//
// Reference: Messenger namespace, broadcastMessage(channel, message).
func (n MessengerNamespace) BroadcastMessage(ctx context.Context, channel string, message any) error {
	return n.s.do(ctx, "messenger.broadcastMessage", required("channel", channel), anything("message", message))
}
