package e2e

import (
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"
)

// inProbe opens the desktop with the probe of testdata in it, a widget that
// includes the client, a new one unless the query is "?old", and keeps all that comes.
func inProbe(t *testing.T, query string) (desktop, probe frame) {
	t.Helper()
	widget := serveWidget(t, "testdata/probe", true)
	desktopOrigin, _ := start(t)
	tab := browser(t)
	require.NoError(t, tab.Navigate(desktopOrigin+"/?widget="+url.QueryEscape(widget+"/"+query)))
	desktop, probe = outer(t, tab, desktopOrigin), inner(t, tab, widget)
	probe.until("genesys.wwe.service")
	return desktop, probe
}

// in is the frame for a subtest.
func (f frame) in(t *testing.T) frame {
	f.t = t
	return f
}

// answer is what the client has called back with.
type answer struct{ Succeeded, Failed []json.RawMessage }

// ask sends the request and waits for its answer; raw is the message that brought it.
func (f frame) ask(way string, r clientRequest, id string) (got answer, raw string) {
	f.t.Helper()
	var before, place int
	f.eval("raw.length", &before)
	f.eval(fmt.Sprintf(`((id) => ask(%s, %s, [%s]))(%s)`, quoted(way), quoted(r.name), r.parameters, quoted(id)), &place)
	f.until(fmt.Sprintf("answers[%d].succeeded.length + answers[%[1]d].failed.length > 0", place))
	f.eval(fmt.Sprintf("answers[%d]", place), &got)
	f.eval(fmt.Sprintf("raw.slice(%d).find((text) => text.startsWith(%s))", before, quoted(`{"request":`+quoted(r.name))), &raw)
	for _, message := range append(got.Succeeded, got.Failed...) {
		whole := regexp.MustCompile(`"referenceId":"\d+",`).ReplaceAllLiteralString(raw, "")
		require.Equal(f.t, whole, string(message), "the callback gets the message that came, without the id")
	}
	return got, raw
}
