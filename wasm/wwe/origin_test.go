package wwe_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// origins are texts, and whether they are origins. origin_js_test.go compares
// them with what the browser says.
var origins = map[string]bool{
	"https://wwe.example.com":      true,
	"http://localhost:8080":        true,
	"http://wwe":                   true,
	"https://a-b_c.example.com":    true,
	"https://wwe.example.com.":     true, // the full name of a host, another origin than without the dot
	"https://wwe.example.com:80":   true,
	"http://wwe.example.com:443":   true,
	"http://wwe.example.com:65535": true,
	"https://1.2.3.4":              true,
	"https://255.255.255.255:8443": true,
	"https://1.2.3.4.example":      true,
	"https://0x.example":           true,
	"https://0xg":                  true,
	"https://1a":                   true,
	"https://xn--bcher-kva.de":     true,
	"https://[::1]":                true,
	"https://[::1]:8443":           true,
	"https://[::]":                 true,
	"https://[2001:db8::1]":        true,
	"https://[1:2:3:4:5:6:7:8]":    true,
	"https://[1:0:3:4:5:6:7:8]":    true,
	"https://[1::4:0:0:7:8]":       true,
	"https://[1:0:0:4::]":          true,
	"https://[::ffff:102:304]":     true,

	"":                                            false,
	"*":                                           false,
	"null":                                        false,
	"wwe.example.com":                             false,
	"//wwe.example.com":                           false,
	"://wwe.example.com":                          false,
	"wwe.example.com:8080":                        false,
	"localhost:8080":                              false,
	"file:///tmp":                                 false,
	"ftp://wwe.example.com":                       false,
	"ws://wwe.example.com":                        false,
	"wss://wwe.example.com":                       false,
	"httpx://wwe.example.com":                     false,
	"javascript:alert(1)":                         false,
	"blob:https://wwe.example.com/1":              false,
	"https:":                                      false,
	"https:wwe.example.com":                       false,
	"https:/wwe.example.com":                      false,
	"https:///wwe.example.com":                    false,
	`https:\\wwe.example.com`:                     false,
	"https://":                                    false,
	"https://:8443":                               false,
	"https://wwe.example.com/":                    false,
	"https://wwe.example.com/ui/ad":               false,
	`https://wwe.example.com\`:                    false,
	"https://wwe.example.com?":                    false,
	"https://wwe.example.com?a=b":                 false,
	"https://wwe.example.com#":                    false,
	"https://wwe.example.com#a":                   false,
	"https://user@wwe.example.com":                false,
	"https://u:p@wwe.example.com":                 false,
	"https://@wwe.example.com":                    false,
	"https://WWE.example.com":                     false,
	"HTTPS://wwe.example.com":                     false,
	" https://wwe.example.com":                    false,
	"https://wwe.example.com ":                    false,
	"https://wwe.example.com\n":                   false,
	"https://wwe.\texample.com":                   false,
	"https://wwe example.com":                     false,
	"https://wwe%2eexample.com":                   false,
	"https://wwe%41":                              false,
	"https://wwe<example.com":                     false,
	"https://wwe^example.com":                     false,
	"https://wwe|example.com":                     false,
	"https://wwe\x00.example.com":                 false,
	"https://wwe.example.com:":                    false,
	"https://wwe.example.com:443":                 false,
	"http://wwe.example.com:80":                   false,
	"http://wwe.example.com:080":                  false,
	"http://wwe.example.com:08080":                false,
	"http://wwe.example.com:65536":                false,
	"http://wwe.example.com:+1":                   false,
	"http://wwe.example.com:-1":                   false,
	"http://wwe.example.com:80a":                  false,
	"http://wwe.example.com:1:2":                  false,
	"http://wwe.example.com:18446744073709551617": false,
	"https://bücher.de":                           false, // xn--bcher-kva.de
	"https://XN--bcher-kva.de":                    false,
	"https://wwe。example.com":                     false,
	"https://wwe\u00ad.example.com":               false,
	"https://wwe\xff.example.com":                 false,
	"https://1.2.3":                               false, // 1.2.0.3
	"https://1.2.3.4.":                            false,
	"https://1.2.3.04":                            false,
	"https://1.2.3.256":                           false,
	"https://1.2.3.4.5":                           false,
	"https://wwe.5":                               false,
	"https://wwe.5.":                              false,
	"https://wwe.0x":                              false,
	"https://0x7f.1":                              false,
	"https://0x7f000001":                          false,
	"https://2130706433":                          false,
	"https://[":                                   false,
	"https://[]":                                  false,
	"https://]":                                   false,
	"https://[::1":                                false,
	"https://::1":                                 false,
	"https://[::1]:":                              false,
	"https://[::1]:443":                           false,
	"https://[::1]a":                              false,
	"https://[::1]]":                              false,
	"https://[[::1]":                              false,
	"https://[::1]:80:81":                         false,
	"https://[::01]":                              false,
	"https://[::A]":                               false,
	"https://[::g]":                               false,
	"https://[::10000]":                           false,
	"https://[:::1]":                              false,
	"https://[1::2::3]":                           false,
	"https://[1:2:3:4:5:6:7]":                     false,
	"https://[1:2:3:4:5:6:7:8:9]":                 false,
	"https://[1:2:3:4:5:6:7::]":                   false, // one zero is not shortened
	"https://[1::3:4:5:6:7:8]":                    false,
	"https://[0:0:0:0:0:0:0:1]":                   false,
	"https://[1:0:0:0:5:6:7:8]":                   false,
	"https://[1:0:0:4::7:8]":                      false, // of two runs the first is shortened
	"https://[1::4:0:0:0:8]":                      false, // of two runs the longer
	"https://[::ffff:1.2.3.4]":                    false,
	"https://[1.2.3.4]":                           false,
	"https://[::1%25eth0]":                        false,
	"https://[fe80::1%eth0]":                      false,
}

func TestWithOriginTakesOnlyOrigins(t *testing.T) {
	for text, is := range origins {
		svc, err := wwetest.NewHost().Connect(wwe.WithOrigin("https://wwe.example.com", text))
		if is {
			require.NoError(t, err, "%q", text)
			require.NoError(t, svc.Close())
			continue
		}
		require.EqualError(t, err, `wwe: Connect: WithOrigin: "`+text+`" is not an origin as browsers write it: the scheme, `+
			"the host in lower case and the port unless it is the usual one, such as https://wwe.example.com or http://localhost:8080")
	}
}

// Browsers differ on these.
func TestNoWildcardAndNoHostThatCannotBeIsAnOrigin(t *testing.T) {
	for c := range strings.SplitSeq("! \" $ & ' ( ) * + , ; = ` { } ~", " ") {
		for _, host := range []string{c, c + ".example.com", "wwe" + c + "example.com"} {
			_, err := wwetest.NewHost().Connect(wwe.WithOrigin("https://" + host))
			require.ErrorContains(t, err, "is not an origin", "%q", host)
		}
	}
}

func TestTheLastWithOriginCounts(t *testing.T) {
	_, err := wwetest.NewHost().Connect(wwe.WithOrigin("*"), wwe.WithOrigin("https://wwe.example.com"))
	require.NoError(t, err)
	_, err = wwetest.NewHost().Connect(wwe.WithOrigin("https://wwe.example.com"), wwe.WithOrigin("*"))
	require.ErrorContains(t, err, "is not an origin")
}
