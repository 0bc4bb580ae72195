package web

import (
	"context"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwetest"
)

// The types of the npm package have the requests of the Go package, so that neither forgets one.
func TestTheTypesOfGenesysClientHaveEveryRequest(t *testing.T) {
	service := declarations(t)
	var typed []string
	for _, namespace := range regexp.MustCompile(`(?m)^\treadonly (\w+): (\w+);$`).FindAllStringSubmatch(body(t, service, "Namespaces"), -1) {
		for _, method := range regexp.MustCompile(`(?m)^\t(\w+)\(`).FindAllStringSubmatch(body(t, service, namespace[2]), -1) {
			typed = append(typed, namespace[1]+"."+method[1])
		}
	}
	slices.Sort(typed)
	typed = slices.Compact(typed) // dial and create are overloaded
	assert.Len(t, typed, 74)
	typed = append(typed, "configuration.getContextualOption") // in no client; RequestName has it
	assert.Contains(t, service, `| "configuration.getContextualOption";`)

	host := wwetest.NewHost(wwetest.WithChange(func() {}))
	host.Configure(func(c *wwetest.Config) { c.AcceptedOrigins = "* (*, auth.getJwtToken)" })
	svc, err := host.Connect()
	require.NoError(t, err)
	defer svc.Close()
	allowed, err := svc.System.GetAllowedServices(context.Background())
	require.NoError(t, err)
	assert.ElementsMatch(t, allowed.Names, typed)
}

func TestTheTypesOfWWEHostHaveEveryFunction(t *testing.T) {
	script, err := os.ReadFile("desktop.js")
	require.NoError(t, err)
	_, functions, _ := strings.Cut(string(script), "const functions = {")
	functions, _, _ = strings.Cut(functions, "\n\t};")
	functions = regexp.MustCompile(`"[^"]*"`).ReplaceAllString(functions, `""`) // the words in them
	var served []string
	for _, f := range regexp.MustCompile(`(\w+): (?:\{|work\(|target\b)`).FindAllStringSubmatch(functions, -1) {
		served = append(served, f[1])
	}
	types, err := os.ReadFile("npm/host.d.ts")
	require.NoError(t, err)
	var typed []string
	for _, f := range regexp.MustCompile(`(?m)^\t(\w+)\(`).FindAllStringSubmatch(body(t, string(types), "WWEHost"), -1) {
		typed = append(typed, f[1])
	}
	assert.Greater(t, len(served), 50)
	assert.ElementsMatch(t, served, typed)
}

func declarations(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("npm/service.d.ts")
	require.NoError(t, err)
	return string(text)
}

// body returns the body of an interface.
func body(t *testing.T, types, name string) string {
	t.Helper()
	match := regexp.MustCompile(`(?ms)^export interface ` + name + ` \{$(.*?)^\}$`).FindStringSubmatch(types)
	require.NotNil(t, match, "no interface %s", name)
	return match[1]
}
