package origin

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestOriginsThatThePanelMayTrust(t *testing.T) {
	for origins, want := range map[string]string{
		"https://wwe.example.com":        "https://wwe.example.com",
		"http://localhost:8080":          "http://localhost:8080",
		"https://wwe.example.com:8443":   "https://wwe.example.com:8443",
		"https://[2001:db8::1]:8443":     "https://[2001:db8::1]:8443",
		"https://xn--bcher-kva.example":  "https://xn--bcher-kva.example",
		"https://[::ffff:7f00:1]":        "https://[::ffff:7f00:1]",
		"https://192.0.2.1:8443":         "https://192.0.2.1:8443",
		"https://a.example.":             "https://a.example.",
		"https://4.example":              "https://4.example",
		"https://a.0xample":              "https://a.0xample",
		" https://a.example\thttp://b  ": "https://a.example http://b",
	} {
		got, err := List(origins)
		require.NoError(t, err, origins)
		assert.Equal(t, strings.Fields(want), got)
	}
}

func TestOriginsThatAreRefusedSayWhatToWrite(t *testing.T) {
	for origins, want := range map[string]string{
		"":                               "no origin is given",
		" \t":                            "no origin is given",
		"*":                              "trust every page",
		"https://*":                      "trust every page",
		"https://*.example.com":          "trust every page",
		"https://wwe.example.com *":      `"*" is not an origin`,
		"null":                           "is not an origin",
		"wwe.example.com":                "write https://wwe.example.com",
		"wwe.example.com:8443":           "write https://wwe.example.com:8443",
		"localhost:8080":                 "write https://localhost:8080",
		"//wwe.example.com":              "write https://wwe.example.com",
		"https://wwe.example.com/":       "write https://wwe.example.com",
		"https://wwe.example.com/ui/ad":  "write https://wwe.example.com",
		"https://wwe.example.com?a=b":    "write https://wwe.example.com",
		"https://wwe.example.com#a":      "write https://wwe.example.com",
		"https://a:b@wwe.example.com":    "write https://wwe.example.com",
		"HTTPS://WWE.example.com":        "write https://wwe.example.com",
		"https://wwe.example.com:443":    "write https://wwe.example.com",
		"http://wwe.example.com:80":      "write http://wwe.example.com",
		"https://wwe.example.com:":       "write https://wwe.example.com",
		"https://wwe.example.com:99999":  "is not an origin",
		"https://a.example:080":          "write https://a.example:80",
		"https://a.example:0443":         "write https://a.example",
		"https://0x7f.1":                 "write https://127.0.0.1",
		"https://1.2.3":                  "write https://1.2.0.3",
		"https://017700000001":           "write https://127.0.0.1",
		"https://2130706433.":            "write https://127.0.0.1",
		"https://1.2.3.0x":               "write https://1.2.3.0",
		"https://192.0.2.1.":             "write https://192.0.2.1",
		"https://192.0.2.256":            "is not an origin: write scheme, host and port",
		"https://1.2.3.4.5":              "is not an origin: write scheme, host and port",
		"https://1.256.3":                "is not an origin: write scheme, host and port",
		"https://4294967296":             "is not an origin: write scheme, host and port",
		"https://1.2.3.09":               "is not an origin: write scheme, host and port",
		"https://a.1":                    "is not an origin: write scheme, host and port",
		"https://[0:0:0:0:0:0:0:1]:8443": "write https://[::1]:8443",
		"https://[2001:DB8::0001]":       "write https://[2001:db8::1]",
		"https://[::ffff:127.0.0.1]":     "write https://[::ffff:7f00:1]",
		"https://[1::2::3]":              "is not an origin: write scheme, host and port",
		"https://[::1%25eth0]":           "is not an origin: write scheme, host and port",
		"https://a]b":                    "is not an origin: write scheme, host and port",
		"https://a..b":                   "is not an origin: write scheme, host and port",
		"https://.a":                     "is not an origin: write scheme, host and port",
		"https://.":                      "is not an origin: write scheme, host and port",
		"https://a.example..":            "is not an origin: write scheme, host and port",
		"https://wwe.example.com:http":   "is not an origin",
		"https://":                       "is not an origin",
		"https://bücher.example":         "xn--",
		"ftp://wwe.example.com":          "is not an origin",
		"file:///tmp":                    "is not an origin",
		"https://a.example,https://b":    "is not an origin",
		"https://a.example, https://b":   "separated by spaces",
		"https://a.example;https://b":    "is not an origin",
		`https://a.example"><script>`:    "is not an origin",
		"https://wwe.example.com/ */":    "is not an origin",
		"'self'":                         "is not an origin",
		"https://wwe.example.com\u00a0":  "is not an origin",
		"https://good.example http://b/": "write http://b",
	} {
		_, err := List(origins)
		require.ErrorContains(t, err, want, "%q", origins)
		assert.NotContains(t, err.Error(), "\n")
	}
}
