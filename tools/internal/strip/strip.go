// Package strip takes from a Go program for browsers what it runs as well
// without: a fifth to a quarter of what has to be loaded, compressed.
package strip

import (
	"errors"
	"fmt"
	"slices"
)

// Program returns the WebAssembly program without
//
//   - custom sections, such as names for debuggers, but for the one that
//     tells who made it,
//   - what only stack traces read: files and lines, functions that were
//     inlined, and arguments. A panic still tells its message, and the
//     functions that were called and not inlined; of their lines it says "?".
//     runtime.Caller does so too, and counts only those functions, so that
//     what logs the name of its caller may log another one;
//   - the many pieces that Go's linker cuts a program's data into, which is
//     meant to save zeros and costs more where the program is compressed.
//     (Where it is not, it may be larger than before.)
//
// The code is not touched. Program knows what Go 1.26 and 1.27 make, and returns
// an error for all else: an *UnknownReleaseError for what another release has
// made. What it has stripped it returns unchanged.
func Program(program []byte) ([]byte, error) {
	sections, err := split(program)
	if err != nil {
		return nil, err
	}
	release, err := sections.release()
	if err != nil {
		return nil, err
	}
	sections = slices.DeleteFunc(sections, func(s section) bool { return s.id == idCustom && s.name() != producers })
	data := slices.IndexFunc(sections, func(s section) bool { return s.id == idData })
	if data < 0 {
		return nil, errors.New("the program has no data")
	}
	memory, err := readData(sections[data].content)
	if err != nil {
		return nil, err
	}
	if err := release.dropTraces(memory); err != nil {
		return nil, fmt.Errorf("the table of functions is not as %s makes it: %w", release.name, err)
	}
	sections[data].content = writeData(memory)
	return sections.join(), nil
}
