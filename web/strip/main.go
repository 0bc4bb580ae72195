// Command strip makes Go programs for browsers smaller to load, compressed. It
// takes from the files what only stack traces and debuggers read.
//
//	go run wwebridge/web/strip panel.wasm
package main

import (
	"fmt"
	"os"

	"wwebridge/internal/strip"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: strip program.wasm...")
		os.Exit(2)
	}
	for _, name := range os.Args[1:] {
		if err := stripFile(name); err != nil {
			fmt.Fprintf(os.Stderr, "strip: %s: %v\n", name, err)
			os.Exit(1)
		}
	}
}

func stripFile(name string) error {
	program, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	stripped, err := strip.Program(program)
	if err != nil {
		return err
	}
	return os.WriteFile(name, stripped, 0o644)
}
