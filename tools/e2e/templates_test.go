package e2e

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/tools/drive"
	"wwebridge/web"
)

// templatePanels are the folders of the panels that wwe new has made of the templates, built.
var templatePanels = map[string]string{}

// templatePanel returns a folder with a panel that wwe new has made of the template. The program is
// built as wwe build does.
func templatePanel(t *testing.T, name string) string {
	t.Helper()
	if folder := templatePanels[name]; folder != "" {
		return folder
	}
	wwe := builtWWE(t)
	folder := filepath.Join(filepath.Dir(wwe), name) // in-scratch.sh removes it
	run(t, ".", wwe, "new", folder, "-template", name)
	if name != "javascript" {
		run(t, folder, "env", "GOOS=js", "GOARCH=wasm", "go", "build", "-buildvcs=false", "-ldflags=-s -w", "-o", "web/panel.wasm", ".")
		runtime, err := os.ReadFile(project + "/web/runtime.js")
		require.NoError(t, err, "make test-e2e builds it")
		require.NoError(t, os.WriteFile(folder+"/web/runtime.js", runtime, 0o644))
	}
	templatePanels[name] = folder
	return folder
}

// inTemplate opens the simulated desktop with a panel made of the template.
func inTemplate(t *testing.T, tab drive.Browser, name string) (desktop, panel frame) {
	t.Helper()
	folder := templatePanel(t, name)
	if name != "javascript" {
		folder = filepath.Join(folder, "web")
	}
	desktop, panel = opened(t, tab, "", func(p *web.Pages) { p.Panel = os.DirFS(folder) })
	panel.until(templateRuns)
	return desktop, panel
}

const templateRuns = `document.querySelector("#status") && !document.querySelector("#status").textContent.includes("Loading")`

func TestTheBlankTemplate(t *testing.T) {
	tab := browser(t)
	desktop, panel := inTemplate(t, tab, "blank")
	panel.see("No interactions.")
	panel.until(shows("#state", "Ready"))
	desktop.press("Ring a call")
	panel.until(shows("li", "+33 1 40 00 00 01") + " && " + shows("li", "Ringing"))
	desktop.eval(`wweHost.answer("1")`, nil)
	panel.until(shows("li", "Talking"))
	desktop.eval(`wweHost.agentState("NotReady")`, nil)
	panel.until(shows("#state", "Not Ready"))
	desktop.eval(`wweHost.hangUp("1")`, nil)
	panel.until(shows("li", "Ended"))
	desktop.await(`wweHost.markDone("1")`, nil)
	panel.see("No interactions.")
	noComplaints(t, tab)
}

func TestTheScreenpopTemplate(t *testing.T) {
	tab := browser(t)
	desktop, panel := inTemplate(t, tab, "screenpop")
	panel.see("No customer.")
	desktop.eval(`wweHost.ring({ani: "1", userData: {CustomerID: "4711"}})`, nil)
	panel.until(shows("#name", "Marie Durand"))
	var links []string
	panel.eval(`[...document.querySelectorAll(":any-link")].map((a) => [a.href, a.target, a.rel].join())`, &links)
	assert.Equal(t, []string{"https://crm.example.com/customers/4711,_blank,noopener noreferrer"}, links)
	panel.see("javascript:alert(") // as a text
	noComplaints(t, tab)

	for id, says := range map[string]string{"4712": "There is no record of customer 4712.", "../index.html?": "There is no record of customer ../index.html?."} {
		desktop.eval(`wweHost.setUserData("1", {CustomerID: `+quoted(id)+`})`, nil)
		panel.see(says)
		panel.unsee("Marie Durand")
	}
	desktop.eval(`wweHost.deleteUserData("1", "CustomerID")`, nil)
	panel.see("No customer.")
}

// The story of a call, by mouse and by keyboard, in a WWE that takes user data after the end and in one that does not.
func TestTheWrapupTemplate(t *testing.T) {
	for name, keyboard := range map[string]bool{"mouse": false, "keyboard": true} {
		for _, afterRelease := range []string{"true", "false"} {
			t.Run(name+", user data after release "+afterRelease, func(t *testing.T) {
				tab := browser(t)
				desktop, panel := inTemplate(t, tab, "wrapup")
				desktop.eval(`wweHost.configure({userDataAfterRelease: `+afterRelease+`})`, nil)
				agent := person{panel, keyboard}
				panel.see("No interactions.")
				desktop.eval(`wweHost.answer(wweHost.ring({ani: "+33 1"}))`, nil)
				panel.until(shows("form h2", "+33 1"))
				assert.False(t, panel.has("Mark done"))
				desktop.eval(`wweHost.hangUp("1")`, nil)

				agent.press("Mark done") // too early
				panel.until(shows("output", "Save a disposition and a note first."))
				desktop.until(`wweHost.interactions().length === 1`)
				agent.press("Save") // the browser asks for the fields first
				panel.until(`document.activeElement.name === "disposition"`)
				panel.choose("Disposition", "Sold")
				if keyboard {
					agent.tabTo(noteField)
				} else {
					panel.click(noteField)
				}
				require.NoError(t, tab.Insert(panel.page, "An invoice came twice."))
				agent.press("Save")
				panel.until(shows("output", "Saved."))
				var saved string
				if afterRelease == "true" {
					desktop.eval(`(data => data.Disposition + "\n" + data.Note)(wweHost.interaction("1").userData)`, &saved)
				} else {
					panel.eval(`Object.values(localStorage)[0]`, &saved)
				}
				assert.Equal(t, "sold\nAn invoice came twice.", saved)
				agent.press("Mark done")
				panel.see("No interactions.")
				desktop.until(`wweHost.interactions().length === 0`)
				noComplaints(t, tab)
			})
		}
	}
}

// What the agent types in one card survives what happens in another.
func TestTheWrapupTemplateKeepsWhatIsTyped(t *testing.T) {
	tab := browser(t)
	desktop, panel := inTemplate(t, tab, "wrapup")
	desktop.eval(`wweHost.answer(wweHost.ring({ani: "first"}))`, nil)
	panel.click(noteField)
	require.NoError(t, tab.Insert(panel.page, "half a no"))
	desktop.eval(`wweHost.ring({ani: "second"})`, nil)
	panel.until(`document.querySelectorAll("form").length === 2`)
	require.NoError(t, tab.Insert(panel.page, "te"))
	panel.until(`document.activeElement.value === "half a note"`)
	desktop.eval(`wweHost.reject("2")`, nil)
	panel.until(`document.querySelectorAll("form").length === 1 && document.activeElement.value === "half a note"`)
}

func TestTheDialerTemplate(t *testing.T) {
	tab := browser(t)
	desktop, panel := inTemplate(t, tab, "dialer")
	panel.see("You are: Ready")
	panel.see("No calls yet.")
	panel.fill("Number", "+33 1 40 00 00 02")
	panel.key(drive.Enter)
	panel.until(shows("output", "Calling +33140000002"))
	desktop.until(`wweHost.interactions()[0].dnis === "+33140000002"`)
	again := `document.querySelector("#recent input")`
	panel.until(again + `?.value === "+33140000002"`)
	panel.unsee("No calls yet.")
	desktop.eval(`wweHost.hangUp("1")`, nil)
	desktop.await(`wweHost.markDone("1")`, nil)
	person{panel, true}.tabTo(again)
	panel.key(drive.Enter)
	desktop.until(`wweHost.interactions().some((i) => i.state === "DIALING")`)
	panel.choose("Change your state", "Not Ready")
	panel.press("Change")
	panel.see("You are: Not Ready")
	noComplaints(t, tab)

	panel.fill("Number", "no number")
	panel.press("Call") // which the browser refuses
	panel.until(`document.querySelector("#number").matches(":user-invalid")`)
	desktop.eval(`wweHost.fault({request: "voice.dial", refuse: "not now"})`, nil)
	panel.fill("Number", "112")
	panel.press("Call")
	panel.until(shows("output", "WWE refused it") + " && " + shows("output", "not now"))
}

func TestATemplateSaysWhoCanFixWhatFails(t *testing.T) {
	for _, name := range []string{"blank", "screenpop", "wrapup", "dialer"} {
		t.Run(name, func(t *testing.T) {
			tab := browser(t)
			desktop, panel := inTemplate(t, tab, name)
			panel.until(`!` + named("button", "Try again"))
			refusedPanel(desktop, panel)
			panel.until(shows("[role=alert]", "an administrator must change WWE's configuration"))
			desktop.eval(`wweHost.configure({acceptedOrigins: "*"})`, nil)
			panel.press("Try again")
			panel.until(`!` + named("button", "Try again") + " && " + templateRuns)
		})
	}
}

func TestATemplateSaysWhatIsNotBuilt(t *testing.T) {
	folder := templatePanel(t, "blank")
	for missing, says := range map[string]string{"runtime.js": "Run wwe dev or wwe build.", "panel.wasm": "panel.wasm"} {
		t.Run(missing, func(t *testing.T) {
			pages := os.DirFS(folder + "/web")
			_, widget := start(t, func(p *web.Pages) { p.Panel = without{pages, missing} })
			open(t, widget).until(shows("[role=alert]", "The panel cannot start") + " && " + shows("[role=alert]", says) + " && " + named("button", "Try again"))
		})
	}
}

// without is a folder that lacks a file.
type without struct {
	fs.FS
	name string
}

func (w without) Open(name string) (fs.File, error) {
	if name == w.name {
		return nil, fs.ErrNotExist
	}
	return w.FS.Open(name)
}

func TestAxeFindsNothingInATemplate(t *testing.T) {
	for _, c := range []struct {
		name   string
		states map[string]func(desktop, panel frame)
	}{
		{"blank", map[string]func(desktop, panel frame){
			"interactions": func(desktop, panel frame) {
				desktop.eval(`[wweHost.answer(wweHost.ring({ani: "1"})), wweHost.chat({from: "Ann"})]`, nil)
				panel.until(`document.querySelectorAll("li").length === 2`)
			},
			"failure": refusedPanel,
		}},
		{"screenpop", map[string]func(desktop, panel frame){
			"record": func(desktop, panel frame) {
				desktop.eval(`wweHost.ring({ani: "1", userData: {CustomerID: "4711"}})`, nil)
				panel.see("Marie Durand")
			},
			"failure": refusedPanel,
		}},
		{"wrapup", map[string]func(desktop, panel frame){
			"refused": func(desktop, panel frame) {
				desktop.eval(`["1", "2"].forEach(() => wweHost.answer(wweHost.ring({ani: "+33 1"}))), wweHost.hangUp("1")`, nil)
				panel.press("Mark done")
				panel.until(shows("output", "Save a disposition"))
			},
			"failure": refusedPanel,
		}},
		{"dialer", map[string]func(desktop, panel frame){
			"recent": func(desktop, panel frame) {
				desktop.eval(`["1", "22", "+33 1 40 00 00 02"].forEach((dnis) => wweHost.dial({dnis}))`, nil)
				panel.until(`document.querySelectorAll("li").length === 3`)
				desktop.eval(`wweHost.fault({request: "voice.dial", refuse: "not now"})`, nil)
				panel.fill("Number", "112")
				panel.press("Call")
				panel.until(shows("output", "not now"))
			},
			"failure": refusedPanel,
		}},
		{"javascript", map[string]func(desktop, panel frame){
			"calls": func(desktop, panel frame) {
				desktop.eval(`[wweHost.answer(wweHost.ring({ani: "1", userData: {Segment: "Gold"}})), wweHost.ring({ani: "2"})]`, nil)
				panel.until(`document.querySelectorAll("li").length === 2`)
			},
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			inEachScheme(t, func(t *testing.T, tab drive.Browser) {
				c.states["empty"] = func(desktop, panel frame) {}
				for state, show := range c.states {
					t.Run(state, func(t *testing.T) {
						desktop, panel := inTemplate(t, tab, c.name)
						require.NoError(t, tab.Resize(1280, 720))
						show(desktop, panel)
						panel.hasNoViolations("document", func(width int) {
							panel.widen(width)
							panel.until(`document.documentElement.scrollWidth <= innerWidth`)
						}, 258, 320, 480, 800)
					})
				}
			})
		})
	}
}

// refusedPanel makes WWE refuse the panel.
func refusedPanel(desktop, panel frame) {
	desktop.eval(`wweHost.configure({acceptedOrigins: "https://other.example.com"})`, nil)
	panel.eval(`void location.reload()`, nil)
	panel.until(named("button", "Try again"))
}

func TestTheJavaScriptTemplateIsCheckedByTypeScript(t *testing.T) {
	folder := templatePanel(t, "javascript")
	modules, err := filepath.Abs("node_modules")
	require.NoError(t, err)
	run(t, ".", modules+"/.bin/tsc", "-p", folder)
	script, err := os.ReadFile(folder + "/widget.js")
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(folder+"/wrong.js", append(script, "fail(7);\n"...), 0o644))
	defer os.Remove(folder + "/wrong.js")
	config := `{"extends": "./tsconfig.json", "include": ["wrong.js", "genesys.d.ts"]}`
	require.NoError(t, os.WriteFile(folder+"/wrong.json", []byte(config), 0o644))
	defer os.Remove(folder + "/wrong.json")
	output, err := tryRun(t, ".", nil, modules+"/.bin/tsc", "-p", folder+"/wrong.json")
	assert.Error(t, err)
	assert.Contains(t, output, "wrong.js", "a mistake is found")
}
