package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"

	"wwebridge/cmd/wwe/internal/check"
)

var checkCommand = command{
	name:    "check",
	summary: "looks at a deployed panel as WWE's browser does",
	usage: `wwe check looks at a panel on its web server as WWE's browser does, and says what to change.

Usage: wwe check URL -wwe ORIGIN

  -wwe origin   the origin of the WWE that shows the panel

URL is that of the panel's page, as in WWE's option url. Each line of the result is one of these:

  ✓ as it should be     ✗ to change     – a remark

The exit code is 1 if there is something to change.

Examples:
  wwe check https://panel.example.com/ -wwe https://wwe.example.com
  wwe check "https://panel.example.com/?lang=de" -wwe https://wwe.example.com
  NO_COLOR=1 wwe check http://localhost:8081/ -wwe http://localhost:8080
`,
	run: runCheck,
}

func runCheck(ctx context.Context, args []string, out, _ io.Writer) error {
	flags := flag.NewFlagSet("check", flag.ContinueOnError)
	wwe := flags.String("wwe", "", "")
	rest, err := parse(flags, args)
	if err != nil {
		return err
	}
	if len(rest) != 1 {
		return usageError{fmt.Errorf("wwe check needs one URL, not %d; try: wwe check https://panel.example.com/ -wwe https://wwe.example.com", len(rest))}
	}
	if *wwe == "" {
		return usageError{fmt.Errorf("-wwe is missing: which WWE shows the panel? Try: wwe check %s -wwe https://wwe.example.com", rest[0])}
	}
	marks := marksFor(out)
	bad := 0
	err = check.Run(ctx, check.Options{URL: rest[0], WWE: *wwe}, func(line check.Line) {
		if line.Verdict == check.Bad {
			bad++
		}
		fmt.Fprintf(out, "%s %s\n", marks[line.Verdict], line.Text)
	})
	switch {
	case err != nil:
		return usageError{fmt.Errorf("%w; wwe help check shows examples", err)}
	case ctx.Err() != nil:
		return ctx.Err()
	case bad == 1:
		return fmt.Errorf("the panel at %s has one thing to change", rest[0])
	case bad > 1:
		return fmt.Errorf("the panel at %s has %d things to change", rest[0], bad)
	}
	return nil
}

// marksFor returns the marks of verdicts, in colour if out is a terminal that shows colours.
func marksFor(out io.Writer) map[check.Verdict]string {
	marks := map[check.Verdict]string{check.Good: "✓", check.Bad: "✗", check.Remark: "–"}
	file, isFile := out.(*os.File)
	if !isFile || os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
		return marks
	}
	if info, err := file.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return marks
	}
	for verdict, colour := range map[check.Verdict]int{check.Good: 32, check.Bad: 31, check.Remark: 33} {
		marks[verdict] = fmt.Sprintf("\x1b[%dm%s\x1b[0m", colour, marks[verdict])
	}
	return marks
}
