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

// write replaces the content of the folder with the files, a compressed copy of each,
// and SHA256SUMS.
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

// compress reuses the result of an earlier run for the same content, because
// compressing the program takes long.
func compress(folder, name, coding string, content []byte) ([]byte, error) {
	if before, err := os.ReadFile(filepath.Join(folder, name)); err == nil && bytes.Equal(before, content) {
		if compressed, err := os.ReadFile(filepath.Join(folder, name+coding)); err == nil {
			return compressed, nil
		}
	}
	var compressed bytes.Buffer
	var w io.WriteCloser = brotli.NewWriterOptions(&compressed, brotli.WriterOptions{Quality: brotli.BestCompression, LGWin: 24})
	if coding == ".gz" {
		w, _ = gzip.NewWriterLevel(&compressed, gzip.BestCompression) // this level is valid
	}
	if _, err := w.Write(content); err != nil {
		return nil, err
	}
	err := w.Close() // Close may still write
	return compressed.Bytes(), err
}

// sums returns a file for sha256sum -c.
func sums(files map[string][]byte) []byte {
	var text strings.Builder
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(&text, "%x  %s\n", sha256.Sum256(files[name]), name)
	}
	return []byte(text.String())
}
