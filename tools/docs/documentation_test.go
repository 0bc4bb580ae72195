package main

import (
	"encoding/json"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const project = "../.."

// pages returns the text of every Markdown page of the project, by its path.
func pages(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	add := func(path string) {
		text, err := os.ReadFile(filepath.Join(project, path))
		require.NoError(t, err)
		all[path] = string(text)
	}
	for _, path := range []string{"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"} {
		add(path)
	}
	require.NoError(t, fs.WalkDir(os.DirFS(project), "docs", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() && entry.Name() == "node_modules" {
			return fs.SkipDir
		}
		if err == nil && strings.HasSuffix(path, ".md") {
			add(path)
		}
		return err
	}))
	return all
}

func TestTheREADMEIsShort(t *testing.T) {
	assert.LessOrEqual(t, len(pages(t)["README.md"]), 8000)
}

var (
	fences  = regexp.MustCompile("(?ms)^( *)```(\\w*)\n(.*?)^ *```$")
	links   = regexp.MustCompile(`\]\(([^()\s]+)\)|<img src="([^"]+)"`)
	heading = regexp.MustCompile(`(?m)^#+ (.+)$`)
	named   = regexp.MustCompile(`<a name="([^"]+)">`)
)

// anchors returns the fragments that a link to the page may have, as GitHub makes them.
func anchors(page string) map[string]bool {
	page = fences.ReplaceAllString(page, "")
	all := map[string]bool{}
	for _, match := range heading.FindAllStringSubmatch(page, -1) {
		text := regexp.MustCompile(`[^\w\- ]`).ReplaceAllString(strings.ToLower(match[1]), "")
		all[strings.ReplaceAll(text, " ", "-")] = true
	}
	for _, match := range named.FindAllStringSubmatch(page, -1) {
		all[match[1]] = true
	}
	return all
}

func TestEveryLinkLeadsSomewhere(t *testing.T) {
	all := pages(t)
	count := 0
	for path, page := range all {
		for _, match := range links.FindAllStringSubmatch(fences.ReplaceAllString(page, ""), -1) {
			target := strings.Trim(match[1]+match[2], "<>")
			link, err := url.Parse(target)
			if !assert.NoError(t, err, path) || link.Scheme != "" {
				continue
			}
			count++
			to := path
			if link.Path != "" {
				to = filepath.Join(filepath.Dir(path), link.Path)
				_, err := os.Stat(filepath.Join(project, to))
				assert.NoError(t, err, "%s links to %s", path, target)
			}
			if link.Fragment != "" {
				assert.True(t, anchors(all[to])[link.Fragment], "%s links to %s: %s has no such heading", path, target, to)
			}
		}
	}
	assert.Greater(t, count, 50)
}

// A block is a fenced block of code on a page, without its indentation.
type block struct{ page, language, code string }

func blocks(t *testing.T) (all []block) {
	t.Helper()
	for path, page := range pages(t) {
		if strings.HasPrefix(path, "docs/reference/") {
			continue // its Examples run as tests of their packages
		}
		for _, match := range fences.FindAllStringSubmatch(page, -1) {
			code := regexp.MustCompile("(?m)^"+match[1]).ReplaceAllString(match[3], "")
			all = append(all, block{path, match[2], code})
		}
	}
	require.NotEmpty(t, all)
	return all
}

// around declares the names that fragments of Go use.
const around = `package main

import (
	"context"
	"syscall/js"
	"wwebridge/wasm/wwe"
)

var (
	_ js.Value
	ctx context.Context
	svc *wwe.Service
	id string
	i wwe.Interaction
	err error
	button js.Value
	form interface{ Saved(wwe.Interaction) bool }
)

func show(string) {}

func fragment() {
`

func TestEveryBlockOfGoCompiles(t *testing.T) {
	module, err := filepath.Abs(project)
	require.NoError(t, err)
	for _, b := range blocks(t) {
		if b.language != "go" {
			continue
		}
		folder := t.TempDir()
		write := func(name, text string) {
			require.NoError(t, os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644))
		}
		switch {
		case strings.HasPrefix(b.code, "package ") || strings.HasPrefix(b.code, "//go:build"):
			name := "main.go"
			if strings.Contains(b.code, "testing.T") {
				name = "main_test.go"
			}
			write(name, b.code)
			if !strings.Contains(b.code, "func main()") {
				write("start.go", "package main\n\nfunc main() {}\n")
			}
			if !strings.Contains(b.code, "func follow(") && strings.Contains(b.code, "follow(") {
				write("follow.go", "package main\n\nimport (\n\t\"context\"\n\t\"wwebridge/wasm/wwe\"\n)\n\nfunc follow(context.Context, *wwe.Service, func(string)) error { return nil }\n")
			}
		case strings.Contains(b.code, "func Test"):
			write("recording_test.go", "package main\n\nimport (\n\t\"context\"\n\t_ \"embed\"\n\t\"testing\"\n\t\"testing/synctest\"\n\t\"time\"\n\n\t\"wwebridge/wasm/wwe\"\n\t\"wwebridge/wasm/wwetest\"\n)\n\nfunc follow(context.Context, *wwe.Service, func(string)) error { return nil }\n\n"+b.code)
			require.NoError(t, os.Mkdir(filepath.Join(folder, "testdata"), 0o755))
			write("testdata/lost-call.jsonl", "")
			write("start.go", "package main\n\nfunc main() {}\n")
		default:
			write("main.go", around+b.code+"}\n\nfunc main() {}\n")
		}
		write("go.mod", "module example.com/block\n\ngo 1.26\n\nrequire wwebridge v0.0.0\n\nreplace wwebridge => "+module+"\n")
		command := exec.Command("go", "vet", ".")
		command.Dir = folder
		command.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod")
		if !strings.HasPrefix(b.code, "//go:build !js") {
			command.Env = append(command.Env, "GOOS=js", "GOARCH=wasm")
		}
		output, _ := command.CombinedOutput()
		for line := range strings.Lines(string(output)) {
			line = strings.TrimSpace(line)
			if line == "" || strings.HasPrefix(line, "#") || strings.HasPrefix(line, "go: ") || strings.Contains(line, "declared and not used") {
				continue // a fragment need not use each variable
			}
			assert.Fail(t, line, "%s:\n%s", b.page, b.code)
		}
	}
}

func TestEveryBlockOfJavaScriptAndJSONParses(t *testing.T) {
	for _, b := range blocks(t) {
		switch b.language {
		case "js":
			result := api.Transform(b.code, api.TransformOptions{Loader: api.LoaderJS})
			assert.Empty(t, result.Errors, "%s:\n%s", b.page, b.code)
		case "json":
			for line := range strings.Lines(b.code) {
				assert.True(t, json.Valid([]byte(line)), "%s: %s", b.page, line)
			}
		}
	}
}

// elsewhere are commands that other tests run, or that change the reader's machine.
var elsewhere = map[string]string{
	"npm pack path/to/dist && npm install ./wwe-panel-0.1.0.tgz": "the bundlers' tests in tools/e2e",

	"go mod init firstpanel": "TestTheDocumentedPanelRuns in tools/e2e",

	"go mod edit -require=wwebridge@v0.0.0 -replace=wwebridge=../wwebridge": "the same",

	"GOOS=js GOARCH=wasm go build -o panel.wasm .": "the same",

	"cp wasm/wwe/testdata/client.js cmd/wwe/templates/javascript/wwe-service-client-api.js": "the tests of the JavaScript widget in tools/e2e",

	"go test ./...": "cmd/wwe, for every template",

	"npm install --save-dev ./wwe-desktop-0.1.0.tgz": "TestTheNPMPackageTestsAWidget in tools/e2e",

	"npx wwe-desktop --widget http://localhost:3000 --open": "TestTheCommandOfTheNPMPackageOpensTheBrowser in tools/e2e",

	"cd hello": "",
}

// TestEveryCommandExists checks the commands of the pages' shell blocks: targets of make, subcommands
// and flags of wwe. The tests named in elsewhere run the others.
func TestEveryCommandExists(t *testing.T) {
	help := func(subcommand string) string {
		command := exec.Command("go", "run", "./cmd/wwe", "help", subcommand)
		command.Dir = project
		output, err := command.CombinedOutput()
		assert.NoError(t, err, "%s", output)
		return string(output)
	}
	for _, b := range blocks(t) {
		if b.language != "sh" {
			continue
		}
		for line := range strings.Lines(b.code) {
			line, _, _ = strings.Cut(strings.TrimSpace(line), "  #")
			line = strings.TrimSpace(line)
			words := strings.Fields(line)
			if _, is := elsewhere[line]; is || b.page == "CONTRIBUTING.md" && len(words) > 0 && words[0] != "make" || len(words) == 0 {
				continue
			}
			switch words[0] {
			case "make":
				command := exec.Command("make", append([]string{"--dry-run"}, words[1:]...)...)
				command.Dir = project
				output, err := command.CombinedOutput()
				assert.NoError(t, err, "%s: %s\n%s", b.page, line, output)
			case "wwe":
				text := help(words[1])
				for _, word := range words[2:] {
					if strings.HasPrefix(word, "-") {
						assert.Contains(t, text, word, "%s: %s", b.page, line)
					}
				}
			default:
				assert.Fail(t, "no test runs this command", "%s: %s", b.page, line)
			}
		}
	}
}

func TestTheReferenceIsUpToDate(t *testing.T) { assert.NoError(t, run(project, true)) }
