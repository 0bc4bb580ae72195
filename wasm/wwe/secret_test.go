package wwe_test

import (
	"bytes"
	"encoding/gob"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

const tokenText = "ey.S3cr3t.token"

// aToken is a JWT as a widget gets it.
func aToken(t *testing.T) wwe.JWT {
	host := wwetest.NewHost()
	host.Fault(wwetest.Fault{Data: `{"jwtToken":"` + tokenText + `","expiration":"2027-01-02T03:04:05Z"}`})
	token, err := memory().connect(t, host).Auth.GetJwtToken(t.Context())
	require.NoError(t, err)
	return token
}

// encodings are the ways in which a value gets into a log or a file.
func encodings(t *testing.T, value any) map[string]string {
	all := map[string]string{}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%t", "%c", "%U", "%e", "%p", "%w", "%z"} {
		all["fmt "+verb] = fmt.Sprintf(verb, value)
	}
	all["fmt.Sprintln"] = fmt.Sprintln(value)
	all["fmt.Errorf"] = fmt.Errorf("%v", value).Error()
	write := func(name string, do func(b *bytes.Buffer) error) {
		var b bytes.Buffer
		if err := do(&b); err != nil {
			b.WriteString(err.Error())
		}
		all[name] = b.String()
	}
	write("log", func(b *bytes.Buffer) error { log.New(b, "", 0).Println(value); return nil })
	write("slog text", func(b *bytes.Buffer) error { slog.New(slog.NewTextHandler(b, nil)).Info("m", "v", value); return nil })
	write("slog JSON", func(b *bytes.Buffer) error { slog.New(slog.NewJSONHandler(b, nil)).Info("m", "v", value); return nil })
	write("encoding/json", func(b *bytes.Buffer) error { return json.NewEncoder(b).Encode(value) })
	write("encoding/xml", func(b *bytes.Buffer) error { return xml.NewEncoder(b).Encode(value) })
	write("encoding/gob", func(b *bytes.Buffer) error { return gob.NewEncoder(b).Encode(value) })
	failing := &failures{}
	assert.Equal(failing, value, struct{ Other any }{"another"})
	assert.Empty(failing, value)
	all["testify"] = failing.text.String()
	return all
}

// failures is a test that keeps what it was told.
type failures struct{ text strings.Builder }

func (f *failures) Errorf(format string, args ...any) { fmt.Fprintf(&f.text, format, args...) }

func TestATokenIsInNoEncoding(t *testing.T) {
	token := aToken(t)
	assert.Equal(t, tokenText, token.Reveal())
	for name, value := range map[string]any{
		"the token": token, "a pointer": &token, "in a struct": struct{ T wwe.JWT }{token}, "in a slice": []wwe.JWT{token},
		"in a map": map[string]wwe.JWT{"t": token}, "as any": map[string]any{"t": token},
		"in an unexported field": struct{ t wwe.JWT }{token},
	} {
		for encoding, text := range encodings(t, value) {
			for _, secret := range []string{tokenText, hex.EncodeToString([]byte(tokenText)), strings.ToUpper(hex.EncodeToString([]byte(tokenText)))} {
				assert.NotContains(t, text, secret, "%s by %s", name, encoding)
			}
		}
	}
}

// What a widget does with an error is to log it.
func TestAnErrorIsLoggedWithoutData(t *testing.T) {
	for name, fault := range map[string]wwetest.Fault{
		"a token that is odd":  {Data: `{"jwtToken":["` + tokenText + `"]}`},
		"a token without name": {Data: `"` + tokenText + `"`},
	} {
		t.Run(name, func(t *testing.T) {
			host := wwetest.NewHost()
			host.Fault(fault)
			_, err := memory().connect(t, host).Auth.GetJwtToken(t.Context())
			var odd *wwe.DataError
			require.ErrorAs(t, err, &odd)
			assert.Empty(t, odd.Data, "of a token there is nothing for a widget to read by itself")
			for encoding, text := range encodings(t, err) {
				assert.NotContains(t, text, tokenText, encoding)
			}
		})
	}
	data := wwe.JSON(`{"name":"` + tokenText + `"}`)
	for name, err := range map[string]error{
		"DataError":    &wwe.DataError{Request: "agent.get", Problem: "odd", Data: data},
		"RequestError": &wwe.RequestError{Request: "agent.get", Message: "no", Body: data},
	} {
		for _, value := range []any{err, errors.Join(err), fmt.Errorf("it failed: %w", err), struct{ Err error }{err}, []error{err}} {
			for encoding, text := range encodings(t, value) {
				switch encoding {
				case "fmt %d", "fmt %t", "fmt %c", "fmt %U", "fmt %e", "fmt %p", "fmt %z", "fmt %w", "testify", "encoding/gob":
					continue // nobody logs an error so
				}
				assert.NotContains(t, text, tokenText, "%s by %s", name, encoding)
			}
		}
	}
}
