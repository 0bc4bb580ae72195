package live

import (
	"fmt"
	"os"
	"path/filepath"
)

// form is how a panel's folder is laid out.
type form struct {
	pages string // the folder with index.html
	isGo  bool   // whether the folder is that of a Go program, else it is served as it is
}

// formOf returns the form of the panel in the folder dir. Each error says how to fix it.
func formOf(dir string) (form, error) {
	info, err := os.Stat(dir)
	switch {
	case os.IsNotExist(err):
		return form{}, fmt.Errorf("%s does not exist; wwe new %s makes a panel there", dir, dir)
	case err != nil:
		return form{}, err
	case !info.IsDir():
		return form{}, fmt.Errorf("%s is not a folder; name the folder of a panel", dir)
	}
	hasModule, inWeb, atTop := isFile(dir, "go.mod"), isFile(dir, "web", "index.html"), isFile(dir, "index.html")
	switch {
	case hasModule && inWeb:
		return form{filepath.Join(dir, "web"), true}, nil
	case atTop:
		return form{dir, hasModule}, nil
	case hasModule:
		return form{}, fmt.Errorf("%s has a go.mod but no page; put index.html into its folder web", dir)
	case inWeb:
		return form{}, fmt.Errorf("%s has web/index.html but no go.mod; for a panel in Go, run go mod init there; for one in JavaScript, name the folder %s",
			dir, filepath.Join(dir, "web"))
	}
	return form{}, fmt.Errorf("%s has no panel; a panel in Go has go.mod and web/index.html there, one in JavaScript has index.html; wwe new makes both", dir)
}

func isFile(path ...string) bool {
	info, err := os.Stat(filepath.Join(path...))
	return err == nil && info.Mode().IsRegular()
}
