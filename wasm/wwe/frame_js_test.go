package wwe_test

import (
	"context"
	"strings"
	"sync"
	"syscall/js"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// movingFrame is an iframe that plays WWE and may be reloaded, moved or
// replaced by another one with the same id. Each page that it loads begins
// without subscriptions.
type movingFrame struct {
	id   string
	host *wwetest.Host

	mu       sync.Mutex
	element  js.Value
	attached *wwetest.Frame
}

func newMovingFrame(t *testing.T, host *wwetest.Host) *movingFrame {
	frames++
	f := &movingFrame{id: "moving" + string(rune('a'+frames)), host: host}
	receive := js.FuncOf(func(_ js.Value, args []js.Value) any {
		f.mu.Lock()
		attached := f.attached
		f.mu.Unlock()
		if attached != nil {
			attached.Receive(args[0].String())
		}
		return nil
	})
	js.Global().Set(f.id, receive)
	t.Cleanup(func() {
		f.element.Call("remove")
		f.detach()
		js.Global().Delete(f.id)
		receive.Release()
	})
	f.insert(t)
	return f
}

// insert puts a new element into the page and waits until its page is there.
func (f *movingFrame) insert(t *testing.T) {
	t.Helper()
	element := document.Call("createElement", "iframe")
	element.Set("id", f.id)
	element.Set("srcdoc", frameScript)
	f.element = element
	f.load(t, func() { document.Get("body").Call("append", element) })
}

// load does what makes the iframe load its page, and waits until that is there.
func (f *movingFrame) load(t *testing.T, do func()) {
	t.Helper()
	element := f.element
	loaded := make(chan struct{}, 1)
	onLoad := js.FuncOf(func(js.Value, []js.Value) any {
		f.detach()
		attached := f.host.Attach(origin(), func(message string) {
			if window := element.Get("contentWindow"); !window.IsNull() {
				window.Call("post", message)
			}
		})
		f.mu.Lock()
		f.attached = attached
		f.mu.Unlock()
		loaded <- struct{}{}
		return nil
	})
	defer onLoad.Release()
	element.Call("addEventListener", "load", onLoad, map[string]any{"once": true})
	do()
	select {
	case <-loaded:
	case <-time.After(10 * time.Second):
		require.Fail(t, "the iframe does not load")
	}
}

func (f *movingFrame) detach() {
	f.mu.Lock()
	attached := f.attached
	f.attached = nil
	f.mu.Unlock()
	if attached != nil {
		attached.Detach()
	}
}

func (f *movingFrame) remove() {
	f.element.Call("remove")
	f.detach()
}

// mirrors waits until the mirror holds the number of interactions.
func mirrors(t *testing.T, workspace *wwe.Workspace, count int) {
	t.Helper()
	deadline := time.After(5 * time.Second)
	for len(workspace.Interactions()) != count || workspace.Stale() != nil {
		select {
		case <-workspace.Changed():
		case <-deadline:
			require.Failf(t, "the mirror does not follow", "%d interactions instead of %d; stale: %v",
				len(workspace.Interactions()), count, workspace.Stale())
		}
	}
}

func TestAFrameIsFollowed(t *testing.T) {
	for name, move := range map[string]func(t *testing.T, f *movingFrame){
		"that is reloaded": func(t *testing.T, f *movingFrame) {
			f.load(t, func() { f.element.Set("srcdoc", frameScript) })
		},
		"that is moved in the page": func(t *testing.T, f *movingFrame) {
			f.load(t, func() {
				place := document.Call("createElement", "div")
				document.Get("body").Call("prepend", place)
				t.Cleanup(func() { place.Call("remove") })
				place.Call("append", f.element)
			})
		},
		"that is removed, and inserted later": func(t *testing.T, f *movingFrame) {
			f.remove()
			f.load(t, func() { document.Get("body").Call("append", f.element) })
		},
		"that another element with its id replaces": func(t *testing.T, f *movingFrame) {
			f.remove()
			f.insert(t)
		},
		"that another element with its id takes the place of, before it goes": func(t *testing.T, f *movingFrame) {
			before := f.element
			before.Call("removeAttribute", "id")
			f.insert(t)
			before.Call("remove")
		},
	} {
		t.Run(name, func(t *testing.T) {
			host := wwetest.NewHost()
			host.Ring(wwetest.Call{ANI: "1"})
			f := newMovingFrame(t, host)
			svc := connect(t, wwe.WithOrigin(origin()), wwe.WithFrame(f.id))
			workspace, err := svc.Watch(t.Context())
			require.NoError(t, err)
			require.Len(t, workspace.Interactions(), 1)

			move(t, f)
			host.Ring(wwetest.Call{ANI: "2"})
			mirrors(t, workspace, 2)
			_, err = svc.Interaction.GetInteractions(t.Context())
			require.NoError(t, err)
			host.Ring(wwetest.Call{ANI: "3"}) // by an event of the new page
			mirrors(t, workspace, 3)
		})
	}
}

func TestACallWithoutItsFrameSaysWhatIsMissing(t *testing.T) {
	host := wwetest.NewHost()
	f := newMovingFrame(t, host)
	svc := connect(t, wwe.WithOrigin(origin()), wwe.WithFrame(f.id))
	workspace, err := svc.Watch(t.Context())
	require.NoError(t, err)

	f.remove()
	began := time.Now()
	_, err = svc.Interaction.GetInteractions(t.Context())
	require.ErrorIs(t, err, wwe.ErrNotEmbedded)
	require.ErrorContains(t, err, "no element with the id "+f.id)
	assert.Less(t, time.Since(began), time.Second, "at once")
	_, err = svc.Subscribe(t.Context(), wwe.TopicAgent)
	require.ErrorIs(t, err, wwe.ErrNotEmbedded)

	notFrame := document.Call("createElement", "p")
	notFrame.Set("id", f.id)
	document.Get("body").Call("append", notFrame)
	_, err = svc.Interaction.GetInteractions(t.Context())
	require.ErrorIs(t, err, wwe.ErrNotEmbedded)
	require.ErrorContains(t, err, f.id+" is not an iframe")
	notFrame.Call("remove")

	f.insert(t)
	host.Ring(wwetest.Call{ANI: "1"})
	mirrors(t, workspace, 1)
	_, err = svc.Interaction.GetInteractions(t.Context())
	require.NoError(t, err, "and calls work again")
}

func TestAMirrorThatFailedForWantOfItsFrameRecoversWithIt(t *testing.T) {
	host := wwetest.NewHost()
	f := newMovingFrame(t, host)
	svc := connect(t, wwe.WithOrigin(origin()), wwe.WithFrame(f.id), wwe.WithTimeout(time.Second))
	workspace, err := svc.Watch(t.Context())
	require.NoError(t, err)

	// The iframe goes while the mirror is being read again, which then fails.
	f.remove()
	f.element.Set("srcdoc", "<p>Not WWE")
	loaded := make(chan struct{}, 1)
	onLoad := js.FuncOf(func(js.Value, []js.Value) any { loaded <- struct{}{}; return nil })
	defer onLoad.Release()
	f.element.Call("addEventListener", "load", onLoad)
	document.Get("body").Call("append", f.element)
	<-loaded
	f.element.Call("remove")
	require.Eventually(t, func() bool {
		stale := workspace.Stale()
		return stale != nil && strings.Contains(stale.Error(), "no element with the id "+f.id)
	}, 10*time.Second, 10*time.Millisecond, "the mirror says what is missing")
	f.insert(t)
	host.Ring(wwetest.Call{ANI: "1"})
	mirrors(t, workspace, 1)
}

func TestAFrameThatIsAsItWasIsNotTakenForANewOne(t *testing.T) {
	host := wwetest.NewHost()
	f := newMovingFrame(t, host)
	svc := connect(t, wwe.WithOrigin(origin()), wwe.WithFrame(f.id))
	sub, err := svc.Subscribe(t.Context(), wwe.TopicInteraction)
	require.NoError(t, err)

	other := newMovingFrame(t, wwetest.NewHost()) // loads beside it
	other.load(t, func() { other.element.Set("srcdoc", frameScript) })
	_, err = svc.Interaction.GetInteractions(context.Background())
	require.NoError(t, err)
	host.Ring(wwetest.Call{ANI: "1"})
	event := <-sub.Events()
	assert.IsType(t, wwe.InteractionEvent{}, event, "and not an Overflow")
}
