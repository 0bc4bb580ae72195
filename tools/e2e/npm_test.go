package e2e

import (
	"bufio"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/web"
)

// npmPackage is the folder of the npm package wwe-desktop, built by make dist.
const npmPackage = project + "/dist-npm"

// anInstallation is a project without anything but Playwright and TypeScript, in which the
// tarball of the package is installed.
func anInstallation(t *testing.T) (folder string) {
	t.Helper()
	folder = t.TempDir()
	require.NoError(t, os.CopyFS(folder, os.DirFS("testdata/npm")))
	tarball, _ := packed(t, folder)
	for _, command := range []string{"npm ci --prefer-offline", "npm install --offline --no-save " + tarball} {
		run(t, folder, strings.Fields(command)...)
	}
	return folder
}

// packed makes the tarball in the folder. It returns its file and what npm says of it.
func packed(t *testing.T, folder string) (tarball string, files []string) {
	t.Helper()
	made := exec.CommandContext(t.Context(), "npm", "pack", "--json", "--pack-destination", folder)
	made.Dir = npmPackage
	text, err := made.Output()
	require.NoError(t, err)
	var all []struct {
		Filename           string
		Size, UnpackedSize int
		Files              []struct{ Path string }
	}
	require.NoError(t, json.Unmarshal(text, &all), "%s", text)
	require.Len(t, all, 1)
	for _, file := range all[0].Files {
		files = append(files, file.Path)
	}
	t.Logf("%s has %d bytes, %d when installed", all[0].Filename, all[0].Size, all[0].UnpackedSize)
	assert.Less(t, all[0].Size, 2_500_000)
	return "./" + all[0].Filename, files
}

func TestTheNPMPackageHasWhatItNeedsOnly(t *testing.T) {
	_, files := packed(t, t.TempDir())
	for _, file := range files {
		assert.Regexp(t, `^(LICENSE|README\.md|package\.json|[a-z]+\.js|[a-z]+\.d\.ts|desktop/web/[a-z-]+\.(html|css|js|wasm|svg|png|json))$`, file)
	}
	assert.Subset(t, files, []string{
		"LICENSE", "README.md", "package.json", "cli.js", "server.js", "playwright.js", "genesys.d.ts", "host.d.ts",
		"desktop/web/desktop.html", "desktop/web/desktop.wasm", "desktop/web/forger.js", "desktop/web/runtime.js",
	})
	here, err := filepath.Abs(project)
	require.NoError(t, err)
	home, err := os.UserHomeDir()
	require.NoError(t, err)
	cache, err := exec.CommandContext(t.Context(), "go", "env", "GOMODCACHE").Output()
	require.NoError(t, err)
	for _, file := range files {
		content, err := os.ReadFile(filepath.Join(npmPackage, file))
		require.NoError(t, err)
		for _, path := range []string{here, home + "/", strings.TrimSpace(string(cache)), os.TempDir() + "/"} {
			assert.False(t, len(path) > 1 && strings.Contains(string(content), path), "%s names %s", file, path)
		}
		assert.NotContains(t, string(content), "sourceMappingURL", file)
	}
}

func TestTheNPMPackageTestsAWidget(t *testing.T) {
	only(t, "chromium", "Playwright is given Chromium")
	folder := anInstallation(t)
	run(t, folder, "node_modules/.bin/tsc")

	forbids := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-Frame-Options", "DENY")
		io.WriteString(w, "<!doctype html><title>Widget</title>")
	}))
	t.Cleanup(forbids.Close)
	refusing := "http://localhost:" + freePort(t) + "/"
	variables := []string{"REFUSING=" + refusing, "WIDGET=" + serveWidget(t, example, true), "FORBIDDING=" + forbids.URL, "CHROMIUM=" + chromium(t)}
	for range 2 { // in parallel workers, twice in a row
		output, err := tryRun(t, folder, variables, "node_modules/.bin/playwright", "test", "widget.spec")
		require.NoError(t, err, output)
		assert.Regexp(t, `using 2 workers`, output)
		assert.Regexp(t, `(?m)^\s*10 passed`, output)
	}

	output, err := tryRun(t, folder, variables, "node_modules/.bin/playwright", "test", "unreachable.spec")
	require.Error(t, err, output)
	assert.Contains(t, output, "The widget does not load from "+refusing+": net::ERR_CONNECTION_REFUSED. "+
		"Start its server (webServer in playwright.config.ts does that for you), or set the option widgetURL.")
	assert.Contains(t, output, "/missing: its server answers with 404. Correct the option widgetURL.")
	assert.Contains(t, output, "The widget does not load from "+forbids.URL+"/: net::ERR_BLOCKED_BY_RESPONSE. "+
		"Let its server leave out X-Frame-Options, and allow http://localhost:")
	assert.Regexp(t, `(?m)^\s*3 failed`, output)
}

// served starts the command of the package, which ends when the test does. It returns the desktop's
// origin and what the command writes to its standard error.
func served(t *testing.T, args ...string) (address string, errs *bufio.Reader, program *exec.Cmd) {
	t.Helper()
	program = exec.CommandContext(t.Context(), "node", append([]string{"cli.js"}, args...)...)
	program.Dir = npmPackage
	program.Cancel = func() error { return program.Process.Signal(os.Interrupt) }
	out, err := program.StdoutPipe()
	require.NoError(t, err)
	stderr, err := program.StderrPipe()
	require.NoError(t, err)
	require.NoError(t, program.Start())
	t.Cleanup(func() { _ = program.Process.Kill(); _ = program.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err)
	match := regexp.MustCompile(`^Open (http://localhost:\d+)/\?\S+ \(your widget comes from .*\)\. Ctrl-C ends it\.`).FindStringSubmatch(line)
	require.NotNil(t, match, line)
	return match[1], bufio.NewReader(stderr), program
}

// asked sends a request with a Host header, and does not follow redirects.
func asked(t *testing.T, method, address, path, host string) *http.Response {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, address, nil)
	require.NoError(t, err)
	request.URL.Opaque = path // as it is, without being cleaned
	request.Host = host
	response, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(request)
	require.NoError(t, err)
	t.Cleanup(func() { response.Body.Close() })
	return response
}

func TestTheNPMPackageServesAsTheGoServer(t *testing.T) {
	widget := serveWidget(t, example, true)
	address, _, program := served(t, "--port", freePort(t), "--widget", widget, "--frames", "http://localhost:3000")
	reference, _ := start(t, func(p *web.Pages) { p.FramedBy = []string{"http://localhost:3000"} })
	for _, path := range []string{"/", "/web/desktop.css", "/web/desktop.js", "/web/desktop.wasm", "/web/runtime.js", "/web/icon.svg", "/web/forger.html", "/web/none.js"} {
		query := ""
		if path == "/" {
			query = "?widget=http://localhost:3000/"
		}
		ours := asked(t, http.MethodGet, address, path+query, strings.TrimPrefix(address, "http://"))
		theirs := asked(t, http.MethodGet, reference, path+query, strings.TrimPrefix(reference, "http://"))
		assert.Equal(t, theirs.StatusCode, ours.StatusCode, path)
		for _, name := range []string{"Content-Type", "Content-Security-Policy", "X-Content-Type-Options", "Cache-Control"} {
			assert.Equal(t, strings.ReplaceAll(theirs.Header.Get(name), reference, address), ours.Header.Get(name), "%s of %s", name, path)
		}
		if ours.StatusCode == http.StatusOK {
			one, err := io.ReadAll(ours.Body)
			require.NoError(t, err)
			other, err := io.ReadAll(theirs.Body)
			require.NoError(t, err)
			if path == "/" { // the Go server has put the origin of its widget in
				one, other = one[:0], other[:0]
			}
			assert.Equal(t, string(other), string(one), path)
		}
	}

	port := address[strings.LastIndex(address, ":"):]
	for _, r := range []struct {
		method, path, host string
		status             int
		location           string
	}{
		{"GET", "/", "localhost" + port, 307, address + "/?widget=" + strings.NewReplacer(":", "%3A", "/", "%2F").Replace(widget)},
		{"GET", "/?fresh", "localhost" + port, 307, address + "/?fresh=&widget=" + strings.NewReplacer(":", "%3A", "/", "%2F").Replace(widget)},
		{"GET", "/?a=b", "127.0.0.1" + port, 307, address + "/?a=b"},
		{"GET", "/", "[::1]" + port, 307, address + "/"},
		{"GET", "/", "rebound.example" + port, 403, ""},
		{"GET", "/", "localhost", 403, ""},
		{"GET", "/web/desktop.js", "localhost.example" + port, 403, ""},
		{"POST", "/", "localhost" + port, 405, ""},
		{"HEAD", "/web/desktop.wasm", "localhost" + port, 200, ""},
		{"GET", "/web/../../package.json", "localhost" + port, 404, ""},
		{"GET", "/web/..%2f..%2fpackage.json", "localhost" + port, 404, ""},
		{"GET", "/package.json", "localhost" + port, 404, ""},
		{"GET", "//evil.example/%00", "localhost" + port, 404, ""},
		{"GET", "//[", "localhost" + port, 404, ""},
	} {
		response := asked(t, r.method, address, r.path, r.host)
		assert.Equal(t, r.status, response.StatusCode, r)
		assert.Equal(t, r.location, response.Header.Get("Location"), r)
	}

	require.NoError(t, program.Process.Signal(os.Interrupt))
	state, err := program.Process.Wait()
	require.NoError(t, err)
	assert.Equal(t, 0, state.ExitCode())
}

func TestTheCommandOfTheNPMPackageSaysWhatToDo(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { listener.Close() })
	taken := strconv.Itoa(listener.Addr().(*net.TCPAddr).Port)
	for name, c := range map[string]struct {
		args string
		code int
		says string
	}{
		"help":               {"--help", 0, `Usage: npx wwe-desktop --widget URL`},
		"help, short":        {"-h", 0, `--open +open the desktop in your browser`},
		"version":            {"--version", 0, `^\d+\.\d+\.\d+\n$`},
		"no widget":          {"", 2, `name your widget: npx wwe-desktop --widget http://localhost:3000`},
		"a wrong widget":     {"--widget localhost:3000", 2, `--widget "localhost:3000" is not a URL such as http://localhost:3000`},
		"a script":           {"--widget javascript:alert(1)", 2, `is not a URL such as`},
		"a wrong port":       {"--widget http://a.example --port 65536", 2, `--port "65536" is not a port \(1 to 65535\)`},
		"an unknown option":  {"--wigdet http://a.example", 2, `--wigdet`},
		"a stray argument":   {"http://a.example", 2, `http://a.example`},
		"a wrong frame":      {"--widget http://a.example --frames http://a.example;script-src", 2, `is not an origin such as`},
		"a port that is had": {"--widget http://a.example/?a=$b --port " + taken, 1, `port ` + taken + ` is taken; try: npx wwe-desktop --widget 'http://a.example/\?a=\$b' --port \d+\n$`},
	} {
		t.Run(name, func(t *testing.T) {
			output, err := tryRun(t, npmPackage, nil, append([]string{"node", "cli.js"}, strings.Fields(c.args)...)...)
			code := 0
			if err != nil {
				var exit *exec.ExitError
				require.ErrorAs(t, err, &exit)
				code = exit.ExitCode()
			}
			assert.Equal(t, c.code, code, output)
			assert.Regexp(t, c.says, output)
			assert.NotContains(t, output, "    at ", "a call stack")
		})
	}
}

func TestTheCommandOfTheNPMPackageOpensTheBrowser(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the name of the program is that of Linux")
	}
	folder := t.TempDir()
	script := "#!/bin/sh\necho \"$1\" >'" + folder + "/opened'\nexit 3\n" // 3: it found no browser
	require.NoError(t, os.WriteFile(folder+"/xdg-open", []byte(script), 0o755))
	t.Setenv("PATH", folder+":"+os.Getenv("PATH"))
	_, errs, _ := served(t, "--port", freePort(t), "--widget", serveWidget(t, example, true), "--open")
	line, err := errs.ReadString('\n')
	require.NoError(t, err)
	opened, err := os.ReadFile(folder + "/opened")
	require.NoError(t, err)
	assert.Regexp(t, `^http://localhost:\d+/\?widget=http%3A%2F%2F`, string(opened))
	assert.Equal(t, "wwe-desktop: no browser could be started; open the address yourself\n", line)
}

func TestTheCommandOfTheNPMPackageSaysWhyAWidgetCannotBeShown(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/frames":
			w.Header().Set("X-Frame-Options", "DENY")
		case "/policy":
			w.Header().Set("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'")
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(server.Close)
	for url, says := range map[string]string{
		"http://127.0.0.1:" + freePort(t) + "/": "(ECONNREFUSED): start your widget's server, then press Reload on the desktop",
		server.URL + "/none":                    "answers with 404: check the path",
		server.URL + "/frames":                  "has the header X-Frame-Options, so that WWE cannot show it: let your server leave it out",
		server.URL + "/policy":                  "has the header Content-Security-Policy with frame-ancestors 'none': add http://localhost:",
	} {
		t.Run(says, func(t *testing.T) {
			_, errs, _ := served(t, "--port", freePort(t), "--widget", url)
			line, err := errs.ReadString('\n')
			require.NoError(t, err)
			assert.Contains(t, line, url)
			assert.Contains(t, line, says)
		})
	}
}
