package drive

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"image/color"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var engine = cmp.Or(os.Getenv("ENGINE"), "chromium")

// begin starts a browser on a page that has another of another origin in an iframe at (100, 50).
func begin(t *testing.T, o Options) (b Browser, top, inner string) {
	t.Helper()
	serve := func(page func() string) string {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/" {
				http.NotFound(w, r)
				return
			}
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'unsafe-inline'; "+
				"frame-src http:; img-src data:; require-trusted-types-for 'script'")
			fmt.Fprint(w, `<!doctype html><html lang="en"><title>T</title><link rel="icon" href="data:,"><body style="margin: 0">`, page())
		}))
		t.Cleanup(server.Close)
		return server.URL
	}
	inner = serve(func() string {
		return `<button style="position: absolute; left: 200px; top: 100px; width: 30px; height: 30px">B</button><input>`
	})
	top = serve(func() string {
		return fmt.Sprintf(`<iframe src="about:blank"></iframe><iframe src="%s/" style="position: absolute; left: 100px; top: 50px; width: 400px; height: 300px; border: 0"></iframe>`, inner)
	})
	o.Engine = engine
	b, err := Start(o)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, b.Close()) })
	require.NoError(t, b.Resize(800, 600))
	require.NoError(t, b.Navigate(top+"/"))
	return b, top, inner
}

func is(t *testing.T, b Browser, in Page, script, want string) {
	t.Helper()
	var got string
	var err error
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if got, err = b.Evaluate(in, script); err == nil && got == want {
			return
		}
	}
	require.NoError(t, err)
	assert.Equal(t, want, got, script)
}

func TestABrowserDoesWhatAPersonDoes(t *testing.T) {
	b, top, inner := begin(t, Options{Dark: true})
	in := Page{Origin: inner}
	is(t, b, Page{}, "location.origin", top)
	is(t, b, Page{Origin: top}, "location.origin", top)
	is(t, b, in, "location.origin", inner)
	is(t, b, Page{}, "`${innerWidth} x ${innerHeight}`", "800 x 600")
	is(t, b, in, `matchMedia("(prefers-color-scheme: dark)").matches + ""`, "true")
	is(t, b, Page{}, "new Promise((done) => setTimeout(done, 10, 'later'))", "later")

	is(t, b, in, `void document.querySelector("button").addEventListener("click", (e) => { window.clicked = e.isTrusted + " " + e.clientX + " " + e.clientY; }) ?? ""`, "")
	require.NoError(t, b.Click(100+215, 50+115))
	is(t, b, in, "window.clicked ?? ''", "true 215 115")
	is(t, b, in, `(window.clicked = "") || ""`, "")
	const isPressed = `document.querySelector("button:active") ? "pressed" : window.clicked.split(" ")[0]`
	require.NoError(t, b.Hold(100+215, 50+115, func() { is(t, b, in, isPressed, "pressed") }))
	is(t, b, in, isPressed, "true")
	require.NoError(t, b.Press(in, Tab, false))
	is(t, b, in, "document.activeElement.tagName", "INPUT")
	require.NoError(t, b.Insert(in, "aB é1"))
	require.NoError(t, b.Press(in, "z", false))
	is(t, b, in, "document.activeElement.value", "aB é1z")
	require.NoError(t, b.Press(in, Tab, true))
	is(t, b, in, "document.activeElement.tagName", "BUTTON")
	is(t, b, in, `(window.clicked = "") || ""`, "")
	require.NoError(t, b.Press(in, Enter, false))
	is(t, b, in, "window.clicked.split(' ')[0]", "true")
	is(t, b, in, `(window.clicked = "") || ""`, "")
	is(t, b, in, `void document.activeElement.addEventListener("keydown", ({key}) => { window.held = key; }) ?? ""`, "")
	require.NoError(t, b.HoldKey(in, Space, func() { is(t, b, in, "window.held + window.clicked", " ") }))
	is(t, b, in, "window.clicked.split(' ')[0]", "true")

	require.NoError(t, b.Resize(258, 500))
	is(t, b, Page{}, "`${innerWidth} x ${innerHeight}`", "258 x 500")
	shot, err := b.Screenshot()
	require.NoError(t, err)
	picture, err := png.Decode(bytes.NewReader(shot))
	require.NoError(t, err)
	assert.Equal(t, 258, picture.Bounds().Dx())

	require.NoError(t, b.Preload("window.early = document.querySelectorAll('iframe').length + ''"))
	require.NoError(t, b.Reload())
	is(t, b, Page{}, "window.early", "0")
	is(t, b, in, "window.early", "0")
	complaints, err := b.Complaints()
	require.NoError(t, err)
	assert.Empty(t, complaints)
}

func TestAScreenshotShowsThePagesAsTheyAre(t *testing.T) {
	b, top, inner := begin(t, Options{})
	for n := range 12 {
		blue := uint8(n % 2 * 255)
		wide := 200 + n%2*100
		is(t, b, Page{Origin: top}, fmt.Sprintf(`(document.querySelectorAll("iframe")[1].style.width = "%dpx") && ""`, wide), "")
		is(t, b, Page{Origin: inner}, fmt.Sprintf(`(document.body.style.background = "rgb(0, 0, %d)") && innerWidth + ""`, blue), fmt.Sprint(wide))
		shot, err := b.Screenshot()
		require.NoError(t, err)
		picture, err := png.Decode(bytes.NewReader(shot))
		require.NoError(t, err)
		assert.Equal(t, color.RGBA{0, 0, blue, 255}, color.RGBAModel.Convert(picture.At(100+150, 50+250)), "screenshot %d", n)
	}
}

func TestAPageIsOpenedThoughItsIframeMayNotBe(t *testing.T) {
	b, _, _ := begin(t, Options{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if r.URL.Path == "/inner" {
			w.Header().Set("Content-Security-Policy", "frame-ancestors 'none'")
		}
		fmt.Fprint(w, `<!doctype html><title>T</title><link rel="icon" href="data:,"><iframe src="/inner"></iframe>`)
	}))
	t.Cleanup(server.Close)
	for range 5 {
		require.NoError(t, b.Navigate(server.URL))
		is(t, b, Page{}, "document.readyState", "complete")
	}
}

func TestAScriptThatFailsIsAnError(t *testing.T) {
	b, top, _ := begin(t, Options{})
	for _, script := range []string{
		`(() => { throw new Error("thrown") })()`, `Promise.reject(new Error("rejected"))`, `no.such`, `not a script`, `1`, `undefined`,
	} {
		_, err := b.Evaluate(Page{}, script)
		assert.Error(t, err, script)
	}
	for _, page := range []Page{{Origin: "http://elsewhere.example"}, {Origin: top, Nth: 2}} { // about:blank may count
		_, err := b.Evaluate(page, `""`)
		assert.ErrorContains(t, err, "is not loaded")
	}
}

func TestComplaintsOfThePagesAreHeard(t *testing.T) {
	b, _, inner := begin(t, Options{})
	is(t, b, Page{Origin: inner}, "document.readyState", "complete")
	for name, c := range map[string]struct {
		script string
		words  []string // one of them
	}{
		"an exception":                  {`setTimeout(() => { throw new Error("e-1") })`, []string{"e-1"}},
		"a rejection":                   {`void Promise.reject(new Error("e-2"))`, []string{"e-2"}},
		"an error on the console":       {`console.error("e-3")`, []string{"e-3"}},
		"a violation of the policy":     {`document.body.append(Object.assign(new Image(), {src: "http://e-4.example/"}))`, []string{"e-4.example"}},
		"a violation of Trusted Types":  {`(() => { try { document.body.innerHTML = "<b>e-5</b>" } catch {} })()`, []string{"TrustedHTML", "require-trusted-types-for"}},
		"an inline script, not allowed": {`document.body.append(Object.assign(document.createElement("button"), {id: "b"})), (() => { try { document.querySelector("#b").setAttribute("onclick", "1") } catch {} })()`, []string{"script-src", "require-trusted-types-for", "TrustedScript"}},
	} {
		for where, in := range map[string]Page{"the tab's own page": {}, "a page in an iframe": {Origin: inner}} {
			t.Run(name+" in "+where, func(t *testing.T) {
				about := func() (count int) {
					all, _ := b.Complaints()
					for _, complaint := range all {
						if slices.ContainsFunc(c.words, func(words string) bool { return strings.Contains(complaint, words) }) {
							count++
						}
					}
					return count
				}
				before := about()
				_, err := b.Evaluate(in, `void (`+c.script+`) ?? ""`)
				require.NoError(t, err)
				assert.Eventually(t, func() bool { return about() > before }, 10*time.Second, 20*time.Millisecond, "never heard")
			})
		}
	}
	all, err := b.Complaints()
	require.NoError(t, err)
	require.NoError(t, b.Reload())
	kept, err := b.Complaints()
	require.NoError(t, err)
	assert.GreaterOrEqual(t, len(kept), len(all), "a reload keeps them")
}

// A tab in a browser that had another meets nothing of it.
func TestATabOfAPoolHasAFreshProfile(t *testing.T) {
	var loaded atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "max-age=3600")
		if r.URL.Path == "/cached" {
			loaded.Add(1)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, `<!doctype html><html lang="en"><title>T</title><link rel="icon" href="data:,"><body>`)
	}))
	t.Cleanup(server.Close)
	const state = "[document.cookie, localStorage.length, window.early, innerWidth].join()"
	var pool Pool
	t.Cleanup(pool.Close)
	var first []string
	for range 3 {
		b, err := pool.Open(Options{Engine: engine})
		require.NoError(t, err)
		require.NoError(t, b.Navigate(server.URL))
		now, err := b.Evaluate(Page{}, state)
		require.NoError(t, err)
		first = append(first, now)
		loaded.Store(0)
		is(t, b, Page{}, `fetch("/cached").then(() => "")`, "")
		assert.EqualValues(t, 1, loaded.Load(), "the cache is the tab's own")
		complaints, err := b.Complaints()
		require.NoError(t, err)
		assert.Empty(t, complaints)

		require.NoError(t, b.Resize(300, 400))
		require.NoError(t, b.Preload(`window.early = "early"`))
		require.NoError(t, b.Reload())
		is(t, b, Page{}, `(document.cookie = "c=1"), (localStorage.l = 1), setTimeout(() => console.error("of the tab before")), `+state, "c=1,1,early,300")
		assert.Eventually(t, func() bool { all, _ := b.Complaints(); return len(all) > 0 }, 10*time.Second, 20*time.Millisecond)
		is(t, b, Page{}, `document.visibilityState`, "visible")
		require.NoError(t, b.Close())
	}
	assert.Equal(t, first[0], first[1])
	assert.Equal(t, first[0], first[2])
	assert.Len(t, pool.idle[Options{Engine: engine}], 1, "it was one browser")
}

func TestABrowserThatHasEndedIsNotUsedAgain(t *testing.T) {
	var pool Pool
	t.Cleanup(pool.Close)
	b, err := pool.Open(Options{Engine: engine})
	require.NoError(t, err)
	require.NoError(t, b.Close())
	pool.idle[Options{Engine: engine}][0].end()
	b, err = pool.Open(Options{Engine: engine})
	require.NoError(t, err)
	require.NoError(t, b.Navigate("data:text/html,"))
	require.NoError(t, b.Close())
}

func TestNothingOutlivesABrowser(t *testing.T) {
	folder := shortFolder(t)
	t.Setenv("TMPDIR", folder)
	b, err := Start(Options{Engine: engine})
	require.NoError(t, err)
	assert.NotEmpty(t, users(folder))
	require.NoError(t, b.Close())
	assert.Eventually(t, func() bool { return len(users(folder)) == 0 }, 10*time.Second, 50*time.Millisecond)
	left, err := os.ReadDir(folder)
	require.NoError(t, err)
	assert.Empty(t, left)
}

// As when a test's time is over.
func TestNothingOutlivesAProcessThatIsKilled(t *testing.T) {
	const started = "the browser has started"
	if os.Getenv("HOLD") != "" {
		_, err := Start(Options{Engine: engine})
		require.NoError(t, err)
		fmt.Println(started)
		select {}
	}
	folder := shortFolder(t)
	process := exec.Command(os.Args[0], "-test.run=^TestNothingOutlivesAProcessThatIsKilled$")
	process.Env = append(os.Environ(), "HOLD=1", "TMPDIR="+folder)
	output, err := process.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, process.Start())
	line, err := bufio.NewReader(output).ReadString('\n')
	require.NoError(t, err)
	require.Equal(t, started+"\n", line)
	assert.Greater(t, len(users(folder)), 1)
	require.NoError(t, process.Process.Kill())
	_ = process.Wait()
	assert.Eventually(t, func() bool { return len(users(folder)) == 0 }, 10*time.Second, 50*time.Millisecond)
	assert.Eventually(t, func() bool { return os.RemoveAll(folder) == nil }, 10*time.Second, 50*time.Millisecond)
}

// shortFolder returns a new folder. In one with the test's name the paths of Chromium's sockets would be too long.
func shortFolder(t *testing.T) string {
	t.Helper()
	folder, err := os.MkdirTemp("", "")
	require.NoError(t, err)
	t.Cleanup(func() { os.RemoveAll(folder) })
	return folder
}

// users are the processes that have the folder for their temporary files.
func users(folder string) (all []string) {
	processes, _ := os.ReadDir("/proc")
	for _, p := range processes {
		environment, err := os.ReadFile("/proc/" + p.Name() + "/environ")
		if err == nil && bytes.Contains(environment, []byte("TMPDIR="+folder+"\x00")) {
			name, _ := os.ReadFile("/proc/" + p.Name() + "/cmdline")
			all = append(all, string(name))
		}
	}
	return all
}
