//go:build !js

package scenario_test

import (
	"go/format"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/desktop/scenario"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// hostile is a text that would break out of a string or a comment, or change how
// it reads.
const hostile = "\"`*/\n// wwe. \\ \u202e\u2028 ${1} </script> \U000e0001"

// recorded does a bit of everything, by the desktop and by a widget, and returns
// what was recorded.
func recorded(t *testing.T) (r *scenario.Recording, all []wwetest.Message) {
	t.Helper()
	host := wwetest.NewHost()
	acts := &scenario.Acts{Host: host}
	do := func(function string, args ...any) string {
		t.Helper()
		time.Sleep(time.Millisecond) // no two acts are at the same time
		began, err := acts.Do(function, args...)
		require.NoError(t, err)
		return began
	}
	svc, err := host.Connect()
	require.NoError(t, err)
	t.Cleanup(func() { svc.Close() })

	call := do("ring", scenario.Call{ANI: "1", UserData: scenario.ObjectOf(wwe.UserData{hostile: hostile, "n": 1.5, "all": []any{1.0, nil, true, map[string]any{"__proto__": "x"}}}),
		Contact: scenario.Contact{FirstName: "Ada"}})
	time.Sleep(time.Millisecond)
	require.NoError(t, svc.Interaction.Accept(t.Context(), call)) // by the widget
	do("fault", scenario.Fault{Request: "agent.get", Kind: "delay", Delay: 20, Next: 2})
	do("configure", scenario.Object{JSON: `{"rateLimit": 70}`, IsObject: true})
	do("hold", call)
	time.Sleep(time.Millisecond)
	acts.Recording.AddJSON("ring", `[{"ani": "by a script"}]`, host.Ring(wwetest.Call{ANI: "by a script"}))
	do("restart")
	call = host.Interactions()[0].InteractionID
	do("setUserData", call, map[string]any{"a": 1})
	do("selectCase", host.Interactions()[0].CaseID)
	email := do("email", scenario.Email{From: "a@example.com"})
	do("answer", email)
	do("do", email, "save")
	do("pull", host.Workbin()[0].InteractionUUID)
	do("chat", scenario.Chat{From: hostile})
	preview := do("preview", scenario.Preview{Phone: "5"})
	do("answer", preview)
	do("do", preview, "call") // begins another interaction
	dialled := host.Interactions()[len(host.Interactions())-1].InteractionID
	do("answer", dialled)
	do("addParty", dialled, scenario.Party{Name: "boss"})
	do("consult", dialled, scenario.Target{Destination: "7001"})
	do("emit", "agent", map[string]any{"x": 1})
	do("loadCampaign", scenario.Campaign{Name: "c", Records: [][]scenario.Record{{{Phone: "9", Fields: map[string]string{"GSW": "1"}}}}})
	do("agentState", "NotReady")
	acts.Recording.Add(scenario.Act{At: time.Now(), Function: "answer"}) // of an odd source: it becomes a comment
	acts.Recording.Add(scenario.Act{At: time.Now(), Function: hostile})
	return &acts.Recording, host.Messages()
}

func TestACopiedGoTestCompilesAndPasses(t *testing.T) {
	var text string
	synctest.Test(t, func(t *testing.T) {
		r, all := recorded(t)
		text = r.GoTest(all)
	})
	formatted, err := format.Source([]byte(text))
	require.NoError(t, err, text)
	assert.Equal(t, string(formatted), text, "gofmt finds nothing to change")
	for _, want := range []string{
		"call := host.Ring(wwetest.Call{ANI: \"1\", UserData: wwe.UserData{",
		"// The widget did this.",
		"must(host.Answer(call))",
		"call = host.Interactions()[0].InteractionID",
		"other := host.Interactions()[",
		"host.SelectCase(caseOf(call))",
		"host.Workbin()[0].InteractionUUID",
		"Delay: 20 * time.Millisecond",
		"// answer() is left out",
	} {
		assert.Contains(t, text, want)
	}
	passes(t, text)
}

func TestACopyOfNothingPasses(t *testing.T) { passes(t, (&scenario.Recording{}).GoTest(nil)) }

func TestACopyOfEachScenarioPasses(t *testing.T) {
	for _, s := range scenario.Gallery() {
		t.Run(s.Name, func(t *testing.T) {
			var text string
			synctest.Test(t, func(t *testing.T) {
				acts := &scenario.Acts{Host: wwetest.NewHost()}
				require.NoError(t, s.Play(t.Context(), acts, true, ignore))
				text = acts.Recording.GoTest(nil)
				assert.NotContains(t, text, "left out")
			})
			if s.Name == "email" || s.Name == "reload-mid-call" {
				passes(t, text)
			}
		})
	}
}

// passes runs the Go test like a person who has pasted it into a file.
func passes(t *testing.T, text string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "scenario_test.go")
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	command := exec.Command("go", "test", "-count=1", "-v", file)
	command.Env = append(os.Environ(), "GOOS=", "GOARCH=", "GOWORK=off")
	output, err := command.CombinedOutput()
	require.NoError(t, err, "%s\n%s", output, text)
	assert.Contains(t, string(output), "--- PASS: TestScenario")
}

func TestACopiedPlaywrightTestNamesInteractions(t *testing.T) {
	var text string
	synctest.Test(t, func(t *testing.T) {
		r, all := recorded(t)
		text = r.Playwright(all)
	})
	for _, want := range []string{
		`import { test, expect } from "wwe-desktop/playwright";`,
		"let call = await host.ring(JSON.parse(",
		"\t// The widget did this.",
		"\tawait host.answer(call);",
		"\tcall = (await host.interactions())[0].interactionId;",
		"await host.selectCase((await host.interaction(call)).caseId);",
		"await host.pull((await host.workbin())[0].interactionUUID);",
		"\tawait expect.poll(",
	} {
		assert.Contains(t, text, want)
	}
	for _, odd := range []string{"\u202e", "\u2028", "\U000e0001"} {
		assert.NotContains(t, text, odd)
	}
	for line := range strings.Lines(text) {
		assert.Regexp(t, `^(import |\n|//|test\(|\t|\}\);)`, line)
	}
}

func TestARecordingIsBounded(t *testing.T) {
	acts := &scenario.Acts{Host: wwetest.NewHost()}
	for range 1100 {
		_, err := acts.Do("emit", "agent", 1)
		require.NoError(t, err)
	}
	all, full := acts.Recording.Acts()
	assert.Len(t, all, 1000)
	assert.True(t, full)
	assert.Contains(t, acts.Recording.GoTest(nil), "Later ones were not recorded")
	acts.Recording.Clear()
	all, full = acts.Recording.Acts()
	assert.Empty(t, all)
	assert.False(t, full)
}

func TestOnlyChangesAreRecorded(t *testing.T) {
	var r scenario.Recording
	for _, function := range []string{"interactions", "agentState", "messages", "reset", "toString"} {
		r.AddJSON(function, `[]`, "")
	}
	r.AddJSON("agentState", `["Ready"]`, `{"type": "READY"}`)
	r.AddJSON("ring", `not JSON`, "1")
	all, _ := r.Acts()
	require.Len(t, all, 1)
	assert.Equal(t, "agentState", all[0].Function)
	assert.Empty(t, all[0].Began)
}

func TestARecordingSurvivesAReloadOfThePage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		before, all := recorded(t)
		var after scenario.Recording
		require.True(t, after.Load(before.Save(all)))
		acts, _ := after.Acts()
		assert.Equal(t, "restart", acts[len(acts)-1].Function)
		assert.Contains(t, after.GoTest(nil), "// The widget did this.")
		passes(t, after.GoTest(nil))
	})
	for _, text := range []string{"", "{}", `[{"At": 7}]`, "["} {
		assert.False(t, (&scenario.Recording{}).Load(text), text)
	}
}
