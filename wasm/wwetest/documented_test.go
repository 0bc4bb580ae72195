//go:build !js

package wwetest_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// documented reads the states from the source of package wwe.
func documented(t *testing.T) (states []wwe.State) {
	file, err := parser.ParseFile(token.NewFileSet(), "../wwe/state.go", nil, 0)
	require.NoError(t, err)
	ast.Inspect(file, func(node ast.Node) bool {
		if spec, is := node.(*ast.ValueSpec); is {
			if kind, is := spec.Type.(*ast.Ident); is && kind.Name == "State" {
				value, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
				require.NoError(t, err)
				states = append(states, wwe.State(value))
			}
		}
		return true
	})
	return states
}

// What TestEachActionInEachState and TestUserDataStates promise has every
// documented state in it, and no other.
func TestEveryDocumentedStateIsReached(t *testing.T) {
	reached := map[wwe.State]bool{wwe.StateUserDataAttached: true, wwe.StateUserDataUpdated: true}
	for _, place := range places {
		if place.state != "" {
			reached[place.state] = true
		}
		for _, to := range promised[place.name] {
			reached[to.state] = true
		}
	}
	var all []wwe.State
	for state := range reached {
		all = append(all, state)
	}
	require.Len(t, documented(t), 30)
	assert.ElementsMatch(t, documented(t), all)
}

// Every state that the desk can hold is in the office.
func TestTheOfficeHasEveryStateThatLasts(t *testing.T) {
	held := map[wwe.State]bool{}
	for _, place := range places {
		held[place.state] = true
	}
	for _, state := range documented(t) {
		switch state {
		case wwe.StateUserDataAttached, wwe.StateUserDataUpdated: // by Config.UserDataStates only
		default:
			assert.NotEqual(t, slices.Contains(left, state), held[state], state)
		}
	}
}

// Each guess has a name, a default and a label on the desktop's page, and a place where people find all three.
func TestEveryGuessIsDocumentedWithItsDefaultAndItsLabel(t *testing.T) {
	source, err := os.ReadFile("config.go")
	require.NoError(t, err)
	page, err := os.ReadFile("../../web/desktop.html")
	require.NoError(t, err)
	markup := regexp.MustCompile(`<select.*</select>|<[^>]*>`)
	_, guesses, found := strings.Cut(string(source), "// What follows is not known of WWE.")
	require.True(t, found)
	guesses, _, _ = strings.Cut(guesses, "\n}\n")
	var defaults map[string]json.RawMessage
	require.NoError(t, json.Unmarshal([]byte(wwetest.NewHost().ConfigJSON()), &defaults))
	var want []string
	for _, tag := range regexp.MustCompile("`json:\"(\\w+)\"`").FindAllStringSubmatch(guesses, -1) {
		label := regexp.MustCompile(`<label.* name="` + tag[1] + `".*?</label>`).Find(page)
		require.NotNil(t, label, tag[1])
		text := strings.TrimSpace(string(markup.ReplaceAll(label, nil)))
		want = append(want, "| `"+tag[1]+"` | `"+string(defaults[tag[1]])+"` | "+text+" |")
	}
	require.NotEmpty(t, want)
	documentation, err := os.ReadFile("../../docs/simulator.md")
	require.NoError(t, err)
	assert.ElementsMatch(t, want, regexp.MustCompile("(?m)^\\| `\\w+` \\| `[^`]*` \\| [^|]* \\|").FindAllString(string(documentation), -1))
}

func TestTheDesktopHasAControlForEveryOption(t *testing.T) {
	page, err := os.ReadFile("../../web/desktop.html")
	require.NoError(t, err)
	var all map[string]any
	require.NoError(t, json.Unmarshal([]byte(wwetest.NewHost().ConfigJSON()), &all))
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if name == "agent" {
			name = "agent.firstname"
		}
		assert.Contains(t, string(page), ` name="`+name+`"`)
	}
}
