package recording

import "strings"

// values is a set of strings, stored as a radix tree. The time of a lookup depends on
// the text and not on the number of values.
type values struct {
	part  string  // continues the parts of the nodes above
	ends  bool    // a value ends here
	below *values // first child
	next  *values // next sibling
}

// add adds a value, which must not be empty.
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

// begins returns the longest value that is a prefix of text and does not end inside a
// word. It returns "" if there is none.
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
