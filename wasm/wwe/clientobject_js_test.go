package wwe_test

import (
	"syscall/js"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// withService puts an object of the test's own where the client object is.
func withService(t *testing.T, source string) {
	js.Global().Set("genesys", js.Global().Call("eval", "({wwe: {service: "+source+"}})"))
	t.Cleanup(func() { js.Global().Delete("genesys") })
}

func TestClientObjectWhateverTheMethodDoes(t *testing.T) {
	const none = ""
	for name, c := range map[string]struct{ accept, want string }{
		"succeeds":                        {`(id, ok, failed) => ok({data: {}})`, none},
		"succeeds with nothing":           {`(id, ok) => ok()`, none},
		"succeeds with null":              {`(id, ok) => ok(null)`, none},
		"succeeds with a string":          {`(id, ok) => ok("done")`, none},
		"succeeds later":                  {`(id, ok) => setTimeout(ok, 5, {data: {}})`, none},
		"succeeds twice":                  {`(id, ok) => { ok({}); ok({}); setTimeout(ok, 0) }`, none},
		"succeeds and fails":              {`(id, ok, failed) => { ok({}); failed("no") }`, none},
		"succeeds and throws":             {`(id, ok) => { ok({}); throw new Error("afterwards") }`, none},
		"fails and succeeds":              {`(id, ok, failed) => { failed("no"); ok({}) }`, "WWE refused: no"},
		"fails with a message":            {`(id, ok, failed) => failed({errorMessage: "no"})`, "WWE refused: no"},
		"fails with a string":             {`(id, ok, failed) => failed("no")`, "WWE refused: no"},
		"fails with an object":            {`(id, ok, failed) => failed({code: 7})`, "WWE refused without a reason"},
		"fails with null":                 {`(id, ok, failed) => failed(null)`, "WWE refused without a reason"},
		"fails with nothing":              {`(id, ok, failed) => failed()`, "WWE refused without a reason"},
		"fails with a number":             {`(id, ok, failed) => failed(7)`, "WWE refused: 7"},
		"fails with an Error":             {`(id, ok, failed) => failed(new Error("no"))`, "WWE refused without a reason"},
		"succeeds with an errorMessage":   {`(id, ok) => ok({errorMessage: "no"})`, "WWE refused: no"},
		"gives up":                        {`(id, ok, failed) => failed("Request timeout")`, "no answer from WWE within"},
		"throws an Error":                 {`() => { throw new Error("broken") }`, "broken"},
		"throws a string":                 {`() => { throw "broken" }`, "broken"},
		"throws null":                     {`() => { throw null }`, "JavaScript threw <null>"},
		"throws a BigInt":                 {`() => { throw 1n }`, "JavaScript threw a value that has no text"},
		"throws a symbol":                 {`() => { throw Symbol("s") }`, "JavaScript threw a value that has no text"},
		"fails with a BigInt":             {`(id, ok, failed) => failed(1n)`, "the answer cannot be read"},
		"succeeds with a symbol":          {`(id, ok) => ok(Symbol("s"))`, none},
		"throws undefined":                {`() => { throw undefined }`, "JavaScript threw <undefined>"},
		"throws an object":                {`() => { throw {} }`, "JavaScript threw an object that is not an Error"},
		"throws what throws":              {`() => { throw {get message() { throw 1 }} }`, "JavaScript threw an object that is not an Error"},
		"answers what cannot be text":     {`(id, ok) => ok({n: 1n})`, "the answer cannot be read"},
		"answers what throws at touch":    {`(id, ok) => ok({get data() { throw new Error("hands off") }})`, "the answer cannot be read: hands off"},
		"answers what holds itself":       {`(id, ok) => { const m = {}; m.m = m; ok(m) }`, "the answer cannot be read"},
		"is heard by nobody but the page": {`(id, ok) => ok({request: "interaction.accept", userAgent: "WWE Client", protocolVersion: 2})`, "not embedded in WWE"},
	} {
		t.Run(name, func(t *testing.T) {
			withService(t, `{interaction: {accept: `+c.accept+`}}`)
			err := connect(t).Interaction.Accept(t.Context(), "1")
			if c.want == none {
				require.NoError(t, err)
				return
			}
			require.ErrorContains(t, err, c.want)
			assert.Contains(t, err.Error(), "wwe: interaction.accept: ")
		})
	}
}

func TestClientObjectErrorsCanBeToldApart(t *testing.T) {
	withService(t, `{interaction: {
		accept: (id, ok, failed) => failed("Request timeout"),
		reject: (id, ok) => ok({request: "interaction.reject", userAgent: "WWE Client", protocolVersion: 2}),
		markdone: (id, ok, failed) => failed(),
		getInteractions: ok => ok({data: [{interactionId: "1"}]})}}`)
	n := connect(t).Interaction
	require.ErrorIs(t, n.Accept(t.Context(), "1"), wwe.ErrTimeout, "the client's own time-out")
	require.ErrorIs(t, n.Reject(t.Context(), "1"), wwe.ErrNotEmbedded, "a page that stands alone hears its own echo")
	var refused *wwe.RequestError
	require.ErrorAs(t, n.MarkDone(t.Context(), "1"), &refused)
	require.ErrorIs(t, n.UnblockMarkDone(t.Context(), "1"), wwe.ErrNoClient, "neither the method nor sendMessage")
	got, err := n.GetInteractions(t.Context())
	require.NoError(t, err)
	assert.Equal(t, []wwe.Interaction{{InteractionID: "1"}}, got)
}

func TestClientObjectOfAPageThatStandsAlone(t *testing.T) {
	loadClient(t, false) // its target is the page itself, so that it hears its own requests
	svc := connect(t)
	_, err := svc.Interaction.GetInteractions(t.Context())
	require.ErrorIs(t, err, wwe.ErrNotEmbedded)
	_, err = svc.Subscribe(t.Context(), wwe.TopicInteraction)
	require.ErrorIs(t, err, wwe.ErrNotEmbedded)
	_, err = svc.Watch(t.Context())
	require.ErrorIs(t, err, wwe.ErrNotEmbedded)
}

func TestClientObjectThatNeverCalls(t *testing.T) {
	withService(t, `{interaction: {accept() {}}}`)
	svc := connect(t, wwe.WithTimeout(25*time.Millisecond))
	err := svc.Interaction.Accept(t.Context(), "1")
	require.ErrorIs(t, err, wwe.ErrTimeout)
	assert.Regexp(t, `^wwe: interaction.accept: no answer from WWE within (2[5-9]|[3-9]\d|\d{3})ms`, err.Error())
}

func TestClientObjectThatCallsAfterTheTimeout(t *testing.T) {
	withService(t, `{interaction: {
		accept(id, ok, failed) { globalThis.late = () => { ok({}); failed("x"); ok() } },
		reject(id, ok) { ok({}) }}}`)
	svc := connect(t, wwe.WithTimeout(10*time.Millisecond))
	result := svc.Go(t.Context(), "interaction.accept", "1")
	require.ErrorIs(t, (<-result).Err, wwe.ErrTimeout)
	js.Global().Call("late")
	_, open := <-result
	assert.False(t, open, "one outcome")
	require.NoError(t, svc.Interaction.Reject(t.Context(), "1"), "the next call works")
}

// The client's methods know their parameters by place: with another number of
// them the callbacks would be in the wrong places.
func TestCallsWithAnotherNumberOfParametersStillEnd(t *testing.T) {
	for _, r := range []jsRig{postMessageRig(), clientObjectRig("client object", false), clientObjectRig("old client object", true)} {
		t.Run(r.name, func(t *testing.T) {
			host := wwetest.NewHost()
			svc := r.connect(t, host, wwe.WithTimeout(2*time.Second))
			id := host.Ring(wwetest.Call{ANI: "1"})
			require.NoError(t, svc.Interaction.Accept(t.Context(), id))
			_, err := svc.Call(t.Context(), "interaction.consult", id, "7001")
			require.NoError(t, err)
			_, err = svc.Call(t.Context(), "interaction.getInteractions", "one", "too", "many")
			require.NoError(t, err)
			requests := host.Requests()
			assert.Len(t, requests[1].Parameters, 2)
			assert.Len(t, requests[2].Parameters, 3)
		})
	}
}

func TestClientObjectThatCallsAfterClose(t *testing.T) {
	withService(t, `{interaction: {accept(id, ok, failed) { globalThis.late = () => { ok({}); failed("x") } }}}`)
	svc := connect(t)
	result := svc.Go(t.Context(), "interaction.accept", "1")
	require.NoError(t, svc.Close())
	require.ErrorIs(t, (<-result).Err, wwe.ErrClosed)
	js.Global().Call("late") // as long as it does not end the program
}

func TestClientObjectOfOddShape(t *testing.T) {
	for name, source := range map[string]string{
		"no service":            `undefined`,
		"a service of null":     `null`,
		"a service of a string": `"service"`,
		"a service that throws": `null, get service() { throw new Error("hands off") }`,
		"wwe is not an object":  `null}, wwe: {`,
	} {
		t.Run(name, func(t *testing.T) {
			withService(t, source)
			_, err := wwe.Connect(t.Context())
			require.ErrorIs(t, err, wwe.ErrNoClient)
		})
	}
	for name, source := range map[string]string{
		"no interaction":          `{}`,
		"interaction of null":     `{interaction: null}`,
		"interaction that throws": `{get interaction() { throw new Error("hands off") }}`,
		"no method":               `{interaction: {}}`,
		"a method that is none":   `{interaction: {accept: "yes"}}`,
		"a method of a BigInt":    `{interaction: {accept: 1n}}`,
		"interaction of a BigInt": `{interaction: 1n}`,
		"a getter that throws":    `{interaction: {get accept() { throw null }}}`,
		"a function as namespace": `{interaction() {}}`,
	} {
		t.Run(name, func(t *testing.T) {
			withService(t, source)
			require.ErrorIs(t, connect(t).Interaction.Accept(t.Context(), "1"), wwe.ErrNoClient)
		})
		t.Run(name+", but sendMessage", func(t *testing.T) {
			withService(t, `Object.assign(Object.create(`+source+`), {sendMessage(m, ok, failed) {
				ok({data: this === genesys.wwe.service && m}) }})`)
			data, err := connect(t).Call(t.Context(), "interaction.accept", "1")
			require.NoError(t, err)
			assert.JSONEq(t, `{"request":"interaction.accept","parameters":["1"]}`, string(data))
		})
	}
	t.Run("sendMessage that throws", func(t *testing.T) {
		withService(t, `{get sendMessage() { throw new Error("hands off") }}`)
		require.ErrorContains(t, connect(t).Interaction.Accept(t.Context(), "1"), "hands off")
	})
}

func TestClientObjectMethodsAreCalledOnTheirNamespace(t *testing.T) {
	withService(t, `{interaction: {name: "mine", accept(id, ok) { ok({data: [this.name, ...arguments].slice(0, 2)}) }}}`)
	data, err := connect(t).Call(t.Context(), "interaction.accept", "1")
	require.NoError(t, err)
	assert.JSONEq(t, `["mine","1"]`, string(data))
}

func TestCallsFromAnEventHandlerDoNotBlockThePage(t *testing.T) {
	withService(t, `{interaction: {getInteractions: ok => setTimeout(ok, 0, {data: []})}}`)
	svc := connect(t)
	handled := make(chan (<-chan wwe.Result[wwe.JSON]), 1)
	click := js.FuncOf(func(js.Value, []js.Value) any {
		handled <- svc.Go(t.Context(), "interaction.getInteractions")
		return nil
	})
	defer click.Release()
	button := document.Call("createElement", "button")
	button.Call("addEventListener", "click", click)
	button.Call("click")
	got := <-(<-handled)
	require.NoError(t, got.Err)
	assert.Equal(t, wwe.JSON("[]"), got.Value)
}
