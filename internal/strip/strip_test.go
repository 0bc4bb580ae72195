//go:build !js

package strip

import (
	"bytes"
	"compress/gzip"
	"debug/gosym"
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

// linked is a program as go build makes it, with all that it has for debuggers.
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

func aProgram(t *testing.T) []byte {
	t.Helper()
	program, err := linked()
	require.NoError(t, err)
	return program
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
	functions, err := findFunctions(memory)
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
	file, line, _ = after.PCToLine(stop.Entry)
	assert.Equal(t, "", file)
	assert.LessOrEqual(t, line, 0)
}

func TestWhatRunsAProgramIsKept(t *testing.T) {
	before, after := memoryOf(t, aProgram(t)), memoryOf(t, stripped(t, aProgram(t)))
	was, err := findFunctions(before)
	require.NoError(t, err)
	is, err := findFunctions(after)
	require.NoError(t, err)
	require.Equal(t, was.names, is.names)
	kinds := map[string]int{}
	table := func(from functionTable, place []byte) []byte {
		if number(place) == noTable {
			return nil
		}
		content, err := from.table(number(place))
		require.NoError(t, err)
		return content
	}
	for n := range was.count {
		f, err := was.function(n)
		require.NoError(t, err)
		g, err := is.function(n)
		require.NoError(t, err)
		require.Equal(t, table(was, f.at(ofStack)), table(is, g.at(ofStack)))
		for _, kind := range []int{stackMapTable, boundsTable} {
			if kind < len(f.tables) {
				require.Equal(t, table(was, f.tables[kind]), table(is, g.tables[kind]))
				kinds["table"] += len(table(is, g.tables[kind]))
			}
		}
		for _, kind := range []int{0, 1, 2, 4} { // pointers in arguments, in values, objects, deferred calls
			if kind < len(f.data) {
				require.Equal(t, number(f.data[kind]), number(g.data[kind]))
				kinds["data"]++
			}
		}
		for _, field := range []int{ofCode, ofName, 8, 12, ofTables, 40} {
			require.Equal(t, f.at(field), g.at(field))
		}
	}
	assert.Greater(t, kinds["table"], 1000)
	assert.Greater(t, kinds["data"], 1000)

	outside := func(memory []byte, f functionTable) []byte {
		end := len(memory) - len(f.functions)
		last, err := f.function(f.count - 1)
		require.NoError(t, err)
		described := len(f.functions) - len(last.text) + ofFirstTable + 4*(len(last.tables)+len(last.data))
		return slices.Concat(memory[:end-len(f.tables)-len(f.files)], memory[end+described:])
	}
	assert.True(t, bytes.Equal(outside(before, was), outside(after, is)), "nothing else in memory has changed")
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
	loaded := func(program []byte) int {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		_, err := w.Write(program)
		require.NoError(t, err)
		require.NoError(t, w.Close())
		return b.Len()
	}
	assert.Less(t, loaded(stripped(t, aProgram(t))), loaded(aProgram(t))*17/20)
}

func TestRefusesWhatItDoesNotKnow(t *testing.T) {
	program := aProgram(t)
	replaced := func(old, new string) []byte { return bytes.ReplaceAll(program, []byte(old), []byte(new)) }
	for promise, program := range map[string][]byte{
		"this is not a WebAssembly program":        []byte("no"),
		`the program was made by "go1.27`:          replaced("go1.26", "go1.27"),
		`the program was made by "go1.261`:         replaced("go1.26.", "go1.261"),
		"the program does not say that Go made it": replaced("producers", "reproduce"),
		"section 0: it ends too early":             []byte(header + "\x00\x05"),
		"it is not there":                          replaced(magic, "\xf2\xff\xff\xff\x00\x00\x01\x08"),
		"the program's data are counted":           append(slices.Clone(program), 12, 1, 0),
	} {
		_, err := Program(program)
		assert.ErrorContains(t, err, promise)
	}
}

// FuzzProgram holds that no damage to a program's data makes Program panic, and
// that what it returns it takes again.
func FuzzProgram(f *testing.F) {
	f.Add(uint32(0), uint32(1<<31), byte(0xff))
	f.Fuzz(func(t *testing.T, at, second uint32, with byte) {
		program := slices.Clone(aProgram(t))
		program[int(at)%len(program)] ^= with
		program[int(second)%len(program)] ^= with
		if result, err := Program(program); err == nil {
			again, err := Program(result)
			require.NoError(t, err)
			require.True(t, bytes.Equal(result, again))
		}
	})
}

// Damage in the table of functions is what matters, and is rarely hit by chance.
func TestDamagedTablesOfFunctionsAreRefusedOrRead(t *testing.T) {
	whole := memoryOf(t, aProgram(t))
	functions, err := findFunctions(whole)
	require.NoError(t, err)
	start := len(whole) - len(functions.functions) - len(functions.tables)
	refused := 0
	for step := range 200 {
		memory := slices.Clone(whole)
		memory[start+step*len(functions.tables)/100%(len(memory)-start)] ^= 0xff
		if dropTraces(memory) != nil {
			refused++
		}
	}
	assert.Positive(t, refused)
}
