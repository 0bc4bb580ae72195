// Package canary has tests that pass and tests that fail, to see that the runner notices.
package canary

import (
	"os"
	"path/filepath"
	"strings"
	"syscall/js"
	"testing"
)

func TestPasses(t *testing.T) {
	t.Log("in " + js.Global().Get("navigator").Get("userAgent").String())
	text, err := os.ReadFile("canary_test.go")
	if err != nil || !strings.HasPrefix(string(text), "// Package canary") {
		t.Fatal("a test reads its files:", err)
	}
	path := filepath.Join(t.TempDir(), "é")
	if err := os.WriteFile(path, []byte{0, 255, 'a'}, 0o600); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(path); err != nil || string(text) != "\x00\xffa" {
		t.Fatal(text, err)
	}
	if _, err := os.Stat("none"); !os.IsNotExist(err) {
		t.Fatal(err)
	}
}

func TestFails(t *testing.T)  { t.Fatal("it fails") }
func TestPanics(t *testing.T) { panic("it panics") }
func TestHangs(t *testing.T)  { select {} }

func TestThrows(t *testing.T) { // nobody waits for what throws
	js.Global().Call("eval", `setTimeout(() => { throw new Error("it throws") })`)
	select {}
}
