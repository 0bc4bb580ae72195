//go:build !js

package model

import "strings"

// toLower makes the letters of a text small.
func toLower(text string) string { return strings.ToLower(text) }

// Trim takes the spaces off both ends of a text.
func Trim(text string) string { return strings.TrimSpace(text) }
