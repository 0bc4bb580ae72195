package scenario

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"wwebridge/wasm/wwetest"
)

// GoTest returns a Go test against wwetest that repeats the acts, and those of
// widgets according to the messages. It compiles and passes: acts that are
// not possible on a new Host, such as those after a fault that depends on chance,
// are comments.
func (r *Recording) GoTest(all []wwetest.Message) string {
	s := newScript(r, all)
	g := goTest{literals: literals{packages: map[string]bool{"testing": true, "wwebridge/wasm/wwetest": true}}, declared: map[string]bool{}}
	for _, l := range s.lines {
		g.line(l)
	}
	g.end(s.states)
	return g.text(s)
}

type goTest struct {
	literals
	lines               []string
	declared            map[string]bool // variables
	must, begun, ofCase bool            // the test uses these helpers
}

func (g *goTest) line(l line) {
	g.lines = append(g.lines, l.comments()...)
	switch {
	case l.failed != nil:
	case l.find:
		g.add(g.assigned(l.assigns) + fmt.Sprintf("host.Interactions()[%d].InteractionID", l.index))
	default:
		g.add(g.call(l))
	}
}

func (g *goTest) add(lines ...string) { g.lines = append(g.lines, lines...) }

// assigned returns the left side of an assignment, "" if there is no variable.
func (g *goTest) assigned(variable string) string {
	switch {
	case variable == "":
		return ""
	case g.declared[variable]:
		return variable + " = "
	}
	g.declared[variable] = true
	return variable + " := "
}

func (g *goTest) call(l line) string {
	t := reflect.TypeOf(l.command.do)
	var args []string
	for n, arg := range l.command.args {
		args = append(args, g.argument(l, n, arg, t.In(n+1)))
	}
	call := "host." + l.command.method + "(" + strings.Join(args, ", ") + ")"
	switch begins, err := l.command.results(); {
	case begins && err:
		g.begun = true
		call = "begun(" + call + ")"
	case err:
		g.must = true
		call = "must(" + call + ")"
	}
	return g.assigned(l.assigns) + call
}

func (g *goTest) argument(l line, n int, arg any, t reflect.Type) string {
	name := l.names[n]
	switch arg.(type) {
	case id:
		if name != "" {
			return name
		}
	case caseID:
		if name != "" {
			g.ofCase = true
			return "caseOf(" + name + ")"
		}
	case uuid:
		return fmt.Sprintf("host.Workbin()[%d].InteractionUUID", l.index)
	}
	return g.of(arg, t)
}

// end compares the states of the interactions at the end.
func (g *goTest) end(states []string) {
	g.packages["strings"] = true
	g.add("",
		"var states []string",
		"for _, i := range host.Interactions() {",
		"\tstates = append(states, string(i.State))",
		"}",
		`if got, want := strings.Join(states, " "), `+strconv.Quote(strings.Join(states, " "))+`; got != want {`,
		"\t"+`t.Errorf("at the end the interactions are %q, want %q", got, want)`,
		"}")
}

func (g *goTest) text(s script) string {
	var b strings.Builder
	b.WriteString("package main\n\nimport (\n")
	paths := slices.Sorted(maps.Keys(g.packages))
	for n, path := range paths {
		if strings.HasPrefix(path, "wwebridge") && (n == 0 || !strings.HasPrefix(paths[n-1], "wwebridge")) {
			b.WriteString("\n")
		}
		b.WriteString("\t\"" + path + "\"\n")
	}
	b.WriteString(")\n\n" + s.summary() + "\nfunc TestScenario(t *testing.T) {\n")
	b.WriteString("\thost := wwetest.NewHost()\n\t// Connect your widget here: svc, err := host.Connect()\n")
	for _, helper := range []struct {
		used bool
		text string
	}{
		{g.must, "\tmust := func(err error) {\n\t\tt.Helper()\n\t\tif err != nil {\n\t\t\tt.Fatal(err)\n\t\t}\n\t}\n"},
		{g.begun, "\tbegun := func(id string, err error) string {\n\t\tt.Helper()\n\t\tif err != nil {\n\t\t\tt.Fatal(err)\n\t\t}\n\t\treturn id\n\t}\n"},
		{g.ofCase, "\tcaseOf := func(id string) string {\n\t\ti, _ := host.Interaction(id)\n\t\treturn i.CaseID\n\t}\n"},
	} {
		if helper.used {
			b.WriteString(helper.text)
		}
	}
	b.WriteString("\n")
	for _, l := range g.lines {
		if l != "" {
			l = "\t" + l
		}
		b.WriteString(l + "\n")
	}
	b.WriteString("}\n")
	return b.String()
}
