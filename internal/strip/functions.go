package strip

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// Go's table of functions, as its linker writes it and its runtime reads it:
// cmd/link/internal/ld/pcln.go, runtime/symtab.go and runtime/runtime2.go of
// Go 1.26. All numbers are little-endian.
//
// It begins with a header of nine words of 8 bytes: what it is, how many
// functions and files there are, and where, from the header on, the parts
// are that follow each other: names, files (in two parts), tables by program
// counter, and functions.
const (
	magic       = "\xf1\xff\xff\xff\x00\x00\x01\x08" // of a program for wasm
	headerWords = 9
)

// The last part begins with two numbers of 4 bytes for each function, its code
// and where from the part's beginning on the function is described, by
// numbers of 4 bytes.
const (
	ofCode        = 0
	ofName        = 4
	ofStack       = 16 // table of the stack's depth
	ofFile        = 20 // table of files
	ofLine        = 24 // table of lines
	ofTables      = 28 // how many tables of other kinds follow
	ofFiles       = 32 // where its files begin among all
	ofFirstLine   = 36
	ofData        = 43 // how many data follow the tables; one byte
	ofFirstTable  = 44
	atMostTables  = 5 // internal/abi/symtab.go
	atMostData    = 8
	noTable       = 0
	noData        = 0xffffffff
	stackMapTable = 1 // which of the stack's values are pointers
	boundsTable   = 4 // what a panic says of an index
)

// Of what may follow, this is read only for stack traces, and, where programs
// are interrupted by signals, for that.
var (
	tracedTables = []int{0, 2, 3}    // safe points, inlined functions, arguments that are alive
	tracedData   = []int{3, 5, 6, 7} // inlined functions, arguments, those that are alive, what is wrapped
)

// dropTraces removes from the memory of a program what only stack traces read.
func dropTraces(memory []byte) error {
	t, err := findFunctions(memory)
	if err != nil {
		return err
	}
	kept := []byte{0} // tables that are kept; 0 is none
	moved := map[uint32]uint32{noTable: noTable}
	keep := func(place []byte) error {
		from := number(place)
		if _, known := moved[from]; !known {
			table, err := t.table(from)
			if err != nil {
				return err
			}
			moved[from] = uint32(len(kept))
			kept = append(kept, table...)
		}
		setNumber(place, moved[from])
		return nil
	}
	for n := range t.count {
		f, err := t.function(n)
		if err != nil {
			return fmt.Errorf("function %d: %w", n, err)
		}
		for _, place := range [][]byte{f.at(ofFile), f.at(ofLine), f.at(ofFiles), f.at(ofFirstLine)} {
			setNumber(place, 0)
		}
		kept := [][]byte{f.at(ofStack)}
		for kind, place := range f.tables {
			if slices.Contains(tracedTables, kind) {
				setNumber(place, noTable)
			} else {
				kept = append(kept, place)
			}
		}
		for kind, place := range f.data {
			if slices.Contains(tracedData, kind) {
				setNumber(place, noData)
			}
		}
		for _, place := range kept {
			if err := keep(place); err != nil {
				return fmt.Errorf("function %d: %w", n, err)
			}
		}
	}
	clear(t.files)
	clear(t.tables[copy(t.tables, kept):])
	return nil
}

type functionTable struct {
	count     int
	names     []byte
	files     []byte
	tables    []byte // by program counter
	functions []byte // to the end of memory
}

var errNoFunctions = errors.New("it is not there")

func findFunctions(memory []byte) (t functionTable, err error) {
	for at := 0; ; at++ {
		next := bytes.Index(memory[at:], []byte(magic))
		if next < 0 {
			return t, errNoFunctions
		}
		at += next
		if t, ok := functionsAt(memory[at:]); ok {
			return t, nil
		}
	}
}

// functionsAt tells whether the header at the beginning is one, by the order of its parts.
func functionsAt(memory []byte) (t functionTable, ok bool) {
	if len(memory) < headerWords*8 {
		return t, false
	}
	var words [headerWords]int
	for n := range words {
		word := binary.LittleEndian.Uint64(memory[8*n:])
		if n > 0 && word > uint64(len(memory)) {
			return t, false
		}
		words[n] = int(word)
	}
	count, names, files, tables, functions := words[1], words[4], words[5], words[7], words[8]
	if count == 0 || !slices.IsSorted([]int{headerWords * 8, names, files, words[6], tables, functions, functions + 8*count, len(memory)}) {
		return t, false
	}
	return functionTable{count, memory[names:files], memory[files:tables], memory[tables:functions], memory[functions:]}, true
}

// function is the description of one, from its beginning on, and the places in
// it of its tables and data.
type function struct {
	text         []byte
	tables, data [][]byte
}

func (f function) at(offset int) []byte { return f.text[offset:][:4] }

var errUnknown = errors.New("its description is of another form")

func (t functionTable) function(n int) (f function, err error) {
	entry := t.functions[8*n:]
	start := uint64(number(entry[4:]))
	if start < 8*uint64(t.count) || start > uint64(len(t.functions)-ofFirstTable) {
		return f, errUnknown
	}
	f.text = t.functions[start:]
	tables, data := int(number(f.text[ofTables:])), int(f.text[ofData])
	if number(f.text[ofCode:]) != number(entry) || int64(number(f.text[ofName:])) >= int64(len(t.names)) ||
		tables > atMostTables || data > atMostData || len(f.text) < ofFirstTable+4*(tables+data) {
		return f, errUnknown
	}
	for n := range tables + data {
		place := f.at(ofFirstTable + 4*n)
		if n < tables {
			f.tables = append(f.tables, place)
		} else {
			f.data = append(f.data, place)
		}
	}
	return f, nil
}

// table is the one that begins there: pairs of how the value changes and how
// far it holds, up to one that does not change it any more.
func (t functionTable) table(from uint32) ([]byte, error) {
	if int64(from) >= int64(len(t.tables)) {
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
