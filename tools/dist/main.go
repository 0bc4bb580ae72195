// Command dist makes the folder dist of the project: the panel as a person
// hosts it or installs it by npm. It is started in tools by `make dist`.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"wwebridge/internal/strip"
)

const usage = `dist builds the folder dist: the agent panel to host or to install by npm.

Usage: go run ./dist -origin "https://wwe.example.com" (in the folder tools, after make build; make dist does both)

  -origin origins   the origins of the WWE that index.html trusts, separated by spaces

Examples:
  make dist ORIGIN=https://wwe.example.com
  make dist ORIGIN="https://wwe.example.com https://wwe-test.example.com"
  make dist ORIGIN=http://localhost:8080    for the simulated desktop
`

var errHelp = flag.ErrHelp

func main() {
	origins, err := arguments(os.Args[1:], os.Stdout)
	if err == nil {
		err = run("..", origins)
	}
	if err != nil && !errors.Is(err, errHelp) {
		fmt.Fprintln(os.Stderr, "dist:", err)
		os.Exit(1)
	}
}

// arguments returns the origins as they were given. It writes the help to out, and returns errHelp, if that is asked for.
func arguments(args []string, out io.Writer) (origins string, err error) {
	flags := flag.NewFlagSet("dist", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&origins, "origin", "", "")
	err = flags.Parse(args)
	switch {
	case errors.Is(err, errHelp):
		fmt.Fprint(out, usage)
		return "", err
	case err != nil:
		return "", fmt.Errorf("%w; dist -h lists the flags", err)
	case flags.NArg() > 0:
		return "", fmt.Errorf("unexpected argument %q; dist -h shows the usage", flags.Arg(0))
	}
	return origins, nil
}

func run(project, origins string) error {
	origins, err := checkOrigins(origins)
	if err != nil {
		return err
	}
	files, err := build(os.DirFS(project), origins, stripped)
	if err != nil {
		return err
	}
	return write(project+"/dist", files)
}

// stripped strips the program. If it cannot, as with a newer Go, it says so
// and returns the program as it is, which only takes longer to load.
func stripped(program []byte) []byte {
	smaller, err := strip.Program(program)
	if err != nil {
		fmt.Fprintf(os.Stderr, "dist: web/panel.wasm is not stripped, and so a quarter more to load, compressed: %v\n", err)
		return program
	}
	return smaller
}
