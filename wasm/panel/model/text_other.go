//go:build !js

package model

import "strings"

// toLower returns text in lower case.
func toLower(text string) string { return strings.ToLower(text) }

// Trim returns text without spaces at both ends.
func Trim(text string) string { return strings.TrimSpace(text) }
