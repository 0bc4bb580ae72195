package scenario

import (
	"encoding/json"
	"slices"
	"sync"
	"time"

	"wwebridge/internal/strictjson"
	"wwebridge/wasm/wwetest"
)

// Act is one step that a person, a script or a widget took.
type Act struct {
	At       time.Time
	Function string            // of window.wweHost
	Args     []json.RawMessage // with ids as they were then
	Began    string            // the id of the interaction that began, if the act says so
	ByWidget bool
}

// maxActs is how many acts a Recording keeps. The first are kept, because the
// later ones build on them.
const maxActs = 1000

// Recording holds the acts since WWE was last empty. The zero Recording
// is empty. Its methods may be called from any goroutine.
type Recording struct {
	mu   sync.Mutex
	acts []Act
	full bool
}

// Add adds an act, unless the Recording is full.
func (r *Recording) Add(a Act) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.acts) == maxActs {
		r.full = true
		return
	}
	r.acts = append(r.acts, a)
}

// AddJSON is Add for a function of window.wweHost that a script has called, with
// its arguments as a JSON array. It ignores calls that change nothing.
func (r *Recording) AddJSON(function, args, began string) {
	var all []json.RawMessage
	if functions[function] == nil || strictjson.Unmarshal([]byte(args), &all) != nil {
		return
	}
	c, err := commandOf(function, all)
	if err != nil {
		return
	}
	if begins, _ := c.results(); !begins { // the others return states and the like
		began = ""
	}
	r.Add(Act{At: time.Now(), Function: function, Args: all, Began: began})
}

// Clear empties the Recording.
func (r *Recording) Clear() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.acts, r.full = nil, false
}

// Acts returns the acts in order, and whether later ones are missing.
func (r *Recording) Acts() (acts []Act, full bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.acts), r.full
}

// Len returns the number of acts.
func (r *Recording) Len() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.acts)
}

// Save returns the acts, and those of widgets according to the messages, as text
// for Load.
func (r *Recording) Save(all []wwetest.Message) string {
	acts, _ := r.Acts()
	text, err := json.Marshal(merged(acts, all))
	if err != nil { // unreachable: every argument has been JSON
		return "[]"
	}
	return string(text)
}

// Load replaces the acts with those that Save returned, followed by the reload
// of WWE's page that has happened since. It reports whether the text is valid.
func (r *Recording) Load(text string) bool {
	var acts []Act
	if strictjson.Unmarshal([]byte(text), &acts) != nil {
		return false
	}
	r.Clear()
	for _, act := range append(acts, Act{At: time.Now(), Function: "restart"}) {
		r.Add(act)
	}
	return true
}

// merged returns the acts together with those of widgets, by time.
func merged(acts []Act, all []wwetest.Message) []Act {
	acts = append(acts, ByWidgets(all)...)
	slices.SortStableFunc(acts, func(a, b Act) int { return a.At.Compare(b.At) })
	return acts
}
