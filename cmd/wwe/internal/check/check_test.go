package check

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"log"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/cmd/wwe/internal/dist"
	"wwebridge/web"
)

const wwe = "https://wwe.example.com"

// sources are those of a panel.
func sources() map[string][]byte {
	long := strings.Repeat("// a comment that is worth compressing\n", 100)
	return map[string][]byte{
		"index.html": []byte(`<!doctype html><meta name="wwe-origin" content=""><link rel="stylesheet" href="style.css">` +
			`<script type="module" src="load.js" data-wasm="panel.wasm"></script>`),
		"style.css":  []byte(`p { background: url(icon.svg) }`),
		"icon.svg":   []byte(`<svg/>`),
		"load.js":    []byte(`import "./runtime.js";` + long),
		"runtime.js": []byte(long),
		"panel.wasm": append([]byte("\x00asm"), long...),
	}
}

// A site is a panel on a web server, as it should be until a test changes something.
type site struct {
	files  map[string][]byte
	header func(name string, h http.Header)              // changes the headers of an answer
	serve  func(http.ResponseWriter, *http.Request) bool // answers in place of the site, if it likes
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.serve != nil && s.serve(w, r) {
		return
	}
	name := strings.TrimPrefix(r.URL.Path, "/")
	if name == "" {
		name = "index.html"
	}
	content, ok := s.files[name]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Security-Policy", web.Policy(wwe))
	h.Set("Cache-Control", "no-cache")
	if dist.Hashed.MatchString(name) {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	h.Set("Content-Type", map[string]string{".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".wasm": "application/wasm", ".svg": "image/svg+xml"}[path.Ext(name)])
	h.Set("Content-Encoding", "br")
	if s.header != nil {
		s.header(name, h)
	}
	switch h.Get("Content-Encoding") {
	case "br":
		content = compressed(func(w io.Writer) io.WriteCloser { return brotli.NewWriter(w) }, content)
	case "gzip":
		content = compressed(func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }, content)
	}
	_, _ = w.Write(content)
}

func compressed(writer func(io.Writer) io.WriteCloser, content []byte) []byte {
	var sent bytes.Buffer
	w := writer(&sent)
	_, _ = w.Write(content)
	_ = w.Close()
	return sent.Bytes()
}

// lines checks a site and returns what is said, each line with its mark.
func lines(t *testing.T, address string, s *site, trusted bool) []string {
	t.Helper()
	server := httptest.NewUnstartedServer(s)
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	if strings.HasPrefix(address, "https") {
		server.StartTLS()
	} else {
		server.Start()
	}
	defer server.Close()
	network := Network{Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, network, server.Listener.Addr().String())
	}, Roots: x509.NewCertPool()}
	if trusted && server.Certificate() != nil {
		network.Roots.AddCert(server.Certificate())
	}
	return said(t, Options{URL: address, WWE: wwe, Network: network})
}

func said(t *testing.T, o Options) (lines []string) {
	t.Helper()
	require.NoError(t, Run(t.Context(), o, func(line Line) {
		lines = append(lines, map[Verdict]string{Good: "✓", Bad: "✗", Remark: "–"}[line.Verdict]+" "+line.Text)
	}))
	return lines
}

// deployed returns the site of a build. change changes its sources.
func deployed(t *testing.T, change func(sources map[string][]byte)) *site {
	t.Helper()
	files := sources()
	if change != nil {
		change(files)
	}
	panel, err := dist.Any(files, []string{wwe})
	require.NoError(t, err)
	return &site{files: panel.Files}
}

const home = "https://panel.example.com/"

func TestAPanelAsItShouldBe(t *testing.T) {
	for _, address := range []string{home, "https://panel.example.com", home + "index.html", home + "?lang=de#x"} {
		got := lines(t, address, deployed(t, nil), true)
		assert.Len(t, got, 14)
		for _, line := range got {
			assert.True(t, strings.HasPrefix(line, "✓ "), line)
		}
	}
}

// hashed returns the name of a file of the site by its name without the hash.
func (s *site) hashed(t *testing.T, stem string) string {
	t.Helper()
	for name := range s.files {
		if strings.HasPrefix(name, stem+"-") {
			return name
		}
	}
	require.Fail(t, "no file "+stem)
	return ""
}

func TestWhatIsFoundInADeployedPanel(t *testing.T) {
	set := func(name, value string) func(string, http.Header) {
		return func(_ string, h http.Header) { h[name] = strings.Split(value, "\n") }
	}
	of := func(extension, name, value string) func(string, http.Header) {
		return func(file string, h http.Header) {
			if path.Ext(file) == extension {
				h.Set(name, value)
			}
		}
	}
	policy := func(from, to string) func(string, http.Header) {
		return set("Content-Security-Policy", strings.Replace(web.Policy(wwe), from, to, 1))
	}
	redirect := func(from, to string, status int) func(http.ResponseWriter, *http.Request) bool {
		return func(w http.ResponseWriter, r *http.Request) bool {
			if r.URL.Path == from {
				w.Header().Set("Location", to)
				w.WriteHeader(status)
			}
			return r.URL.Path == from
		}
	}
	answers := func(status int) func(http.ResponseWriter, *http.Request) bool {
		return func(w http.ResponseWriter, _ *http.Request) bool {
			w.WriteHeader(status)
			return true
		}
	}
	page := func(old, new string) func(map[string][]byte) {
		return func(s map[string][]byte) {
			s["index.html"] = bytes.Replace(s["index.html"], []byte(old), []byte(new), 1)
		}
	}
	for promise, c := range map[string]struct {
		url    string
		source func(map[string][]byte)
		header func(string, http.Header)
		serve  func(http.ResponseWriter, *http.Request) bool
		change func(*testing.T, *site)
		want   string // the one line that is not ✓
	}{
		"http":                      {url: "http://panel.example.com/", want: "✗ https: http://panel.example.com/ is http, which browsers block inside of a WWE with https, and anybody on the way could change: serve the panel over https"},
		"http of this machine":      {url: "http://localhost/", want: "– http: allowed for this machine only; agents need https"},
		"a certificate for another": {url: "https://panel.example.org/", want: "✗ certificate: it is for example.com, *.example.com, not for panel.example.org: get one for panel.example.org (what follows ignores this)"},
		"no page":                   {url: home + "gone/", want: "✗ page: there is none at https://panel.example.com/gone/ (status 404): put the files there, or correct the URL"},
		"a page that needs sign-in": {serve: answers(401), want: "✗ page: the server refuses it (status 401): let the panel's files be read without signing in"},
		"a server in trouble":       {serve: answers(500), want: "✗ page: the server answers with status 500: look into its log"},
		"an empty page":             {change: func(_ *testing.T, s *site) { s.files["index.html"] = nil }, want: "✗ page: it is empty: put index.html there"},
		"a page of another type":    {header: of(".html", "Content-Type", "application/octet-stream"), want: `✗ page: its Content-Type is "application/octet-stream": send text/html, or correct the URL`},
		"a redirect":                {url: home + "panel", serve: redirect("/panel", "/", 302), want: "– redirect: the page redirects to https://panel.example.com/: give WWE that URL, and save agents the time"},
		"a redirect to http":        {serve: redirect("/", "http://panel.example.com/", 302), want: "✗ redirect: the page redirects from https to http://panel.example.com/, which browsers block inside of WWE: redirect to https"},
		"a redirect to sign in":     {serve: redirect("/", "https://login.example.com/", 302), want: "✗ redirect: the page redirects to another server, https://login.example.com/: if it is to sign in, let the panel's files be read without; else give WWE that URL"},
		"a redirect to nothing":     {serve: redirect("/", "javascript:alert(1)", 302), want: `✗ redirect: the page redirects to "javascript:alert(1)", which is no URL of a page`},
		"X-Frame-Options": {header: func(_ string, h http.Header) {
			h.Del("Content-Security-Policy")
			h.Set("X-Frame-Options", "SAMEORIGIN")
		}, want: `✗ framing: X-Frame-Options "SAMEORIGIN" forbids WWE to frame the page: remove it, and send Content-Security-Policy: frame-ancestors https://wwe.example.com`},
		"X-Frame-Options beside":     {header: set("X-Frame-Options", "deny"), want: `– framing: frame-ancestors allows WWE; remove X-Frame-Options "DENY", which newer browsers ignore beside it and older ones obey`},
		"frame-ancestors of others":  {header: policy("ancestors https://wwe.", "ancestors 'self' https://other."), want: `✗ framing: WWE may not frame the page, because frame-ancestors is "'self' https://other.example.com": send frame-ancestors https://wwe.example.com`},
		"frame-ancestors of nobody":  {header: policy(wwe, "'none'"), want: `✗ framing: WWE may not frame the page, because frame-ancestors is "'none'": send frame-ancestors https://wwe.example.com`},
		"one of two policies":        {header: set("Content-Security-Policy", web.Policy(wwe)+"\n"+web.Policy("'none'")), want: `✗ framing: WWE may not frame the page, because frame-ancestors is "'none'": send frame-ancestors https://wwe.example.com`},
		"frame-ancestors of anybody": {header: policy(wwe, "https:"), want: "✗ framing: frame-ancestors allows any page to frame the panel and its agents' clicks: send frame-ancestors https://wwe.example.com"},
		"no frame-ancestors":         {header: policy("frame-ancestors "+wwe, ""), want: "✗ framing: any page may frame the panel and its agents' clicks: send Content-Security-Policy: frame-ancestors https://wwe.example.com"},
		"frame-ancestors in a meta":  {source: page("<meta", `<meta http-equiv="Content-Security-Policy" content="frame-ancestors https://wwe.example.com"><meta`), header: policy("frame-ancestors "+wwe, ""), want: "✗ framing: any page may frame the panel and its agents' clicks: send Content-Security-Policy: frame-ancestors https://wwe.example.com"},
		"the origin of another WWE": {change: func(_ *testing.T, s *site) {
			s.files["index.html"] = bytes.Replace(s.files["index.html"], []byte(wwe), []byte("http://localhost:8080"), 1)
		}, want: `✗ origin: the page trusts "http://localhost:8080", not https://wwe.example.com: build it with -origin https://wwe.example.com`},
		"no origin":               {source: page(`<meta name="wwe-origin" content="">`, ""), want: `– origin: the page names no WWE; a panel that does not use Genesys' client needs <meta name="wwe-origin" content="https://wwe.example.com">`},
		"a page that is kept":     {header: of(".html", "Cache-Control", "max-age=86400"), want: "✗ caching: browsers keep the page for 24 hours, and with it the old version of the panel: send Cache-Control: no-cache with it"},
		"a page that may be kept": {header: of(".html", "Cache-Control", ""), want: "✗ caching: the server does not say how long browsers may keep the page, so they guess: send Cache-Control: no-cache with it"},
		"a page that expires late": {header: func(name string, h http.Header) {
			if name == "index.html" {
				h.Del("Cache-Control")
				h.Set("Expires", time.Now().Add(72*time.Hour+time.Minute).UTC().Format(http.TimeFormat))
			}
		}, want: "✗ caching: browsers keep the page for 3 days, and with it the old version of the panel: send Cache-Control: no-cache with it"},
		"a missing file": {change: func(t *testing.T, s *site) { delete(s.files, s.hashed(t, "runtime")) }, want: "✗ files: runtime-*.js (status 404) cannot be loaded: put all files of one build there"},
		"a file elsewhere": {serve: func(w http.ResponseWriter, r *http.Request) bool {
			return strings.HasPrefix(r.URL.Path, "/icon") && redirect(r.URL.Path, "https://cdn.example.com/", 302)(w, r)
		}, want: "✗ files: icon-*.svg (redirects elsewhere) cannot be loaded: put all files of one build there"},
		"a program of no type":      {header: of(".wasm", "Content-Type", "application/octet-stream"), want: `✗ types: panel-*.wasm is "application/octet-stream": browsers compile it while it loads only if it is application/wasm`},
		"scripts of another type":   {header: of(".js", "Content-Type", "text/plain"), want: `✗ types: load-*.js is "text/plain", runtime-*.js is "text/plain": browsers run scripts only if they are text/javascript`},
		"a style of another type":   {header: of(".css", "Content-Type", "text/plain"), want: `✗ types: style-*.css is "text/plain": browsers apply styles only if they are text/css`},
		"WebAssembly is forbidden":  {header: policy(" 'wasm-unsafe-eval'", ""), want: "✗ policy: script-src forbids WebAssembly: add 'wasm-unsafe-eval' to script-src"},
		"forbidden by a meta":       {source: page("<meta", `<meta http-equiv="content-security-policy" content="script-src 'self'"><meta`), want: "✗ policy: script-src forbids WebAssembly: add 'wasm-unsafe-eval' to script-src"},
		"a forbidden style":         {header: policy("style-src 'self'; ", ""), want: "✗ policy: the page's Content-Security-Policy forbids style-*.css (add it to style-src)"},
		"a forbidden program":       {header: policy("connect-src 'self'", "connect-src https://api.example.com"), want: "✗ policy: the page's Content-Security-Policy forbids panel-*.wasm (add it to connect-src)"},
		"nothing is compressed":     {header: of(".wasm", "Content-Encoding", ""), want: "✗ compression: not used for panel-*.wasm (3 kB): serve the copies .br and .gz that wwe build makes"},
		"gzip only":                 {header: of(".wasm", "Content-Encoding", "gzip"), want: "– compression: panel-*.wasm is compressed with gzip; brotli makes a program a third smaller"},
		"hashed names are not kept": {header: of(".wasm", "Cache-Control", "no-cache"), want: "✗ caching: browsers load panel-*.wasm more often than they need to: send Cache-Control: public, max-age=31536000, immutable with names that have a hash"},
		"other names are kept":      {source: func(s map[string][]byte) { s["list.json"] = []byte(`["icon.svg"]`) }, header: of(".svg", "Cache-Control", "public, max-age=31536000, immutable"), want: "✗ caching: browsers keep the old content of icon.svg (365 days) after an update, because the name has no hash: send Cache-Control: no-cache"},
		"a file of another build":   {change: func(t *testing.T, s *site) { s.files[s.hashed(t, "load")] = append(s.files[s.hashed(t, "load")], '\n') }, want: "✗ build: the content of load-*.js is not that of the build: put all files of one build there, with their copies .br and .gz, and empty caches on the way"},
		"a page of another build": {change: func(_ *testing.T, s *site) {
			s.files["SHA256SUMS"] = []byte(strings.Repeat("0", 64) + "  index.html\n")
		}, want: "✗ build: the content of index.html is not that of the build: put all files of one build there, with their copies .br and .gz, and empty caches on the way"},
		"a false Content-Encoding": {serve: func(w http.ResponseWriter, r *http.Request) bool {
			ok := strings.HasPrefix(r.URL.Path, "/icon")
			if ok {
				w.Header().Set("Content-Encoding", "br")
				fmt.Fprint(w, "<svg/> that is not compressed")
			}
			return ok
		}, want: "✗ files: icon-*.svg (its content is not br, as its Content-Encoding says) cannot be loaded: put all files of one build there"},
	} {
		t.Run(promise, func(t *testing.T) {
			s := deployed(t, c.source)
			s.header, s.serve = c.header, c.serve
			if c.change != nil {
				c.change(t, s)
			}
			address := home
			if c.url != "" {
				address = c.url
			}
			var found []string
			for _, line := range lines(t, address, s, true) {
				if line = withoutHash(line); !strings.HasPrefix(line, "✓") {
					found = append(found, line)
				}
			}
			assert.Contains(t, found, c.want)
			if len(found) > 1 { // some faults are two
				assert.Contains(t, []string{"http", "X-Frame-Options", "a file of another build"}, promise, "%q", found)
			}
		})
	}
}

func withoutHash(line string) string {
	fields := strings.SplitAfter(line, " ")
	for n, field := range fields {
		for _, extension := range []string{".js", ".css", ".wasm", ".svg"} {
			if at := strings.Index(field, extension); at > 17 && field[at-17] == '-' {
				fields[n] = field[:at-16] + "*" + field[at:]
			}
		}
	}
	return strings.Join(fields, "")
}

func TestMixedContent(t *testing.T) {
	s := deployed(t, func(s map[string][]byte) {
		s["index.html"] = append(s["index.html"], `<img src="http://cdn.example.com/a.png"><img src="http://localhost:1/b.png"><img src="https://cdn.example.com/c.png">`...)
	})
	s.header = func(_ string, h http.Header) {
		h.Set("Content-Security-Policy", strings.Replace(web.Policy(wwe), "img-src 'self'", "img-src 'self' http: https:", 1))
	}
	got := lines(t, home, s, true)
	assert.Contains(t, got, "✗ mixed content: the page loads http://cdn.example.com/a.png by http, which browsers block: use https")
	assert.Contains(t, got, "– files: not checked, because another server has them: http://cdn.example.com/a.png, http://localhost:1/b.png, https://cdn.example.com/c.png")
}

func TestAPanelWithoutABuildIsReadToo(t *testing.T) {
	got := lines(t, home, &site{files: map[string][]byte{
		"index.html": []byte(`<script src="start.js" defer></script>`),
		"start.js":   []byte(`WebAssembly.instantiateStreaming(fetch("panel.wasm"), x).catch(() => say("no other.wasm", "gone.wasm"))`),
		"panel.wasm": []byte("\x00asm"),
	}}, true)
	assert.Contains(t, got, "✓ types: each program is application/wasm")
	assert.Contains(t, got, "✓ files: all 2 that the page loads are there")
	assert.Contains(t, strings.Join(got, "\n"), "– build: no file has a hash in its name or in SHA256SUMS")
}

func TestACertificateThatNobodyHasSigned(t *testing.T) {
	got := lines(t, home, deployed(t, nil), false)
	assert.Contains(t, got[0], "✗ certificate: no authority that this machine trusts has signed it: send the intermediate certificates too")
	assert.Contains(t, got, "✓ framing: frame-ancestors allows WWE", "all else is checked")
}

func TestACertificateThatHasEnded(t *testing.T) {
	past := x509.Certificate{NotBefore: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC), NotAfter: time.Date(2021, 1, 1, 0, 0, 0, 0, time.UTC)}
	why, ok := isCertificateTrouble(&tls.CertificateVerificationError{Err: x509.CertificateInvalidError{Cert: &past, Reason: x509.Expired}}, "panel.example.com")
	assert.True(t, ok)
	assert.Equal(t, "it ended on 2021-01-01: renew it", why)
}

func TestServersThatCannotBeReached(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	closed := listener.Addr().String()
	require.NoError(t, listener.Close())
	plain := httptest.NewServer(http.NotFoundHandler())
	defer plain.Close()
	assert.Equal(t, []string{"✗ https: nothing listens at " + closed + ": start the server, or open its port in the firewall"}, said(t, Options{URL: "https://" + closed, WWE: wwe}))
	assert.Equal(t, []string{"✗ https: the server does not speak https at this port: set up TLS there"}, said(t, Options{URL: "https" + strings.TrimPrefix(plain.URL, "http"), WWE: wwe}))
	unknown := Network{Dial: func(context.Context, string, string) (net.Conn, error) { return nil, &net.DNSError{IsNotFound: true} }}
	assert.Equal(t, []string{"✗ https: the name panel.example.com is not known: check its spelling, or add it to the DNS"}, said(t, Options{URL: home, WWE: wwe, Network: unknown}))
	silent := Network{Dial: func(context.Context, string, string) (net.Conn, error) { return nil, context.DeadlineExceeded }}
	assert.Equal(t, []string{"✗ https: no full answer within 20 seconds: check the server and the network"}, said(t, Options{URL: home, WWE: wwe, Network: silent}))
}

func TestAHostileServer(t *testing.T) {
	const escape = "\x1b[2J\x1b]0;owned\x07\u202e\u2028\n✓ fine"
	t.Run("prints no escapes", func(t *testing.T) {
		s := deployed(t, nil)
		s.files["index.html"] = []byte(`<meta name="wwe-origin" content="` + escape + `"><script src="` + "a\u202e\x1b[2J.js" + `"></script><img src="http://x` + "\u202e" + `/">`)
		s.header = func(name string, h http.Header) {
			h.Set("Content-Security-Policy", "frame-ancestors \x1b[2J; script-src "+"\u202e")
		}
		for _, line := range lines(t, home, s, true) {
			assert.Equal(t, line, printable(line), "%q", line)
			assert.NotContains(t, line, "\x1b")
		}
	})
	t.Run("sends too much", func(t *testing.T) {
		bomb := compressed(func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }, make([]byte, maxFile+1))
		s := deployed(t, nil)
		s.serve = func(w http.ResponseWriter, r *http.Request) bool {
			isStyle := strings.HasPrefix(r.URL.Path, "/style")
			if isStyle {
				w.Header().Set("Content-Encoding", "gzip")
				_, _ = w.Write(bomb)
			}
			return isStyle
		}
		assert.Contains(t, strings.Join(lines(t, home, s, true), "\n"), "(it is larger than a panel's file should be) cannot be loaded")
	})
	t.Run("names files without end", func(t *testing.T) {
		s := deployed(t, nil)
		requests := 0
		s.serve = func(w http.ResponseWriter, r *http.Request) bool {
			requests++
			if strings.HasPrefix(r.URL.Path, "/endless") {
				w.Header().Set("Content-Type", "text/javascript")
				fmt.Fprintf(w, `import "./endless%d.js"; import "./endless%d.js"`, 2*requests, 2*requests+1)
				return true
			}
			return false
		}
		s.files["index.html"] = []byte(`<script src="endless.js"></script>`)
		got := strings.Join(lines(t, home, s, true), "\n")
		assert.LessOrEqual(t, requests, maxFiles+3)
		assert.Contains(t, got, "were not checked, because they are too many or took too long")
	})
	t.Run("redirects without end", func(t *testing.T) {
		s := deployed(t, nil)
		s.serve = func(w http.ResponseWriter, r *http.Request) bool {
			http.Redirect(w, r, r.URL.Path+"a", http.StatusFound)
			return true
		}
		got := lines(t, home, s, true)
		assert.Equal(t, "✗ redirect: more than 5 redirects, the last one to https://panel.example.com/aaaaaa: give WWE the final URL", got[len(got)-1])
	})
}

func TestOptionsThatAreRefused(t *testing.T) {
	for _, o := range []Options{{URL: "panel.example.com", WWE: wwe}, {URL: "ftp://panel.example.com/", WWE: wwe}, {URL: "https://a:b@panel.example.com/", WWE: wwe}, {URL: "https:///", WWE: wwe}, {URL: home, WWE: "wwe.example.com"}, {URL: home, WWE: "*"}} {
		assert.Error(t, Run(t.Context(), o, func(Line) { t.Error("nothing is checked") }), "%+v", o)
	}
}

func TestSourcesOfPolicies(t *testing.T) {
	for source, want := range map[string]string{
		"*": "1111", "'self'": "1000", "'none'": "0000", "https:": "1101", "http:": "1111", "https://panel.example.com": "1000", "panel.example.com": "1000",
		"*.example.com": "1000", "https://*.example.com": "1000", "https://*.example.com:*": "1100", "https://example.com": "0000", "https://other.example.com:*": "0100", "https://other.example.com:8443": "0100",
		"other.example.com": "0000", "http://third.example": "0010", "https://panel.example.com/a/": "1000", "https://panel.example.com/b.js": "0000", "https://panel.example.com/a/b.js": "1000",
		"HTTPS://PANEL.example.com:443": "1000", "https://[::1]": "0001",
	} {
		self := parsed(t, "https://panel.example.com/")
		got := ""
		for _, u := range []string{"https://panel.example.com/a/b.js", "https://other.example.com:8443/", "http://third.example/", "https://[::1]/"} {
			if matches(source, parsed(t, u), self) {
				got += "1"
			} else {
				got += "0"
			}
		}
		assert.Equal(t, want, got, source)
	}
	assert.Equal(t, []policy{{"a": {"b", "c"}, "d": {}}, {"e": {"f"}}}, policiesIn([]string{" a b  c; A z;; D, e f", ""}))
}

func TestNamesThatOtherToolsHash(t *testing.T) {
	names := map[string]bool{"index-BxK3f9a2.js": true, "main.4f3c2b1a9d.css": true, "index.js": false, "my-dashboard.js": false, "wwe-service-client-api.js": false}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		assert.Equal(t, names[name], looksHashed(name), name)
	}
}

func parsed(t *testing.T, text string) *url.URL {
	t.Helper()
	u, err := url.Parse(text)
	require.NoError(t, err)
	return u
}
