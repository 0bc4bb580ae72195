package main

import (
	"bytes"
	"compress/gzip"

	"github.com/andybalholm/brotli"
)

// The compressors are at their best, and brotli's window is that of make dist.

func brotlied(content []byte) []byte {
	var b bytes.Buffer
	w := brotli.NewWriterOptions(&b, brotli.WriterOptions{Quality: brotli.BestCompression, LGWin: 24})
	_, _ = w.Write(content) // a bytes.Buffer takes all
	_ = w.Close()
	return b.Bytes()
}

func gzipped(content []byte) []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // a level that is
	_, _ = w.Write(content)
	_ = w.Close()
	return b.Bytes()
}
