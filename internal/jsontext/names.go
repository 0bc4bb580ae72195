package jsontext

// Names returns the keys of object, sorted.
func Names(object map[string]any) []string {
	all, _ := members(valueOf(object))
	sort(all)
	names := make([]string, len(all))
	for n, m := range all {
		names[n] = m.name
	}
	return names
}

// sort is a heapsort. slices.Sort compiles to twenty times the code.
func sort(all []member) {
	for root := len(all)/2 - 1; root >= 0; root-- {
		sink(all, root)
	}
	for last := len(all) - 1; last > 0; last-- {
		all[0], all[last] = all[last], all[0]
		sink(all[:last], 0)
	}
}

// sink moves the member at root down until it is not less than either of its children.
//
//go:noinline
func sink(heap []member, root int) {
	for {
		child := 2*root + 1
		if child+1 < len(heap) && heap[child].name < heap[child+1].name {
			child++
		}
		if child >= len(heap) || heap[child].name <= heap[root].name {
			return
		}
		heap[root], heap[child] = heap[child], heap[root]
		root = child
	}
}
