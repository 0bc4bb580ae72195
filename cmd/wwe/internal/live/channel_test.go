package live

import (
	"bufio"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTheDesktopsPageGetsEachState(t *testing.T) {
	c := newChannel(state{Version: "1"})
	server := httptest.NewServer(c)
	defer server.Close()
	response, err := http.Get(server.URL)
	require.NoError(t, err)
	defer response.Body.Close()
	assert.Equal(t, "text/event-stream", response.Header.Get("Content-Type"))
	assert.Equal(t, "nosniff", response.Header.Get("X-Content-Type-Options"))
	assert.Empty(t, response.Header.Get("Access-Control-Allow-Origin"))
	lines := bufio.NewScanner(response.Body)
	next := func() string {
		for lines.Scan() {
			if lines.Text() != "" {
				return lines.Text()
			}
		}
		return ""
	}
	assert.Equal(t, `data: {"version":"1"}`, next())
	c.set(func(s *state) { s.Version, s.Title, s.Details = "2", "broken", "a\nb\r\n<script>" })
	assert.Equal(t, `data: {"version":"2","title":"broken","details":"a\nb\r\n\u003cscript\u003e"}`, next())
	assert.Equal(t, "2", c.Version())
}

func TestForeignPagesDoNotGetTheState(t *testing.T) {
	for promise, c := range map[string]struct {
		method, origin, site string
		want                 int
	}{
		"a foreign origin":              {"GET", "https://evil.example", "", http.StatusForbidden},
		"the panel's own page":          {"GET", "http://localhost:8081", "same-site", http.StatusForbidden},
		"an opaque origin":              {"GET", "null", "cross-site", http.StatusForbidden},
		"a script element":              {"GET", "", "cross-site", http.StatusForbidden},
		"a visit":                       {"GET", "", "none", http.StatusForbidden},
		"https with the same host name": {"GET", "https://localhost:8080", "", http.StatusForbidden},
		"a form":                        {"POST", "http://localhost:8080", "same-origin", http.StatusMethodNotAllowed},
	} {
		t.Run(promise, func(t *testing.T) {
			request := httptest.NewRequest(c.method, "http://localhost:8080/live", nil)
			for name, value := range map[string]string{"Origin": c.origin, "Sec-Fetch-Site": c.site} {
				if value != "" {
					request.Header.Set(name, value)
				}
			}
			recorder := httptest.NewRecorder()
			newChannel(state{Details: "secret"}).ServeHTTP(recorder, request)
			assert.Equal(t, c.want, recorder.Code)
			assert.NotContains(t, recorder.Body.String(), "secret")
		})
	}
}
