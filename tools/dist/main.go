// Command dist makes the folder dist of the project: the panel as a person
// hosts it or installs it by npm. It is started in tools by `make dist`.
package main

import (
	"flag"
	"fmt"
	"net/url"
	"os"

	"wwebridge/internal/strip"
)

func main() {
	origin := flag.String("origin", "", "the origin of the WWE that index.html trusts; that of the simulated desktop if empty")
	flag.Parse()
	if err := run("..", *origin); err != nil {
		fmt.Fprintln(os.Stderr, "dist:", err)
		os.Exit(1)
	}
}

func run(project, origin string) error {
	if err := checkOrigin(origin); err != nil {
		return err
	}
	files, err := build(os.DirFS(project), origin, stripped)
	if err != nil {
		return err
	}
	return write(project+"/dist", files)
}

// stripped strips the program, or returns it as it is, and says so, if it
// cannot, as with a newer Go: then it only takes longer to load.
func stripped(program []byte) []byte {
	smaller, err := strip.Program(program)
	if err != nil {
		fmt.Fprintf(os.Stderr, "dist: web/panel.wasm is not stripped, and so a quarter more to load, compressed: %v\n", err)
		return program
	}
	return smaller
}

func checkOrigin(origin string) error {
	if origin == "" {
		return nil
	}
	u, err := url.Parse(origin)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || origin != u.Scheme+"://"+u.Host {
		return fmt.Errorf("ORIGIN=%q is not an origin: scheme, host and port, no path; for example https://wwe.example.com", origin)
	}
	return nil
}
