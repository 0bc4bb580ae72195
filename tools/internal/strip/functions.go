package strip

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"
)

// Go's function table, as the linker writes it and the runtime reads it. It is defined
// in cmd/link/internal/ld/pcln.go, runtime/symtab.go, runtime/runtime2.go and
// internal/abi/symtab.go, which use the field names in the comments below. The
// differences between releases are in release.go. All numbers are little-endian.
//
// The table begins with a header of 8-byte words: a magic number, counts, and the
// offsets of the table's parts. The last part begins with two 4-byte numbers per
// function: the offset of its code, and the offset of its description within that part.
const (
	magic = "\xf1\xff\xff\xff\x00\x00\x01\x08" // for wasm and some other platforms

	headerCount     = 1 // nfunc
	headerNames     = 4 // funcnameOffset
	headerUnits     = 5 // cuOffset: the files of each compilation unit
	headerFiles     = 6 // filetabOffset
	headerTables    = 7 // pctabOffset: tables indexed by program counter
	headerFunctions = 8 // pclnOffset
	headerWords     = 9
)

// The runtime finds the table through its moduledata, which consists of 8-byte words.
// The first words are the address of the header, the address of the names, and twice
// the length of the names. A later word is release.gofunc.

// Offsets in a function's description (runtime._func). The description is followed by
// 4-byte numbers: the offsets of its tables, then those of its data.
const (
	atCode      = 0  // entryOff
	atName      = 4  // nameOff
	atStack     = 16 // pcsp: table of stack depths
	atFile      = 20 // pcfile: table of files
	atLine      = 24 // pcln: table of lines
	atTables    = 28 // npcdata: number of tables that follow
	atUnit      = 32 // cuOffset
	atFirstLine = 36 // startLine
	atKind      = 40 // funcID, one byte
	atData      = 43 // nfuncdata, one byte: number of data that follow
	descriptor  = 44

	noTable = 0
	noData  = 0xffffffff

	wrapper = 23 // FuncIDWrapper
)

// Kinds of tables (PCDATA_…) and of data (FUNCDATA_…). Other kinds describe pointers,
// deferred calls and failed bounds checks.
const (
	tableUnsafePoint    = 0
	tableInlined        = 2 // PCDATA_InlTreeIndex
	tableArgumentsAlive = 3
	mostTables          = 5

	dataInlined        = 3 // FUNCDATA_InlTree
	dataArguments      = 5
	dataArgumentsAlive = 6
	dataWrapped        = 7
	mostData           = 8
)

// dropTraces removes the parts of the function table that serve only stack traces, or
// the interruption of goroutines by signals, which does not happen in browsers.
func (r release) dropTraces(memory []byte) error {
	all, err := r.findFunctions(memory)
	if err != nil {
		return err
	}
	k := kept{of: all, tables: []byte{0}, moved: map[uint32]uint32{noTable: noTable}, data: map[uint32]bool{}}
	for n, end := 0, 0; n < all.count; n++ {
		f, err := all.function(n)
		if err == nil && f.start < end { // a function that two entries share would be changed twice
			err = errUnknown
		}
		if err == nil {
			err = k.function(f)
		}
		if err != nil {
			return fmt.Errorf("function %d: %w", n, err)
		}
		end = f.start + len(f.text)
	}
	clear(all.files)
	clear(all.tables[copy(all.tables, k.tables):])
	return k.clearData()
}

// kept collects the parts of the function table that remain.
type kept struct {
	of     functionTable
	tables []byte            // offset 0 means no table
	moved  map[uint32]uint32 // new offsets of tables, by old offset
	data   map[uint32]bool   // whether data remain, by offset
}

func (k *kept) function(f function) error {
	for _, at := range []int{atFile, atLine, atUnit, atFirstLine} {
		setNumber(f.text[at:], 0)
	}
	// recover works in a deferred function, even one called by a wrapper, but not in
	// the functions that it calls. To tell these cases apart, the runtime looks up
	// which functions are wrappers and which calls were inlined into them. So wrappers
	// keep that data.
	wraps := f.text[atKind] == wrapper
	if err := k.table(f.text[atStack:]); err != nil {
		return err
	}
	for kind, place := range f.tables {
		if kind == tableUnsafePoint || kind == tableArgumentsAlive || kind == tableInlined && !wraps {
			setNumber(place, noTable)
		} else if err := k.table(place); err != nil {
			return err
		}
	}
	for kind, place := range f.data {
		from := number(place)
		if from == noData {
			continue
		}
		traced := kind == dataArguments || kind == dataArgumentsAlive || kind == dataWrapped || kind == dataInlined && !wraps
		k.data[from] = k.data[from] || !traced
		if traced {
			setNumber(place, noData)
		}
	}
	return nil
}

// table keeps the table whose offset is at place, and updates the offset.
func (k *kept) table(place []byte) error {
	from := number(place)
	if _, known := k.moved[from]; !known {
		table, err := k.of.table(from)
		if err != nil {
			return err
		}
		k.moved[from] = uint32(len(k.tables))
		if k.tables = append(k.tables, table...); len(k.tables) > len(k.of.tables) {
			return errUnknown
		}
	}
	setNumber(place, k.moved[from])
	return nil
}

// clearData clears the data that do not remain. Each item ends where the next one
// begins. The last item stays, because its end is not known.
func (k *kept) clearData() error {
	all, starts := k.of.data, slices.Sorted(maps.Keys(k.data))
	for n, start := range starts {
		if start >= uint32(len(all)) {
			return errUnknown
		}
		if !k.data[start] && n+1 < len(starts) {
			clear(all[start:min(starts[n+1], uint32(len(all)))])
		}
	}
	return nil
}

type functionTable struct {
	count     int
	names     []byte
	files     []byte // files of each compilation unit, and their names
	tables    []byte
	functions []byte // up to the end of memory
	data      []byte // up to the end of memory
}

// findFunctions finds the function table that the runtime uses. A program may also
// contain the table of another program as data.
func (r release) findFunctions(memory []byte) (functionTable, error) {
	for at := 0; ; at++ {
		next := bytes.Index(memory[at:], []byte(magic))
		if next < 0 {
			return functionTable{}, errors.New("it is not there")
		}
		at += next
		if t, ok := r.functionsAt(memory, at); ok {
			return t, nil
		}
	}
}

// functionsAt returns the function table whose header is at this address. ok is false
// unless its parts are in order and a moduledata refers to it.
func (r release) functionsAt(memory []byte, at int) (t functionTable, ok bool) {
	table := memory[at:]
	if len(table) < headerWords*8 {
		return t, false
	}
	parts := []int{headerWords * 8}
	for _, word := range []int{headerNames, headerUnits, headerFiles, headerTables, headerFunctions} {
		parts = append(parts, address(table, word))
	}
	names, units, tables, functions := parts[1], parts[2], parts[4], parts[5]
	t.count = address(table, headerCount)
	parts = append(parts, functions+8*t.count, len(table))

	if t.count == 0 || !slices.IsSorted(parts) {
		return t, false
	}
	refers := binary.LittleEndian.AppendUint64(nil, uint64(at))
	refers = binary.LittleEndian.AppendUint64(refers, uint64(at+names))
	referred := bytes.Index(memory, refers)
	if referred < 0 || len(memory)-referred < 8*(r.gofunc+1) {
		return t, false
	}
	module := memory[referred:]
	length, data := address(module, 2), address(module, r.gofunc)
	if length != address(module, 3) || length > units-names || data > len(memory) {
		return t, false
	}
	t.names, t.files, t.tables, t.functions = table[names:units], table[units:tables], table[tables:functions], table[functions:]
	t.data = memory[data:]
	return t, true
}

// address returns an 8-byte word that is an address. It returns an address beyond all
// memory if the word is too large.
func address(text []byte, word int) int {
	return int(min(binary.LittleEndian.Uint64(text[8*word:]), most+1))
}

// function is a function's description, with the places of its tables and data.
type function struct {
	start        int // within its part of the table
	text         []byte
	tables, data [][]byte
}

var errUnknown = errors.New("its description is of another form")

func (t functionTable) function(n int) (f function, err error) {
	entry := t.functions[8*n:]
	start := uint64(number(entry[4:]))
	if start < 8*uint64(t.count) || start+descriptor > uint64(len(t.functions)) {
		return f, errUnknown
	}
	f.start = int(start)
	f.text = t.functions[start:]
	tables, data := number(f.text[atTables:]), uint32(f.text[atData])
	if tables > mostTables || data > mostData || uint32(len(f.text)) < descriptor+4*(tables+data) ||
		number(f.text[atCode:]) != number(entry) || number(f.text[atName:]) >= uint32(len(t.names)) {
		return f, errUnknown
	}
	f.text = f.text[:descriptor+4*(tables+data)]
	for n := range tables + data {
		place := f.text[descriptor+4*n:][:4]
		if n < tables {
			f.tables = append(f.tables, place)
		} else {
			f.data = append(f.data, place)
		}
	}
	return f, nil
}

// table returns the table at offset from. It consists of pairs: the change of the
// value, and the length of the code to which the value applies. A change of 0 ends the
// table, unless it is the first.
func (t functionTable) table(from uint32) ([]byte, error) {
	if from >= uint32(len(t.tables)) {
		return nil, errUnknown
	}
	rest := t.tables[from:]
	for length, first := 0, true; ; first = false {
		change, n := binary.Uvarint(rest[length:])
		length += max(n, 0)
		if n > 0 && change == 0 && !first {
			return rest[:length], nil
		}
		_, m := binary.Uvarint(rest[length:])
		length += max(m, 0)
		if n <= 0 || m <= 0 {
			return nil, errUnknown
		}
	}
}

func number(place []byte) uint32           { return binary.LittleEndian.Uint32(place) }
func setNumber(place []byte, value uint32) { binary.LittleEndian.PutUint32(place, value) }
