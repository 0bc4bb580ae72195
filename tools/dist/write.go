package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/andybalholm/brotli"
)

// write makes the folder hold the files, each of them compressed too, and
// SHA256SUMS of all, and nothing else.
func write(folder string, files map[string][]byte) error {
	all := maps.Clone(files)
	for name, content := range files {
		for _, coding := range []string{".br", ".gz"} {
			compressed, err := compress(folder, name, coding, content)
			if err != nil {
				return fmt.Errorf("compress %s: %w", name, err)
			}
			all[name+coding] = compressed
		}
	}
	all["SHA256SUMS"] = sums(all)

	if err := os.RemoveAll(folder); err != nil {
		return err
	}
	if err := os.Mkdir(folder, 0o755); err != nil {
		return err
	}
	for name, content := range all {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// compress takes what an earlier run has made of the same content: the program is large.
func compress(folder, name, coding string, content []byte) ([]byte, error) {
	if before, err := os.ReadFile(filepath.Join(folder, name)); err == nil && bytes.Equal(before, content) {
		if compressed, err := os.ReadFile(filepath.Join(folder, name+coding)); err == nil {
			return compressed, nil
		}
	}
	var compressed bytes.Buffer
	var w io.WriteCloser = brotli.NewWriterOptions(&compressed, brotli.WriterOptions{Quality: brotli.BestCompression, LGWin: 24})
	if coding == ".gz" {
		w, _ = gzip.NewWriterLevel(&compressed, gzip.BestCompression) // a level that is
	}
	if _, err := w.Write(content); err != nil {
		return nil, err
	}
	err := w.Close() // which may still write
	return compressed.Bytes(), err
}

// sums is what sha256sum -c reads.
func sums(files map[string][]byte) []byte {
	var text strings.Builder
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(&text, "%x  %s\n", sha256.Sum256(files[name]), name)
	}
	return []byte(text.String())
}
