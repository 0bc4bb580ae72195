package wwetest

import (
	"slices"

	"wwebridge/internal/jsontext"
	"wwebridge/internal/wire"
	"wwebridge/wasm/wwe"
)

// Fault makes the Host misbehave on purpose, from Host.Fault until
// Host.ClearFaults. The request has no effect then.
type Fault struct {
	Request string    // "interaction.accept", or "subscribe"; "" is every request
	Topic   wwe.Topic // instead of a request: the events of this topic do not come

	// What happens: one of these, silence if none is set.
	Refuse string   // answer with this errorMessage
	Data   wwe.JSON // answer with this data, of whatever type
}

// Fault adds a fault. Where several match a request the last one counts. Data
// that is not JSON is a mistake of the test and panics.
func (h *Host) Fault(f Fault) {
	mustBeJSON("Fault", f.Data)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.faults = append(h.faults, f)
}

// ClearFaults removes all faults.
func (h *Host) ClearFaults() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.faults = nil
}

func mustBeJSON(where string, data wwe.JSON) {
	r := jsontext.NewReader(string(data))
	r.Skip()
	if err := r.Err(); err != nil && data != "" {
		panic("wwetest: " + where + ": the data is not JSON: " + err.Error())
	}
}

func (h *Host) fault(request string) (Fault, bool) {
	for _, f := range slices.Backward(h.faults) {
		if f.Topic == "" && (f.Request == "" || f.Request == request) {
			return f, true
		}
	}
	return Fault{}, false
}

// loses tells whether the events of a topic do not come.
func (h *Host) loses(topic string) bool {
	return slices.ContainsFunc(h.faults, func(f Fault) bool { return f.Topic != "" && string(f.Topic) == topic })
}

func (f Fault) reply() (reply wire.Reply, answered bool) {
	switch {
	case f.Refuse != "":
		return refusal(f.Refuse), true
	case f.Data != "":
		return wire.Reply{Data: string(f.Data)}, true
	}
	return wire.Reply{}, false
}
