// Package drive works one tab of Chromium, Firefox or WebKitGTK, as Debian
// installs them, for tests that are the same in all three.
//
// No well-kept library drives all of them: Playwright has builds of its own,
// Selenium needs geckodriver. So Chromium is driven by chromedp, Firefox by
// WebDriver BiDi, and WebKitGTK by W3C WebDriver.
package drive

import (
	"errors"
	"fmt"
	"sync"
)

// Browser is one tab of a browser with a fresh profile. A script is an
// expression whose value is a string, or a promise of one.
type Browser interface {
	// Navigate opens a page and waits for it to load.
	Navigate(url string) error
	// Reload loads the tab's page again.
	Reload() error
	// Resize gives the tab's page this size.
	Resize(width, height int) error
	// Preload runs a script of statements in each page that loads from now on, before the page's own scripts.
	Preload(script string) error
	// Evaluate returns the value of a script.
	Evaluate(in Page, script string) (string, error)
	// Click presses the mouse at a point of the tab's page.
	Click(x, y float64) error
	// Hold is Click that does something before it lets go of the mouse.
	Hold(x, y float64, meanwhile func()) error
	// Press presses a key where the focus is, which is in the page. Shift is held if shift is true.
	Press(in Page, key Key, shift bool) error
	// HoldKey is Press that does something before it lets go of the key.
	HoldKey(in Page, key Key, meanwhile func()) error
	// Insert enters the text where the focus is, which is in the page.
	Insert(in Page, text string) error
	// Screenshot returns what the tab shows as a PNG.
	Screenshot() ([]byte, error)
	// Complaints returns what has gone wrong in the pages since the browser started: errors
	// on the console, exceptions that no page catches, and violations of a Content-Security-Policy.
	Complaints() ([]string, error)
	// LastWords returns the end of what the browser has written to its standard output and error.
	LastWords() string
	// Close closes the tab and forgets its profile. It ends the browser too, unless that is of a Pool.
	Close() error
}

// Page is a page in the tab. The zero Page is the tab's own.
type Page struct {
	Origin   string
	Nth      int  // among the tab's pages of this origin
	Isolated bool // share nothing with the page but its document, where the engine can
}

// Key is a key as WebDriver names it: a letter, or one of the constants.
type Key string

// Keys that are no letters.
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

// Options say how a browser starts.
type Options struct {
	Engine     string // chromium, firefox or webkit
	Dark       bool   // prefer a dark colour scheme
	Scrollbars bool   // show scrollbars that take up room, as desktop computers do
}

// process is a running browser. It has one tab at a time.
type process interface {
	// open opens a tab with a fresh profile. The tab's Close passes its error to then and returns the result.
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
	for p := pool.take(o); p != nil; p = pool.take(o) { // a browser that has ended cannot open one
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

// give returns a function to call when the tab is closed. It ends a browser that failed to close it.
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

// errNotLoaded says that the tab has no such page.
func errNotLoaded(p Page) error {
	return fmt.Errorf("drive: page %d of %s is not loaded", p.Nth, p.Origin)
}
