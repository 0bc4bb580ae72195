package scenario

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"wwebridge/wasm/wwetest"
)

// Playwright returns a Playwright test that repeats the acts, and those of widgets
// according to the messages. It imports the fixtures of the npm
// package wwe-desktop.
func (r *Recording) Playwright(all []wwetest.Message) string {
	s := newScript(r, all)
	var b strings.Builder
	b.WriteString("import { test, expect } from \"wwe-desktop/playwright\";\n\n" + s.summary() + "\ntest(\"scenario\", async ({ host }) => {\n")
	declared := map[string]bool{}
	for _, l := range s.lines {
		for _, text := range append(l.comments(), javaScript(l, declared)) {
			if text != "" {
				b.WriteString("\t" + text + "\n")
			}
		}
	}
	states, _ := json.Marshal(append([]string{}, s.states...))
	b.WriteString("\n\tawait expect.poll(async () => (await host.interactions()).map(({ state }) => state)).toEqual(" + literal(states) + ");\n});\n")
	return b.String()
}

// javaScript returns the statement of a line, or "" if there is none.
func javaScript(l line, declared map[string]bool) string {
	if l.failed != nil {
		return ""
	}
	value := fmt.Sprintf("(await host.interactions())[%d].interactionId", l.index)
	if !l.find {
		var args []string
		for n, arg := range l.act.Args {
			args = append(args, argument(l, n, arg))
		}
		value = "await host." + l.act.Function + "(" + strings.Join(args, ", ") + ")"
	}
	switch {
	case l.assigns == "":
		return value + ";"
	case declared[l.assigns]:
		return l.assigns + " = " + value + ";"
	}
	declared[l.assigns] = true
	return "let " + l.assigns + " = " + value + ";"
}

func argument(l line, n int, arg json.RawMessage) string {
	if n < len(l.command.args) {
		name := l.names[n]
		switch l.command.args[n].(type) {
		case id:
			if name != "" {
				return name
			}
		case caseID:
			if name != "" {
				return "(await host.interaction(" + name + ")).caseId"
			}
		case uuid:
			return fmt.Sprintf("(await host.workbin())[%d].interactionUUID", l.index)
		}
	}
	return literal(arg)
}

// literal returns the expression of JavaScript for a JSON text. An object that
// may have the key __proto__ is parsed, because a literal would set its
// prototype.
func literal(text json.RawMessage) string {
	if strings.Contains(string(text), "__proto__") || strings.Contains(string(text), `\u`) {
		quoted, _ := json.Marshal(string(text)) // a string
		return "JSON.parse(" + printable(string(quoted)) + ")"
	}
	return printable(string(text))
}

// printable escapes the characters in strings that do not print, such as those
// that change the direction of text.
func printable(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case strconv.IsPrint(r) || r == '\n' || r == '\t':
			b.WriteRune(r)
		case r > 0xFFFF:
			fmt.Fprintf(&b, `\u{%X}`, r)
		default:
			fmt.Fprintf(&b, `\u%04X`, r)
		}
	}
	return b.String()
}
