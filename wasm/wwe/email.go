package wwe

import "context"

// EmailNamespace is genesys.wwe.service.email. Its method is that of the page
// "Email namespace" in Genesys' Service Client API Reference.
type EmailNamespace struct{ s *Service }

// Create begins an email to the destination, an address, with user data for
// the new interaction; nil for none. Whether the answer tells which interaction
// that is, is not documented: the JSON is what it has, "" for nothing.
//
// Reference: Email namespace, create(destination, userData). Result: not
// documented, so it comes as it is. Errors: see Service.Go.
func (n EmailNamespace) Create(ctx context.Context, destination string, userData UserData) (JSON, error) {
	return n.s.call(ctx, "email.create", required("destination", destination), data("userData", userData))
}
