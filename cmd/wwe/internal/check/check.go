// Package check looks at a deployed panel as the browser of a WWE would.
package check

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"

	"wwebridge/cmd/wwe/internal/origin"
)

// Options say what to check.
type Options struct {
	URL     string // of the panel's page, as in WWE's option url
	WWE     string // the origin of WWE
	Network Network
}

// A Verdict is what is said of a promise.
type Verdict int

// The verdicts.
const (
	Good Verdict = iota
	Bad
	Remark // nothing to change for certain
)

// A Line is the result of one check, in printable characters.
type Line struct {
	Verdict Verdict
	Text    string
}

// limits of what the server may cost.
const (
	maxFiles  = 200
	maxFile   = 64 << 20 // bytes, not compressed
	maxAll    = 256 << 20
	maxTime   = 2 * time.Minute
	maxAnswer = 20 * time.Second
	maxText   = 600 // characters of a line
)

// A panel is what has been found out about the deployed panel.
type panel struct {
	wwe    string
	get    *getter
	report func(Line)

	page     answer
	policies []policy
	files    []file
	left     int // files that were not fetched, because there are too many
}

func (p *panel) good(format string, args ...any)   { p.say(Good, format, args...) }
func (p *panel) bad(format string, args ...any)    { p.say(Bad, format, args...) }
func (p *panel) remark(format string, args ...any) { p.say(Remark, format, args...) }

func (p *panel) say(v Verdict, format string, args ...any) {
	p.report(Line{v, printable(fmt.Sprintf(format, args...))})
}

// Run checks the panel and reports each result. It returns an error only if the options are wrong.
func Run(ctx context.Context, o Options, report func(Line)) error {
	if err := origin.Check(o.WWE); err != nil {
		return fmt.Errorf("-wwe: %w", err)
	}
	u, err := url.Parse(o.URL)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || u.User != nil {
		return fmt.Errorf("%q is not the URL of a panel; write it as in WWE's option url, such as https://panel.example.com/", o.URL)
	}
	u.Fragment = ""
	ctx, cancel := context.WithTimeout(ctx, maxTime)
	defer cancel()
	p := &panel{wwe: o.WWE, get: newGetter(o.Network, o.WWE), report: report}
	defer p.get.close()
	if !p.reach(ctx, u) {
		return nil
	}
	p.policies = p.policiesOfPage()
	p.find(ctx)
	p.checkFraming()
	p.checkOrigin()
	p.checkPageCaching()
	p.checkFiles()
	p.checkTypes()
	p.checkPolicy()
	p.checkCompression()
	p.checkCaching()
	p.checkBuild(ctx)
	p.checkMixedContent()
	return nil
}

// isLocal reports whether a host is this machine, to which browsers allow http.
func isLocal(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	ip := net.ParseIP(host)
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || ip != nil && ip.IsLoopback()
}

// printable returns the text without characters that could control a terminal or reorder the line.
func printable(text string) string {
	var clean strings.Builder
	length := 0
	for _, r := range text {
		if length++; length > maxText {
			clean.WriteString("…")
			break
		}
		if unicode.IsPrint(r) && r != unicode.ReplacementChar {
			clean.WriteRune(r)
		} else {
			quoted := strconv.QuoteRuneToASCII(r)
			clean.WriteString(quoted[1 : len(quoted)-1])
		}
	}
	return clean.String()
}

// some lists names, the first ones only if there are many.
func some(names []string) string {
	const most = 4
	if len(names) > most {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
	}
	return strings.Join(names, ", ")
}
