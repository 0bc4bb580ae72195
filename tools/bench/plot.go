package main

import (
	"fmt"
	"html"
	"math"
	"strings"
)

// plot draws each ratio that has a budget as a bar, with a mark at the budget. A bar
// that ends before its mark meets the budget. The scale is logarithmic. The colours are
// readable on light and dark pages.
func (r Report) plot() string {
	const (
		left, width, line = 520, 380, 22
		least, most       = 0.01, 100.0
	)
	x := func(ratio float64) float64 {
		ratio = math.Min(most, math.Max(least, ratio))
		return left + width*math.Log(ratio/least)/math.Log(most/least)
	}
	var rows []Row
	for _, row := range r.Rows {
		if row.Budget > 0 {
			rows = append(rows, row)
		}
	}
	var b strings.Builder
	height := (len(rows) + 3) * line
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12" fill="#888">`, left+width+70, height)
	fmt.Fprintf(&b, "\n<title>Ratios and their budgets</title>\n<text x=\"8\" y=\"15\">%s</text>\n", html.EscapeString(r.Machine))
	for ratio := least; ratio <= most; ratio *= 10 {
		fmt.Fprintf(&b, `<path d="M%.1f %dV%d" stroke="#888" stroke-opacity=".35"/><text x="%.1f" y="%d" text-anchor="middle">%g ×</text>`+"\n",
			x(ratio), line+8, height-line, x(ratio), height-6, ratio)
	}
	for n, row := range rows {
		y := (n+1)*line + 10
		colour := "#2a9d5c"
		if !row.met() {
			colour = "#d9622b"
		}
		name := fmt.Sprintf("%s, %s: %s / %s", row.Section, row.What, row.Who, row.Than)
		fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="end">%s</text>`, left-8, y+12, html.EscapeString(name))
		fmt.Fprintf(&b, `<rect x="%d" y="%d" width="%.1f" height="14" fill="%s"/>`, left, y, x(row.Ratio)-left, colour)
		fmt.Fprintf(&b, `<path d="M%.1f %dv18" stroke="#888" stroke-width="3"/>`, x(row.Budget), y-2)
		fmt.Fprintf(&b, `<text x="%d" y="%d">%s</text>`+"\n", left+width+8, y+12, ratio(row.Ratio))
	}
	b.WriteString("</svg>\n")
	return b.String()
}
