package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/web"
)

// bundlers are the tools that a page may be built with, as docs/panel.md says to
// configure them. The output folder is dist.
var bundlers = []struct {
	name    string
	command string
	copies  bool // it leaves index.html and the panel's files to the page's author
}{
	{name: "Vite", command: "vite build --assetsInlineLimit 0"},
	{name: "webpack", command: "webpack ./main.js --mode production --output-path dist --output-trusted-types"},
	{name: "esbuild", command: "esbuild main.js --bundle --format=esm --outdir=dist", copies: true},
	{name: "esbuild, as a classic script", command: "esbuild main.js --bundle --outdir=dist", copies: true},
	{name: "Rollup", command: "rollup main.js --dir dist --plugin @rollup/plugin-node-resolve", copies: true},
	{name: "Rollup with a plugin for assets", command: "rollup --config"},
	{name: "Parcel", command: "parcel build index.html --dist-dir dist --public-url ./ --no-cache --no-optimize"},
}

// aProject is a page's project in which dist is installed as docs/hosting.md says. The
// tools are those of this folder.
func aProject(t *testing.T, source string) (project string) {
	t.Helper()
	project = t.TempDir()
	require.NoError(t, os.CopyFS(project, os.DirFS(source)))
	installed, err := filepath.Abs(dist)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(project+"/package.json", []byte(`{"name": "embedding-page", "private": true, "type": "module"}`), 0o644))
	for _, command := range commandsToInstall(t) {
		arguments := strings.Fields(strings.ReplaceAll(command, "path/to/dist", installed))
		outputOf(t, project, "npm", append(arguments, "--offline", "--no-audit", "--no-fund", "--no-package-lock")...)
	}
	tools, err := filepath.Abs("node_modules")
	require.NoError(t, err)
	entries, err := os.ReadDir(tools)
	require.NoError(t, err, "make tools/e2e/node_modules")
	for _, entry := range entries {
		if name := entry.Name(); name != ".package-lock.json" {
			require.NoError(t, os.Symlink(tools+"/"+name, project+"/node_modules/"+name))
		}
	}
	return project
}

// commandsToInstall are those of docs/hosting.md, without "npm".
func commandsToInstall(t *testing.T) (commands []string) {
	t.Helper()
	page, err := os.ReadFile(project + "/docs/hosting.md")
	require.NoError(t, err)
	_, code, found := strings.Cut(string(page), "```sh\nnpm ")
	require.True(t, found)
	code, _, _ = strings.Cut("npm "+code, "\n")
	for command := range strings.SplitSeq(code, " && ") {
		npm, arguments, _ := strings.Cut(command, " ")
		require.Equal(t, "npm", npm)
		commands = append(commands, arguments)
	}
	return commands
}

// outputOf runs a program in a folder and returns what it says.
func outputOf(t *testing.T, folder, program string, arguments ...string) (output string, ok bool) {
	t.Helper()
	output, err := tryRun(t, folder, nil, append([]string{program}, arguments...)...)
	assert.NoError(t, err, "%s %v\n%s", program, arguments, output)
	return output, err == nil
}

func build(t *testing.T, project, command string) {
	t.Helper()
	arguments := strings.Fields(command)
	_, ok := outputOf(t, project, project+"/node_modules/.bin/"+arguments[0], arguments[1:]...)
	require.True(t, ok)
	if _, err := os.Stat(project + "/dist/index.html"); err != nil {
		page, err := os.ReadFile(project + "/index.html")
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(project+"/dist/index.html", page, 0o644))
	}
}

// copyFiles does what docs/panel.md says: cp node_modules/wwe-panel/panel-*.{wasm,css,txt} dist
func copyFiles(t *testing.T, project, to string) {
	t.Helper()
	require.NoError(t, os.MkdirAll(project+"/dist/"+to, 0o755))
	for extension, count := range map[string]int{"wasm": 1, "css": 1, "txt": 7} {
		found, err := filepath.Glob(project + "/node_modules/wwe-panel/panel-*." + extension)
		require.NoError(t, err)
		require.Len(t, found, count)
		for _, file := range found {
			content, err := os.ReadFile(file)
			require.NoError(t, err)
			require.NoError(t, os.WriteFile(project+"/dist/"+to+"/"+filepath.Base(file), content, 0o644))
		}
	}
}

func TestABundledPageWithThePanel(t *testing.T) {
	for _, bundler := range bundlers {
		t.Run(bundler.name, func(t *testing.T) {
			project := aProject(t, "testdata/bundlers")
			if strings.Contains(bundler.name, "classic") {
				page, err := os.ReadFile(project + "/index.html")
				require.NoError(t, err)
				page = []byte(strings.Replace(string(page), `type="module"`, "defer", 1))
				require.NoError(t, os.WriteFile(project+"/index.html", page, 0o644))
			}
			if bundler.name == "Parcel" { // else it writes an inline import map, which the page's policy forbids
				require.NoError(t, os.WriteFile(project+"/.browserslistrc", []byte("chrome 104\n"), 0o644))
			}
			build(t, project, bundler.command)
			if bundler.copies {
				copyFiles(t, project, ".")
			}
			_, panel := aPanelFrom(t, project+"/dist")
			panel.see("A page built by a bundler")
			panel.eval(`void (location.search = "?lang=pt-BR")`, nil)
			panel.see("Em conversa")
			noComplaints(t, panel.tab)
		})
	}
}

func TestABundleWithoutThePanelsFilesSaysWhatToDo(t *testing.T) {
	for name, bundle := range map[string]struct{ command, script string }{
		"esbuild":             {"esbuild main.js --bundle --format=esm --outdir=dist", "main.js"},
		"esbuild, a panel.js": {"esbuild main.js --bundle --format=esm --outfile=dist/panel.js", "panel.js"},
		"Rollup":              {"rollup main.js --dir dist --plugin @rollup/plugin-node-resolve", "main.js"},
	} {
		t.Run(name, func(t *testing.T) {
			project := aProject(t, "testdata/bundlers")
			build(t, project, bundle.command)
			page, err := os.ReadFile(project + "/dist/index.html")
			require.NoError(t, err)
			page = []byte(strings.Replace(string(page), "main.js", bundle.script, 1))
			require.NoError(t, os.WriteFile(project+"/dist/index.html", page, 0o644))
			_, widget := start(t, func(p *web.Pages) { p.Panel = os.DirFS(project + "/dist") })
			shown := open(t, widget)
			shown.until(textOf("#panel [role=alert]", "A bundler has built this page without some of the panel's files."))
			shown.until(textOf("#panel [role=alert]", ".wasm and panel-"))
			shown.until(textOf("#panel [role=status]", "The panel's style is missing"))
		})
	}
}

func TestTypes(t *testing.T) {
	project := aProject(t, "testdata/types")
	strict := []string{"--noEmit", "--strict", "--exactOptionalPropertyTypes", "--target", "es2022", "--lib", "es2022,dom", "--types", ""}
	tsc := func(arguments ...string) {
		t.Helper()
		outputOf(t, project, project+"/node_modules/.bin/tsc", append(strict, arguments...)...)
	}
	require.NoError(t, os.Remove(project+"/node_modules/@types")) // at first without React
	for resolution, module := range map[string]string{"bundler": "esnext", "node16": "node16", "nodenext": "nodenext"} {
		tsc("--moduleResolution", resolution, "--module", module, "page.ts")
	}
	require.NoError(t, os.Mkdir(project+"/node_modules/@types", 0o755))
	tools, err := filepath.Abs("node_modules")
	require.NoError(t, err)
	require.NoError(t, os.Symlink(tools+"/@types/prop-types", project+"/node_modules/@types/prop-types")) // of React 18
	for _, react := range []string{"@types/react", "types-react-18"} {
		require.NoError(t, os.Symlink(tools+"/"+react, project+"/node_modules/@types/react"))
		tsc("--moduleResolution", "bundler", "--module", "esnext", "--jsx", "react-jsx", "page.ts", "react.tsx")
		require.NoError(t, os.Remove(project+"/node_modules/@types/react"))
	}
	tsc("--moduleResolution", "bundler", "--module", "esnext", "--jsx", "react-jsx", "--jsxImportSource", "preact", "page.ts", "preact.tsx")
}

func TestImportingThePanelOnAServerIsHarmless(t *testing.T) {
	project := aProject(t, "testdata/types")
	script := `const { mount } = await import("wwe-panel"); try { mount(null) } catch (error) { console.log(error.message) }`
	output, _ := outputOf(t, project, "node", "--input-type=module", "--eval", script)
	assert.Equal(t, "wwe-panel: mount needs an element of the page, not null.\n", output)
}
