package wwe_test

import (
	"context"
	"strconv"
	"syscall/js"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// frameScript is the page in the iframe that plays WWE: it hands what is
// posted to it to Go, and posts what Go gives it, so that real messages cross
// real windows. It keeps the last message as it came, for what text cannot tell.
const frameScript = `<!doctype html><script>
	let last;
	addEventListener("message", e => { last = e.data; parent[frameElement.id](JSON.stringify(e.data)); });
	function post(text) {
		let message = text; // which may be half a one
		try { message = JSON.parse(text) } catch {}
		parent.postMessage(message, "*");
	}
	function postRaw(source) { parent.postMessage(eval("(" + source + ")"), "*"); }
	function undefinedParameters() { return JSON.stringify((last.parameters || []).flatMap((p, i) => p === undefined ? [i] : [])); }
</script>`

var document = js.Global().Get("document")

func origin() string { return js.Global().Get("location").Get("origin").String() }

// wweFrame is an iframe whose page is WWE to the test's page.
type wweFrame struct {
	id      string
	element js.Value
}

var frames int

// newFrame adds an iframe. What is posted to it goes to receive.
func newFrame(t *testing.T, receive func(message string)) *wweFrame {
	frames++
	f := &wweFrame{id: "wwe" + strconv.Itoa(frames), element: document.Call("createElement", "iframe")}
	f.element.Set("id", f.id)
	f.element.Set("srcdoc", frameScript)
	loaded := make(chan struct{}, 1)
	onLoad := js.FuncOf(func(js.Value, []js.Value) any { loaded <- struct{}{}; return nil })
	onMessage := js.FuncOf(func(_ js.Value, args []js.Value) any { receive(args[0].String()); return nil })
	js.Global().Set(f.id, onMessage)
	f.element.Call("addEventListener", "load", onLoad)
	document.Get("body").Call("append", f.element)
	<-loaded
	onLoad.Release()
	t.Cleanup(func() {
		f.element.Call("remove")
		js.Global().Delete(f.id)
		onMessage.Release()
	})
	return f
}

func (f *wweFrame) window() js.Value    { return f.element.Get("contentWindow") }
func (f *wweFrame) post(message string) { f.window().Call("post", message) }
func (f *wweFrame) postRaw(source string) {
	f.window().Call("postRaw", source)
}

// hostInFrame gives the Host a frame in a real iframe.
func hostInFrame(t *testing.T, host *wwetest.Host) *wweFrame {
	var frame *wwetest.Frame
	f := newFrame(t, func(message string) { frame.Receive(message) })
	frame = host.Attach(origin(), f.post)
	t.Cleanup(frame.Detach)
	frame.OnForge(func(message string) { forger(t).post(message) })
	return f
}

// forger is an iframe that is not WWE, but of the same origin.
func forger(t *testing.T) *wweFrame { return newFrame(t, func(string) {}) }

func connect(t *testing.T, opts ...wwe.Option) *wwe.Service {
	return connectBy(t, context.Background(), opts...)
}

func connectBy(t *testing.T, ctx context.Context, opts ...wwe.Option) *wwe.Service {
	svc, err := wwe.Connect(ctx, opts...)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, svc.Close()) })
	return svc
}

// jsRig is a rig in which an iframe plays WWE: the last one connected.
type jsRig struct {
	rig
	frame func() *wweFrame
}

// postMessageRig speaks the protocol ourselves, to WWE in an iframe of the page.
func postMessageRig() jsRig {
	var last *wweFrame
	return jsRig{rig{
		name: "postMessage",
		connect: func(t *testing.T, host *wwetest.Host, opts ...wwe.Option) *wwe.Service {
			last = hostInFrame(t, host)
			return connect(t, append(opts, wwe.WithOrigin(origin()), wwe.WithFrame(last.id))...)
		},
		undefined: func() []int { return undefinedIn(last) },
	}, func() *wweFrame { return last }}
}

func undefinedIn(f *wweFrame) []int {
	value, _ := wwe.JSON(f.window().Call("undefinedParameters").String()).Value()
	var indices []int
	for _, n := range value.([]any) {
		indices = append(indices, int(n.(float64)))
	}
	return indices
}

// clientObjectRig drives the stand-in for Genesys' client, once as it is today
// and once as an old one that lacks the newer methods.
func clientObjectRig(name string, old bool) jsRig {
	var last *wweFrame
	return jsRig{rig{
		name: name,
		connect: func(t *testing.T, host *wwetest.Host, opts ...wwe.Option) *wwe.Service {
			last = hostInFrame(t, host)
			client := loadClient(t, old)
			client.Call("targetWWEWindow", last.window())
			return connect(t, opts...)
		},
		undefined:       func() []int { return undefinedIn(last) },
		believesAnybody: true,
	}, func() *wweFrame { return last }}
}

// loadClient puts a client object of its own on the page, and takes it away
// when the test ends. A client that an earlier call put there goes on for the
// Services that have it.
func loadClient(t *testing.T, old bool) (service js.Value) {
	global := js.Global()
	global.Set("__standinDebug", false)
	global.Set("__standinOld", old)
	global.Delete("genesys")
	global.Delete("frameId") // which the client keeps on the page
	script := document.Call("createElement", "script")
	script.Set("textContent", standInClient)
	document.Get("head").Call("append", script)
	script.Call("remove")
	service = global.Get("genesys").Get("wwe").Get("service")
	t.Cleanup(func() {
		service.Call("unload")
		global.Delete("genesys")
		global.Delete("frameId")
	})
	return service
}

func TestConformanceOverPostMessage(t *testing.T) { conformance(t, postMessageRig().rig) }

func TestConformanceOverTheClientObject(t *testing.T) {
	conformance(t, clientObjectRig("client object", false).rig)
}

func TestConformanceOverAnOldClientObject(t *testing.T) {
	conformance(t, clientObjectRig("old client object", true).rig)
}

func TestNamespacesOver(t *testing.T) {
	for _, r := range []rig{postMessageRig().rig, clientObjectRig("client object", false).rig, clientObjectRig("old client object", true).rig} {
		t.Run(r.name, func(t *testing.T) { namespaces(t, r) })
	}
}
