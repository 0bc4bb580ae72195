package wwe_test

import (
	"context"
	"syscall/js"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// silentFrame is a WWE that answers nothing by itself: requests arrive in the channel.
func silentFrame(t *testing.T) (*wweFrame, <-chan map[string]any) {
	requests := make(chan map[string]any, 100)
	f := newFrame(t, func(message string) {
		value, _ := wwe.JSON(message).Value()
		requests <- value.(map[string]any)
	})
	return f, requests
}

func TestPostMessageSendsTheMessagesOfTheProtocol(t *testing.T) {
	f, requests := silentFrame(t)
	svc := connect(t, wwe.WithOrigin(origin()), wwe.WithFrame(f.id))
	svc.Go(t.Context(), "interaction.getInteractions")
	first := <-requests
	assert.Regexp(t, `^go-[0-9a-z]+-1$`, first["referenceId"])
	delete(first, "referenceId")
	assert.Equal(t, map[string]any{"request": "interaction.getInteractions", "userAgent": "WWE Client", "protocolVersion": 2.0}, first,
		"parameters are absent where there are none")
	svc.Go(t.Context(), "interaction.accept", "1")
	assert.Equal(t, []any{"1"}, (<-requests)["parameters"])
}

// Each of these arrives while a call waits, and must neither answer it nor
// break anything; then WWE's real answer comes.
func TestPostMessageIgnoresWhatIsNotWWEsAnswer(t *testing.T) {
	impostor := newFrame(t, func(string) {})
	echo := func(ref string) string {
		return `{request: "interaction.getInteractions", referenceId: "` + ref + `", userAgent: "WWE Client", protocolVersion: 2}`
	}
	answer := func(ref string) string {
		return `{request: "interaction.getInteractions", referenceId: ` + ref + `, data: [], userAgent: "WWE Server", protocolVersion: 2}`
	}
	for name, send := range map[string]func(f *wweFrame, ref string){
		"another call's id":       func(f *wweFrame, _ string) { f.postRaw(answer(`"0"`)) },
		"a numeric id":            func(f *wweFrame, _ string) { f.postRaw(answer(`1`)) },
		"an id that is an object": func(f *wweFrame, _ string) { f.postRaw(answer(`{}`)) },
		"no id":                   func(f *wweFrame, _ string) { f.postRaw(answer(`undefined`)) },
		"another window":          func(_ *wweFrame, ref string) { impostor.postRaw(answer(`"` + ref + `"`)) },
		"our own window": func(_ *wweFrame, ref string) {
			js.Global().Call("postMessage", js.Global().Call("eval", "("+answer(`"`+ref+`"`)+")"), "*")
		},
		"our own echo": func(f *wweFrame, ref string) { f.postRaw(echo(ref)) },
		"not WWE's userAgent": func(f *wweFrame, ref string) {
			f.postRaw(`{referenceId: "` + ref + `", data: [], userAgent: "Others"}`)
		},
		"no userAgent":            func(f *wweFrame, ref string) { f.postRaw(`{referenceId: "` + ref + `", data: []}`) },
		"a userAgent of a number": func(f *wweFrame, ref string) { f.postRaw(`{referenceId: "` + ref + `", data: [], userAgent: 7}`) },
		"an event with its id": func(f *wweFrame, ref string) {
			f.postRaw(`{event: "interaction", referenceId: "` + ref + `", data: {}, userAgent: "WWE Server"}`)
		},
		"a string":               func(f *wweFrame, _ string) { f.postRaw(`"wweSomething"`) },
		"null":                   func(f *wweFrame, _ string) { f.postRaw(`null`) },
		"undefined":              func(f *wweFrame, _ string) { f.postRaw(`undefined`) },
		"a BigInt":               func(f *wweFrame, _ string) { f.postRaw(`1n`) },
		"a number":               func(f *wweFrame, _ string) { f.postRaw(`42`) },
		"an array":               func(f *wweFrame, _ string) { f.postRaw(`["WWE Server"]`) },
		"a message with no text": func(f *wweFrame, _ string) { f.postRaw(`{userAgent: "WWE Server", referenceId: 1n}`) },
		"a message that holds itself": func(f *wweFrame, _ string) {
			f.postRaw(`(() => { const m = {userAgent: "WWE Server"}; m.m = m; return m })()`)
		},
	} {
		t.Run(name, func(t *testing.T) {
			f, requests := silentFrame(t)
			svc := connect(t, wwe.WithOrigin(origin()), wwe.WithFrame(f.id))
			result := svc.Go(t.Context(), "interaction.getInteractions")
			ref := (<-requests)["referenceId"].(string)
			send(f, ref)
			f.post(`{"request":"interaction.getInteractions","referenceId":"` + ref + `","data":["the real one"],"userAgent":"WWE Server","protocolVersion":2}`)
			got := <-result
			require.NoError(t, got.Err)
			assert.Equal(t, wwe.JSON(`["the real one"]`), got.Value)
		})
	}
}

func TestPostMessageIgnoresOtherOrigins(t *testing.T) {
	t.Run("nothing is posted to a window of another origin", func(t *testing.T) {
		f, requests := silentFrame(t)
		svc := connect(t, wwe.WithOrigin("https://wwe.example.com"), wwe.WithFrame(f.id), wwe.WithTimeout(30*time.Millisecond))
		require.ErrorIs(t, svc.Interaction.Accept(t.Context(), "1"), wwe.ErrTimeout)
		assert.Empty(t, requests)
	})
	t.Run("an answer counts no more once the window went to another origin", func(t *testing.T) {
		f, requests := silentFrame(t)
		svc := connect(t, wwe.WithOrigin(origin()), wwe.WithFrame(f.id))
		ctx, cancel := context.WithCancel(t.Context())
		result := svc.Go(ctx, "interaction.accept", "1")
		ref := (<-requests)["referenceId"].(string)
		f.element.Set("sandbox", "allow-scripts") // an opaque origin from the next page on
		forged := make(chan struct{}, 1)
		heard := js.FuncOf(func(_ js.Value, args []js.Value) any {
			if args[0].Get("origin").String() == "null" {
				forged <- struct{}{}
			}
			return nil
		})
		defer heard.Release()
		js.Global().Call("addEventListener", "message", heard)
		defer js.Global().Call("removeEventListener", "message", heard)
		f.element.Set("srcdoc", `<script>parent.postMessage({referenceId: "`+ref+`", data: 1, userAgent: "WWE Server"}, "*")</script>`)
		<-forged
		cancel()
		require.ErrorIs(t, (<-result).Err, context.Canceled, "still without an answer")
	})
}

func TestPostMessageAnswersThatAreOdd(t *testing.T) {
	for name, c := range map[string]struct{ answer, want string }{
		"errorMessage empty":     {`errorMessage: ""`, "wwe: interaction.accept: WWE refused without a reason"},
		"errorMessage null":      {`errorMessage: null`, "wwe: interaction.accept: WWE refused without a reason"},
		"errorMessage an object": {`errorMessage: {code: 7}`, `wwe: interaction.accept: WWE refused: {"code":7}`},
		"errorMessage and data":  {`data: {}, errorMessage: "no"`, "wwe: interaction.accept: WWE refused: no"},
		"errorMessage undefined": {`errorMessage: undefined`, ""},
		"no data":                {``, ""},
		"data undefined":         {`data: undefined`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			f, requests := silentFrame(t)
			svc := connect(t, wwe.WithOrigin(origin()), wwe.WithFrame(f.id))
			done := wwe.Async(func() (struct{}, error) { return struct{}{}, svc.Interaction.Accept(context.Background(), "1") })
			ref := (<-requests)["referenceId"].(string)
			f.postRaw(`{referenceId: "` + ref + `", userAgent: "WWE Server", protocolVersion: 2, ` + c.answer + `}`)
			err := (<-done).Err
			if c.want == "" {
				require.NoError(t, err)
				return
			}
			require.EqualError(t, err, c.want)
			var refused *wwe.RequestError
			require.ErrorAs(t, err, &refused)
		})
	}
	t.Run("getInteractions without data is empty, as null is", func(t *testing.T) {
		f, requests := silentFrame(t)
		svc := connect(t, wwe.WithOrigin(origin()), wwe.WithFrame(f.id))
		done := wwe.Async(func() ([]wwe.Interaction, error) { return svc.Interaction.GetInteractions(context.Background()) })
		f.postRaw(`{referenceId: "` + (<-requests)["referenceId"].(string) + `", userAgent: "WWE Server"}`)
		got := <-done
		require.NoError(t, got.Err)
		assert.Empty(t, got.Value)
	})
}

func TestPostMessageAnAnswerCountsOnce(t *testing.T) {
	f, requests := silentFrame(t)
	svc := connect(t, wwe.WithOrigin(origin()), wwe.WithFrame(f.id))
	result := svc.Go(t.Context(), "interaction.accept", "1")
	ref := (<-requests)["referenceId"].(string)
	answer := `{"referenceId":"` + ref + `","userAgent":"WWE Server","data":`
	f.post(answer + `1}`)
	f.post(answer + `2}`)
	f.post(`{"referenceId":"` + ref + `","userAgent":"WWE Server","errorMessage":"late"}`)
	got := <-result
	require.NoError(t, got.Err)
	assert.Equal(t, wwe.JSON("1"), got.Value)

	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	late := svc.Go(ctx, "interaction.accept", "1")
	ref = (<-requests)["referenceId"].(string)
	require.ErrorIs(t, (<-late).Err, wwe.ErrTimeout)
	f.post(`{"referenceId":"` + ref + `","userAgent":"WWE Server"}`)

	next := svc.Go(t.Context(), "interaction.accept", "1")
	f.post(`{"referenceId":"` + (<-requests)["referenceId"].(string) + `","userAgent":"WWE Server"}`)
	require.NoError(t, (<-next).Err, "the next call works")
}

func TestPostMessageCopiesTheFrameIDThatWWEGives(t *testing.T) {
	f, requests := silentFrame(t)
	svc := connect(t, wwe.WithOrigin(origin()), wwe.WithFrame(f.id))
	first := svc.Go(t.Context(), "interaction.accept", "1")
	request := <-requests
	assert.NotContains(t, request, "frameId")
	f.post(`{"frameId":{"n":7},"userAgent":"WWE Server"}`)
	f.post(`{"referenceId":"` + request["referenceId"].(string) + `","userAgent":"WWE Server"}`)
	require.NoError(t, (<-first).Err)
	svc.Go(t.Context(), "interaction.accept", "1")
	assert.Equal(t, map[string]any{"n": 7.0}, (<-requests)["frameId"])
}

func TestConnectSaysWhatIsWrong(t *testing.T) {
	ctx := t.Context()
	_, err := wwe.Connect(ctx)
	require.ErrorIs(t, err, wwe.ErrNoClient)
	assert.Contains(t, err.Error(), "wwe-service-client-api.js")
	assert.Contains(t, err.Error(), "WithOrigin")

	_, err = wwe.Connect(ctx, wwe.WithOrigin("https://wwe.example.com"))
	require.ErrorIs(t, err, wwe.ErrNotEmbedded, "no window embeds or opened this page")

	_, err = wwe.Connect(ctx, wwe.WithOrigin("https://wwe.example.com"), wwe.WithFrame("nowhere"))
	require.ErrorIs(t, err, wwe.ErrNotEmbedded)
	require.ErrorContains(t, err, "no element with the id nowhere")

	document.Get("body").Set("id", "body")
	_, err = wwe.Connect(ctx, wwe.WithOrigin("https://wwe.example.com"), wwe.WithFrame("body"))
	require.ErrorContains(t, err, "body is not an iframe")
}

// withParent replaces window.parent, which the standard allows a page to do.
func withParent(t *testing.T, parent js.Value) {
	before := js.Global().Get("parent")
	js.Global().Set("parent", parent)
	t.Cleanup(func() { js.Global().Set("parent", before) })
}

func TestPostMessageToTheWindowThatEmbedsThePage(t *testing.T) {
	host := wwetest.NewHost()
	host.Ring(wwetest.Call{ANI: "1"})
	withParent(t, hostInFrame(t, host).window())
	svc := connect(t, wwe.WithOrigin("https://wwe.example.com", origin()))
	got, err := svc.Interaction.GetInteractions(t.Context())
	require.NoError(t, err, "one of several origins is the right one")
	assert.Len(t, got, 1)
}

func TestPostMessageToTheWindowThatOpenedThePage(t *testing.T) {
	host := wwetest.NewHost()
	host.Ring(wwetest.Call{ANI: "1"})
	before := js.Global().Get("opener")
	js.Global().Set("opener", hostInFrame(t, host).window())
	t.Cleanup(func() { js.Global().Set("opener", before) })
	svc := connect(t, wwe.WithOrigin(origin()))
	got, err := svc.Interaction.GetInteractions(t.Context())
	require.NoError(t, err)
	assert.Len(t, got, 1)

	withParent(t, hostInFrame(t, wwetest.NewHost()).window())
	got, err = connect(t, wwe.WithOrigin(origin())).Interaction.GetInteractions(t.Context())
	require.NoError(t, err)
	assert.Empty(t, got, "of two, the parent is the one that shows the page")
}

func TestACrossOriginParentThatThrowsAtEveryTouchIsNoTrouble(t *testing.T) {
	sandbox := document.Call("createElement", "iframe")
	sandbox.Set("sandbox", "allow-scripts")
	sandbox.Set("srcdoc", "<p>Another origin")
	loaded := make(chan struct{}, 1)
	onLoad := js.FuncOf(func(js.Value, []js.Value) any { loaded <- struct{}{}; return nil })
	defer onLoad.Release()
	sandbox.Call("addEventListener", "load", onLoad)
	document.Get("body").Call("append", sandbox)
	<-loaded
	t.Cleanup(func() { sandbox.Call("remove") })
	withParent(t, sandbox.Get("contentWindow"))

	_, err := wwe.Connect(t.Context())
	require.ErrorIs(t, err, wwe.ErrNoClient, "the client object is looked for on this page only")

	svc := connect(t, wwe.WithOrigin("https://wwe.example.com"), wwe.WithTimeout(30*time.Millisecond))
	_, err = svc.Interaction.GetInteractions(t.Context())
	require.ErrorIs(t, err, wwe.ErrTimeout)
}
