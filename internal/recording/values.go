package recording

import "strings"

// values is a set of strings, as a radix tree: how long a look-up takes depends
// on the text, and not on how many values there are.
type values struct {
	part  string  // follows the parts of the nodes above
	ends  bool    // one of them ends here
	below *values // the first of the nodes that go on
	next  *values // the next node beside this one
}

// add adds a value, which is not empty.
func (v *values) add(value string) {
	for value != "" {
		child := v.child(value[0])
		if child == nil {
			v.below = &values{part: value, ends: true, next: v.below}
			return
		}
		same := 1
		for same < min(len(child.part), len(value)) && child.part[same] == value[same] {
			same++
		}
		if same < len(child.part) {
			child.below = &values{part: child.part[same:], ends: child.ends, below: child.below}
			child.part, child.ends = child.part[:same], false
		}
		v, value = child, value[same:]
	}
	v.ends = true
}

// begins returns the longest value that a text begins with and that does not
// end inside a word of it, "" if there is none.
func (v *values) begins(text string) string {
	longest := ""
	for rest := text; rest != ""; {
		v = v.child(rest[0])
		if v == nil || !strings.HasPrefix(rest, v.part) {
			break
		}
		rest = rest[len(v.part):]
		if value := text[:len(text)-len(rest)]; v.ends && !isInWord(value, rest) {
			longest = value
		}
	}
	return longest
}

func (v *values) child(first byte) *values {
	child := v.below
	for child != nil && child.part[0] != first {
		child = child.next
	}
	return child
}
