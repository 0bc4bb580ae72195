package jsontext

// Names returns the names of an object's values, sorted.
func Names(object map[string]any) []string {
	names := make([]string, 0, len(object))
	for name := range object {
		names = append(names, name)
	}
	sort(names)
	return names
}

// sort is a heapsort. (slices.Sort is twenty times the code.)
func sort(texts []string) {
	for root := len(texts)/2 - 1; root >= 0; root-- {
		sink(texts, root)
	}
	for last := len(texts) - 1; last > 0; last-- {
		texts[0], texts[last] = texts[last], texts[0]
		sink(texts[:last], 0)
	}
}

// sink moves the text at root down until it is not less than the two below it.
//
//go:noinline
func sink(heap []string, root int) {
	for {
		child := 2*root + 1
		if child+1 < len(heap) && heap[child] < heap[child+1] {
			child++
		}
		if child >= len(heap) || heap[child] <= heap[root] {
			return
		}
		heap[root], heap[child] = heap[child], heap[root]
		root = child
	}
}
