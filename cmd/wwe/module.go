package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// goMod returns the go.mod of a panel whose module refers to the clone.
func goMod(module, clone string) ([]byte, error) {
	if isReserved(module) {
		return nil, usageError{fmt.Errorf("the module path %q is one of Go's or of wwebridge; choose another by -module (wwe help new shows more)", module)}
	}
	version, err := goVersion(clone)
	if err != nil {
		return nil, err
	}
	return fmt.Appendf(nil, `module %s

go %s

require wwebridge v0.0.0

// The clone that wwe was built from. If it moves, change its path here.
replace wwebridge => %s
`, modQuoted(module), version, modQuoted(clone)), nil
}

var plainPath = regexp.MustCompile(`^[\w.~-]*(/[\w.~-]+)*$`)

// modQuoted returns a path as go.mod has it: as a string of Go, if it is not plain.
func modQuoted(path string) string {
	if plainPath.MatchString(path) {
		return path
	}
	return strconv.Quote(path)
}

// goVersion returns the version of Go that the clone's module needs.
func goVersion(clone string) (string, error) {
	module, err := os.ReadFile(filepath.Join(clone, "go.mod"))
	if err != nil {
		return "", err
	}
	line := regexp.MustCompile(`(?m)^go (\S+)$`).FindSubmatch(module)
	if line == nil {
		return "", fmt.Errorf("%s names no version of Go", filepath.Join(clone, "go.mod"))
	}
	return string(line[1]), nil
}

var notInModulePaths = regexp.MustCompile(`[^A-Za-z0-9._-]+`)

// modulePathOf returns a valid module path that resembles the name of a folder.
func modulePathOf(name string) string {
	module := strings.Trim(notInModulePaths.ReplaceAllString(name, "-"), "-._")
	switch {
	case module == "":
		return "panel"
	case isReserved(module):
		return module + "-panel"
	}
	return module
}

// reserved are the first elements of the import paths of Go's standard library, and others with a
// meaning of their own.
var reserved = strings.Fields(`archive bufio builtin bytes cmd cmp compress container context crypto database debug embed encoding errors
	expvar flag fmt go hash html image index internal io iter log main maps math mime net os path plugin reflect regexp runtime
	slices sort std strconv strings structs sync syscall testing text time unicode unique unsafe uuid vendor weak wwebridge all tool work`)

// isReserved reports whether Go would take packages of the module for others.
func isReserved(module string) bool {
	first, _, _ := strings.Cut(module, "/")
	return slices.Contains(reserved, first)
}
