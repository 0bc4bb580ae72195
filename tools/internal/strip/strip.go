// Package strip removes from a Go program for browsers the parts that it does not need
// at run time. This saves a fifth to a quarter of the compressed size.
package strip

import (
	"errors"
	"fmt"
	"slices"
)

// Program returns the WebAssembly program without these parts:
//
//   - Custom sections, such as names for debuggers. The section that identifies the
//     compiler stays.
//   - Data for stack traces: files, lines, arguments, inlined functions, and the names
//     of functions that are always inlined. A panic still prints its message and the
//     functions that were called and not inlined, with "?" for their lines.
//     runtime.Caller returns the same and counts only those functions. So a logger
//     that prints its caller's name may print a different function.
//   - The division of the data into many segments. Go's linker divides the data to
//     leave out zeros, which costs more than it saves if the program is compressed.
//     An uncompressed program may grow.
//   - Details of the index from code to functions. To find a function, the runtime
//     looks at up to 32 instead of one.
//
// The code does not change. Program supports Go 1.26 and 1.27. It returns an
// *UnknownReleaseError for a program built with another release, and other errors for
// any other input. It returns a program that it has already stripped unchanged.
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
