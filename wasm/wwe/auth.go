package wwe

import (
	"context"
	"time"

	"wwebridge/internal/jsontext"
)

// AuthNamespace is genesys.wwe.service.auth. Its method is that of the page
// "Auth namespace" in Genesys' Service Client API Reference. Genesys' client
// has had it since 2020.
type AuthNamespace struct{ s *Service }

// JWT is a token with which a server can identify the agent. The token is a
// secret: only Reveal returns it. Printing, logging or encoding a JWT never
// exposes it.
type JWT struct {
	// Expiration is the time at which the token expires. It is zero if WWE does
	// not send it in the form of the published example.
	Expiration time.Time

	// Unknown is a JSON object with the expiration if it has another form;
	// otherwise "".
	Unknown JSON

	token func() string // a function, because reflection can print any other value
}

// Reveal returns the token (jwtToken), to send to the server that needs it.
func (t JWT) Reveal() string {
	if t.token == nil {
		return ""
	}
	return t.token()
}

// String returns the time at which the token expires, without the token.
func (t JWT) String() string {
	if t.Expiration.IsZero() {
		return "a JWT"
	}
	return "a JWT until " + t.Expiration.Format(time.RFC3339)
}

// GoString keeps the token out of %#v.
func (t JWT) GoString() string { return t.String() }

// GetJwtToken returns a token with which your server can identify the agent.
// WWE gives it only to origins for which its option
// service-client-api.accepted-web-content-origins names this request, such as
// "https://panel.example.com (*, auth.getJwtToken)". "*" alone is not enough.
//
// Reference: Auth namespace, getJwtToken(). Result: an object with jwtToken and
// expiration, documented. Errors: *DataError.
func (n AuthNamespace) GetJwtToken(ctx context.Context) (JWT, error) {
	return ask(ctx, n.s, jwtRequest, func(r *jsontext.Reader) JWT {
		var token JWT
		text := ""
		for o := r.Object(); o.Next(); {
			switch o.Name {
			case "jwtToken":
				property{text: &text}.read(r)
			case "expiration": // "2020-04-14T13:26:51.846Z"
				raw := r.Raw()
				token.Expiration = timeOf(raw)
				if token.Expiration.IsZero() && raw != `""` && raw != "null" {
					token.Unknown = token.Unknown.with(o.Name, raw)
				}
			}
		}
		if text == "" {
			r.Fail("a token without jwtToken")
		}
		token.token = func() string { return text }
		return token
	})
}

// timeOf returns the zero time for a text that it cannot parse. There is only
// one published example, and the token is usable without its expiration.
func timeOf(text string) time.Time {
	t, _ := time.Parse(`"`+time.RFC3339+`"`, text)
	return t
}
