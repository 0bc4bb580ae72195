package web_test

import (
	"os"
	"regexp"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The documentation lists each property that has an effect, and no other.
func TestTheDocumentationHasEveryPropertyOfAPanelsTheme(t *testing.T) {
	properties := func(file string) (all []string) {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		all = regexp.MustCompile(`--wwe-panel-[a-z-]+`).FindAllString(string(text), -1)
		slices.Sort(all)
		return slices.Compact(all)
	}
	used := properties("panel.css")
	assert.NotEmpty(t, used)
	assert.Equal(t, used, properties("../docs/panel.md"))
}
