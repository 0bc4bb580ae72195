package wwetest

// The history of a Host is bounded, because a page may run for days.
const (
	maxKept      = 10_000
	maxKeptBytes = 64 << 20
)

// recent holds the last items of a sequence.
type recent[T any] struct {
	items []T
	sizes []int // of the items, in bytes
	bytes int   // of all of them
}

func (r *recent[T]) add(item T, size int) {
	r.items, r.sizes = append(r.items, item), append(r.sizes, size)
	r.bytes += size
	for len(r.items) > maxKept || r.bytes > maxKeptBytes {
		var none T
		r.items[0] = none // else the array would keep it in memory
		r.bytes -= r.sizes[0]
		r.items, r.sizes = r.items[1:], r.sizes[1:]
	}
}

func (r *recent[T]) clear() { *r = recent[T]{} }
