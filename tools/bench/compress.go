package main

import (
	"bytes"
	"compress/gzip"

	"github.com/andybalholm/brotli"
)

// Both compressors use their best level; brotli uses the window of make dist.

func brotlied(content []byte) []byte {
	var b bytes.Buffer
	w := brotli.NewWriterOptions(&b, brotli.WriterOptions{Quality: brotli.BestCompression, LGWin: 24})
	_, _ = w.Write(content) // a bytes.Buffer returns no error
	_ = w.Close()
	return b.Bytes()
}

func gzipped(content []byte) []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // this level is valid
	_, _ = w.Write(content)
	_ = w.Close()
	return b.Bytes()
}
