package wwe

import "math"

// version identifies one version of an interaction. Two versions are equal if
// all their data is equal.
type version struct {
	// order covers the properties that change as an interaction proceeds. It
	// alone decides whether two versions are from the same moment. In other
	// properties, snapshots may differ from events, and one of them may count
	// seconds.
	order digest

	content            digest // all data but the view of its case, which changes independently
	selected, expanded bool
}

func versionOf(i *Interaction, seed digest) version {
	order, content := digestsOf(i, seed)
	return version{order, content, i.IsCaseSelected, i.IsCaseExpanded}
}

// isLike reports whether the two may be versions from the same moment.
func (v version) isLike(other version) bool {
	v.content = other.content
	return v == other
}

// digest is a hash with a random seed, so that nobody can construct two
// interactions with the same digest.
type digest uint64

func digestsOf(i *Interaction, seed digest) (order, content digest) {
	h := seed.text(string(i.State)).text(string(i.PreviousState)).text(string(i.RecordingState))
	for n := range i.Parties {
		h = h.text(i.Parties[n].Name)
	}
	h = h.number(digestMap(seed, i.UserData, digest.value))
	order = h
	for _, s := range [...]string{
		i.InteractionID, i.ParentInteractionID, i.CaseID,
		i.Media, i.CallUUID, i.ANI, i.DNIS, string(i.Direction), string(i.CallType),
		string(i.RonaCallState), i.InteractionUUID, i.ConnID,
	} {
		h = h.text(s)
	}
	h = h.flag(i.IsConsultation).flag(i.IsMainCaseInteraction)
	if c := i.Contact; c != nil {
		h = h.text(c.DisplayName).text(c.FirstName).text(c.LastName)
		h = h.number(digestMap(seed, c.Unknown, digest.json))
	}
	for n := range i.Parties {
		p := &i.Parties[n]
		for _, s := range [...]string{
			p.Identifier, p.PhoneNumber, p.Type, p.Username, p.FirstName, p.LastName, p.Path,
		} {
			h = h.text(s)
		}
		h = h.number(digestMap(seed, p.Unknown, digest.json))
	}
	return order, h.number(digestMap(seed, i.Unknown, digest.json))
}

// text adds a string and its length. No byte has the value of a length, so the
// end of one string cannot be taken for the start of the next.
//
//go:noinline
func (h digest) text(s string) digest {
	for n := range len(s) {
		h = h.number(digest(s[n]))
	}
	return h.number(digest(len(s)) + 1<<32)
}

// number multiplies, which carries differences to higher bits only, and then
// folds the higher bits back down. With the multiplication alone, [1, -1] and
// [-1, 1] would be equal.
func (h digest) number(n digest) digest {
	h = (h ^ n) * 0x9e3779b97f4a7c15
	return h ^ h>>32
}

func (h digest) flag(b bool) digest {
	if b {
		return h.number(1)
	}
	return h.number(2)
}

func (h digest) json(j JSON) digest { return h.text(string(j)) }

// value adds a value of a type that decoded JSON has.
func (h digest) value(v any) digest {
	switch v := v.(type) {
	case string:
		return h.text(v).number('"')
	case JSON:
		return h.text(string(v))
	case float64:
		return h.number(digest(math.Float64bits(v))).number('0')
	case bool:
		return h.flag(v)
	case []any:
		for _, item := range v {
			h = h.value(item)
		}
		return h.number(digest(len(v))).number('[')
	case map[string]any:
		return h.number(digestMap(h, v, digest.value)).number('{')
	}
	return h.number('n')
}

// digestMap does not depend on the order of the map's entries. It mixes each
// entry once more before adding it to the sum: otherwise a change from 0 to 1
// in one entry could cancel the opposite change in another.
//
//go:noinline
func digestMap[V any](seed digest, m map[string]V, add func(digest, V) digest) digest {
	sum := digest(len(m))
	for key, value := range m {
		sum += add(seed.text(key), value).text("=")
	}
	return sum
}
