// Command npm creates the folder dist-npm: the simulated desktop as the npm package wwe-desktop.
// `make dist` runs it in the folder tools.
package main

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

func main() {
	if err := run("..", "../dist-npm"); err != nil {
		fmt.Fprintln(os.Stderr, "npm:", err)
		os.Exit(1)
	}
}

func run(project, folder string) error {
	files, err := build(os.DirFS(project))
	if err != nil {
		return err
	}
	if err := write(folder, files); err != nil {
		return err
	}
	size := 0
	for _, content := range files {
		size += len(content)
	}
	fmt.Printf("dist-npm/ has the npm package wwe-desktop, %.1f MB. npm pack ./dist-npm makes the tarball.\n", float64(size)/1e6)
	return nil
}

// source is the folder with the package's own files.
const source = "web/npm"

// pages are the pages of the desktop. wasm/desktop opens the second in iframes.
var pages = []string{"web/desktop.html", "web/forger.html"}

// build returns the files of the package, by name.
func build(project fs.FS) (map[string][]byte, error) {
	files := map[string][]byte{}
	entries, err := fs.ReadDir(project, source)
	if err != nil {
		return nil, err
	}
	for _, entry := range entries {
		if files[entry.Name()], err = fs.ReadFile(project, source+"/"+entry.Name()); err != nil {
			return nil, err
		}
	}
	if files["LICENSE"], err = fs.ReadFile(project, "LICENSE"); err != nil {
		return nil, err
	}
	for _, page := range pages {
		if err := add(files, project, page); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// referenceOf finds the files that a file of each type loads.
var referenceOf = map[string]*regexp.Regexp{
	".html": regexp.MustCompile(`(?:href|src|data-[a-z]+)="(/web/[^"#?]+)"`),
	".js":   regexp.MustCompile(`(?:\bimport\(|\bfrom |\bimport )"(\./[^"]+)"`),
	".css":  regexp.MustCompile(`url\("?([^"):]+)"?\)`),
}

// add adds a file of the desktop, and the files that it refers to.
func add(files map[string][]byte, project fs.FS, name string) error {
	if _, added := files["desktop/"+name]; added {
		return nil
	}
	content, err := fs.ReadFile(project, name)
	if err != nil {
		return fmt.Errorf("%w (make build creates what is missing)", err)
	}
	files["desktop/"+name] = content
	if path.Dir(name) != "web" {
		return fmt.Errorf("%s is not in the folder web, which is the only one that server.js of the package serves", name)
	}
	pattern := referenceOf[path.Ext(name)]
	if pattern == nil {
		return nil
	}
	for _, match := range pattern.FindAllSubmatch(content, -1) {
		to := string(match[1])
		if !strings.HasPrefix(to, "/") {
			to = path.Join(path.Dir("/"+name), to)
		}
		if err := add(files, project, strings.TrimPrefix(to, "/")); err != nil {
			return fmt.Errorf("%s refers to %s: %w", name, to, err)
		}
	}
	return nil
}

// write replaces the folder with the files.
func write(folder string, files map[string][]byte) error {
	if err := os.RemoveAll(folder); err != nil {
		return err
	}
	for name, content := range files {
		name = filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		mode := fs.FileMode(0o644)
		if filepath.Base(name) == "cli.js" {
			mode = 0o755
		}
		if err := os.WriteFile(name, content, mode); err != nil {
			return err
		}
	}
	return nil
}
