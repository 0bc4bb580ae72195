package strip

import (
	"fmt"
	"strings"
)

// release describes a Go release and the details of its tables that vary between
// releases. To support a new release, compare the files named in functions.go and run
// the tests with it.
type release struct {
	name string

	// gofunc is the index of the moduledata word with the address of the functions'
	// data (runtime/symtab.go).
	gofunc int
}

var releases = []release{{"go1.26", 40}, {"go1.27", 43}}

// UnknownReleaseError reports that the program was built with a Go release whose tables
// Program does not support.
type UnknownReleaseError struct{ Version string }

func (e *UnknownReleaseError) Error() string {
	var known []string
	for _, r := range releases {
		known = append(known, r.name)
	}
	return fmt.Sprintf("the program was made by %.20q: only what %s make can be stripped", e.Version, strings.Join(known, " and "))
}

// releaseOf returns the release of a Go version such as go1.26.8.
func releaseOf(version string) (release, error) {
	for _, r := range releases {
		if rest, found := strings.CutPrefix(version, r.name); found && (rest == "" || !strings.ContainsAny(rest[:1], "0123456789")) {
			return r, nil
		}
	}
	return release{}, &UnknownReleaseError{version}
}
