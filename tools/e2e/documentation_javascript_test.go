package e2e

import (
	"os"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTheDocumentationShowsTheWidgetsTestAsItIs(t *testing.T) {
	documentation, err := os.ReadFile(project + "/docs/simulator.md")
	require.NoError(t, err)
	spec, err := os.ReadFile(example + "/widget.spec.mjs")
	require.NoError(t, err)
	assert.Contains(t, string(documentation), "```js\n"+string(spec)+"```\n")
	assert.LessOrEqual(t, linesOf(string(spec)), 40)
}

func TestTheDocumentationNamesEveryFunctionOfWWEHost(t *testing.T) {
	documentation, err := os.ReadFile(project + "/docs/simulator.md")
	require.NoError(t, err)
	var named []string
	for _, row := range regexp.MustCompile("(?m)^\\| `.*?\\|").FindAllString(string(documentation), -1) {
		for _, function := range regexp.MustCompile("`(\\w+)\\(").FindAllStringSubmatch(row, -1) {
			named = append(named, function[1])
		}
	}
	desktop, _ := start(t)
	var there []string
	open(t, desktop).eval("Object.keys(wweHost)", &there)
	assert.ElementsMatch(t, there, named)
}
