// Command dist creates the project's folder dist: the panel, ready to be hosted or
// installed with npm. `make dist` runs it in the folder tools.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path"
	"strings"

	"wwebridge/tools/internal/strip"
)

const usage = `dist builds the folder dist: the agent panel to host or to install by npm.

Usage: go run ./dist -origin "https://wwe.example.com" (in the folder tools, after make build; make dist does both)

  -origin origins   the origins of the WWE that index.html trusts, separated by spaces
  -strip            remove from the program what only stack traces and debuggers read: it is a quarter less to load, compressed.
                    The program as it was stays beside it, as panel-….unstripped.wasm.

Examples:
  make dist ORIGIN=https://wwe.example.com
  make dist ORIGIN=https://wwe.example.com STRIP=1
  make dist ORIGIN="https://wwe.example.com https://wwe-test.example.com"
  make dist ORIGIN=http://localhost:8080    for the simulated desktop
`

var errHelp = flag.ErrHelp

func main() {
	options, err := arguments(os.Args[1:], os.Stdout)
	if err == nil {
		err = run("..", options, os.Stdout)
	}
	if err != nil && !errors.Is(err, errHelp) {
		fmt.Fprintln(os.Stderr, "dist:", err)
		os.Exit(1)
	}
}

type options struct {
	origins string // as passed on the command line
	strip   bool
}

// arguments parses the command line. If it asks for help, arguments writes the help to
// out and returns errHelp.
func arguments(args []string, out io.Writer) (o options, err error) {
	flags := flag.NewFlagSet("dist", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&o.origins, "origin", "", "")
	flags.BoolVar(&o.strip, "strip", false, "")
	err = flags.Parse(args)
	switch {
	case errors.Is(err, errHelp):
		fmt.Fprint(out, usage)
		return o, err
	case err != nil:
		return o, fmt.Errorf("%w; dist -h lists the flags", err)
	case flags.NArg() > 0:
		return o, fmt.Errorf("unexpected argument %q; dist -h shows the usage", flags.Arg(0))
	}
	return o, nil
}

func run(project string, o options, out io.Writer) error {
	origins, err := checkOrigins(o.origins)
	if err != nil {
		return err
	}
	files, err := build(os.DirFS(project), origins, func(program []byte) []byte {
		if o.strip {
			return stripped(program)
		}
		return program
	})
	if err != nil {
		return err
	}
	if err := write(project+"/dist", files); err != nil {
		return err
	}
	for name, content := range files {
		if path.Ext(name) != ".wasm" || strings.HasSuffix(name, unstripped) {
			continue
		}
		compressed, err := os.Stat(project + "/dist/" + name + ".br")
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "dist/ has the panel for %s: its program is %.2f MB, %.2f MB by brotli. "+
			"Put the folder on a web server; make run PANEL=dist shows it in the simulated desktop.\n",
			origins, float64(len(content))/1e6, float64(compressed.Size())/1e6)
	}
	return nil
}

// stripped returns the stripped program. If strip does not support the Go release,
// stripped prints a warning and returns the program unchanged, which only takes longer
// to load.
func stripped(program []byte) []byte {
	smaller, err := strip.Program(program)
	if err != nil {
		fmt.Fprintf(os.Stderr, "dist: web/panel.wasm is not stripped, and so a quarter more to load, compressed: %v\n", err)
		return program
	}
	return smaller
}
