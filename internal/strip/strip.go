// Package strip takes from a Go program for browsers what it runs as well
// without: about a fifth of what has to be loaded.
package strip

import (
	"errors"
	"fmt"
	"slices"
)

// Program returns the WebAssembly program without
//
//   - names and other sections for debuggers,
//   - what only stack traces read: files and lines, functions that were
//     inlined, and arguments. A panic still tells its message, and the
//     functions that were called; of a file it says "?". So do log.Lshortfile
//     and runtime.Caller.
//   - the many pieces that Go's linker cuts a program's data into, which is
//     meant to save zeros and costs more where the program is compressed.
//
// The code is not touched. Program knows what Go 1.26 makes, and returns an
// error for all else. What it has stripped it returns unchanged.
func Program(program []byte) ([]byte, error) {
	sections, err := split(program)
	if err != nil {
		return nil, err
	}
	if err := sections.knownVersion(); err != nil {
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
	if err := dropTraces(memory); err != nil {
		return nil, fmt.Errorf("the table of functions is not as Go 1.26 makes it: %w", err)
	}
	sections[data].content = appendData(nil, memory)
	return sections.join(), nil
}
