package wwe_test

import (
	"syscall/js"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// foreign are changes that scripts make to the built-in objects of a page, each
// an expression of JavaScript that gives the function to undo it.
var foreign = map[string]string{
	"a toJSON of arrays": `(() => {
		Array.prototype.toJSON = () => "not an array";
		return () => { delete Array.prototype.toJSON };
	})()`,
	"a toJSON of all objects": `(() => {
		Object.prototype.toJSON = () => "not an object";
		return () => { delete Object.prototype.toJSON };
	})()`,
	"a toJSON that cannot be changed": `(() => {
		for (const {prototype} of [Object, Array]) {
			Object.defineProperty(prototype, "toJSON", {configurable: true, value: () => "not JSON"}); // so that the test can undo it
		}
		return () => { delete Object.prototype.toJSON; delete Array.prototype.toJSON };
	})()`,
	"a toJSON of objects that cannot be changed": `(() => {
		Object.defineProperty(Object.prototype, "toJSON", {configurable: true, get: () => () => "not JSON"});
		return () => { delete Object.prototype.toJSON };
	})()`,
	"a toJSON that throws when it is changed": `(() => {
		Object.prototype.toJSON = () => "not JSON";
		Object.defineProperty(Array.prototype, "toJSON", {configurable: true, get: () => () => "not JSON", set() { throw new Error("the page's own") }});
		return () => { delete Object.prototype.toJSON; delete Array.prototype.toJSON };
	})()`,
	"enumerable additions": `(() => {
		Object.prototype.also = Array.prototype.also = () => {};
		return () => { delete Object.prototype.also; delete Array.prototype.also };
	})()`,
	"setters of every object": `(() => {
		const names = ["request", "parameters", "event", "subscriptionId"];
		names.forEach(name => Object.defineProperty(Object.prototype, name, {configurable: true, get() {}, set() {}}));
		return () => names.forEach(name => delete Object.prototype[name]);
	})()`,
	"another bind": `(() => {
		const bind = Function.prototype.bind;
		Function.prototype.bind = function(self) { return (...rest) => this.apply(self, rest) };
		return () => { Function.prototype.bind = bind };
	})()`,
	"another JSON": `(() => {
		const {JSON} = window;
		window.JSON = {};
		return () => { window.JSON = JSON };
	})()`,
	"a listener that throws": `(() => {
		const listener = () => { throw new Error("the page's own") };
		addEventListener("message", listener);
		return () => removeEventListener("message", listener);
	})()`,
}

// What a page does to its built-in objects changes no call and no event.
func TestForeignScriptsOver(t *testing.T) {
	for _, r := range []jsRig{postMessageRig(), clientObjectRig("client object", false), clientObjectRig("old client object", true)} {
		for name, change := range foreign {
			if (name == "another JSON" || name == "setters of every object") && r.name != "postMessage" {
				continue // a page's client needs them too
			}
			t.Run(r.name+", "+name, func(t *testing.T) {
				host := wwetest.NewHost()
				svc := r.connect(t, host) // its frame and client come before the script
				undo := js.Global().Call("eval", change)
				defer undo.Invoke()
				sub, err := svc.Subscribe(t.Context(), wwe.TopicInteraction)
				require.NoError(t, err)
				userData := wwe.UserData{"list": []any{"one", []any{}}, "nested": map[string]any{"deep": []any{true}}}
				id := host.Ring(wwetest.Call{ANI: "1", UserData: userData})
				assert.Equal(t, wwe.TopicInteraction, (<-sub.Events()).Topic())
				all, err := svc.Interaction.GetInteractions(t.Context())
				require.NoError(t, err)
				require.Len(t, all, 1)
				assert.Equal(t, userData, all[0].UserData)
				require.NoError(t, svc.Interaction.Accept(t.Context(), id))
				require.NoError(t, svc.Interaction.SetUserData(t.Context(), id, wwe.UserData{"more": []any{"two"}}))
				got, err := svc.Interaction.GetByInteractionID(t.Context(), id)
				require.NoError(t, err)
				assert.Equal(t, []any{"two"}, got.UserData["more"])
				require.NoError(t, sub.Close())
			})
		}
	}
}

// The page has its own toJSON again, whatever became of the message.
func TestThePagesToJSONStays(t *testing.T) {
	js.Global().Call("eval", `Array.prototype.toJSON = () => "the page's"`)
	defer js.Global().Call("eval", `delete Array.prototype.toJSON`)
	withService(t, `{interaction: {
		accept: (id, ok) => ok({data: [1]}),
		reject: (id, ok) => ok({get data() { throw new Error("hands off") }})}}`)
	svc := connect(t)
	data, err := svc.Call(t.Context(), "interaction.accept", "1")
	require.NoError(t, err)
	assert.JSONEq(t, `[1]`, string(data))
	require.Error(t, svc.Interaction.Reject(t.Context(), "1"))
	assert.Equal(t, `"the page's"`, js.Global().Call("eval", `JSON.stringify([])`).String())
	assert.Equal(t, `{}`, js.Global().Call("eval", `JSON.stringify({})`).String())
}

func TestAToJSONThatThrowsFailsNoMoreThanACall(t *testing.T) {
	for name, c := range map[string]struct{ accessor, fails string }{
		"when it is read":    {`get() { throw new Error("hands off") }`, "hands off"},
		"when it is changed": {`get: () => () => "not JSON", set() { throw new Error("hands off") }`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			js.Global().Call("eval", `Object.prototype.toJSON = () => "the page's";
				Object.defineProperty(Array.prototype, "toJSON", {configurable: true, `+c.accessor+`})`)
			defer js.Global().Call("eval", `delete Object.prototype.toJSON; delete Array.prototype.toJSON`)
			withService(t, `{interaction: {accept: (id, ok) => ok({data: [1]}), reject: (id, ok) => ok({data: 1})}}`)
			svc := connect(t)
			data, err := svc.Call(t.Context(), "interaction.accept", "1")
			if c.fails == "" {
				require.NoError(t, err)
				assert.JSONEq(t, `[1]`, string(data))
			} else {
				require.ErrorContains(t, err, c.fails)
			}
			require.NoError(t, svc.Interaction.Reject(t.Context(), "1"), "an answer without an array")
			assert.Equal(t, `"the page's"`, js.Global().Call("eval", `JSON.stringify({})`).String())
		})
	}
}
