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
	Expiration time.Time // after which it is worth nothing; zero if WWE does not tell, or not in the form of the published example

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
				text = r.String()
			case "expiration": // "2020-04-14T13:26:51.846Z"
				token.Expiration = readTime(r)
			default:
				r.Skip()
			}
		}
		if text == "" {
			r.Fail("a token without jwtToken")
		}
		token.token = func() string { return text }
		return token
	})
}

// readTime gives the zero time for what it cannot read, as there is only one
// published example: a token is good without it.
func readTime(r *jsontext.Reader) time.Time {
	raw := r.Raw()
	t, _ := time.Parse(`"`+time.RFC3339+`"`, raw)
	return t
}
