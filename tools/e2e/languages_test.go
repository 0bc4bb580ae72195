package e2e

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/web"
)

// speaking opens the desktop with the panel in a language.
func speaking(t *testing.T, lang string) (desktop, panel frame) {
	t.Helper()
	desktop, panel = inDesktop(t, "")
	desktop.speak(panel, lang)
	return desktop, panel
}

// speak loads the panel anew, in a language. What WWE holds stays.
func (f frame) speak(panel frame, lang string) {
	f.t.Helper()
	require.NoError(f.t, f.tab.Navigate(f.origin+"/?widget="+url.QueryEscape(panel.origin+"/?lang="+lang)))
	panel.until(`location.search === "?lang=` + lang + `" && document.querySelector(".wwe-panel .standing")`)
}

// textIn is a text of a language's file.
func textIn(t *testing.T, language, name string) string {
	t.Helper()
	content, err := os.ReadFile(project + "/web/lang/" + language + ".json")
	require.NoError(t, err)
	var file struct{ Panel map[string]any }
	require.NoError(t, json.Unmarshal(content, &file))
	text, _ := file.Panel[name].(string)
	require.NotEmpty(t, text, name)
	return text
}

func TestThePanelSpeaksTheLanguageThatIsAskedFor(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	for tag, language := range map[string]string{
		"ar": "ar", "de": "de", "es": "es", "fr": "fr", "it": "it", "ja": "ja", "pt-BR": "pt-BR",
		"de-CH": "de", "FR-ca": "fr", "pt": "pt-BR", "pt-PT": "pt-BR", "es-419": "es", "zh": "en", "fil": "en", "en-GB": "en",
	} {
		t.Run(tag, func(t *testing.T) {
			desktop, panel := desktop.in(t), panel.in(t)
			desktop.speak(panel, tag)
			none := "No interactions."
			if language != "en" {
				none = textIn(t, language, "noInteractions")
			}
			panel.see(none)
			panel.until(`document.querySelector(".wwe-panel").lang === ` + quoted(language))
			panel.until(`getComputedStyle(document.querySelector(".wwe-panel")).direction === ` + quoted(map[bool]string{true: "rtl", false: "ltr"}[language == "ar"]))
		})
	}
	noComplaints(t, desktop.tab)
}

// files are the language files that the page has loaded.
const files = `performance.getEntriesByType("resource").map(e => e.name.replace(/.*\//, "")).filter(name => /^..(-..)?\.json$/.test(name)).join()`

func TestALanguageIsLoadedOnDemand(t *testing.T) {
	desktop, page := inHostPage(t)
	page.show("one", `{origin: `+quoted(desktop.origin)+`}`)
	page.until(textOf("#one", "No interactions."))
	page.until(files + ` === ""`)
	page.show("one", `{origin: `+quoted(desktop.origin)+`, lang: "it"}`)
	page.show("two", `{origin: `+quoted(desktop.origin)+`, lang: "it-CH"}`)
	page.until(textOf("#one", "Nessuna interazione.") + " && " + textOf("#two", "Nessuna interazione."))
	page.until(files + ` === "it.json"`)

	t.Run("of the element, in its own and in that of the page", func(t *testing.T) {
		page := page.in(t)
		page.eval(`(() => {
			panels.one.unmount(), panels.two.unmount();
			document.documentElement.lang = "fr";
			one.replaceChildren(), two.replaceChildren();
			one.append(document.createElement("wwe-panel"));
			two.append(Object.assign(document.createElement("wwe-panel"), {lang: "ja"}));
			for (const panel of document.querySelectorAll("wwe-panel")) panel.setAttribute("origin", `+quoted(desktop.origin)+`);
		})()`, nil)
		page.until(textOf("#one", "Aucune interaction.") + " && " + textOf("#two", "インタラクションはありません。"))
	})
	page.until(`violations.length === 0`)
}

// The language is asked for with the program, not after it.
func TestALanguageIsLoadedBesideTheProgram(t *testing.T) {
	asked, proceed := make(chan struct{}), make(chan struct{})
	page := inServer(t, func(next http.Handler) http.HandlerFunc {
		return instead("/web/lang/de.json", func(w http.ResponseWriter, r *http.Request) {
			close(asked)
			next.ServeHTTP(w, r)
		})(instead(panelWasm, func(w http.ResponseWriter, r *http.Request) {
			<-proceed
			next.ServeHTTP(w, r)
		})(next))
	})
	page.show("two", `{origin: "http://desktop.example", lang: "de"}`)
	<-asked
	page.until(textOf("#two", "Das Agentenpanel wird geladen"))
	close(proceed)
	page.until(textOf("#two", "Nicht in WWE."))
	page.until(textOf("#one", "Not inside WWE."))
}

func TestALanguageThatCannotBeLoadedIsEnglishWithOneWarning(t *testing.T) {
	hang := make(chan struct{})
	t.Cleanup(func() { close(hang) })
	for promise, serve := range map[string]http.HandlerFunc{
		"missing":          http.NotFound,
		"another page":     func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<!doctype html>") },
		"no object":        func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "null") },
		"it takes forever": func(http.ResponseWriter, *http.Request) { <-hang },
	} {
		t.Run(promise, func(t *testing.T) {
			pages := web.Pages{Root: os.DirFS(project), DesktopOrigin: "http://desktop.example"}
			hostPage(&pages)
			server := httptest.NewServer(instead("/web/lang/de.json", serve)(pages.Widget()))
			t.Cleanup(server.CloseClientConnections)
			page := open(t, server.URL)
			page.until("window.show")
			page.eval(`void (window.warnings = [], console.warn = (text) => { warnings.push(text) })`, nil)
			for _, id := range []string{"one", "two"} {
				page.show(id, `{origin: "http://desktop.example", lang: "de"}`)
				page.until(textOf("#"+id, "Not inside WWE."))
				page.until(`document.querySelector("#` + id + ` .wwe-panel").lang === "en"`)
			}
			page.until(`warnings.length === 1 && warnings[0].includes("/web/lang/de.json cannot be loaded, so the panel speaks English")`)
		})
	}
}

func TestAFailureToLoadIsToldInTheLanguage(t *testing.T) {
	page := inServer(t, instead(panelWasm, http.NotFound))
	page.show("two", `{lang: "fr"}`)
	page.until(textOf("#two [role=alert]", "Montrez ce message à votre administrateur") + " && " + textOf("#two [role=alert]", "Le serveur répond 404"))
}

func TestArabicIsWrittenFromRightToLeft(t *testing.T) {
	desktop, panel := speaking(t, "ar")
	panel.widen(258)
	desktop.eval(customer, nil)
	panel.until(`document.querySelector("[data-action=transfer]")?.checkVisibility()`)

	t.Run("with numbers and names in their own direction", func(t *testing.T) {
		// left finds where a character of the text is on the screen.
		panel := panel.in(t)
		panel.eval(`void (window.left = (text, character) => {
			const walker = document.createTreeWalker(document.querySelector(".dock"), NodeFilter.SHOW_TEXT);
			while (walker.nextNode()) {
				const at = walker.currentNode.data.indexOf(text);
				if (at < 0 || !walker.currentNode.parentElement.checkVisibility()) continue;
				const range = document.createRange();
				range.setStart(walker.currentNode, at + character);
				range.setEnd(walker.currentNode, at + character + 1);
				return range.getBoundingClientRect().left;
			}
		})`, nil)
		panel.until(`left("+33 6 12 34 56 78", 0) < left("+33 6 12 34 56 78", 15)`)
		panel.until(`left("Marie Durand", 0) < left("Marie Durand", 11)`)
		panel.until(`(r => r.right > innerWidth - 40)((e => { const range = document.createRange(); range.selectNodeContents(e); return range.getBoundingClientRect() })(document.querySelector(".dock .title")))`)
	})
	t.Run("in its history too", func(t *testing.T) {
		panel := panel.in(t)
		panel.click(`document.querySelector("[data-section=history] summary")`)
		panel.until("document.querySelector('.entries').textContent.includes('\\u2068Marie Durand\\u2069')")
	})
	t.Run("with arrows that lead to the left", func(t *testing.T) {
		panel := panel.in(t)
		panel.until(`getComputedStyle(document.querySelector("[data-action=transfer] svg")).transform === "matrix(-1, 0, 0, 1, 0, 0)"`)
		panel.until(`getComputedStyle(document.querySelector("[data-action=hangUp] svg")).transform === "none"`)
	})
	t.Run("unless the page says otherwise", func(t *testing.T) {
		_, page := inHostPage(t)
		page.show("one", `{origin: "https://elsewhere.example", lang: "ar"}`)
		page.until(`document.querySelector("#one .wwe-panel").dir === "rtl"`)
		page.eval(`void (two.dir = "ltr")`, nil)
		page.show("two", `{origin: "https://elsewhere.example", lang: "ar"}`)
		page.until(`document.querySelector("#two .wwe-panel").lang === "ar"`)
		page.until(`getComputedStyle(document.querySelector("#two .wwe-panel")).direction === "ltr"`)
	})
}

// cut are the texts of the page that do not fit: beyond its edge, out of their
// button or label, or clipped. A name that is cut off shows in full as a tip; what
// the dock and the list say of it besides is in full under More.
const cut = `(() => {
	const canvas = document.createElement("canvas").getContext("2d");
	const isCut = (e) => {
		const r = e.getBoundingClientRect(), style = getComputedStyle(e);
		if (r.left < -.5 || r.right > innerWidth + .5) return "beyond the page";
		if (e.matches("input[placeholder]")) {
			canvas.font = style.font;
			return canvas.measureText(e.placeholder).width > e.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) + 1 && "a placeholder";
		}
		if (e.matches(".ask select")) {
			canvas.font = style.font;
			return canvas.measureText(e.selectedOptions[0].text).width > e.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - 15 && "a choice";
		}
		if (e.matches("input, select")) return false;
		return e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1 && style.display !== "inline" && "wider than its place";
	};
	const hasText = (e) => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) || e.matches("input, select, button, summary");
	return [...document.querySelectorAll(".wwe-panel *:not(option, path, .unseen, .unseen *, [title], .about, .kind)")].filter(e => e.checkVisibility() && hasText(e))
		.flatMap(e => { const why = isCut(e); return why ? [why + ": " + (e.selectedOptions?.[0].text || e.innerText || e.placeholder || e.outerHTML.slice(0, 100))] : []; });
})()`

// Words are longer in other languages than in English.
func TestLongWordsFit(t *testing.T) {
	clickOn := func(selector string) func(frame) {
		return func(panel frame) {
			panel.t.Helper()
			panel.click(`[...document.querySelectorAll(` + quoted(selector) + `)].find(e => e.checkVisibility())`)
		}
	}
	visible := func(selector string) func(frame) {
		return until(`[...document.querySelectorAll(` + quoted(selector) + `)].some(e => e.checkVisibility())`)
	}
	fold := func(section string) func(frame) { return clickOn("[data-section=" + section + "] summary") }
	for _, language := range []string{"de", "fr", "ar"} {
		desktop, panel := speaking(t, language)
		for _, state := range []struct {
			name, script string
			do           []func(frame)
		}{
			{"empty", `0`, nil},
			{"ringing", ring, []func(frame){visible("[data-action=accept]")}},
			{"call", customer, []func(frame){visible("[data-action=hold]"), fold("details"), fold("media")}},
			{"recording", customer, []func(frame){fold("details"), clickOn("[data-action=startRecording]"), visible("[data-action=pauseRecording]")}},
			{"consult", customer, []func(frame){clickOn("[data-action=consult]"), visible("form.ask")}},
			{"block", customer, []func(frame){fold("details"), clickOn("[data-action=blockMarkDone]"), visible("form.ask")}},
			{"consultation", customer + `, wweHost.consult("1", "1002")`, []func(frame){visible("[data-action=completeConference]")}},
			{"over", customer + `, wweHost.hangUp("1")`, []func(frame){visible("[data-action=markDone]")}},
			{"error", customer + `, wweHost.fault({request: "voice.hold"})`, []func(frame){clickOn("[data-action=hold]"), visible(".failure"), fold("history")}},
			{"list", shift + `, wweHost.consult(wweHost.interactions().find((i) => i.ani === "+33 6 12 34 56 78").interactionId, "1002")`, []func(frame){visible("[data-consultation]")}},
		} {
			t.Run(language+" "+state.name, func(t *testing.T) {
				desktop, panel := desktop.in(t), panel.in(t)
				panel.eval(`sessionStorage.clear()`, nil)
				desktop.eval(`wweHost.reset()`, nil)
				desktop.speak(panel, language)
				panel.until(`document.querySelector(".standing:not([hidden])")?.innerText.includes(` + quoted(textIn(t, language, "noInteractions")) + `)`)
				desktop.eval("["+state.script+"]", nil)
				for _, do := range state.do {
					do(panel)
				}
				for _, width := range []int{258, 200} {
					panel.widen(width)
					panel.frames(3)
					var found []string
					panel.eval(cut, &found)
					assert.Empty(t, found, "at %d px", width)
					panel.tall(fmt.Sprintf("%s %s %d", language, state.name, width), width)
				}
			})
		}
	}
}

// tall is a screenshot of all of a panel, if SCREENSHOTS names a folder.
func (f frame) tall(name string, width int) {
	f.t.Helper()
	if os.Getenv("SCREENSHOTS") == "" {
		return
	}
	f.around().eval(fmt.Sprintf(`void (document.querySelector("iframe").style.cssText = "position: fixed; z-index: 9; inset: 0 auto auto 0; height: 1400px; width: %dpx")`, width), nil)
	require.NoError(f.t, f.tab.Resize(width, 1400))
	f.frames(3)
	f.screenshot(strings.ReplaceAll(name, " ", "-"))
	require.NoError(f.t, f.tab.Resize(1280, 720))
}
