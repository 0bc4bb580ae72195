package main

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"wwebridge/wasm/panel/model"
)

// In the browser the letters are made small by JavaScript.
func TestASearchFindsInAnyCase(t *testing.T) {
	k := model.Key{Name: "CustomerSegment", Text: "Gold ÄRGER Σίσυφος"}
	for search, want := range map[string]bool{"": true, "gold": true, "SEGMENT ärger": true, "ΣΊΣΥΦΟΣ": true, "silver": false, "gold silver": false} {
		assert.Equal(t, want, k.Matches(search), search)
	}
}

// In the browser the spaces are taken off by JavaScript.
func TestTheSpacesAroundATextAreTakenOff(t *testing.T) {
	for text, want := range map[string]string{"": "", " ": "", " Ada": "Ada", "Ada\u00a0\u3000\r\n": "Ada", "\tAda  Lovelace ": "Ada  Lovelace", " 😀 ": "😀"} {
		assert.Equal(t, want, model.Trim(text), "%q", text)
	}
}
