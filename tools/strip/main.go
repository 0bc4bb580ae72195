// Command strip reduces the compressed size of Go programs for browsers. It removes
// data that only stack traces and debuggers use.
//
//	go -C tools run ./strip /path/to/panel.wasm
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"wwebridge/tools/internal/strip"
)

const usage = `strip makes Go programs for browsers smaller to load: it removes what only stack traces and debuggers read.

Usage: go -C tools run ./strip /path/to/program.wasm...

Each file is replaced. Run it on what GOOS=js GOARCH=wasm go build has linked, once, before you compress it.

Example:
  GOOS=js GOARCH=wasm go build -o panel.wasm . && go -C ../wwebridge/tools run ./strip "$PWD/panel.wasm"
`

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run returns the exit code.
func run(args []string, out, errs io.Writer) int {
	flags := flag.NewFlagSet("strip", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(out, usage)
		return 0
	case err != nil:
		fmt.Fprintf(errs, "strip: %v; strip -h shows the usage\n", err)
		return 2
	case flags.NArg() == 0:
		fmt.Fprint(errs, usage)
		return 2
	}
	for _, name := range flags.Args() {
		if err := stripFile(name); err != nil {
			fmt.Fprintf(errs, "strip: %s: %v\n", name, err)
			return 1
		}
	}
	return 0
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
