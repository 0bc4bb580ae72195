package dist

import (
	"bytes"
	"crypto/sha256"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// shipped returns what Any makes of the files, with a star for each hash.
func shipped(t *testing.T, sources map[string]string) map[string]string {
	t.Helper()
	files := map[string][]byte{}
	for name, content := range sources {
		files[name] = []byte(content)
	}
	panel, err := Any(files, []string{"https://wwe.example.com"})
	require.NoError(t, err)
	hash := regexp.MustCompile(`-[0-9a-f]{16}\b`)
	result := map[string]string{}
	for name, content := range panel.Files {
		if digits := Hashed.FindStringSubmatch(name); digits != nil {
			assert.Equal(t, fmt.Sprintf("%x", sha256.Sum256(content))[:16], digits[1], "the hash of what is shipped")
		}
		result[hash.ReplaceAllString(name, "-*")] = hash.ReplaceAllString(string(content), "-*")
	}
	return result
}

func TestReferencedFilesGetHashedNamesAndTheReferencesToo(t *testing.T) {
	assert.Equal(t, map[string]string{
		"index.html":    `<link rel="stylesheet" href="css/a-*.css"><script type="module" src="./a-*.js"></script><link rel="modulepreload" href="b-*.js">`,
		"css/a-*.css":   `@import "../b-*.css"; a { background: url(../img/i%20%C3%A9-*.svg#x) }`,
		"b-*.css":       `b {}`,
		"img/i é-*.svg": `<svg/>`,
		"a-*.js":        `import "./b-*.js"; new URL("data-*.wasm", import.meta.url)`,
		"b-*.js":        `1`,
		"data-*.wasm":   "\x00asm",
	}, shipped(t, map[string]string{
		"index.html":  `<link rel="stylesheet" href="css/a.css"><script type="module" src="./a.js"></script><link rel="modulepreload" href="b.js">`,
		"css/a.css":   `@import "../b.css"; a { background: url(../img/i%20é.svg#x) }`,
		"b.css":       `b {}`,
		"img/i é.svg": `<svg/>`,
		"a.js":        `import "./b.js"; new URL("data.wasm", import.meta.url)`,
		"b.js":        `1`,
		"data.wasm":   "\x00asm",
	}))
}

func TestFilesThatKeepTheirNames(t *testing.T) {
	for promise, c := range map[string]struct {
		files map[string]string
		kept  string
	}{
		"no reference":                             {map[string]string{"a.svg": "x"}, "a.svg"},
		"a reference by a script":                  {map[string]string{"index.html": `<img src="a.svg"><script src="b.js"></script>`, "a.svg": "x", "b.js": `load("a.svg")`}, "a.svg"},
		"a name that a script computes":            {map[string]string{"index.html": `<img src="img/a.svg"><script src="b.js"></script>`, "img/a.svg": "x", "b.js": "load(`img/${name}`)"}, "img/a.svg"},
		"an extension that a script adds":          {map[string]string{"index.html": `<img src="a.svg"><script src="b.js"></script>`, "a.svg": "x", "b.js": `load(name + ".svg")`}, "a.svg"},
		"a name in the program":                    {map[string]string{"index.html": `<img src="a.svg"><script src="b.js" data-wasm="p.wasm"></script>`, "a.svg": "x", "b.js": "", "p.wasm": "\x00asm..a.svg.."}, "a.svg"},
		"a name in JSON":                           {map[string]string{"index.html": `<img src="a.svg">`, "a.svg": "x", "list.json": `["a.svg"]`}, "a.svg"},
		"a manifest":                               {map[string]string{"index.html": `<link rel="manifest" href="a.webmanifest"><link rel=icon href=a.svg>`, "a.webmanifest": `{"icons": [{"src": "a.svg"}]}`, "a.svg": ""}, "a.svg"},
		"an absolute reference":                    {map[string]string{"index.html": `<img src="/panel/a.svg"><img src="a.svg">`, "a.svg": "x"}, "a.svg"},
		"modules that import each other":           {map[string]string{"index.html": `<script src="a.js"></script>`, "a.js": `import "./b.js"`, "b.js": `import "./a.js"`}, "a.js"},
		"a module that imports itself":             {map[string]string{"index.html": `<script src="a.js"></script>`, "a.js": `import "./a.js"`}, "a.js"},
		"a script that cannot be read for certain": {map[string]string{"index.html": `<script src="a.js"></script>`, "a.js": "{}\n/x/.test(y); import './b.js'", "b.js": ""}, "b.js"},
		"other pages":                              {map[string]string{"index.html": `<iframe src="b.html"></iframe>`, "b.html": ""}, "b.html"},
	} {
		t.Run(promise, func(t *testing.T) {
			files := shipped(t, c.files)
			assert.Contains(t, files, c.kept)
			for _, reference := range []string{`"/panel/a.svg"`, `load("a.svg")`, `"./a.js"`} {
				assert.Equal(t, strings.Count(all(c.files), reference), strings.Count(all(files), reference), "its references stay")
			}
		})
	}
}

func all(files map[string]string) (text string) {
	for _, content := range files {
		text += content
	}
	return text
}

func TestTheOriginIsWrittenIntoThePages(t *testing.T) {
	for page, want := range map[string]string{
		`<meta name="wwe-origin" content="">`:                              `<meta name="wwe-origin" content="https://a.example https://b.example">`,
		`<meta content='http://localhost:8080' name='wwe-origin' id=x>`:    `<meta content='https://a.example https://b.example' name='wwe-origin' id=x>`,
		`<meta name=wwe-origin content=http://localhost:8080>`:             `<meta name=wwe-origin content="https://a.example https://b.example">`,
		`<wwe-panel origin="http://localhost:8080" lang="de"></wwe-panel>`: `<wwe-panel origin="https://a.example https://b.example" lang="de"></wwe-panel>`,
		`<!-- <meta name="wwe-origin" content="x"> --><p origin="x">`:      "",
		`<meta name="author" content="x">`:                                 "",
	} {
		panel, err := Any(map[string][]byte{"index.html": []byte(page)}, []string{"https://a.example", "https://b.example"})
		require.NoError(t, err)
		if want == "" {
			want = page
			assert.Contains(t, strings.Join(panel.Notes, ""), "names no WWE")
		} else {
			assert.Empty(t, panel.Notes)
		}
		assert.Equal(t, want, string(panel.Files["index.html"]))
	}
}

func TestServersGetWhatTheFilesNeed(t *testing.T) {
	files := map[string][]byte{"index.html": nil, "a-0123456789abcdef.wasm": nil, "b.svg": nil, "x.unknown": nil}
	AddServers(files, []string{"https://wwe.example.com", "https://b.example"})
	assert.Equal(t, []string{"Caddyfile", "apache.conf", "nginx.conf", "web.config"}, Servers(files))
	for _, name := range Servers(files) {
		text := string(files["server/"+name])
		for _, want := range []string{"frame-ancestors https://wwe.example.com https://b.example", "'wasm-unsafe-eval'", "nosniff", "max-age=31536000, immutable", "no-cache"} {
			assert.Contains(t, strings.ReplaceAll(text, "&#39;", "'"), want, name)
		}
		assert.NotRegexp(t, `(?i)\b(add_header|set|add name=")\s*X-Frame-Options`, text, name)
		if name != "Caddyfile" { // Caddy knows the types
			assert.Contains(t, text, "application/wasm", name)
			assert.Contains(t, text, "image/svg+xml", name)
		}
		assert.NotContains(t, text, "unknown", name)
		assert.NotRegexp(t, `\{(policy|types|long|extension|type|xmlpolicy)\}`, text, name)
		assert.Equal(t, strings.Count(text, "{"), strings.Count(text, "}"), name)
	}
	decoder := xml.NewDecoder(bytes.NewReader(files["server/web.config"]))
	for {
		_, err := decoder.Token()
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
	}
}

// The expression is in each configuration: a name with a hash is kept, and no other.
func TestHashedNames(t *testing.T) {
	for name, want := range map[string]bool{
		withHash("a/b.wasm", nil): true, withHash("LICENSE", nil): true, "a-0123456789abcdef.js": true,
		"a-0123456789abcde.js": false, "a-0123456789abcdefa.js": false, "a-0123456789abcdeg.js": false, "a0123456789abcdef.js": false, "index.html": false,
		"a-0123456789abcdef.js.map": false, "a-0123456789abcdef/b.js": false,
	} {
		assert.Equal(t, want, Hashed.MatchString(path.Base(name)), name)
	}
}
