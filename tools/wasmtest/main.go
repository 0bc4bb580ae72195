// Command wasmtest runs a test compiled to WebAssembly in a page of Firefox or WebKit,
// as wasmbrowsertest does in Chromium. It is a program for go test -exec.
package main

import (
	"cmp"
	"crypto/rand"
	_ "embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/agnivade/wasmbrowsertest/filesys"

	"wwebridge/tools/drive"
)

//go:embed index.html
var index string

//go:embed run.js
var script string

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: wasmtest program.wasm [argument...], with ENGINE=firefox or webkit")
		os.Exit(2)
	}
	code, err := run(cmp.Or(os.Getenv("ENGINE"), "chromium"), os.Args[1], os.Args[1:], os.Stdout)
	if err != nil {
		fmt.Fprintln(os.Stderr, "wasmtest:", err)
		code = 2
	}
	os.Exit(code)
}

// run runs the program in a browser until it exits, and returns its exit code.
func run(engine, program string, args []string, output io.Writer) (int, error) {
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return 0, fmt.Errorf("go env GOROOT: %w", err)
	}
	goScript, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		return 0, err
	}
	page, err := template.New("index").Parse(index)
	if err != nil {
		return 0, err
	}
	token := rand.Text() // only the test's page may use the file system
	config := map[string]any{
		"args": args, "env": map[string]string{"TMPDIR": os.TempDir()}, "pid": os.Getpid(), "ppid": os.Getppid(), "token": token,
	}

	exited := make(chan int, 1)
	files := http.NewServeMux()
	files.Handle("/fs/", filesys.NewHandler(token, log.New(io.Discard, "", 0)))
	files.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_ = page.Execute(w, config)
	})
	for path, text := range map[string]string{"/wasm_exec.js": string(goScript), "/run.js": script} {
		files.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/javascript")
			_, _ = io.WriteString(w, text)
		})
	}
	files.HandleFunc("/test.wasm", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/wasm")
		http.ServeFile(w, r, program)
	})
	files.HandleFunc("POST /output", func(_ http.ResponseWriter, r *http.Request) { _, _ = io.Copy(output, r.Body) })
	files.HandleFunc("POST /exit", func(_ http.ResponseWriter, r *http.Request) {
		text, _ := io.ReadAll(r.Body)
		code, err := strconv.Atoi(string(text))
		if err != nil {
			code = 2
		}
		exited <- code
	})
	server := httptest.NewServer(files)
	defer server.Close()

	browser, err := drive.Start(drive.Options{Engine: engine})
	if err != nil {
		return 0, err
	}
	defer browser.Close()
	if err := browser.Navigate(server.URL + "/"); err != nil {
		return 0, err
	}
	for mute := 0; ; {
		select {
		case code := <-exited:
			return code, nil
		case <-time.After(5 * time.Second):
		}
		// A page does not answer during a long computation. A browser that has ended
		// never answers.
		if _, err := browser.Evaluate(drive.Page{}, `""`); err == nil {
			mute = 0
		} else if mute++; mute == 5 {
			complaints, _ := browser.Complaints()
			return 0, errors.Join(fmt.Errorf("%s no longer answers, and said: %q", engine, complaints), err)
		}
	}
}
