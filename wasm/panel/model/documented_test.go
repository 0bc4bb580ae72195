//go:build !js

package model

import (
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// An administrator may copy the documented list of services. With it, every action must work.
func TestTheDocumentedServicesAllowEveryAction(t *testing.T) {
	page, err := os.ReadFile("../../../docs/hosting.md")
	require.NoError(t, err)
	list := regexp.MustCompile(`https://panel\.example\.com \(([^)]+)\)`).FindSubmatch(page)
	require.NotNil(t, list)
	services := strings.Split(string(list[1]), ", ")
	for _, a := range actions {
		assert.True(t, slices.ContainsFunc(services, func(service string) bool {
			matches, _ := path.Match(service, a.request)
			return matches
		}), "%s of %s", a.request, a.action)
	}
}
