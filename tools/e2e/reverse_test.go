package e2e

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"

	"wwebridge/internal/standin"
)

// besideWWE opens the page that panels are embedded in by itself. Its function
// insertWWE puts an iframe with a WWE into it, which always has the same call.
func besideWWE(t *testing.T) (page frame) {
	t.Helper()
	wwe := http.NewServeMux()
	files := http.FileServerFS(over{os.DirFS("testdata/embed"), os.DirFS(project)})
	wwe.Handle("/", files)
	for path, content := range map[string][2]string{
		"/wwe.html": {"text/html", `<!doctype html><script src="wwe.js"></script>`},
		"/wwe.js":   {"text/javascript", standin.WWE},
	} {
		wwe.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", content[0])
			fmt.Fprint(w, content[1])
		})
	}
	server := httptest.NewServer(wwe)
	t.Cleanup(server.Close)
	page = open(t, server.URL)
	page.until("window.show")
	page.eval(`void (window.insertWWE = () => {
		const frame = document.createElement("iframe");
		frame.src = "wwe.html";
		frame.id = "wwe";
		frame.onload = () => { window.hasWWE = true; };
		document.body.append(frame);
		return frame;
	})`, nil)
	return page
}

func TestThePanelFollowsTheIframeThatWWERunsIn(t *testing.T) {
	page := besideWWE(t)
	page.eval(`void document.addEventListener("load", ({ target }) => {
		if (target.id === "wwe") {
			window.asked = [];
			target.contentWindow.addEventListener("message", ({ data }) => asked.push(data.request ?? data.event));
		}
	}, true)`, nil)
	isLive := textOf("#one", "+33 1 40 00 00 01") + ` && ["subscribe", "interaction.getInteractions"].every(r => asked.includes(r)) && !` +
		textOf("#one", "Connection to WWE lost")
	isIdle := `!document.querySelector("#one [aria-busy=true]")`
	works := func(t *testing.T) {
		t.Helper()
		page := page.in(t)
		page.until(isLive)
		page.until(isIdle)
		page.press("Accept")
		page.until(`asked.includes("interaction.accept")`)
		page.until(isIdle) // the panel waits a second for the effect, which this WWE never has
	}

	page.show("one", `{origin: location.origin, frame: "wwe"}`)
	page.until(textOf("#one", "WWE is not on this page yet") + " && " + textOf("#one", "no element with the id wwe"))
	page.eval(`void insertWWE()`, nil)
	works(t)
	for _, c := range []struct{ promise, change string }{
		{"that is reloaded", `document.getElementById("wwe").contentWindow.location.reload()`},
		{"that is moved", `document.body.prepend(document.getElementById("wwe"))`},
		{"that another one with its id replaces", `document.getElementById("wwe").remove(), insertWWE()`},
	} {
		t.Run(c.promise, func(t *testing.T) {
			page.in(t).eval(`void (asked = undefined, `+c.change+`)`, nil)
			page.in(t).until("asked")
			works(t)
		})
	}
	t.Run("that is missing for a time, which the panel says", func(t *testing.T) {
		page := page.in(t)
		page.eval(`void document.getElementById("wwe").remove()`, nil)
		page.press("Accept")
		page.until(textOf("#one", "no element with the id wwe"))
		page.eval(`void insertWWE()`, nil)
		works(t)
	})
}
