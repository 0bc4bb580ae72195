package live

import (
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
)

// state is the panel's state, as web/live.js reads it on the desktop's page.
type state struct {
	Version string `json:"version"`           // if it differs, the page reloads the widget
	Title   string `json:"title,omitempty"`   // shown over the widget unless it is empty
	Details string `json:"details,omitempty"` // text below the title
}

// channel streams the state to the desktop's page as server-sent events. Pages of other origins
// get nothing.
type channel struct {
	mutex   sync.Mutex
	state   state
	changed chan struct{} // closed when the state changes
}

func newChannel(first state) *channel {
	return &channel{state: first, changed: make(chan struct{})}
}

func (c *channel) set(change func(*state)) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	change(&c.state)
	close(c.changed)
	c.changed = make(chan struct{})
}

func (c *channel) get() (state, <-chan struct{}) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.state, c.changed
}

// Version implements web.Live.
func (c *channel) Version() string {
	now, _ := c.get()
	return now.Version
}

// ServeHTTP implements web.Live.
func (c *channel) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Cache-Control", "no-store")
	if r.Method != http.MethodGet {
		header.Set("Allow", "GET")
		http.Error(w, "only GET is served here", http.StatusMethodNotAllowed)
		return
	}
	if isForeign(r) {
		http.Error(w, "only the desktop's own page reads this", http.StatusForbidden)
		return
	}
	header.Set("Content-Type", "text/event-stream")
	for {
		now, changed := c.get()
		text, err := json.Marshal(now) // JSON escapes line breaks, which would end the event
		if err == nil {
			_, err = fmt.Fprintf(w, "data: %s\n\n", text)
		}
		if err == nil {
			err = http.NewResponseController(w).Flush()
		}
		if err != nil {
			return
		}
		select {
		case <-changed:
		case <-r.Context().Done():
			return
		}
	}
}

// isForeign reports whether a page of another origin makes the request. Every browser says so in
// one of the two headers.
func isForeign(r *http.Request) bool {
	origin, site := r.Header.Get("Origin"), r.Header.Get("Sec-Fetch-Site")
	return origin != "" && origin != "http://"+r.Host || site != "" && site != "same-origin"
}
