package dist

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/andybalholm/brotli"
)

// sumsFile lists the files of a folder that Write has made. It marks the folder as ours.
const sumsFile = "SHA256SUMS"

// compact are the types of files that compression does not make smaller.
var compact = strings.Fields(".png .jpg .jpeg .gif .webp .avif .woff .woff2 .mp3 .m4a .ogg .oga .mp4 .webm .zip .gz .br")

// Write replaces the folder with one that has the files, compressed copies of them, and
// SHA256SUMS. The names of files have slashes. The folder is either replaced as a whole
// or stays as it is. Write refuses to replace a folder with files that it has not made.
func Write(ctx context.Context, folder string, files map[string][]byte) error {
	place, err := findPlace(folder)
	if err != nil {
		return err
	}
	before, err := place.sums()
	if err != nil {
		return err
	}
	for name := range files {
		original := strings.TrimSuffix(strings.TrimSuffix(name, ".gz"), ".br")
		if _, clashes := files[original]; clashes && original != name || name == sumsFile {
			return fmt.Errorf("wwe build makes %s itself, as a copy or sum of your files: delete or rename yours", name)
		}
	}
	all := maps.Clone(files)
	for name, content := range files {
		if strings.HasPrefix(name, serverFolder) || slices.Contains(compact, path.Ext(name)) {
			continue
		}
		for _, coding := range []string{".br", ".gz"} {
			if err := ctx.Err(); err != nil {
				return err
			}
			compressed, err := compress(place.path, before, name, coding, content)
			if err != nil {
				return fmt.Errorf("compress %s: %w", name, err)
			}
			all[name+coding] = compressed
		}
	}
	all[sumsFile] = sumsOf(all)
	return place.replace(ctx, all)
}

// compress reuses the result of an earlier run for the same content, because
// compressing the program takes long.
func compress(folder string, before map[string]string, name, coding string, content []byte) ([]byte, error) {
	if before[name] == sum(content) {
		compressed, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(name+coding)))
		if err == nil && before[name+coding] == sum(compressed) {
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

func sum(content []byte) string { return fmt.Sprintf("%x", sha256.Sum256(content)) }

// sumsOf returns a file for sha256sum -c.
func sumsOf(files map[string][]byte) []byte {
	var text strings.Builder
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(&text, "%s  %s\n", sum(files[name]), name)
	}
	return []byte(text.String())
}

// ParseSums returns the sums in the text of a SHA256SUMS file, by the name of the file.
// It skips lines that are none.
func ParseSums(text string) map[string]string {
	sums := map[string]string{}
	for line := range strings.Lines(text) {
		digits, name, found := strings.Cut(strings.TrimRight(line, "\r\n"), "  ")
		if found && len(digits) == 2*sha256.Size && strings.Trim(digits, "0123456789abcdef") == "" {
			sums[name] = digits
		}
	}
	return sums
}
