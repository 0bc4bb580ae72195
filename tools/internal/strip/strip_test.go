//go:build !js

package strip

import (
	"bytes"
	"compress/gzip"
	"debug/gosym"
	"encoding/binary"
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// linked is a program as go build makes it, with names for debuggers.
var linked = sync.OnceValues(func() ([]byte, error) {
	folder, err := os.MkdirTemp("", "strip")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	file := filepath.Join(folder, "program.wasm")
	build := exec.Command("go", "build", "-buildvcs=false", "-o", file, "./testdata/program")
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		return nil, err
	}
	return os.ReadFile(file)
})

// aProgram skips the test if the installed Go is a release that cannot be stripped.
func aProgram(t *testing.T) []byte {
	t.Helper()
	program, err := linked()
	require.NoError(t, err)
	releaseOfAProgram(t)
	return program
}

func releaseOfAProgram(t *testing.T) release {
	t.Helper()
	program, err := linked()
	require.NoError(t, err)
	all, err := split(program)
	require.NoError(t, err)
	made, err := all.release()
	if unknown := new(UnknownReleaseError); errors.As(err, &unknown) {
		t.Skip(err)
	}
	require.NoError(t, err)
	return made
}

func stripped(t *testing.T, program []byte) []byte {
	t.Helper()
	result, err := Program(program)
	require.NoError(t, err)
	return result
}

// memoryOf is what a program's data fill.
func memoryOf(t *testing.T, program []byte) []byte {
	t.Helper()
	all, err := split(program)
	require.NoError(t, err)
	memory, err := readData(all[slices.IndexFunc(all, func(s section) bool { return s.id == idData })].content)
	require.NoError(t, err)
	return memory
}

// symbols is the table of functions as Go's own package for it reads it.
func symbols(t *testing.T, program []byte) *gosym.Table {
	t.Helper()
	memory := memoryOf(t, program)
	functions, err := releaseOfAProgram(t).findFunctions(memory)
	require.NoError(t, err)
	start := len(memory) - len(functions.functions) - len(functions.tables) - len(functions.files) - len(functions.names) - 8*headerWords
	table, err := gosym.NewTable(nil, gosym.NewLineTable(memory[start:], 0))
	require.NoError(t, err)
	return table
}

func TestFunctionsKeepTheirNamesAndLoseTheirLines(t *testing.T) {
	before, after := symbols(t, aProgram(t)), symbols(t, stripped(t, aProgram(t)))
	require.Len(t, after.Funcs, len(before.Funcs))
	for n := range before.Funcs {
		assert.Equal(t, before.Funcs[n].Name, after.Funcs[n].Name)
		assert.Equal(t, before.Funcs[n].Entry, after.Funcs[n].Entry)
	}
	stop := before.LookupFunc("main.stop")
	require.NotNil(t, stop)
	file, line, _ := before.PCToLine(stop.Entry)
	assert.True(t, strings.HasSuffix(file, "main.go") && line > 0, "%s:%d", file, line)
}

func TestWhatRunsAProgramIsKeptAndWhatIsTracedIsNot(t *testing.T) {
	before, after := memoryOf(t, aProgram(t)), memoryOf(t, stripped(t, aProgram(t)))
	was, err := releaseOfAProgram(t).findFunctions(before)
	require.NoError(t, err)
	is, err := releaseOfAProgram(t).findFunctions(after)
	require.NoError(t, err)
	table := func(from functionTable, place []byte) []byte {
		if number(place) == noTable {
			return nil
		}
		content, err := from.table(number(place))
		require.NoError(t, err)
		return content
	}
	inlined := func(from functionTable, f function) (names []string) {
		if f.text[atKind] == wrapper && len(f.tables) > 2 {
			for n := range highest(table(from, f.tables[2])) + 1 {
				call := from.data[number(f.data[3])+uint32(n)*16:]
				names = append(names, from.name(number(call[4:])))
			}
		}
		return names
	}
	tables, lastByte, wrapped := 0, 0, 0
	data := map[uint32]bool{} // whether they are kept, by where they are
	for n := range was.count {
		f, err := was.function(n)
		require.NoError(t, err)
		g, err := is.function(n)
		require.NoError(t, err)
		lastByte = f.start + len(f.text)
		for _, same := range []int{atCode, atName, 8, 12, atTables, atKind} {
			require.Equal(t, f.text[same:][:4], g.text[same:][:4])
		}
		for _, none := range []int{atFile, atLine, atUnit, atFirstLine} {
			require.Zero(t, number(g.text[none:]))
		}
		require.Equal(t, was.name(number(f.text[atName:])), is.name(number(g.text[atName:])))
		require.Equal(t, inlined(was, f), inlined(is, g))
		wrapped += len(inlined(was, f))
		require.Equal(t, table(was, f.text[atStack:]), table(is, g.text[atStack:]))
		for kind := range f.tables {
			if kind == 1 || kind == 4 || kind == 2 && f.text[atKind] == wrapper { // pointers, indices that panic
				require.Equal(t, table(was, f.tables[kind]), table(is, g.tables[kind]))
				tables++
				continue
			}
			require.EqualValues(t, noTable, number(g.tables[kind]))
		}
		for kind := range f.data {
			from := number(f.data[kind])
			keeps := kind == 0 || kind == 1 || kind == 2 || kind == 4 || kind == 3 && f.text[atKind] == wrapper // pointers, what is deferred
			data[from] = data[from] || keeps
			if keeps {
				require.Equal(t, from, number(g.data[kind]))
				continue
			}
			require.EqualValues(t, noData, number(g.data[kind]))
		}
	}
	assert.Greater(t, tables, 1000)
	assert.Positive(t, wrapped)

	delete(data, noData)
	starts := slices.Sorted(maps.Keys(data))
	assert.Greater(t, len(starts), 1000)
	for n, start := range starts[:len(starts)-1] {
		if end := starts[n+1]; data[start] {
			require.Equal(t, was.data[start:end], is.data[start:end])
		} else {
			require.Equal(t, make([]byte, end-start), is.data[start:end])
		}
	}

	// All else in memory is as it was: what is before the table, between it and the functions' data, and after those.
	require.Len(t, after, len(before))
	clear(was.index) // for the next test
	clear(is.index)
	functions, ofFunctions := len(before)-len(was.functions), len(before)-len(was.data)
	for _, part := range [][2]int{
		{0, functions - len(was.tables) - len(was.files) - len(was.names)}, {functions + lastByte, ofFunctions}, {ofFunctions + int(starts[len(starts)-1]), len(before)},
	} {
		require.LessOrEqual(t, part[0], part[1])
		assert.True(t, bytes.Equal(before[part[0]:part[1]], after[part[0]:part[1]]), "%v", part)
	}
}

// findfunc finds the function with this entry as the runtime does, and returns how many
// it has looked at.
func findfunc(t functionTable, entry uint32) (n, seen int) {
	bucket := t.index[(entry-number(t.functions))<<16/4096*20:]
	for n, seen = int(number(bucket)), 1; n+1 < t.count && number(t.functions[8*(n+1):]) <= entry; n++ {
		seen++
	}
	return n, seen
}

func TestTheRuntimeFindsEachFunctionSoon(t *testing.T) {
	memory := memoryOf(t, stripped(t, aProgram(t)))
	table, err := releaseOfAProgram(t).findFunctions(memory)
	require.NoError(t, err)
	most := 0
	for n := range table.count {
		found, seen := findfunc(table, number(table.functions[8*n:]))
		require.Equal(t, n, found)
		most = max(most, seen)
	}
	assert.Equal(t, 32, most)
}

func TestNamesThatOnlyTracesReadAreDropped(t *testing.T) {
	before, after := memoryOf(t, aProgram(t)), memoryOf(t, stripped(t, aProgram(t)))
	const inlined = "main.(*own).calls\x00" // it has only wrappers and copies
	was, err := releaseOfAProgram(t).findFunctions(before)
	require.NoError(t, err)
	is, err := releaseOfAProgram(t).findFunctions(after)
	require.NoError(t, err)
	letters := func(names []byte) int { return len(names) - bytes.Count(names, []byte{0}) }
	assert.Less(t, letters(is.names), letters(was.names)*19/20)
	assert.Contains(t, string(is.names), inlined, "a wrapper's trace names it")
}

func TestTheCodeAndAllElseIsAsItWas(t *testing.T) {
	before, err := split(aProgram(t))
	require.NoError(t, err)
	after, err := split(stripped(t, aProgram(t)))
	require.NoError(t, err)
	names := func(all sections) (custom []string) {
		for _, s := range all {
			if s.id == idCustom {
				custom = append(custom, s.name())
			}
		}
		return custom
	}
	assert.Contains(t, names(before), "name")
	assert.Equal(t, []string{"producers"}, names(after))
	rest := func(all sections) sections {
		return slices.DeleteFunc(all, func(s section) bool { return s.id == idCustom && s.name() != producers || s.id == idData })
	}
	assert.Equal(t, rest(before), rest(after))
}

func TestWhatIsStrippedIsLeftAsItIs(t *testing.T) {
	once := stripped(t, aProgram(t))
	assert.True(t, bytes.Equal(once, stripped(t, once)))
}

func TestThereIsLessToLoad(t *testing.T) {
	compressed := func(program []byte) int {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		_, err := w.Write(program)
		require.NoError(t, err)
		require.NoError(t, w.Close())
		return b.Len()
	}
	before, err := split(aProgram(t))
	require.NoError(t, err)
	before = slices.DeleteFunc(before, func(s section) bool { return s.id == idCustom }) // as the linker's -s and -w do
	assert.Less(t, compressed(stripped(t, aProgram(t))), compressed(before.join())*4/5)
}

func TestRefusesWhatItDoesNotKnow(t *testing.T) {
	program, release := aProgram(t), releaseOfAProgram(t).name
	replaced := func(old, new string) []byte { return bytes.ReplaceAll(program, []byte(old), []byte(new)) }
	for promise, program := range map[string][]byte{
		"this is not a WebAssembly program":         []byte("no"),
		`the program was made by "go1.99`:           replaced(release, "go1.99"),
		`the program was made by "` + release + `1`: replaced(release+".", release+"1"),
		"the program does not say that Go made it":  replaced("producers", "reproduce"),
		"section 0: it ends too early":              []byte(header + "\x00\x05"),
		"it is not there":                           replaced(magic, "\xf2\xff\xff\xff\x00\x00\x01\x08"),
		"the program's data are counted":            append(slices.Clone(program), 12, 1, 0),
	} {
		_, err := Program(program)
		assert.ErrorContains(t, err, promise)
	}
}

func TestRefusesDataThatAreNotAsGoWritesThem(t *testing.T) {
	all, err := split(aProgram(t))
	require.NoError(t, err)
	made := func(data ...byte) []byte {
		var program sections
		for _, s := range all {
			if s.id == idData {
				if data == nil {
					continue
				}
				s.content = data
			}
			program = append(program, s)
		}
		return program.join()
	}
	for promise, program := range map[string][]byte{
		"the program has no data":                      made(),
		"it ends too early":                            made(0x80),
		"the program's data are not as Go writes them": made(1, 1, 0x41, 0, 0x0b, 0),
		"data: it ends too early":                      made(1, 0, 0x41, 0, 0x0b, 5, 1),
		"the program's data fill too much memory":      made(1, 0, 0x41, 0xff, 0xff, 0xff, 0xff, 1, 0x0b, 1, 1),
		"data: more than was announced":                made(1, 0, 0x41, 0, 0x0b, 1, 1, 1),
		"the table of functions is not as go1.":        made(1, 0, 0x41, 0, 0x0b, 1, 1),
	} {
		_, err := Program(program)
		assert.ErrorContains(t, err, promise)
	}
}

// A program may hold another one, to serve it for example.
func TestATableThatIsNotTheProgramsIsLeftAlone(t *testing.T) {
	memory := memoryOf(t, aProgram(t))
	table, err := releaseOfAProgram(t).findFunctions(memory)
	require.NoError(t, err)
	start := bytes.Index(memory, []byte(magic))
	other := bytes.Index(memory[:start], make([]byte, 8*headerWords))
	require.GreaterOrEqual(t, other, 0)
	copy(memory[other:], memory[start:][:8*headerWords])
	found, err := releaseOfAProgram(t).findFunctions(memory)
	require.NoError(t, err)
	assert.Equal(t, len(table.functions), len(found.functions))
}

// What is damaged is refused, or read; it never makes Program panic.
func TestDamagedTables(t *testing.T) {
	whole, made := memoryOf(t, aProgram(t)), releaseOfAProgram(t)
	table, err := releaseOfAProgram(t).findFunctions(whole)
	require.NoError(t, err)
	functions := len(whole) - len(table.functions)
	describedAt := func(memory []byte, n int) []byte { return memory[functions+8*n+4:] }
	description := func(memory []byte, n int) []byte { return memory[functions:][number(describedAt(memory, n)):] }
	for what, damage := range map[string]func(memory []byte) []byte{
		"the first is described beyond the end":   func(m []byte) []byte { setNumber(describedAt(m, 0), noData); return m },
		"the first is described among the places": func(m []byte) []byte { setNumber(describedAt(m, 0), 0); return m },
		"two share a description": func(m []byte) []byte {
			copy(m[functions+8:], m[functions:][:8])
			return m
		},
		"it has too many tables": func(m []byte) []byte { setNumber(description(m, 0)[atTables:], 6); return m },
		"it has too many data":   func(m []byte) []byte { description(m, 0)[atData] = 9; return m },
		"its name is nowhere":    func(m []byte) []byte { setNumber(description(m, 0)[atName:], noData); return m },
		"its table is nowhere":   func(m []byte) []byte { setNumber(description(m, 0)[atStack:], noData); return m },
		"its table has no end":   func(m []byte) []byte { setNumber(description(m, 0)[atStack:], uint32(len(table.tables)-1)); return m },
	} {
		assert.ErrorIs(t, made.dropTraces(damage(slices.Clone(whole))), errUnknown, what)
	}
	start := functions - len(table.tables) - len(table.files) - len(table.names) - 8*headerWords
	module := bytes.Index(whole, binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint64(nil, uint64(start)), uint64(start+8*headerWords)))
	for _, word := range []int{moduleIndex, moduleEnd} {
		memory := slices.Clone(whole)
		setNumber(memory[module+8*word:], noData)
		assert.ErrorContains(t, made.dropTraces(memory), "it is not there")
	}
	for _, end := range []int{functions, functions + 8, functions + 8*table.count, functions + 8*table.count + descriptor - 1} {
		assert.Error(t, made.dropTraces(slices.Clone(whole[:end])), "%d", end)
	}
	for n := range 200 { // anywhere in the table
		memory := slices.Clone(whole)
		at := functions - len(table.tables) + n*(len(table.tables)+8*table.count)/200
		memory[at] ^= 0xff
		_ = made.dropTraces(memory)
	}
}

// FuzzProgram holds that no damage to a program makes Program panic, and that
// what it returns it takes again.
func FuzzProgram(f *testing.F) {
	for _, at := range []uint32{0, 9, 1 << 16, 1<<21 + 1<<17, 1<<21 + 1<<18, 1<<32 - 1} {
		f.Add(at, at/3, byte(0xff), uint32(0))
	}
	f.Add(uint32(0), uint32(0), byte(0), uint32(1000))
	f.Fuzz(func(t *testing.T, at, second uint32, with byte, shorter uint32) {
		program := slices.Clone(aProgram(t))
		program[int(at)%len(program)] ^= with
		program[int(second)%len(program)] ^= with
		program = program[:len(program)-int(shorter)%len(program)]
		if result, err := Program(program); err == nil {
			again, err := Program(result)
			require.NoError(t, err)
			require.True(t, bytes.Equal(result, again))
		}
	})
}
