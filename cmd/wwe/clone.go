package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// cloneFolder returns the folder of the wwebridge clone that this program was built from. Panels
// refer to its module, and the simulated desktop is built from it. It returns an error if the
// folder is gone.
func cloneFolder() (string, error) {
	_, file, _, _ := runtime.Caller(0) // cmd/wwe/clone.go
	folder := filepath.Dir(filepath.Dir(filepath.Dir(file)))
	module, err := os.ReadFile(filepath.Join(folder, "go.mod"))
	if !filepath.IsAbs(file) || err != nil || !bytes.HasPrefix(module, []byte("module ")) {
		return "", fmt.Errorf("the wwebridge clone that wwe was built from, %s, is gone; run make install in a clone", folder)
	}
	return folder, nil
}
