//go:build !js

package model

import "strings"

func toLower(text string) string { return strings.ToLower(text) }
