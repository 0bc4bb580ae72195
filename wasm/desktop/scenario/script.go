package scenario

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// script is a Recording on its way to the text of a test. Its acts have been
// performed again on a new Host, so that the test passes there.
type script struct {
	lines  []line
	states []string // of the interactions at the end
	full   bool     // later acts are missing
}

// line is an act, or the assignment of an interaction to a variable.
type line struct {
	act     Act
	command command
	names   []string // the variables of the arguments that name an interaction, else ""
	index   int      // in Host.Interactions or Host.Workbin, for find and pull
	assigns string   // the variable for the interaction that begins
	find    bool     // assigns interaction number index; there is no act
	failed  error    // the act is not possible on the new Host
}

// newScript performs the acts of a Recording and of widgets.
func newScript(recorded *Recording, all []wwetest.Message) script {
	acts, full := recorded.Acts()
	r := rehearsal{host: wwetest.NewHost(), variables: map[string]string{}, ids: map[string]string{}, taken: map[string]int{}}
	for _, act := range merged(acts, all) {
		r.perform(act)
	}
	s := script{lines: r.used(), full: full}
	for _, i := range r.host.Interactions() {
		s.states = append(s.states, string(i.State))
	}
	return s
}

// rehearsal is the new Host, and the test's variables for its interactions.
type rehearsal struct {
	host      *wwetest.Host
	lines     []line
	variables map[string]string // by InteractionUUID
	ids       map[string]string // the id on the new Host by the recorded one, if they differ
	taken     map[string]int    // how many variables have a name
}

func (r *rehearsal) perform(act Act) {
	c, err := commandOf(act.Function, act.Args)
	l := line{act: act, command: c, failed: err}
	for n, arg := range c.args {
		name := ""
		switch arg := arg.(type) {
		case id:
			if now, differs := r.ids[string(arg)]; differs {
				c.args[n] = id(now)
			}
			name = r.find(func(i wwe.Interaction) bool { return i.InteractionID == string(c.args[n].(id)) })
		case caseID:
			name = r.find(func(i wwe.Interaction) bool { return i.CaseID == string(arg) })
		case uuid:
			l.index = slices.IndexFunc(r.host.Workbin(), func(i wwe.Interaction) bool { return i.InteractionUUID == string(arg) })
		}
		l.names = append(l.names, name)
	}
	began := ""
	if err == nil {
		began, l.failed = c.perform(r.host)
	}
	if l.failed == nil && began != "" {
		i, _ := r.host.Interaction(began)
		l.assigns = r.variable(act.Function)
		r.variables[i.InteractionUUID] = l.assigns
		if act.Began != "" && act.Began != began {
			r.ids[act.Began] = began
		}
	}
	r.lines = append(r.lines, l)
	if act.Function == "restart" {
		r.findAgain()
	}
}

// find returns the variable of an interaction. If it has none yet, because a
// widget or WWE began it, find adds a line that assigns one.
func (r *rehearsal) find(is func(wwe.Interaction) bool) string {
	all := r.host.Interactions()
	n := slices.IndexFunc(all, is)
	if n < 0 {
		return ""
	}
	name, known := r.variables[all[n].InteractionUUID]
	if !known {
		name = r.variable("other")
		r.variables[all[n].InteractionUUID] = name
		r.lines = append(r.lines, line{find: true, index: n, assigns: name})
	}
	return name
}

// findAgain assigns the new ids that interactions have after WWE's page reloads.
func (r *rehearsal) findAgain() {
	clear(r.ids)
	for n, i := range r.host.Interactions() {
		if name, known := r.variables[i.InteractionUUID]; known {
			r.lines = append(r.lines, line{find: true, index: n, assigns: name})
		}
	}
}

// variable returns a new variable for the interaction that a function begins.
func (r *rehearsal) variable(function string) string {
	name := function
	switch function {
	case "ring", "dial", "transferIn":
		name = "call"
	case "compose":
		name = "email"
	case "pull":
		name = "pulled"
	case "consult":
		name = "consultation"
	}
	r.taken[name]++
	if n := r.taken[name]; n > 1 {
		name += strconv.Itoa(n)
	}
	return name
}

// used returns the lines without assignments of variables that no later line
// uses.
func (r *rehearsal) used() []line {
	needed := map[string]bool{}
	var all []line
	for _, l := range slices.Backward(r.lines) {
		if l.assigns != "" && !needed[l.assigns] {
			if l.find {
				continue
			}
			l.assigns = ""
		}
		if l.failed == nil {
			for _, name := range l.names {
				needed[name] = true
			}
		}
		if !l.find {
			delete(needed, l.assigns)
		}
		all = append(all, l)
	}
	slices.Reverse(all)
	return all
}

// comments returns the comments above a line.
func (l line) comments() []string {
	switch {
	case l.failed != nil:
		return []string{comment("%s(%s) is left out: on a new WWE, %s.", l.act.Function, joined(l.act), shortened(l.failed.Error()))}
	case l.act.ByWidget:
		return []string{comment("The widget did this. Have it do it again if the test is about that.")}
	}
	return nil
}

func joined(a Act) string {
	var texts []string
	for _, arg := range a.Args {
		texts = append(texts, shortened(string(arg)))
	}
	return strings.Join(texts, ", ")
}

// summary is the first comment of a test.
func (s script) summary() string {
	text := fmt.Sprintf("The %d steps recorded on the simulated WWE.", s.steps())
	if s.full {
		text = fmt.Sprintf("The first %d steps on the simulated WWE. Later ones were not recorded.", maxActs)
	}
	return comment("%s", text)
}

func (s script) steps() (count int) {
	for _, l := range s.lines {
		if !l.find && l.failed == nil {
			count++
		}
	}
	return count
}
