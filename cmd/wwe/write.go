package main

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
)

// writeFolder makes a folder with these files, or nothing. The folder may exist if it is empty.
// check sees the files before they are in their place.
func writeFolder(folder string, files map[string][]byte, check func(folder string) error) error {
	_, err := os.Stat(folder)
	exists := err == nil
	around := folder // the folder for the work before: of the same disk, so that files can be moved from it
	if !exists {
		around = filepath.Dir(folder)
		made, err := makeFolders(around)
		defer func() {
			if !isThere(folder) {
				removeEmpty(made)
			}
		}()
		if err != nil {
			return err
		}
	}
	work, err := os.MkdirTemp(around, ".wwe-new-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	panel := filepath.Join(work, "panel") // a folder of its own, because only the owner may read work
	for name, content := range files {
		path := filepath.Join(panel, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(path, content, 0o666); err != nil {
			return err
		}
	}
	if err := check(panel); err != nil {
		return err
	}
	if !exists {
		return os.Rename(panel, folder)
	}
	return moveInto(folder, panel)
}

// moveInto moves everything in from to folder, or nothing.
func moveInto(folder, from string) error {
	entries, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	for n, entry := range entries {
		if err := os.Rename(filepath.Join(from, entry.Name()), filepath.Join(folder, entry.Name())); err != nil {
			for _, moved := range entries[:n] {
				err = errors.Join(err, os.Rename(filepath.Join(folder, moved.Name()), filepath.Join(from, moved.Name())))
			}
			return err
		}
	}
	return nil
}

// makeFolders makes the folder and those around it. It returns those that were not there, the
// outermost first.
func makeFolders(folder string) (made []string, err error) {
	for path := folder; !isThere(path) && path != filepath.Dir(path); path = filepath.Dir(path) {
		made = append(made, path)
	}
	slices.Reverse(made)
	return made, os.MkdirAll(folder, 0o777)
}

// removeEmpty removes folders, the last one first. It leaves those that have got something.
func removeEmpty(folders []string) {
	for _, folder := range slices.Backward(folders) {
		_ = os.Remove(folder)
	}
}

func isThere(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
