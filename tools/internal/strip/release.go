package strip

import (
	"fmt"
	"strings"
)

// A release of Go, and what its tables have that those of others have not. To
// take up a new release, compare the files that functions.go names, and run the
// tests with it.
type release struct {
	name string

	// gofunc is the word of the runtime's moduledata that has the place of the
	// functions' data (runtime/symtab.go).
	gofunc int
}

var releases = []release{{"go1.26", 40}, {"go1.27", 43}}

// UnknownReleaseError says that a release of Go made the program whose tables
// Program does not know.
type UnknownReleaseError struct{ Version string }

func (e *UnknownReleaseError) Error() string {
	var known []string
	for _, r := range releases {
		known = append(known, r.name)
	}
	return fmt.Sprintf("the program was made by %.20q: only what %s make can be stripped", e.Version, strings.Join(known, " and "))
}

// releaseOf is the release that a version such as go1.26.8 belongs to.
func releaseOf(version string) (release, error) {
	for _, r := range releases {
		if rest, found := strings.CutPrefix(version, r.name); found && (rest == "" || !strings.ContainsAny(rest[:1], "0123456789")) {
			return r, nil
		}
	}
	return release{}, &UnknownReleaseError{version}
}
