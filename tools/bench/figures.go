package main

import (
	"fmt"
	"slices"
)

// Figures holds the results, by section.
type Figures map[string]sectionFigures

// sectionFigures holds the results of a section, by measurement and contestant.
type sectionFigures map[string]map[string]float64

// Row is a figure, usually with another one to compare it with.
type Row struct {
	Section, What, Who string
	Value              float64
	Unit               string
	Than               string  `json:",omitempty"` // contestant it is compared with; "" for none
	Ratio              float64 `json:",omitempty"`
	Budget             float64 `json:",omitempty"` // upper limit of Ratio; 0 for none
}

func (r Row) met() bool   { return r.Ratio <= r.Budget }
func (r Row) key() string { return r.Section + "|" + r.What + "|" + r.Who + "|" + r.Than }

// section creates the rows for a part of the report.
type section struct {
	name, unit string
	figures    sectionFigures
	budgets    map[string]float64 // by measurement, contestant and other contestant
}

// compare returns a row for each contestant in who, compared with each contestant in
// than.
func (s section) compare(what string, who []string, than ...string) (rows []Row) {
	for _, w := range who {
		for _, t := range than {
			rows = append(rows, s.row(what, w, t, s.figures[what][w], s.figures[what][t]))
		}
	}
	return rows
}

func (s section) row(what, who, than string, value, beside float64) Row {
	return Row{
		Section: s.name, What: what, Who: who, Value: value, Unit: s.unit, Than: than, Ratio: value / beside,
		Budget: s.budgets[what+"|"+who+"|"+than],
	}
}

// alone returns rows without a comparison, mostly for the contestants that others are
// compared with.
func (s section) alone(what string, who ...string) (rows []Row) {
	for _, w := range who {
		rows = append(rows, Row{Section: s.name, What: what, Who: w, Value: s.figures[what][w], Unit: s.unit})
	}
	return rows
}

// Names of contestants and measurements in the page's figures.
const (
	ours         = "ours"
	viaClient    = "ours over the client"
	viaSilent    = "ours over it without logging"
	shipped      = "client as shipped"
	silent       = "client without logging"
	barest       = "syscall/js at its barest"
	careful      = "syscall/js with the care that is due"
	barestVia    = "at its barest over the client"
	jsonCopy     = "JSON deep copy"
	vertOf20     = "20 × 20 keys|ours|vert"
	copyOf20     = "20 × 20 keys|ours|" + jsonCopy
	atTheStart   = "at the start"
	longTaskFrom = 50.0 // milliseconds; browsers call a task of at least this duration long
)

func rowsOf(f Figures, sizes map[string]size) []Row {
	var rows []Row
	for _, part := range [][]Row{
		decodeRows(f["decode"]), roundTripRows(f["roundTrip"]), eventRows(f["events"]), panelRows(f["panelEvents"]),
		concurrencyRows(f["concurrency"]), memoryRows(f["memory"]), sizeRows(sizes), startRows(f["start"]), editRows(f[edit]),
	} {
		rows = append(rows, part...)
	}
	return rows
}

func decodeRows(f sectionFigures) (rows []Row) {
	s := section{"Decode", "ms", f, map[string]float64{copyOf20: 2.5, vertOf20: 1.0 / 30}}
	for _, keys := range []int{20, 100} {
		for _, count := range []int{1, 20, 200} {
			what := fmt.Sprintf("%d × %d keys", count, keys)
			rows = append(rows, s.alone(what, jsonCopy)...)
			rows = append(rows, s.compare(what, []string{ours, "text only", "the least", "encoding/json", "syscall/js Get", "vert"}, jsonCopy)...)
			rows = append(rows, s.compare(what, []string{ours}, "vert")...)
		}
	}
	const clearedUp = "20 × 20 keys, and cleared up"
	rows = append(rows, s.alone(clearedUp, jsonCopy)...)
	rows = append(rows, s.compare(clearedUp, []string{ours, "the least", "vert"}, jsonCopy)...)
	return append(rows, s.compare(clearedUp, []string{ours}, "vert")...)
}

func roundTripRows(f sectionFigures) (rows []Row) {
	const small, large = "mark done", "20 interactions"
	const far = ", WWE far" // on another site and thus in another process, like the real WWE
	s := section{"Round trip", "ms", f, map[string]float64{}}
	for _, where := range []string{"", far} {
		s.budgets[small+where+"|"+ours+"|"+shipped], s.budgets[large+where+"|"+ours+"|"+shipped] = 0.5, 0.5
		s.budgets[small+where+"|"+ours+"|"+silent], s.budgets[large+where+"|"+ours+"|"+silent] = 1.25, 1.35
		s.budgets[small+where+"|"+viaClient+"|"+shipped], s.budgets[large+where+"|"+viaClient+"|"+shipped] = 1.35, 1.15
	}
	for _, what := range []string{small, large, small + far, large + far} {
		rows = append(rows, s.alone(what, shipped, silent)...)
		rows = append(rows, s.compare(what, []string{ours}, shipped, silent, barest)...)
		rows = append(rows, s.compare(what, []string{viaClient, barest, barestVia}, shipped)...)
		rows = append(rows, s.compare(what, []string{viaSilent, barest, careful}, silent)...)
	}
	return rows
}

func eventRows(f sectionFigures) (rows []Row) {
	s := section{"Events", "ms", f, nil}
	for _, what := range []string{"each, to 1", "each, to 10", "until it is there", "until it is there, slowest 1 %"} {
		rows = append(rows, s.alone(what, shipped, silent)...)
		rows = append(rows, s.compare(what, []string{ours}, shipped, silent)...)
		rows = append(rows, s.compare(what, []string{viaClient}, shipped)...)
		rows = append(rows, s.compare(what, []string{viaSilent}, silent)...)
	}
	return rows
}

func panelRows(f sectionFigures) (rows []Row) {
	const what, longest, aLongTask = "10,000 events", "longest task", "50 ms"
	const crowd, busy = "10,000 interactions", "longest busy"
	s := section{"Panel", "ms", f, map[string]float64{what + "|" + longest + "|" + aLongTask: 1, crowd + "|" + busy + "|" + aLongTask: 1}}
	for _, who := range []string{longest, "longest task of the host"} {
		rows = append(rows, s.row(what, who, aLongTask, f[what][who], longTaskFrom))
	}
	rows = append(rows, s.row(crowd, busy, aLongTask, f[crowd][busy], longTaskFrom))
	rows = append(rows, s.alone(what, "until all are shown")...)
	s.unit = ""
	return append(rows, s.alone(what, "long tasks", "long tasks of the host")...)
}

func concurrencyRows(f sectionFigures) (rows []Row) {
	s := section{"In flight", "ms", f, map[string]float64{}}
	for _, who := range []string{silent, ours, viaSilent} {
		one := f["1"][who]
		rows = append(rows, s.alone("1", who)...)
		for _, inFlight := range []string{"10", "100", "1000"} {
			if who == ours {
				s.budgets[inFlight+"|"+who+"|1 in flight"] = 1.1 // constant, with a margin for noise
			}
			rows = append(rows, s.row(inFlight, who, "1 in flight", f[inFlight][who], one))
		}
	}
	return rows
}

func memoryRows(f sectionFigures) (rows []Row) {
	s := section{"Memory", "bytes", f, map[string]float64{}}
	for _, who := range []string{"Go heap", "linear memory", "JavaScript values"} {
		if who == "JavaScript values" {
			s.unit = ""
		}
		rows = append(rows, s.alone(atTheStart, who)...)
		for _, what := range []string{"after 100,000 calls", "after 100,000 events", "after 100,000 calls that nobody answers"} {
			s.budgets[what+"|"+who+"|"+atTheStart] = 1.2 // unchanged, but for garbage collection
			rows = append(rows, s.row(what, who, atTheStart, f[what][who], f[atTheStart][who]))
		}
	}
	return rows
}

func startRows(f sectionFigures) (rows []Row) {
	const empty, plain, pageless = "empty Go program", "plain JavaScript", "panel without a page"
	const least, compiled = "panel: until its main runs, an answer, and drawing", "panel: until its main runs, and what a second panel takes"
	s := section{"Start", "ms", sectionFigures{}, map[string]float64{}}
	for _, what := range []string{"first visit", "second visit"} {
		s.figures[what] = map[string]float64{
			panel: f[what]["panel"], empty: f[what]["empty"], plain: f[what]["plain"], minimal: f[what]["minimal"],
			pageless: f[what]["panel-model"], least: f[what]["least"], compiled: f[what]["compiled"],
		}
		s.budgets[what+"|"+panel+"|"+empty] = 1.3
		rows = append(rows, s.alone(what, empty, plain)...)
		rows = append(rows, s.compare(what, []string{panel}, empty, plain)...)
		rows = append(rows, s.compare(what, []string{minimal, pageless, least, compiled}, empty)...)
	}
	return rows
}

func sizeRows(sizes map[string]size) (rows []Row) {
	s := section{"Size", "bytes", nil, map[string]float64{}}
	for name, goal := range goals {
		s.budgets["brotli|"+name+"|"+base] = goal
	}
	for _, kind := range []string{"raw", "gzip", "brotli"} {
		of := func(p program) float64 {
			size := sizes[p.name]
			return float64(map[string]int{"raw": size.raw, "gzip": size.gzip, "brotli": size.brotli}[kind])
		}
		one := of(linked[0])
		rows = append(rows, Row{Section: s.name, What: kind, Who: base, Value: one, Unit: s.unit})
		for _, p := range slices.Concat(linked[1:], small) {
			if sizes[p.name].raw > 0 { // strip supports this Go release
				rows = append(rows, s.row(kind, p.name, base, of(p), one))
			}
		}
		if kind != "brotli" {
			continue
		}
		for _, p := range parts {
			rows = append(rows, s.row(kind, p.name, base, of(p), one))
		}
		for _, p := range imports {
			rows = append(rows, s.row(kind, "importing "+p.name, base, of(p), one))
		}
	}
	return rows
}
