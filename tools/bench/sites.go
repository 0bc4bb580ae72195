package main

import (
	"os"
	"path/filepath"
	"strings"
)

// hash is added to file names, so that web serves the files as immutable, like those of
// make dist. It may be constant: the files change from run to run, but so does their
// site.
const hash = "-0123456789abcdef"

// programs are the Go programs that the panel's start is compared with: an empty one,
// the smallest one that shows an interaction with package wwe, and the panel without
// its page.
var programs = []program{
	{"empty", "empty"}, {"minimal", "minimal"}, {"panel-model", "panel-model"},
}

// writeSites writes the folders of the pages that the panel's start is compared with.
// As for the panel, large files are compressed and browsers cache them.
func writeSites() error {
	for _, program := range programs {
		const pages = "bench/pages/"
		files, err := contents(pages+"program.html", pages+"program.js", project+"/wasm_exec.js")
		if err != nil {
			return err
		}
		content, err := program.content()
		if err != nil {
			return err
		}
		err = writeSite(work+"/"+program.name, map[string]string{
			"index.html":               strings.ReplaceAll(files[0], ".js", hash+".js"),
			"program" + hash + ".js":   strings.ReplaceAll(files[1], ".wasm", hash+".wasm"),
			"program" + hash + ".wasm": string(content),
			"wasm_exec" + hash + ".js": files[2],
		})
		if err != nil {
			return err
		}
	}
	const example = project + "/cmd/wwe/templates/javascript/"
	plain, err := contents(example+"index.html", example+"widget.css", example+"widget.js", client)
	if err != nil {
		return err
	}
	return writeSite(work+"/plain", map[string]string{
		"index.html":                            strings.NewReplacer(".js", hash+".js", ".css", hash+".css").Replace(plain[0]),
		"widget" + hash + ".css":                plain[1],
		"widget" + hash + ".js":                 plain[2],
		"wwe-service-client-api" + hash + ".js": plain[3],
	})
}

func contents(names ...string) ([]string, error) {
	var all []string
	for _, name := range names {
		content, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		all = append(all, string(content))
	}
	return all, nil
}

func writeSite(folder string, files map[string]string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o644); err != nil {
			return err
		}
		if name != "index.html" {
			if err := os.WriteFile(filepath.Join(folder, name+".br"), brotlied([]byte(content)), 0o644); err != nil {
				return err
			}
		}
	}
	return nil
}
