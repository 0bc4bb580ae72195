package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"text/tabwriter"
)

// Report is the content of the JSON file.
type Report struct {
	Machine string
	Rows    []Row
}

// machine describes the computer, the browser and the Go release.
func machine() string {
	cpu := "unknown processor"
	if info, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(info)) {
			if name, value, _ := strings.Cut(line, ":"); strings.TrimSpace(name) == "model name" {
				cpu = strings.TrimSpace(value)
				break
			}
		}
	}
	browser := "unknown Chromium"
	if program, err := chromium(); err == nil {
		if version, err := exec.Command(program, "--version").Output(); err == nil {
			browser = strings.Join(strings.Fields(string(version))[:2], " ")
		}
	}
	return fmt.Sprintf("%s, %d cores, %s, %s", cpu, runtime.NumCPU(), browser, runtime.Version())
}

func (r Report) json() []byte {
	content, _ := json.MarshalIndent(r, "", "\t") // strings and numbers always encode
	return append(content, '\n')
}

// table writes the report as text. before is an earlier report for comparison, or
// empty.
func (r Report) table(out io.Writer, before Report) error {
	earlier := map[string]Row{}
	for _, row := range before.Rows {
		earlier[row.key()] = row
	}
	fmt.Fprintln(out, r.Machine)
	fmt.Fprintln(out, "Medians of contestants that took turns. Nothing listened to the console by DevTools.")
	if before.Machine != "" {
		fmt.Fprintln(out, "The change is that of the ratio, from an earlier run on", before.Machine)
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	section := ""
	for _, row := range r.Rows {
		if row.Section != section {
			section = row.Section
			fmt.Fprintf(table, "\n%s\t\t\t\tratio\tbudget\t\tchange\n", section)
		}
		fmt.Fprintf(table, "  %s\t%s\t%s", row.What, row.Who, amount(row.Value, row.Unit))
		if row.Than == "" {
			fmt.Fprintln(table, "\t\t\t\t\t")
			continue
		}
		fmt.Fprintf(table, "\tbeside %s\t%s\t%s\t%s\n", row.Than, ratio(row.Ratio), row.verdict(), change(row, earlier))
	}
	return table.Flush()
}

func (r Row) verdict() string {
	switch {
	case r.Budget == 0:
		return "\t"
	case r.met():
		return ratio(r.Budget) + "\tmet"
	}
	return ratio(r.Budget) + "\tNOT MET"
}

func change(row Row, earlier map[string]Row) string {
	if before := earlier[row.key()]; before.Ratio > 0 {
		return fmt.Sprintf("%+.0f %%", 100*(row.Ratio/before.Ratio-1))
	}
	return ""
}

func ratio(r float64) string {
	if r < 0.1 {
		return fmt.Sprintf("%.3f", r)
	}
	return fmt.Sprintf("%.2f", r)
}

func amount(value float64, unit string) string {
	text := fmt.Sprintf("%.0f", value)
	switch {
	case unit == "ms" && value < 10:
		text = fmt.Sprintf("%.3g", value)
	case unit == "bytes":
		text, unit = fmt.Sprintf("%.0f", value/1000), "kB"
	}
	return strings.TrimSpace(text + " " + unit)
}
