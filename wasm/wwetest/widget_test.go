package wwetest_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwetest"
)

// widget speaks to the Host in texts, as JavaScript does in objects.
type widget struct {
	frame    *wwetest.Frame
	messages chan string
	sent     int
}

func newWidget(host *wwetest.Host) *widget {
	w := &widget{messages: make(chan string, 1000)}
	w.frame = host.Attach(wwetest.Origin, func(message string) { w.messages <- message })
	return w
}

// ask sends a request, its parameters in JSON, and returns the answer.
func (w *widget) ask(request string, parameters ...string) (answer string) {
	w.sent++
	text := `{"request":"` + request + `"`
	if len(parameters) > 0 {
		text += `,"parameters":[` + strings.Join(parameters, ",") + `]`
	}
	w.frame.Receive(text + `,"referenceId":"` + strconv.Itoa(w.sent) + `","userAgent":"WWE Client","protocolVersion":2}`)
	return <-w.messages
}

// done asks for what must succeed.
func (w *widget) done(t *testing.T, request string, parameters ...string) {
	t.Helper()
	require.NotContains(t, w.ask(request, parameters...), `"errorMessage"`)
}

func quoted(s string) string { return `"` + s + `"` }
