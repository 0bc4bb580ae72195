package wwe

import (
	"context"
	"slices"
	"strings"

	"wwebridge/internal/jsontext"
)

// AllowedServices are the requests that WWE lets this page use. The shape in
// which WWE tells is not documented: inferred is an array of names such as
// "agent.get".
type AllowedServices struct {
	Names []string // in WWE's order; nil if the answer is not an array, or has elements but no string
	Data  JSON     // as it came
}

// Allows tells whether the page may use the request, such as
// "interaction.accept". A name may be a pattern: "*", or "agent.*" for all of
// a namespace; none of them means auth.getJwtToken, which must be named. Where
// nothing is Known everything is taken for allowed: WWE itself is who refuses.
func (a AllowedServices) Allows(request string) bool {
	if a.Names == nil {
		return true
	}
	return slices.ContainsFunc(a.Names, func(name string) bool {
		start, open := strings.CutSuffix(name, "*")
		return name == request || open && request != jwtRequest && strings.HasPrefix(request, start)
	})
}

// Known tells whether WWE has said what it allows, in a form that could be read.
func (a AllowedServices) Known() bool { return a.Names != nil }

// jwtRequest must be allowed by its name.
const jwtRequest = "auth.getJwtToken"

const allowedRequest = "system.getAllowedServices"

// GetAllowedServices gets the requests that this page may use, by its origin,
// as service-client-api.accepted-web-content-origins says. Ask before anything
// else, so that a widget can show what is not allowed as unavailable; where WWE
// refuses a request by silence, the error of that request then says why. An
// error that is ErrTimeout means that WWE does not answer this page, or does
// not allow it this question.
//
// An element that is not a string is left out if there are strings: the names
// then come together with a *DataError that names the element.
//
// Reference: System namespace, getAllowedServices(). Result: not documented;
// see AllowedServices. Errors: *DataError; see Service.Go.
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
	forbids := func(request string) bool { // of subscribing WWE says nothing
		return !strings.HasPrefix(request, "subscribe") && !allowed.Allows(request)
	}
	n.s.forbids.Store(&forbids)
	if odd != nil && allowed.Known() {
		return allowed, dataError(allowedRequest, odd, data, true)
	}
	return allowed, nil
}
