package main

import (
	_ "embed"
	"runtime"
	"strings"
	"syscall/js"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/panel/shortcuts"
)

var document = js.Global().Get("document")

//go:embed testdata/wwe.js
var standInWWE string

// newWWE adds an iframe that plays WWE.
func newWWE(t *testing.T) (frame string) {
	iframe := document.Call("createElement", "iframe")
	iframe.Set("id", "wwe")
	iframe.Set("srcdoc", "<!doctype html><script>"+standInWWE+"</script>")
	loaded := make(chan struct{}, 1)
	onLoad := js.FuncOf(func(js.Value, []js.Value) any { loaded <- struct{}{}; return nil })
	iframe.Call("addEventListener", "load", onLoad)
	document.Get("body").Call("append", iframe)
	<-loaded
	t.Cleanup(func() { iframe.Call("remove"); onLoad.Release() })
	return "wwe"
}

// shown is a panel on the page of the test, mounted as panel.js does it.
type shown struct {
	root js.Value
	id   any
}

func show(options map[string]any) shown {
	root := document.Call("createElement", "div")
	document.Get("body").Call("append", root)
	return shown{root, mount(js.Null(), []js.Value{root, js.ValueOf(options), root, js.Global().Get("Object")})}
}

func (s shown) text() string { return s.root.Get("textContent").String() }

func (s shown) unmount() {
	unmount(js.Null(), []js.Value{js.ValueOf(s.id)})
	s.root.Call("remove")
}

// eventually waits for what takes JavaScript's event loop to come about.
func eventually(t *testing.T, promise string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !holds(); time.Sleep(time.Millisecond) {
		require.True(t, time.Now().Before(deadline), promise)
	}
}

func origin() string { return js.Global().Get("location").Get("origin").String() }

// countedListeners is a script whose function returns how many listeners are on the
// page: those added that are not removed.
const countedListeners = `(() => {
	let count = 0;
	const { addEventListener, removeEventListener } = EventTarget.prototype;
	EventTarget.prototype.addEventListener = function(...args) { count++; return addEventListener.apply(this, args) };
	EventTarget.prototype.removeEventListener = function(...args) { count--; return removeEventListener.apply(this, args) };
	return () => count;
})()`

// left is what a panel that does not release everything makes grow. A js.Func
// that is not released is kept by Go's heap, with all that it refers to.
type left struct{ listeners, elements, values, goroutines, heap int }

// settled collects garbage until the counts do not fall any more.
func settled(countListeners, instance js.Value) left {
	const farewell = 2500 * time.Millisecond // a Service may leave its transport open for 2 s, for what WWE has yet to grant
	var now left
	for last := time.Now(); time.Since(last) < farewell; {
		runtime.GC()
		time.Sleep(10 * time.Millisecond) // finalizers, which release values, run on a goroutine
		var memory runtime.MemStats
		runtime.ReadMemStats(&memory)
		next := left{
			listeners:  countListeners.Invoke().Int(),
			elements:   document.Call("querySelectorAll", "*").Length(),
			values:     instance.Get("_values").Length() - instance.Get("_idPool").Length(),
			goroutines: runtime.NumGoroutine(),
			heap:       int(memory.HeapObjects),
		}
		if next.values < now.values || next.goroutines < now.goroutines || next.listeners < now.listeners {
			last = time.Now()
		}
		now = next
	}
	return now
}

// goInstance finds the object of wasm_exec.js that runs this program.
func goInstance() js.Value {
	found := js.Global().Call("eval", `(() => {
		const make = Go.prototype._makeFuncWrapper, found = {};
		Go.prototype._makeFuncWrapper = function(id) { found.go = this; Go.prototype._makeFuncWrapper = make; return make.call(this, id) };
		return found;
	})()`)
	js.FuncOf(func(js.Value, []js.Value) any { return nil }).Release()
	return found.Get("go")
}

func TestAThousandPanelsLeaveNothingBehind(t *testing.T) {
	options := map[string]any{"origin": origin(), "frame": newWWE(t), "lang": "en"}
	countListeners, instance := js.Global().Call("eval", countedListeners), goInstance()
	rounds := func(count int) {
		for n := range count {
			panel := show(options)
			if n%5 != 0 { // the others end while they connect
				eventually(t, "the panel shows the call", func() bool { return strings.Contains(panel.text(), "+33 1 40 00 00 01") })
			}
			if n%5 == 1 {
				eventually(t, "and its details", func() bool { return panel.root.Call("querySelector", ".detail").Truthy() })
			}
			panel.unmount()
		}
	}
	rounds(50) // which fills what is kept for good
	before := settled(countListeners, instance)
	rounds(1000)
	after := settled(countListeners, instance)
	assert.Equal(t, before.listeners, after.listeners, "listeners")
	assert.Equal(t, before.elements, after.elements, "elements on the page")
	assert.LessOrEqual(t, after.values, before.values+3, "JavaScript values that Go holds")
	// Go counts its finalizers as a goroutine for as long as one runs.
	eventually(t, "no goroutine stays", func() bool { return runtime.NumGoroutine() <= before.goroutines })
	assert.LessOrEqual(t, after.heap, before.heap+500, "objects in Go's memory: less than one for a panel")
	assert.Empty(t, mounted)
	wwe := document.Call("getElementById", options["frame"]).Get("contentWindow")
	assert.Greater(t, wwe.Call("eval", "subscriptions").Int(), 1000)
	assert.Zero(t, wwe.Get("held").Get("size").Int(), "subscriptions at WWE")
	t.Logf("before: %+v, after: %+v", before, after)
}

func TestOptions(t *testing.T) {
	read := func(script string) (options, error) { return readOptions(js.Global().Call("eval", "("+script+")")) }
	t.Run("are read from an object of the page", func(t *testing.T) {
		o, err := read(`{origin: "https://a.example https://b.example", frame: "f", timeout: 1500, words: "{}", theme: "dark"}`)
		require.NoError(t, err)
		assert.Equal(t, options{Origin: "https://a.example https://b.example", Frame: "f", Timeout: 1500, Words: "{}", Shortcuts: shortcuts.Default()}, o)
		assert.Len(t, o.connect(), 3)
	})
	t.Run("can all be left out", func(t *testing.T) {
		for _, script := range []string{"{}", "{origin: undefined, frame: null, timeout: undefined}"} {
			o, err := read(script)
			require.NoError(t, err)
			assert.Equal(t, options{Shortcuts: shortcuts.Default()}, o)
			assert.Empty(t, o.connect())
		}
	})
	for _, script := range []string{"{origin: 1}", "{origin: {}}", "{origin: []}", "{words: true}", "{frame: Symbol()}", "{frame: () => 1}",
		"{timeout: '1'}", "{timeout: -1}", "{timeout: 0.5}", "{timeout: NaN}", "{timeout: Infinity}", "{timeout: {}}", "{shortcuts: true}"} {
		t.Run("refuse "+script, func(t *testing.T) {
			_, err := read(script)
			assert.ErrorContains(t, err, "the panel's ")
		})
	}
}

func TestAShortcutThatCannotBeIsNamed(t *testing.T) {
	_, err := readOptions(js.ValueOf(map[string]any{"shortcuts": "accept=Y"}))
	assert.ErrorContains(t, err, "shortcuts.accept must be")
	o, err := readOptions(js.ValueOf(map[string]any{"shortcuts": "false"}))
	require.NoError(t, err)
	assert.Empty(t, o.Shortcuts)
}

func TestThePageOrdersByItsHandle(t *testing.T) {
	var said []string
	done := js.FuncOf(func(_ js.Value, args []js.Value) any {
		said = append(said, args[0].String())
		return nil
	})
	defer done.Release()
	panel := show(map[string]any{"origin": origin(), "frame": newWWE(t)})
	eventually(t, "the panel shows the call", func() bool { return strings.Contains(panel.text(), "+33 1 40 00 00 01") })
	ask := func(what, about string) {
		order(js.Null(), []js.Value{js.ValueOf(panel.id), js.ValueOf(what), js.ValueOf(about), done.Value})
	}
	ask("select", "1")
	ask("select", "99")
	ask("dial", " ")
	assert.Equal(t, []string{"", "WWE holds no interaction 99", "the number is empty"}, said)
	panel.unmount()
	ask("select", "1")
	assert.Equal(t, "the panel is unmounted", said[3])
}

func TestAnEventHasAFlatDetail(t *testing.T) {
	target := js.Global().Get("EventTarget").New()
	var told string
	listener := js.FuncOf(func(_ js.Value, args []js.Value) any {
		told = js.Global().Get("JSON").Call("stringify", args[0].Get("detail")).String()
		assert.True(t, args[0].Get("bubbles").Bool())
		return nil
	})
	defer listener.Release()
	target.Call("addEventListener", "wwe-test", listener)
	dispatch(target, "wwe-test", model.Detail{{Name: "interactionId", Text: "<1>"}, {Name: "state"}})
	assert.Equal(t, `{"interactionId":"<1>","state":""}`, told)
}

func TestAnUnmountedPanelTellsNothing(t *testing.T) {
	told := 0
	listener := js.FuncOf(func(js.Value, []js.Value) any { told++; return nil })
	defer listener.Release()
	panel := show(map[string]any{"origin": origin(), "frame": newWWE(t)})
	panel.root.Call("addEventListener", "wwe-interaction-changed", listener)
	eventually(t, "the panel shows the call", func() bool { return told == 1 })
	panel.unmount()
	panel.unmount() // twice is as once
	other := show(map[string]any{"origin": origin(), "frame": "wwe"})
	defer other.unmount()
	eventually(t, "the other shows the call", func() bool { return strings.Contains(other.text(), "+33 1 40 00 00 01") })
	assert.Equal(t, 1, told)
}
