// Package drive controls a tab of Chromium, Firefox or WebKitGTK, as installed by
// Debian. The same tests run in all three browsers.
//
// No well-maintained library supports all three as Debian installs them: Playwright
// needs its own builds, and Selenium needs geckodriver. So this package uses chromedp
// for Chromium, WebDriver BiDi for Firefox, and W3C WebDriver for WebKitGTK.
package drive

import (
	"errors"
	"fmt"
	"sync"
)

// Browser is a tab of a browser, with a fresh profile. A script is an expression whose
// value is a string or a promise of a string.
type Browser interface {
	// Navigate opens a page and waits for it to load.
	Navigate(url string) error
	// Reload reloads the tab's page.
	Reload() error
	// Resize sets the size of the tab's page, in CSS pixels.
	Resize(width, height int) error
	// Preload runs a script in each page that loads from now on, before the page's own
	// scripts. This script consists of statements.
	Preload(script string) error
	// Evaluate runs a script in a page and returns its value.
	Evaluate(in Page, script string) (string, error)
	// Click clicks at a point of the tab's page.
	Click(x, y float64) error
	// Hold is Click, but calls meanwhile before it releases the mouse button.
	Hold(x, y float64, meanwhile func()) error
	// Press presses and releases a key. The focus must be in the page. If shift is
	// true, Shift is held down.
	Press(in Page, key Key, shift bool) error
	// HoldKey is Press, but calls meanwhile before it releases the key.
	HoldKey(in Page, key Key, meanwhile func()) error
	// Insert types the text. The focus must be in the page.
	Insert(in Page, text string) error
	// Screenshot returns a PNG image of the tab.
	Screenshot() ([]byte, error)
	// Complaints returns the problems in the pages since the tab was opened: console
	// errors, uncaught exceptions and violations of a Content-Security-Policy.
	Complaints() ([]string, error)
	// LastWords returns the last part of the browser's standard output and error.
	LastWords() string
	// Close closes the tab and deletes its profile. It also ends the browser, unless
	// the browser belongs to a Pool.
	Close() error
}

// Page is a page in the tab. The zero Page is the top-level page.
type Page struct {
	Origin   string
	Nth      int  // index among the tab's pages with this origin
	Isolated bool // share only the document with the page, if the engine supports that
}

// Key is a key as WebDriver names it: a letter, or one of the constants.
type Key string

// Keys that are not letters.
const (
	Space      Key = " "
	Tab        Key = "\ue004"
	Enter      Key = "\ue007"
	shiftKey   Key = "\ue008"
	Escape     Key = "\ue00c"
	End        Key = "\ue010"
	Home       Key = "\ue011"
	ArrowLeft  Key = "\ue012"
	ArrowUp    Key = "\ue013"
	ArrowRight Key = "\ue014"
	ArrowDown  Key = "\ue015"
)

// Options configure a browser.
type Options struct {
	Engine     string // chromium, firefox or webkit
	Dark       bool   // prefer a dark colour scheme
	Scrollbars bool   // show scrollbars that take up space, as on desktop computers
}

// process is a running browser. It has one tab at a time.
type process interface {
	// open opens a tab with a fresh profile. The tab's Close passes its error to then
	// and returns then's result.
	open(then func(error) error) (Browser, error)
	end()
}

func startProcess(o Options) (process, error) {
	said := &lastWords{}
	var p process
	var err error
	switch o.Engine {
	case "chromium":
		p, err = startChromium(o, said)
	case "firefox":
		p, err = startFirefox(o, said)
	case "webkit":
		p, err = startWebKit(o, said)
	default:
		err = errors.New("no such engine: ENGINE is chromium, firefox or webkit")
	}
	if err != nil {
		return nil, fmt.Errorf("drive: start %s: %w\n%s", o.Engine, err, said)
	}
	return p, nil
}

// Start starts a browser and opens a tab in it.
func Start(o Options) (Browser, error) {
	p, err := startProcess(o)
	if err != nil {
		return nil, err
	}
	return open(p, func(err error) error {
		p.end()
		return err
	})
}

func open(p process, then func(error) error) (Browser, error) {
	b, err := p.open(then)
	if err != nil {
		p.end()
		return nil, fmt.Errorf("drive: open a tab: %w", err)
	}
	return b, nil
}

// Pool reuses browsers, because starting one takes seconds. The zero Pool is empty.
type Pool struct {
	mu   sync.Mutex
	idle map[Options][]process
}

// Open opens a tab in an idle browser with these options. If there is none, it starts one.
func (pool *Pool) Open(o Options) (Browser, error) {
	for p := pool.take(o); p != nil; p = pool.take(o) { // a browser that has ended cannot open a tab
		if b, err := open(p, pool.give(o, p)); err == nil {
			return b, nil
		}
	}
	p, err := startProcess(o)
	if err != nil {
		return nil, err
	}
	return open(p, pool.give(o, p))
}

func (pool *Pool) take(o Options) process {
	pool.mu.Lock()
	defer pool.mu.Unlock()
	idle := pool.idle[o]
	if len(idle) == 0 {
		return nil
	}
	p := idle[len(idle)-1]
	pool.idle[o] = idle[:len(idle)-1]
	return p
}

// give returns a function to call when the tab has been closed. The function ends a
// browser that failed to close its tab.
func (pool *Pool) give(o Options, p process) func(error) error {
	return func(err error) error {
		if err != nil {
			p.end()
			return err
		}
		pool.mu.Lock()
		defer pool.mu.Unlock()
		if pool.idle == nil {
			pool.idle = map[Options][]process{}
		}
		pool.idle[o] = append(pool.idle[o], p)
		return nil
	}
}

// Close ends the idle browsers.
func (pool *Pool) Close() {
	pool.mu.Lock()
	defer pool.mu.Unlock()
	for _, idle := range pool.idle {
		for _, p := range idle {
			p.end()
		}
	}
	pool.idle = nil
}

// errNotLoaded returns the error for a page that the tab does not have.
func errNotLoaded(p Page) error {
	return fmt.Errorf("drive: page %d of %s is not loaded", p.Nth, p.Origin)
}
