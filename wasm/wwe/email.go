package wwe

import "context"

// EmailNamespace is genesys.wwe.service.email. Its method is that of the page
// "Email namespace" in Genesys' Service Client API Reference.
type EmailNamespace struct{ s *Service }

// Create starts an email to the destination, an address. The new interaction
// gets the user data; nil means none. Genesys does not document whether the
// answer identifies the interaction. Create returns the data of the answer, or
// "" if it has none.
//
// Reference: Email namespace, create(destination, userData). Result: not
// documented; returned as received.
func (n EmailNamespace) Create(ctx context.Context, destination string, userData UserData) (JSON, error) {
	return n.s.call(ctx, "email.create", required("destination", destination), data("userData", userData))
}
