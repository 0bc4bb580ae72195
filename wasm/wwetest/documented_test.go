//go:build !js

package wwetest_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
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
