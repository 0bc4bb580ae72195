package wwe

import "math"

// version identifies how an interaction was at some moment. Two versions are
// equal if everything in them is.
type version struct {
	// order is of what changes as an interaction goes on. It tells whether two
	// versions are of the same moment: in all else the snapshots of a WWE may
	// differ from its events, and a property may count the seconds.
	order digest

	content            digest // all but the view of its case, which changes by itself
	selected, expanded bool
}

func versionOf(i *Interaction, seed digest) version {
	order, content := digestsOf(i, seed)
	return version{order, content, i.IsCaseSelected, i.IsCaseExpanded}
}

// isLike reports whether the two may be of the same moment.
func (v version) isLike(other version) bool {
	v.content = other.content
	return v == other
}

// digest is a hash. It begins with a random seed, so that nobody can choose two
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

// text adds a string and its length, which is no byte's value, so that the end
// of one string cannot be taken for the beginning of the next.
//
//go:noinline
func (h digest) text(s string) digest {
	for n := range len(s) {
		h = h.number(digest(s[n]))
	}
	return h.number(digest(len(s)) + 1<<32)
}

// number multiplies, which carries a difference upwards only, and then brings
// it back down. With the multiplication alone [1, -1] is the same as [-1, 1].
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

// value adds a value as it is decoded from JSON.
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

// digestMap is the same in whatever order the map gives its entries. Each entry
// is mixed once more before it is added: a change from 0 to 1 must not add what
// the same change of another entry takes away.
//
//go:noinline
func digestMap[V any](seed digest, m map[string]V, add func(digest, V) digest) digest {
	sum := digest(len(m))
	for key, value := range m {
		sum += add(seed.text(key), value).text("=")
	}
	return sum
}
