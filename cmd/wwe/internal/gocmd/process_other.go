//go:build !unix

package gocmd

import "os/exec"

// endTogether does nothing: the compilers that the go command started end when they are done.
func endTogether(*exec.Cmd) {}
