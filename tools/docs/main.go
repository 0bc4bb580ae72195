// Command docs writes docs/reference from the comments in the Go packages. `make docs` runs it, and
// a test fails if the files are out of date. It is a module of its own because gomarkdoc requires
// many others.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// packages have a page each in docs/reference.
var packages = []string{"wasm/wwe", "wasm/wwetest"}

func main() {
	if err := run("../..", false); err != nil {
		fmt.Fprintln(os.Stderr, "docs:", err)
		os.Exit(1)
	}
}

// run writes the reference of the project. If check is true, it only compares.
func run(project string, check bool) error {
	pages := map[string][]byte{}
	table, err := requests(filepath.Join(project, "wasm/wwe"))
	if err != nil {
		return err
	}
	pages["requests.md"] = table
	for _, folder := range packages {
		page, err := reference(project, folder)
		if err != nil {
			return err
		}
		pages[filepath.Base(folder)+".md"] = page
	}
	var stale []error
	for name, page := range pages {
		file := filepath.Join(project, "docs/reference", name)
		if check {
			if old, err := os.ReadFile(file); err != nil || !bytes.Equal(old, page) {
				stale = append(stale, fmt.Errorf("docs/reference/%s is out of date; run make docs", name))
			}
		} else if err := os.WriteFile(file, page, 0o644); err != nil {
			return err
		}
	}
	return errors.Join(stale...)
}

// reference returns the page of a package. gomarkdoc gets a copy of it outside of the git
// repository, because it would link to the repository's remote, which differs between clones.
func reference(project, folder string) ([]byte, error) {
	scratch, err := os.MkdirTemp("", "")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(scratch)
	module, err := os.ReadFile(filepath.Join(project, "go.mod"))
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(scratch, "go.mod"), module, 0o644); err != nil {
		return nil, err
	}
	if err := os.CopyFS(filepath.Join(scratch, folder), os.DirFS(filepath.Join(project, folder))); err != nil {
		return nil, err
	}
	tool, err := exec.Command("go", "tool", "-n", "gomarkdoc").Output()
	if err != nil {
		return nil, fmt.Errorf("build gomarkdoc: %w", err)
	}
	command := exec.Command(string(bytes.TrimSpace(tool)), "./"+folder)
	command.Dir = scratch
	var errs bytes.Buffer
	command.Stderr = &errs
	page, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("gomarkdoc %s: %w\n%s", folder, err, errs.Bytes())
	}
	return page, nil
}
