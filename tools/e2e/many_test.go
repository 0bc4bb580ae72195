package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/tracing"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/tools/drive"
	"wwebridge/web"
)

// inMany opens a WWE that holds many interactions, once it is told to, with the panel in it.
func inMany(t *testing.T) (wwe, panel frame) {
	t.Helper()
	server := httptest.NewServer(http.FileServer(http.Dir("testdata/many")))
	t.Cleanup(server.Close)
	_, widget := start(t, func(p *web.Pages) {
		p.Root, p.DesktopOrigin = os.DirFS(project), server.URL
	})
	tab := browser(t)
	require.NoError(t, tab.Resize(640, 720))
	require.NoError(t, tab.Navigate(server.URL))
	wwe, panel = outer(t, tab, server.URL), inner(t, tab, widget)
	wwe.eval(`document.body.appendChild(document.createElement("iframe")).src = `+quoted(widget), nil)
	wwe.until("waiting.length > 0")
	panel.eval(watchPanel, nil)
	return wwe, panel
}

// watchPanel notes whether the panel ever says that the connection is lost, and
// marks the tasks in which all the interactions arrive.
const watchPanel = `(() => {
	window.lost = 0;
	addEventListener("message", ({ data }) => { if (data.request === "interaction.getInteractions") performance.mark("arrived"); });
	new MutationObserver(() => { lost += document.querySelector("[data-phase=lost]:not([hidden])") ? 1 : 0; })
		.observe(document.body, { subtree: true, childList: true, attributes: true });
})()`

// tasks are the tasks of the panel's page while something happens. Their lengths are the
// processor's time, as tests share the machine with others.
type tasks struct {
	longest time.Duration
	reading time.Duration // the longest in which all the interactions arrived
}

// during returns the tasks of the panel's page while the work is done and half a second more.
func (f frame) during(work func()) (t tasks) {
	f.t.Helper()
	type traced struct {
		Name       string  `json:"name"`
		Phase      string  `json:"ph"`
		Thread     int     `json:"tid"`
		Begin      float64 `json:"ts"`
		Duration   float64 `json:"dur"`
		Processing float64 `json:"tdur"`
	}
	var mu sync.Mutex
	var events []traced
	ended := make(chan struct{})
	ctx, stop := context.WithCancel(inChromium(f.t, f.tab, onlyItTraces))
	defer stop()
	chromedp.ListenTarget(ctx, func(event any) {
		switch event := event.(type) {
		case *tracing.EventDataCollected:
			mu.Lock()
			defer mu.Unlock()
			for _, text := range event.Value {
				var e traced
				if json.Unmarshal(text, &e) == nil {
					events = append(events, e)
				}
			}
		case *tracing.EventTracingComplete:
			close(ended)
		}
	})
	require.NoError(f.t, chromedp.Run(ctx, tracing.Start().WithTraceConfig(&tracing.TraceConfig{
		IncludedCategories: []string{"toplevel", "blink.user_timing"}, ExcludedCategories: []string{"*"},
	})))
	f.eval(`performance.mark("begun")`, nil)
	work()
	time.Sleep(500 * time.Millisecond)
	require.NoError(f.t, chromedp.Run(ctx, tracing.End()))
	select {
	case <-ended:
	case <-time.After(patience):
		require.Fail(f.t, "the browser does not end its trace")
	}
	main := 0
	marks := map[string][]float64{}
	for _, e := range events {
		if e.Name == "begun" {
			main = e.Thread
		}
		marks[e.Name] = append(marks[e.Name], e.Begin)
	}
	for _, e := range events {
		if e.Name != "ThreadControllerImpl::RunTask" || e.Thread != main {
			continue
		}
		has := func(mark string) bool {
			return slices.ContainsFunc(marks[mark], func(at float64) bool { return e.Begin <= at && at <= e.Begin+e.Duration })
		}
		took := time.Duration(e.Processing) * time.Microsecond
		switch {
		case has("wwe"):
		case has("arrived"):
			t.reading = max(t.reading, took)
		default:
			t.longest = max(t.longest, took)
		}
	}
	return t
}

// longestTask is three times the 50 ms that a task may take: the machine runs
// other tests too, and Go marks all that the panel holds in one task when it
// collects garbage. That no slice of our own work is long is tested by counting:
// see TestNoTurnHandlesMoreThanSomeInteractions. make bench has the real time.
const longestTask = 150 * time.Millisecond

const onlyItTraces = "the others do not trace the tasks of a page"

func TestManyInteractions(t *testing.T) {
	only(t, "chromium", onlyItTraces)
	for _, count := range []int{100, 1000, 10_000} {
		t.Run(fmt.Sprint(count), func(t *testing.T) {
			wwe, panel := inMany(t)
			wwe.t, panel.t = t, t
			during := func(name string, work func()) {
				t.Helper()
				var took time.Duration
				tasks := panel.during(func() {
					began := time.Now()
					work()
					took = time.Since(began)
				})
				t.Logf("%s: %v, the longest task %v, that in which all interactions arrive %v", name, took, tasks.longest, tasks.reading)
				assert.Less(t, tasks.longest, longestTask, name)
			}
			rows := `document.querySelectorAll(".row").length`
			wwe.eval(fmt.Sprintf("hold(%d)", count), nil)
			during("at first", func() {
				wwe.eval("speak()", nil)
				panel.until(rows + " === 100")
				panel.until(fmt.Sprintf("document.querySelector('.list h2').textContent === 'Interactions · %d'", count))
			})
			during("100 data events", func() {
				require.NoError(t, wwe.evaluate("burst(100).then(() => 'null')", nil))
			})
			during("selecting one", func() {
				panel.eval(`document.querySelectorAll(".select")[5].click()`, nil)
				panel.until(shows(".detail", "99"))
			})
			if count > 100 {
				during("showing more", func() {
					panel.enter()
					panel.eval(`document.querySelector("[data-action=more]").focus()`, nil)
					panel.key(drive.Enter)
					panel.until(rows + " === 200")
					panel.until(`document.activeElement === document.querySelectorAll(".select")[100]`)
					panel.until(shows("[data-action=more]", fmt.Sprintf("Show more (%d hidden)", count-200)))
				})
				during("one rings", func() {
					wwe.eval(fmt.Sprintf(`happen(%d, "RINGING", { state: "RINGING" })`, count-1), nil)
					panel.until(shows("[role=alert]", "+33 1"))
					panel.until(rows + " === 201")
				})
			}
			during("reading all again", func() {
				wwe.eval(`interactions.splice(3, 1), happen(7, "MARK_DONE", {})`, nil) // the panel reads all again
				panel.until(`document.querySelector("[role=status]").textContent !== ""`)
				time.Sleep(time.Second)
			})

			var lost int
			panel.eval("lost", &lost)
			assert.Zero(t, lost, "a panel that has much to do is not disconnected")
		})
	}
}
