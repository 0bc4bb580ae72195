package dist

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// Sources returns the files of a panel's pages, by name. It leaves out what belongs to the author and not
// on a server: hidden files, packages, tests, types, and folders that Write has made.
func Sources(folder string) (files map[string][]byte, leftOut []string, err error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, nil, err
	}
	defer root.Close()
	files = map[string][]byte{}
	err = fs.WalkDir(root.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name == ".":
			return nil
		case entry.IsDir():
			if slices.Contains(authorsFolders, entry.Name()) || entry.Name()[0] == '.' || wasWritten(root, name) {
				leftOut = append(leftOut, name+"/")
				return fs.SkipDir
			}
			return nil
		case isAuthors(entry.Name()):
			leftOut = append(leftOut, name)
			return nil
		}
		files[name], err = readSource(root, name, entry)
		if err != nil {
			return fmt.Errorf("%s: %w", filepath.Join(folder, filepath.FromSlash(name)), err)
		}
		return nil
	})
	return files, leftOut, err
}

// readSource reads a regular file, or one inside of the folder that a link leads to.
func readSource(root *os.Root, name string, entry fs.DirEntry) ([]byte, error) {
	if strings.ContainsAny(name, "\n\r\\") {
		return nil, errors.New("its name has a character that URLs or checksums do not take: rename it")
	}
	info, err := root.Stat(name)
	isLink := entry.Type()&fs.ModeSymlink != 0
	switch {
	case err != nil && isLink:
		return nil, errors.New("this link leads to nothing or out of the panel's folder: replace it by the file")
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, errors.New("this is a link to a folder, which is not followed: replace it by the folder")
	case !info.Mode().IsRegular():
		return nil, errors.New("this is no regular file: move it elsewhere")
	}
	file, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	content, err := io.ReadAll(file)
	if content == nil {
		content = []byte{}
	}
	return content, err
}

var (
	authorsFolders = strings.Fields("node_modules test-results playwright-report")
	authorsFiles   = strings.Fields("package.json package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml tsconfig.json jsconfig.json gitignore LICENSE Makefile")
	authorsTypes   = strings.Fields(".ts .tsx .jsx .md .go .mod .sum .map .yaml .yml .toml .sh .log .orig .swp")
)

// isAuthors reports whether a file is for the panel's author only.
func isAuthors(name string) bool {
	return name[0] == '.' || strings.HasSuffix(name, "~") || strings.Contains(name, ".spec.") || strings.Contains(name, ".test.") ||
		strings.Contains(name, ".config.") || slices.Contains(authorsFiles, name) || slices.Contains(authorsTypes, path.Ext(name))
}

// wasWritten reports whether Write has made the folder.
func wasWritten(root *os.Root, folder string) bool {
	_, err := root.Lstat(path.Join(folder, sumsFile))
	return err == nil
}
