package wwe

import (
	"context"
	"slices"
	"strings"

	"wwebridge/internal/jsontext"
)

// AllowedServices lists the requests that WWE lets this page use. Genesys does
// not document the form of WWE's answer. It is inferred to be an array of names
// such as "agent.get".
type AllowedServices struct {
	Names []string // in WWE's order; nil if the answer is not an array, or has elements but no strings
	Data  JSON     // the answer as received
}

// Allows reports whether the page may use the request, such as
// "interaction.accept". Names may be patterns: "*", or "agent.*" for a whole
// namespace. Patterns do not include auth.getJwtToken, which must be named. If
// the list is not Known, Allows returns true for every request and leaves the
// refusal to WWE.
func (a AllowedServices) Allows(request string) bool {
	if a.Names == nil {
		return true
	}
	return slices.ContainsFunc(a.Names, func(name string) bool {
		start, open := strings.CutSuffix(name, "*")
		return name == request || open && request != jwtRequest && strings.HasPrefix(request, start)
	})
}

// Known reports whether WWE sent a list that could be read.
func (a AllowedServices) Known() bool { return a.Names != nil }

// jwtRequest must be allowed by its full name.
const jwtRequest = "auth.getJwtToken"

const allowedRequest = "system.getAllowedServices"

// GetAllowedServices returns the requests that this page may use. WWE decides
// this by the page's origin, in its option
// service-client-api.accepted-web-content-origins.
//
// Call it first, so that the widget can show the other requests as unavailable.
// It also improves errors: if WWE ignores a request that is not allowed, the
// error of that request names the cause. An ErrTimeout from GetAllowedServices
// itself means that WWE does not answer this page, or does not allow it this
// request.
//
// If only some elements of the list are strings, GetAllowedServices returns
// those, together with a *DataError that names the first other element.
//
// Reference: System namespace, getAllowedServices(). Result: not documented;
// see AllowedServices. Errors: *DataError.
func (n SystemNamespace) GetAllowedServices(ctx context.Context) (AllowedServices, error) {
	data, err := n.s.call(ctx, allowedRequest)
	if err != nil {
		return AllowedServices{}, err
	}
	allowed := AllowedServices{Data: data}
	r := jsontext.NewReader(string(data))
	names := []string{}
	for a := r.Array(); a.Next(); {
		if r.Peek() != '"' {
			r.Omit(a.Index, r.Expected("a string"))
			continue
		}
		names = append(names, r.String())
	}
	odd := r.Omitted()
	if r.Err() == nil && data != "null" && (odd == nil || len(names) > 0) {
		allowed.Names = names
	}
	forbids := func(request string) bool { // the list does not mention subscriptions
		return !strings.HasPrefix(request, "subscribe") && !allowed.Allows(request)
	}
	n.s.forbids.Store(&forbids)
	if odd != nil && allowed.Known() {
		return allowed, dataError(allowedRequest, odd, data, true)
	}
	return allowed, nil
}
