package live

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// work is the state of Panel.Run's loop, which runs one build at a time, of the newest files.
type work struct {
	*Panel
	wait    sync.WaitGroup // for all builds, including stopped ones
	stop    context.CancelFunc
	results chan result // of the running build; nil if none is running
	version int
	odd     bool // the folder is gone or has no panel
	noted   bool // noteUnwatched has run
}

// result is the outcome of a build.
type result struct {
	program program
	err     error
	cause   string // the files that changed
	took    time.Duration
}

// changed reacts to a change of the panel's files.
func (w *work) changed(ctx context.Context, c change) {
	if c.gone {
		w.isOdd("The panel's folder is gone.", w.dir+" does not exist. When it is back, the panel is built again.")
		return
	}
	form, err := formOf(w.dir)
	if err != nil {
		w.isOdd("There is no panel in the folder.", err.Error())
		return
	}
	w.mutex.Lock()
	wasGo := w.form.isGo
	w.form = form
	w.mutex.Unlock()
	everything := c.all || w.odd || form.isGo != wasGo
	w.odd = false
	source, page := everything, everything
	for _, file := range c.files {
		switch form.kindOf(w.dir, file) {
		case sourceFile:
			source = true
		case pageFile:
			page = true
		}
	}
	switch {
	case source && form.isGo:
		w.build(ctx, c.cause())
	case page:
		if len(c.files) > 0 {
			fmt.Fprintf(w.out, "%s: loaded again\n", c.cause())
		}
		w.reload(!form.isGo) // a failed build stays reported on the page
	}
}

// cause names the files of a change.
func (c change) cause() string {
	var names []string
	for _, file := range c.files {
		if file != "" && file != "." && (len(names) == 0 || names[len(names)-1] != file) {
			names = append(names, filepath.ToSlash(file))
		}
	}
	switch len(names) {
	case 0:
		return "the panel"
	case 1, 2, 3:
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more files", names[0], len(names)-1)
}

// build starts a build, and stops the running one.
func (w *work) build(ctx context.Context, cause string) {
	w.abandon()
	ctx, w.stop = context.WithCancel(ctx)
	results := make(chan result, 1)
	w.results = results
	w.wait.Go(func() {
		began := time.Now()
		program, err := compile(ctx, w.dir)
		results <- result{program, err, cause, time.Since(began)}
	})
}

func (w *work) abandon() {
	if w.stop != nil {
		w.stop()
	}
	w.stop, w.results = nil, nil
}

// finished shows the outcome of a build.
func (w *work) finished(ctx context.Context, r result) {
	w.abandon()
	if ctx.Err() != nil {
		return
	}
	if r.err != nil {
		w.hasTried()
		fmt.Fprintf(w.out, "%v\nThe panel does not build. It is built again when a file changes.\n", r.err)
		w.say("The panel does not build.", r.err.Error())
		return
	}
	w.mutex.Lock()
	w.program = r.program
	w.mutex.Unlock()
	fmt.Fprintf(w.out, "%s: built in %.1f s\n", r.cause, r.took.Seconds())
	if w.hasTried() {
		w.reload(true)
	} else {
		w.say("", "") // a page that is loading has waited for this program
	}
	if !w.noted {
		w.noted = true
		w.noteUnwatched(ctx)
	}
}

// hasTried marks the first build as ended, so that pages no longer wait for it. It reports whether the
// build was marked before.
func (w *work) hasTried() bool {
	select {
	case <-w.tried:
		return true
	default:
		close(w.tried)
		return false
	}
}

// isOdd stops the build and shows why the folder has no panel to build.
func (w *work) isOdd(title, details string) {
	w.abandon()
	w.hasTried()
	w.odd = true
	fmt.Fprintln(w.out, details)
	w.say(title, details)
}

// reload has the desktop reload the panel. If the panel is sound, it clears the text over it.
func (w *work) reload(sound bool) {
	w.version++
	w.set(func(s *state) {
		s.Version = version(w.version)
		if sound {
			s.Title, s.Details = "", ""
		}
	})
}

// say shows a text over the panel.
func (w *work) say(title, details string) {
	w.set(func(s *state) { s.Title, s.Details = title, details })
}
