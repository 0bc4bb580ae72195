package strip

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
)

// dropTraces removes the parts of the function table that serve only stack traces, or
// the interruption of goroutines by signals, which does not happen in browsers. It
// changes the rest so that it compresses better.
func (r release) dropTraces(memory []byte) error {
	all, err := r.findFunctions(memory)
	if err != nil {
		return err
	}
	k := kept{of: all, names: make([]byte, len(all.names)), tables: map[uint32][]byte{}, data: map[uint32]bool{}}
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
	copy(all.names, k.names)
	if err := k.writeTables(); err != nil {
		return err
	}
	all.coarsenIndex()
	return k.clearData()
}

// kept collects the parts of the function table that remain.
type kept struct {
	of     functionTable
	names  []byte            // at their offsets, zero elsewhere
	tables map[uint32][]byte // by old offset
	places [][]byte          // that contain the offset of a table
	data   map[uint32]bool   // whether data remain, by offset
}

func (k *kept) function(f function) error {
	for _, at := range []int{atFile, atLine, atUnit, atFirstLine} {
		setNumber(f.text[at:], 0)
	}
	k.name(number(f.text[atName:]))
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
	if wraps && len(f.tables) > tableInlined && len(f.data) > dataInlined {
		if err := k.inlinedNames(f); err != nil {
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

// name keeps the name at this offset. The names of functions that are only inlined are
// read by stack traces alone.
func (k *kept) name(from uint32) {
	copy(k.names[from:], k.of.name(from))
}

// inlinedNames keeps the names of the calls that were inlined into the function.
func (k *kept) inlinedNames(f function) error {
	calls := highest(k.tables[number(f.tables[tableInlined])]) + 1
	from := uint64(number(f.data[dataInlined]))
	if calls == 0 || from == noData {
		return nil
	}
	if from+uint64(calls)*inlinedSize > uint64(len(k.of.data)) {
		return errUnknown
	}
	for n := range calls {
		name := number(k.of.data[from+uint64(n)*inlinedSize+inlinedName:])
		if name >= uint32(len(k.of.names)) {
			return errUnknown
		}
		k.name(name)
	}
	return nil
}

// table keeps the table whose offset is at place.
func (k *kept) table(place []byte) error {
	from := number(place)
	if from == noTable {
		return nil
	}
	k.places = append(k.places, place)
	if _, known := k.tables[from]; known {
		return nil
	}
	table, err := k.of.table(from)
	k.tables[from] = table
	return err
}

// writeTables arranges the tables by length and content, so that neighbours are alike,
// and updates their offsets.
func (k *kept) writeTables() error {
	arranged := []byte{0} // offset 0 means no table
	moved := map[uint32]uint32{}
	for _, from := range slices.SortedFunc(maps.Keys(k.tables), func(a, b uint32) int {
		return cmp.Or(cmp.Compare(len(k.tables[a]), len(k.tables[b])), bytes.Compare(k.tables[a], k.tables[b]), cmp.Compare(a, b))
	}) {
		moved[from] = uint32(len(arranged))
		if arranged = append(arranged, k.tables[from]...); len(arranged) > len(k.of.tables) {
			return errUnknown
		}
	}
	for _, place := range k.places {
		setNumber(place, moved[number(place)])
	}
	clear(k.of.tables[copy(k.of.tables, arranged):])
	return nil
}

// coarse is how many neighbouring functions share an entry of the index.
const coarse = 32

// coarsenIndex makes the index lead to the first of coarse functions instead of each
// one. The runtime searches on from there, because a bucket may have many functions. On
// this platform each function has 16 buckets, which makes the index a third of all data.
func (t functionTable) coarsenIndex() {
	for bucket := t.index; len(bucket) >= bucketSize; bucket = bucket[bucketSize:] {
		first := number(bucket)
		setNumber(bucket, first-first%coarse)
	}
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

// highest returns the highest value of a table, at least -1. The values are changes from
// the one before, the first from -1, in zigzag encoding.
func highest(table []byte) int32 {
	value, most := int32(-1), int32(-1)
	for len(table) > 1 {
		change, n := binary.Uvarint(table)
		value += int32(change>>1) ^ -int32(change&1)
		most = max(most, value)
		_, m := binary.Uvarint(table[n:])
		table = table[min(n+m, len(table)):]
	}
	return most
}
