package main

import (
	"embed"
	"io/fs"
	"strings"
)

// A template is a panel that wwe new writes.
type template struct {
	name    string
	summary string // a line about the panel
	try     string // steps in the simulated desktop that show the panel at work
}

var templates = []template{
	{"blank", "who the agent is, their state, and their interactions", "ring a call, and answer it"},
	{"screenpop", "the customer's record, found by a key of the user data", "ring a call with the user data CustomerID = 4711"},
	{"wrapup", "a disposition and a note, without which no call can be marked done", "ring a call, answer it, hang up, and press Done too early"},
	{"dialer", "a phone with recent numbers, and the agent's state", "call a number in the panel"},
	{javascript, "calls in plain JavaScript, on top of Genesys' client file, checked by TypeScript", "ring a call, answer it, hang up, and mark it done without a summary"},
}

// javascript is the template that is no Go module.
const javascript = "javascript"

// The files are named one by one, because node_modules and built programs may be beside them.
//
//go:embed templates/shared
//go:embed templates/blank/*.go templates/blank/web/index.html templates/blank/web/style.css
//go:embed templates/screenpop/*.go templates/screenpop/web/index.html templates/screenpop/web/style.css templates/screenpop/web/customers
//go:embed templates/wrapup/*.go templates/wrapup/web/index.html templates/wrapup/web/style.css
//go:embed templates/dialer/*.go templates/dialer/web/index.html templates/dialer/web/style.css
//go:embed templates/javascript/.npmrc templates/javascript/gitignore templates/javascript/index.html templates/javascript/widget.css templates/javascript/widget.js
//go:embed templates/javascript/genesys.d.ts templates/javascript/tsconfig.json templates/javascript/widget.spec.mjs
//go:embed templates/javascript/package.json templates/javascript/package-lock.json
var templateFiles embed.FS

// realNames are the files that have neutral names among the templates.
var realNames = map[string]string{"gitignore": ".gitignore", "load.js": "web/load.js"}

// files returns the template's files, by their paths in a panel's folder.
func (t template) files() (map[string][]byte, error) {
	files := map[string][]byte{}
	folders := []string{"templates/" + t.name}
	if t.name != javascript {
		folders = append(folders, "templates/shared")
	}
	for _, folder := range folders {
		err := fs.WalkDir(templateFiles, folder, func(file string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			name := strings.TrimPrefix(file, folder+"/")
			if real, has := realNames[name]; has {
				name = real
			}
			files[name], err = templateFiles.ReadFile(file)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return files, nil
}
