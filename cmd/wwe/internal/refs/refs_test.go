package refs

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// found lists what In has found: the references with their kinds, and whether other.svg may be named.
func found(t *testing.T, name, content string) (references []string, loose bool) {
	t.Helper()
	f := In(name, []byte(content))
	for _, r := range f.References {
		assert.Equal(t, r.URL, unescape(content[r.Start:r.End]), "the place of the reference")
		references = append(references, string(r.Kind)+" "+r.URL)
	}
	return references, f.MayName("icons/other.svg")
}

func unescape(text string) string { return strings.ReplaceAll(text, "&amp;", "&") }

func TestReferencesThatAreFound(t *testing.T) {
	for _, c := range []struct{ name, content, want string }{
		{"a.html", `<link rel=stylesheet href=a.css>`, "style a.css"},
		{"a.html", `<LINK REL="Stylesheet" HREF = ' a.css ' >`, "style a.css"},
		{"a.html", `<link rel="preload" as="style" href="a.css?v=1&amp;w#x">`, "style a.css?v=1&w#x"},
		{"a.html", `<link rel="modulepreload" href="./a.js">`, "script ./a.js"},
		{"a.html", `<link rel="icon" href="icons/a%20b.svg">`, "image icons/a%20b.svg"},
		{"a.html", `<script type="module" src="load.js" data-wasm="panel.wasm"></script>`, "script load.js, program panel.wasm"},
		{"a.html", `<script src="https://cdn.example/a.js"></script>`, "script https://cdn.example/a.js"},
		{"a.html", `<!-- <script src="a.js"></script> --><img alt="<img src=b.png>" src="c.png">`, "image c.png"},
		{"a.html", `<script>document.write('<script src="a.js"></scr' + 'ipt>')</script>`, ""},
		{"a.html", `<base href="/x/"><script src="a.js"></script>`, ""},
		{"a.html", `<a href="a.pdf">, <link rel="canonical" href="a.html"> <img srcset="a.png 2x">`, ""},
		{"a.html", `<script src="&#97;.js"></script>`, ""},
		{"a.css", `@import "a.css"; @import url("b.css"); @import url(c.css) screen;`, "style a.css, style b.css, style c.css"},
		{"a.css", `a { background: url( a.svg#x ), URL('b.svg') } @font-face { src: url(c.woff2) format("woff2") }`, "image a.svg#x, image b.svg, other c.woff2"},
		{"a.css", `/* url(a.svg) */ a::before { content: "url(b.svg)" }`, ""},
		{"a.css", `a { background: url("a\2e svg") } b { --icon: url(b.svg) }`, ""},
		{"a.js", `import "./a.js"; import b, {c as d} from './b.js'; import * as e from "../c.js"`, "script ./a.js, script ./b.js, script ../c.js"},
		{"a.js", "import{a}from\"./a.js\";export*from\"./b.js\";export {c} from './c.js'", "script ./a.js, script ./b.js, script ./c.js"},
		{"a.js", `await import("./a.js"); import(/* why */ "./b.js", {with: {}}); import("./c" + x)`, "script ./a.js, script ./b.js"},
		{"a.js", `new URL("./a.wasm", import.meta.url); new URL('b.svg', import.meta.url); new URL("c.svg", base)`, "program ./a.wasm, other b.svg"},
		{"a.js", "// import './a.js'\n/* import './b.js' */ x = \"import './c.js'\"; y = `import './d.js'`; z = /import '.\\/e.js'/", ""},
		{"a.js", `x.import("./a.js"); new x.URL("./b.js", import.meta.url)`, ""},
		{"a.js", `import "vue"; import "/a.js"; import "https://cdn.example/a.js"`, "script https://cdn.example/a.js"},
		{"a.js", `export const a = 1; export { a }; const b = from; export {b}` + "\n" + `const c = "./d.js"`, ""},
		{"a.js", `if (x) /["]/.test(y); z = (a + b) / 2; import "./a.js"`, "script ./a.js"},
		{"a.js", "x = `${`${import('./a.js')}`}`; import './b.js'", "script ./a.js, script ./b.js"},
		{"a.js", `{} /["]/.test(y); import "./a.js" // is the slash a division?`, ""},
		{"a.js", `import "./a.js"; )`, ""},
		{"a.json", `{"icon": "a.svg"}`, ""},
	} {
		references, _ := found(t, c.name, c.content)
		assert.Equal(t, c.want, strings.Join(references, ", "), c.content)
	}
}

func TestWhatMayNameAFileLeavesItItsName(t *testing.T) {
	for content, want := range map[string]bool{
		`fetch("icons/other.svg")`:                                      true,
		`fetch("./icons/other.svg?x=1")`:                                true,
		`fetch("/panel/icons/other.svg")`:                               true,
		`fetch("https://panel.example.com/icons/other.svg")`:            true,
		`img.src = "icons/" + name`:                                     true,
		`img.src = name + ".svg"`:                                       true,
		"img.src = `icons/${name}.svg`":                                 true,
		"img.src = `${base}/${name}r.svg`":                              true,
		`for (const file of "icons/a.svg icons/other.svg".split(" "));`: true,
		`div.innerHTML = "<img src=icons/other.svg alt=other>"`:         true,
		`say("icons/other.svg is missing. Ask somebody.")`:              false,
		`say("other")`:       false,
		`// icons/other.svg`: false,
		`fetch("icons/another.svg"); fetch("other.png")`: false,
		`import "./other.js"; x = "/" + y; z = "./" + y`: false,
	} {
		_, loose := found(t, "a.js", content)
		assert.Equal(t, want, loose, content)
	}
	for name, content := range map[string]string{
		"a.json": `{"icon": "other.svg"}`, "a.svg": `<image href="other.svg"/>`, "a.webmanifest": `{"icons": [{"src": "icons/other.svg"}]}`,
		"a.html": `<img srcset="icons/other.svg 2x">`, "b.html": `<style>a { background: url(icons/other.svg) }</style>`,
		"c.html": `<p data-folder="icons/">`, "d.html": `<svg><image href="icons/other.svg"/></svg>`, "e.html": `<script>x("icons/other.svg")</script>`,
		"a.css": `a { --icon: url(icons/other.svg) }`, "b.css": `a { background: image-set("other.svg" 2x) }`,
		"a.wasm": "\x00asm…get icons/put other",
	} {
		_, loose := found(t, name, content)
		assert.True(t, loose, content)
	}
	for name, content := range map[string]string{
		"a.html": `<p>other.svg</p><!-- icons/other.svg -->`, "a.css": `/* other.svg */`, "a.wasm": "\x00asm…other", "a.png": "\x89PNG\x00 other.svg",
	} {
		_, loose := found(t, name, content)
		assert.False(t, loose, content)
	}
}

func TestRenameKeepsFoldersQueriesAndAllElse(t *testing.T) {
	page := `<img src="icons/a%20b.svg?v=1#x"> <img src=c.svg alt="c.svg"> <img src='d.svg'>`
	renamed := Rename([]byte(page), In("index.html", []byte(page)).References, func(r Reference) string {
		return map[string]string{"icons/a%20b.svg?v=1#x": "é b-0.svg", "c.svg": "c:0.svg"}[r.URL]
	})
	assert.Equal(t, `<img src="icons/%C3%A9%20b-0.svg?v=1#x"> <img src=./c:0.svg alt="c.svg"> <img src='d.svg'>`, string(renamed))
}

func TestLocalReferences(t *testing.T) {
	for reference, want := range map[string]string{
		"a.js": "web/a.js", "./a.js?x": "web/a.js", "../a.js": "a.js", "b/%C3%A9.js": "web/b/é.js",
		"../../a.js": "", "/a.js": "", "//a.example/a.js": "", "https://a.example/a.js": "", "data:text/plain,a": "", "#a": "", "?a": "", "": "", "b/": "", "%": "",
	} {
		name, ok := Local("web/index.html", reference)
		assert.Equal(t, want != "", ok, reference)
		if ok {
			assert.Equal(t, want, name)
		}
	}
}

func FuzzHostileFiles(f *testing.F) {
	for _, seed := range []string{`<script src="a.js"`, `<p a='`, `url(`, `@import "`, "`${", `import "`, `/`, `<svg`, "\"\\", "url(\"\n", "<!--", `<a b=">`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content string) {
		for _, name := range []string{"a.html", "a.css", "a.js", "a.txt"} {
			found := In(name, []byte(content))
			assert.Equal(t, content, string(Rename([]byte(content), found.References, func(Reference) string { return "" })), name)
			Rename([]byte(content), found.References, func(Reference) string { return "other" })
		}
	})
}
