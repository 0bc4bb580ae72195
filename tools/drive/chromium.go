package drive

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Chromium is a Browser with access to features that only Chromium has.
type Chromium struct {
	Context context.Context // for chromedp
	said    *lastWords
	then    func(error) error // see process

	mu         sync.Mutex
	open       []world
	complaints []string
}

// world is an execution context for the scripts of a page.
type world struct {
	id            runtime.ExecutionContextID
	unique        string
	origin, frame string
}

// chromium is the Chromium process.
type chromium struct {
	context context.Context // for the first tab, which stays empty
	scheme  string
	said    *lastWords
	things  things
}

// headlessShell is the same engine without windows. The windows' own pages take half of
// the time to open a tab. The command chromium-headless-shell is no substitute: it is a
// script, and the driver would kill the script instead of the browser.
const headlessShell = "/usr/lib/chromium/chromium-headless-shell"

func startChromium(o Options, said *lastWords) (*chromium, error) {
	c := &chromium{scheme: "light", said: said}
	if o.Dark {
		c.scheme = "dark"
	}
	// The defaults are headless mode, little background work, and no sandbox. With a
	// sandbox, Chromium refuses to run as root.
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.CombinedOutput(said),
		chromedp.DisableGPU,
		chromedp.Flag("disable-component-update", true),
		// With all pages of a tab in one process, hear also receives the events of
		// sandboxed iframes.
		chromedp.Flag("disable-features", "site-per-process,Translate,BlinkGenPropertyTrees,IsolateSandboxedIframes"),
	)
	if _, err := os.Stat(headlessShell); err == nil {
		options = append(options, chromedp.ExecPath(headlessShell))
	}
	if o.Scrollbars {
		options = append(options, chromedp.Flag("hide-scrollbars", false))
	}
	allocator, cancelAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	c.things.end = append(c.things.end, cancelAllocator)
	first, cancelFirst := chromedp.NewContext(allocator, chromedp.WithErrorf(complain))
	c.context = first
	// chromedp.Cancel lets Chromium delete its profile.
	c.things.end = append(c.things.end, cancelFirst, func() { _ = chromedp.Cancel(first) })
	if err := chromedp.Run(c.context); err != nil {
		c.end()
		return nil, err
	}
	return c, nil
}

// complain prints the errors of chromedp, except those about popover events, which chromedp does not know.
func complain(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if !strings.HasSuffix(text, "EventTopLayerElementsUpdated") {
		fmt.Fprintln(os.Stderr, "chromedp:", text)
	}
}

func (c *chromium) end() { c.things.close() }

func (c *chromium) open(then func(error) error) (Browser, error) {
	browser := cdp.WithExecutor(c.context, chromedp.FromContext(c.context).Browser)
	profile, err := target.CreateBrowserContext().Do(browser)
	if err != nil {
		return nil, err
	}
	// The first tab of a profile needs a window.
	id, err := target.CreateTarget("about:blank").WithBrowserContextID(profile).WithNewWindow(true).Do(browser)
	if err != nil {
		return nil, err
	}
	limited, cancel := context.WithTimeout(c.context, 6*time.Minute)
	tab := &Chromium{said: c.said}
	context, cancelTab := chromedp.NewContext(limited, chromedp.WithTargetID(id))
	tab.Context = context
	tab.then = func(err error) error {
		cancelTab()
		cancel()
		return then(errors.Join(err, target.DisposeBrowserContext(profile).Do(browser)))
	}
	chromedp.ListenTarget(tab.Context, tab.hear)
	media := emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: c.scheme}})
	return tab, chromedp.Run(tab.Context, log.Enable(), media)
}

func (c *Chromium) hear(event any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch event := event.(type) {
	case *runtime.EventExecutionContextCreated:
		var aux struct {
			IsDefault bool
			FrameID   string
		}
		if json.Unmarshal(event.Context.AuxData, &aux) == nil && aux.IsDefault {
			c.open = append(c.open, world{event.Context.ID, event.Context.UniqueID, event.Context.Origin, aux.FrameID})
		}
	case *runtime.EventExecutionContextDestroyed:
		c.open = slices.DeleteFunc(c.open, func(w world) bool { return w.unique == event.ExecutionContextUniqueID })
	case *runtime.EventExecutionContextsCleared:
		c.open = nil
	case *log.EventEntryAdded:
		if event.Entry.Level == log.LevelError || event.Entry.Source == log.SourceSecurity {
			c.complaints = append(c.complaints, event.Entry.Text)
		}
	case *runtime.EventExceptionThrown:
		c.complaints = append(c.complaints, event.ExceptionDetails.Error())
	case *runtime.EventConsoleAPICalled:
		if event.Type == runtime.APITypeError {
			text := "console.error:"
			for _, arg := range event.Args {
				text += " " + string(arg.Value) + arg.Description
			}
			c.complaints = append(c.complaints, text)
		}
	}
}

func (c *Chromium) find(p Page) (world, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	nth := p.Nth
	for _, w := range c.open {
		if w.origin != p.Origin {
			continue
		}
		if nth == 0 {
			return w, nil
		}
		nth--
	}
	return world{}, errNotLoaded(p)
}

// Navigate implements Browser, as do the exported methods below.
func (c *Chromium) Navigate(url string) error {
	return chromedp.Run(c.Context, chromedp.Navigate(url))
}

func (c *Chromium) Reload() error { return chromedp.Run(c.Context, chromedp.Reload()) }

func (c *Chromium) Resize(width, height int) error {
	return chromedp.Run(c.Context, chromedp.EmulateViewport(int64(width), int64(height)))
}

func (c *Chromium) Preload(script string) error {
	return chromedp.Run(c.Context, chromedp.ActionFunc(func(ctx context.Context) error {
		_, err := page.AddScriptToEvaluateOnNewDocument(script).Do(ctx)
		return err
	}))
}

func (c *Chromium) Evaluate(in Page, script string) (text string, err error) {
	var w world
	if in != (Page{}) {
		if w, err = c.find(in); err != nil {
			return "", err
		}
	}
	err = chromedp.Run(c.Context, chromedp.ActionFunc(func(ctx context.Context) (err error) {
		if in.Isolated {
			w.id, err = page.CreateIsolatedWorld(cdp.FrameID(w.frame)).WithWorldName("drive").Do(ctx)
			if err != nil {
				return err
			}
		}
		return chromedp.Evaluate(script, &text, func(p *runtime.EvaluateParams) *runtime.EvaluateParams {
			if w.id != 0 {
				p = p.WithContextID(w.id)
			}
			return p.WithAwaitPromise(true)
		}).Do(ctx)
	}))
	return text, err
}

func (c *Chromium) Click(x, y float64) error {
	return chromedp.Run(c.Context, chromedp.MouseClickXY(x, y))
}

func (c *Chromium) Hold(x, y float64, meanwhile func()) error {
	part := func(what input.MouseType) error {
		return chromedp.Run(c.Context, input.DispatchMouseEvent(what, x, y).WithButton(input.Left).WithClickCount(1))
	}
	if err := part(input.MousePressed); err != nil {
		return err
	}
	meanwhile()
	return part(input.MouseReleased)
}

// chromiumKeys maps WebDriver's names of keys to those of chromedp.
var chromiumKeys = map[Key]string{Tab: kb.Tab, Enter: kb.Enter, Escape: kb.Escape, End: kb.End, Home: kb.Home,
	ArrowLeft: kb.ArrowLeft, ArrowUp: kb.ArrowUp, ArrowRight: kb.ArrowRight, ArrowDown: kb.ArrowDown}

// inChromium returns chromedp's name of a key.
func inChromium(key Key) string { return cmp.Or(chromiumKeys[key], string(key)) }

func (c *Chromium) Press(_ Page, key Key, shift bool) error {
	var modifiers []chromedp.KeyOption
	if shift {
		modifiers = append(modifiers, chromedp.KeyModifiers(input.ModifierShift))
	}
	return chromedp.Run(c.Context, chromedp.KeyEvent(inChromium(key), modifiers...))
}

func (c *Chromium) HoldKey(_ Page, key Key, meanwhile func()) error {
	parts := kb.Encode([]rune(inChromium(key))[0]) // the last part releases the key
	for n, part := range parts {
		if n == len(parts)-1 {
			meanwhile()
		}
		if err := chromedp.Run(c.Context, part); err != nil {
			return err
		}
	}
	return nil
}

func (c *Chromium) Insert(_ Page, text string) error {
	return chromedp.Run(c.Context, chromedp.ActionFunc(func(ctx context.Context) error {
		return input.InsertText(text).Do(ctx)
	}))
}

func (c *Chromium) Screenshot() ([]byte, error) {
	var png []byte
	err := chromedp.Run(c.Context, chromedp.CaptureScreenshot(&png))
	return png, err
}

func (c *Chromium) Complaints() ([]string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.complaints), c.Context.Err()
}

func (c *Chromium) LastWords() string { return c.said.String() }

func (c *Chromium) Close() error { return c.then(chromedp.Cancel(c.Context)) }
