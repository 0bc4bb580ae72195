package strip

import (
	"bytes"
	"encoding/binary"
	"errors"
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
const (
	moduleIndex = 19 // findfunctab
	moduleStart = 20 // minpc: program counter of the first function
	moduleEnd   = 21 // maxpc
)

// The index (runtime.findfuncbucket, linker's findfunctab) leads from a program counter
// to a function. Each bucket has a 4-byte number, and a byte for each of its parts.
const (
	bucketSpan = 4096 // program counters of a bucket
	bucketPart = 256  // program counters of a part
	bucketSize = 4 + bucketSpan/bucketPart
)

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

// An inlined call (runtime.inlinedCall) in the data of kind dataInlined.
const (
	inlinedName = 4 // nameOff
	inlinedSize = 16
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

type functionTable struct {
	count     int
	names     []byte
	files     []byte // files of each compilation unit, and their names
	tables    []byte
	functions []byte // up to the end of memory
	data      []byte // up to the end of memory
	index     []byte
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
	t.index, ok = indexOf(module, memory)
	return t, ok
}

// indexOf returns the index of functions to which a moduledata refers.
func indexOf(module, memory []byte) (index []byte, ok bool) {
	start := address(module, moduleIndex)
	code := binary.LittleEndian.Uint64(module[8*moduleEnd:]) - binary.LittleEndian.Uint64(module[8*moduleStart:])
	if start > len(memory) || code > most*bucketPart {
		return nil, false
	}
	parts := int(code+bucketPart-1) / bucketPart
	buckets := int(code+bucketSpan-1) / bucketSpan
	size := 4*buckets + parts
	if size > len(memory)-start {
		return nil, false
	}
	return memory[start:][:size], true
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

// name returns the name at offset from.
func (t functionTable) name(from uint32) string {
	name, _, _ := bytes.Cut(t.names[from:], []byte{0})
	return string(name)
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
