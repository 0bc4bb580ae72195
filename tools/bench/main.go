// Command bench compares the library and the panel with the alternatives that they
// replace, and with the least that any implementation needs. `make bench` runs it in
// the folder tools, and `make bench-size` runs it for the sizes only.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"slices"
	"strings"
	"time"

	"wwebridge/tools/internal/strip"
)

// project is the project's root folder. work is the folder for results and built
// programs, which git ignores. Both are relative to the folder tools.
const (
	project = ".."
	work    = project + "/.bench"

	client = project + "/wasm/wwe/testdata/client.js" // stands in for Genesys' client
)

// sections lists the page's sections. Each runs in a new browser, because garbage from
// earlier sections, especially JavaScript values, would slow it down. The section edit
// has no page: it drives wwe dev.
var sections = []string{"decode", "roundTrip", "events", "panelEvents", "concurrency", "start", "memory", edit}

// atMost is the time limit of a run.
const atMost = 10 * time.Minute

const usage = `bench measures the speed and the size of the library and the panel, in headless Chromium, and writes .bench/report.*.

Usage: go run ./bench [flags] (in the folder tools, after make dist; make bench does both)

Examples:
  make bench
  make bench BASE=report.json
  make bench-size

Flags:
`

func main() {
	sizeOnly := flag.Bool("size", false, "measure the sizes only, and fail if one is over its limit")
	before := flag.String("base", "", "compare with the report.json of an earlier run, this `file`")
	only := flag.String("only", "", "run these `sections` only, separated by commas, and write no report")
	flag.Usage = func() {
		fmt.Fprint(flag.CommandLine.Output(), usage)
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() > 0 {
		fmt.Fprintf(os.Stderr, "bench: unexpected argument %q; bench -h lists the flags\n", flag.Arg(0))
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, atMost)
	defer cancel()
	if err := run(ctx, os.Stdout, *sizeOnly, *before, *only); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out io.Writer, sizeOnly bool, before, only string) error {
	var earlier Report
	if before != "" {
		content, err := os.ReadFile(before)
		if err == nil {
			err = json.Unmarshal(content, &earlier)
		}
		if err != nil {
			return fmt.Errorf("BASE: %w", err)
		}
	}
	if err := buildPrograms(); err != nil {
		return err
	}
	if sizeOnly {
		sizes, err := sizesOf(linked...)
		if err != nil {
			return err
		}
		return tellSizes(out, runtime.Version(), sizes)
	}

	if err := writeSites(); err != nil {
		return err
	}
	names := sections
	if only != "" {
		names = strings.Split(only, ",")
	}
	figures := Figures{}
	for _, name := range names {
		fmt.Fprintf(out, "%s …\n", name)
		var err error
		if figures[name], err = measure(ctx, name); err != nil {
			return err
		}
	}
	if only != "" {
		content, _ := json.MarshalIndent(figures, "", "\t")
		fmt.Fprintf(out, "%s\n", content)
		return nil
	}
	fmt.Fprintln(out, "sizes …") // after the browser's measurements, which compression would disturb
	sizes, err := sizesOf(slices.Concat(linked, small, parts, imports)...)
	if unknown := new(strip.UnknownReleaseError); errors.As(err, &unknown) {
		fmt.Fprintln(out, err)
		sizes, err = sizesOf(slices.Concat(linked, parts, imports)...)
	}
	if err != nil {
		return err
	}
	report := Report{machine(), rowsOf(figures, sizes)}
	return report.write(out, earlier)
}

// write writes the report to the terminal and to files in the folder work.
func (r Report) write(out io.Writer, earlier Report) error {
	text, err := os.Create(work + "/report.txt")
	if err != nil {
		return err
	}
	defer text.Close()
	if err := r.table(io.MultiWriter(out, text), earlier); err != nil {
		return err
	}
	if err := os.WriteFile(work+"/report.json", r.json(), 0o644); err != nil {
		return err
	}
	if err := os.WriteFile(work+"/report.svg", []byte(r.plot()), 0o644); err != nil {
		return err
	}
	fmt.Fprintln(out, "\nThis table, its plot and its figures: .bench/report.txt, report.svg, report.json. Keep a report.json as BASE for later.")
	return nil
}
