package live

import (
	"path/filepath"
	"slices"
	"strings"

	"wwebridge/cmd/wwe/internal/gocmd"
)

// kind is the kind of a file, by the work that a change of it needs.
type kind int

const (
	otherFile  kind = iota // nothing
	sourceFile             // build the program
	pageFile               // load the page again
)

// kindOf returns the kind of a file, whose path is relative to the panel's folder dir.
func (f form) kindOf(dir, file string) kind {
	name, extension := filepath.Base(file), filepath.Ext(file)
	path := filepath.Join(dir, file)
	inPages, err := filepath.Rel(f.pages, path)
	isBelowPages := err == nil && filepath.IsLocal(inPages)
	switch {
	case !f.isGo:
		return pageFile
	case strings.HasSuffix(name, "_test.go"), isBelowPages && gocmd.IsBuilt(filepath.ToSlash(inPages)):
		return otherFile
	case extension == ".go":
		return sourceFile
	case extension == "" && isFile(path): // a built program, or a text like LICENSE
		return otherFile
	case isBelowPages && (f.pages != dir || slices.Contains(pageExtensions, extension)):
		return pageFile
	}
	return sourceFile // go.mod, a folder, or a file that the program may embed
}

// pageExtensions distinguish the page's files from the program's if they share a folder.
var pageExtensions = []string{".html", ".css", ".js", ".json", ".svg", ".png"}
