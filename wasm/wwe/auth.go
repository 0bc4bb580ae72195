package wwe

import (
	"context"
	"time"

	"wwebridge/internal/jsontext"
)

// AuthNamespace is genesys.wwe.service.auth. Its method is that of the page
// "Auth namespace" in Genesys' Service Client API Reference. Genesys' client
// has it since 2020.
type AuthNamespace struct{ s *Service }

// JWT is a token by which a server knows the agent. It is a secret that only
// Reveal gives: a JWT can be printed, logged and encoded in any way, and what
// comes out does not contain the token.
type JWT struct {
	Expiration time.Time // after which it is worth nothing; zero if WWE does not say, or not in the form of the published example

	// Unknown is a JSON object of the expiration if that is in another form, ""
	// else.
	Unknown JSON

	token func() string // a function, as everything else can be printed by reflection
}

// Reveal returns the token (jwtToken), to send it to the server that needs it.
func (t JWT) Reveal() string {
	if t.token == nil {
		return ""
	}
	return t.token()
}

// String returns when the token expires, and nothing else.
func (t JWT) String() string {
	if t.Expiration.IsZero() {
		return "a JWT"
	}
	return "a JWT until " + t.Expiration.Format(time.RFC3339)
}

// GoString keeps the token out of %#v.
func (t JWT) GoString() string { return t.String() }

// GetJwtToken gets a token by which a server of yours knows the agent. WWE
// gives it only to origins that
// service-client-api.accepted-web-content-origins allows it to by name:
// "https://panel.example.com (*, auth.getJwtToken)"; "*" alone is not enough.
//
// Reference: Auth namespace, getJwtToken(). Result: an object with jwtToken and
// expiration, documented. Errors: *DataError; see Service.Go.
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

// timeOf returns the zero time for what it cannot read, as there is only one
// published example: a token is good without it.
func timeOf(text string) time.Time {
	t, _ := time.Parse(`"`+time.RFC3339+`"`, text)
	return t
}
