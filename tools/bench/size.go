package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"text/tabwriter"

	"wwebridge/tools/internal/strip"
)

// ceilings are the size limits of make bench-size, by Go release. A limit is a multiple
// of the brotli size of a program that imports only syscall/js. It is the current size
// plus a small margin for the compressor's noise. Lower it when the size falls. Raise
// it only for a feature that is worth its bytes. Releases without limits are measured
// but always pass.
var ceilings = map[string]map[string]float64{
	"go1.26": {minimal: 1.438, panel: 1.931},
	"go1.27": {minimal: 1.362, panel: 1.849},
}

// goals are the size limits of stripped programs, relative to a program that is not
// stripped.
var goals = map[string]float64{minimal + stripped: 1.25, panel + stripped: 1.5}

const (
	base     = "syscall/js only"
	minimal  = "minimal widget"
	panel    = "panel"
	stripped = ", stripped" // suffix for the names of stripped programs
)

// linked are the programs that bench-size measures, and small are the same programs
// after stripping. imports show the cost of an import.
var (
	linked = []program{{base, "empty"}, {minimal, "minimal"}, {panel, ""}}
	small  = []program{{base + stripped, "empty"}, {minimal + stripped, "minimal"}, {panel + stripped, ""}}

	imports = []program{
		{"errors", "errors"}, {"strings", "strings"}, {"strconv", "strconv"}, {"time, with a timer", "time"}, {"context", "context"},
		{"fmt", "fmt"}, {"encoding/json", "encoding-json"}, {"vert", "vert"}, {"dom/v2", "dom"},
	}
	// The layers of the panel: the library's signatures, the transports, the calls that
	// the panel uses, and the panel without its page.
	parts = []program{
		{"least with our signatures", "contract"}, {"both ways to WWE only", "transports"}, {"calls of the panel only", "panel-calls"},
		{"panel without a page", "panel-model"},
	}
)

// program is a program to measure. Its folder is "" for the panel.
type program struct{ name, folder string }

// file returns the path of the built program. make build builds the panel elsewhere.
func (p program) file() string {
	if p.folder == "" {
		return project + "/web/panel.wasm"
	}
	return filepath.Join(work, "size", p.folder)
}

func (p program) content() ([]byte, error) {
	content, err := os.ReadFile(p.file())
	if err == nil && strings.HasSuffix(p.name, stripped) {
		return strip.Program(content)
	}
	return content, err
}

type size struct{ raw, gzip, brotli int }

// buildPrograms builds the programs with the usual flags, and the panel's layers with
// the flags of the panel.
func buildPrograms() error {
	if err := os.MkdirAll(work+"/size", 0o755); err != nil {
		return err
	}
	for _, packages := range [][]string{
		{"./bench/size/..."},
		{
			"-gcflags=time=-l", "-gcflags=strings=-l", "-gcflags=internal/stringslite=-l", "-gcflags=sync=-l", "-gcflags=syscall/...=-l",
			"-gcflags=wwebridge/...=-l", "-gcflags=wwebridge/internal/jsontext=", "./bench/size/panel-calls", "./bench/size/panel-model",
		},
	} {
		build := exec.Command("go", append([]string{"build", "-buildvcs=false", "-trimpath", "-ldflags=-s -w", "-o", work + "/size/"}, packages...)...)
		build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
		if output, err := build.CombinedOutput(); err != nil {
			return fmt.Errorf("build the programs: %w\n%s", err, output)
		}
	}
	return nil
}

// sizesOf compresses the programs in parallel and returns their sizes.
func sizesOf(programs ...program) (map[string]size, error) {
	all := make([]size, len(programs))
	failures := make([]error, len(programs))
	var wait sync.WaitGroup
	for n, p := range programs {
		wait.Go(func() {
			content, err := p.content()
			all[n], failures[n] = size{len(content), len(gzipped(content)), len(brotlied(content))}, err
		})
	}
	wait.Wait()
	sizes := map[string]size{}
	for n, p := range programs {
		sizes[p.name] = all[n]
	}
	return sizes, errors.Join(failures...)
}

// tellSizes writes a table of the sizes. It returns an error if one is over its ceiling
// for this release of Go.
func tellSizes(out io.Writer, version string, sizes map[string]size) error {
	release := regexp.MustCompile(`^go\d+\.\d+`).FindString(version)
	limits, known := ceilings[release]
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "raw\tgzip\tbrotli\tratio\tlimit\t "+version)
	var over error
	for _, p := range linked {
		s := sizes[p.name]
		ratio := float64(s.brotli) / float64(sizes[base].brotli)
		fmt.Fprintf(table, "%d\t%d\t%d\t%.3f\t", s.raw, s.gzip, s.brotli, ratio)
		if limit := limits[p.name]; limit > 0 {
			fmt.Fprintf(table, "%.3f", limit)
			if ratio > limit {
				over = errors.Join(over, fmt.Errorf("%s: %.3f times the size of %s, more than %.3f", p.name, ratio, base, limit))
			}
		}
		fmt.Fprintf(table, "\t %s\n", p.name)
	}
	err := errors.Join(table.Flush(), over)
	if !known {
		fmt.Fprintf(out, "There are no limits for %s yet: add its line to ceilings in tools/bench/size.go.\n", version)
	}
	return err
}
