package scenario

import (
	"encoding/json"
	"slices"
	"sync"
	"time"
)

// Act is something that a person, a script or a widget did.
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

// Recording is what has happened since WWE was last empty. The zero Recording
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
	if json.Unmarshal([]byte(args), &all) != nil {
		return
	}
	if _, err := commandOf(function, all); err != nil {
		return
	}
	if !begins(function) { // the others return states and the like
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
