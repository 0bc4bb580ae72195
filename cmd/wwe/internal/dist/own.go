// Package dist makes the files of a panel ready for a web server.
package dist

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"wwebridge/web"
)

const (
	linkedProgram = "web/panel.wasm"
	unstripped    = ".unstripped.wasm" // suffix for the name of the original program
)

// assets are the files that get hashed names. Each file comes after the files that it
// refers to.
var assets = slices.Concat(
	[]string{"web/icon.svg", "web/ringing.svg", "web/panel.css", "web/page.css", linkedProgram, "web/runtime.js", "web/options.js", "web/attention.js"},
	languageFiles,
	[]string{"web/panel.js", "web/page.js"},
)

// languageFiles are the panel's languages. They are JSON, but dist names them .txt:
// every server sends that, and no bundler takes it for a module.
var languageFiles = []string{
	"web/lang/ar.json", "web/lang/de.json", "web/lang/es.json", "web/lang/fr.json", "web/lang/it.json", "web/lang/ja.json", "web/lang/pt-BR.json",
}

// packageJSON makes the folder installable with npm. The names in exports have no
// hashes, so importers can rely on them. Parcel reads main instead of exports. The
// %s are the hashed names of panel.wasm and panel.css, and the lines of the languages.
const packageJSON = `{
  "name": "wwe-panel",
  "version": "0.1.0",
  "description": "The agent panel for Genesys Workspace Web Edition",
  "type": "module",
  "exports": {
    ".": {
      "types": "./panel.d.ts",
      "default": "./panel.js"
    },
    "./panel.wasm": "./%s",
    "./panel.css": "./%s",
%s    "./package.json": "./package.json"
  },
  "files": ["*", "!server"],
  "main": "./panel.js",
  "types": "./panel.d.ts"
}
`

// Own returns the uncompressed files of dist for the project's own panel, by name. The
// program is the one to ship in place of the linked one, which ships beside it if it
// differs. If program is nil, the linked one ships.
func Own(project fs.FS, origins []string, program []byte) (map[string][]byte, error) {
	files := map[string][]byte{}
	hashed := map[string]string{} // hashed names by original name
	for _, name := range assets {
		content, err := fs.ReadFile(project, name)
		if err != nil {
			return nil, err
		}
		if path.Ext(name) == ".js" {
			if content, err = refer(name, content, hashed); err != nil {
				return nil, err
			}
		}
		linked := content
		if name == linkedProgram && program != nil {
			content = program
		}
		if name == "web/panel.js" {
			if content, err = replaceOnce(content, "const wasmSize = 0;",
				"const wasmSize = "+strconv.Itoa(len(files[hashed["panel.wasm"]]))+";"); err != nil {
				return nil, err
			}
		}
		shipped := ownName(name, content)
		hashed[strings.TrimPrefix(name, "web/")] = shipped
		files[shipped] = content
		if name == linkedProgram && !bytes.Equal(content, linked) {
			files[strings.TrimSuffix(shipped, path.Ext(shipped))+unstripped] = linked
		}
	}
	languages := ""
	for _, name := range languageFiles {
		name = strings.TrimPrefix(name, "web/")
		languages += fmt.Sprintf("    %q: %q,\n", "./"+name, "./"+hashed[name])
	}
	files["package.json"] = fmt.Appendf(nil, packageJSON, hashed["panel.wasm"], hashed["panel.css"], languages)
	files["panel.js"] = []byte("export * from \"./" + hashed["panel.js"] + "\";\n")

	types, err := fs.ReadFile(project, "web/panel.d.ts")
	if err != nil {
		return nil, err
	}
	files["panel.d.ts"] = types

	page, err := fs.ReadFile(project, "index.html")
	if err != nil {
		return nil, err
	}
	if page, err = refer("index.html", page, hashed); err != nil {
		return nil, err
	}
	if len(origins) > 0 {
		page = web.SetMeta(page, "wwe-origin", strings.Join(origins, " "))
	}
	files["index.html"] = page
	return files, nil
}

// ownName returns the name of a file in dist, which has no folders.
func ownName(name string, content []byte) string {
	base := path.Base(name)
	if slices.Contains(languageFiles, name) {
		base = "panel-" + strings.TrimSuffix(base, path.Ext(base)) + ".txt"
	}
	return withHash(base, content)
}

// reference matches a reference from one of our files to another one.
var reference = regexp.MustCompile(`"(?:\./|\.\./|web/)((?:lang/)?[A-Za-z_-]+\.[a-z]+)"`)

// refer replaces references to other files with their hashed names.
func refer(name string, content []byte, hashed map[string]string) ([]byte, error) {
	var missing error
	content = reference.ReplaceAllFunc(content, func(quoted []byte) []byte {
		other := string(reference.FindSubmatch(quoted)[1])
		if hashed[other] == "" {
			missing = errors.Join(missing, fmt.Errorf("%s refers to %s, which is not in dist", name, other))
		}
		return []byte(`"./` + hashed[other] + `"`)
	})
	return content, missing
}

func replaceOnce(content []byte, old, new string) ([]byte, error) {
	text := string(content)
	if strings.Count(text, old) != 1 {
		return nil, fmt.Errorf("web/panel.js does not have %q once", old)
	}
	return []byte(strings.Replace(text, old, new, 1)), nil
}
