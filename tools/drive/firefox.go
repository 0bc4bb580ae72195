package drive

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// firefox is the Firefox process. It speaks WebDriver BiDi directly.
type firefox struct {
	*bidi
	said   *lastWords
	things things

	mu         sync.Mutex
	complaints []string // of the open tab
}

type firefoxTab struct {
	*firefox
	tab     string
	profile string // BiDi's user context
	scripts []string
	then    func(error) error // see process
}

type object = map[string]any

func startFirefox(o Options, said *lastWords) (_ *firefox, err error) {
	f := &firefox{said: said}
	defer func() {
		if err != nil {
			f.things.close()
		}
	}()
	profile, err := f.things.folder()
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(profile, "user.js"), firefoxPreferences(o), 0o600); err != nil {
		return nil, err
	}
	program, err := exec.LookPath("firefox-esr")
	if err != nil {
		if program, err = exec.LookPath("firefox"); err != nil {
			return nil, errors.New("no firefox-esr and no firefox is installed")
		}
	}
	// With port 0, Firefox chooses a free port and writes it to its profile.
	command := exec.Command(program, "--headless", "--remote-debugging-port=0", "--no-remote", "--profile", profile)
	command.Env = append(os.Environ(), "HOME="+profile, "MOZ_CRASHREPORTER_DISABLE=1")
	exited, err := f.things.run(command, said)
	if err != nil {
		return nil, err
	}
	err = poll(answerLimit, exited, func() error {
		text, err := os.ReadFile(filepath.Join(profile, "WebDriverBiDiServer.json"))
		if err != nil {
			return err
		}
		var server struct {
			Host string `json:"ws_host"`
			Port int    `json:"ws_port"`
		}
		if err := json.Unmarshal(text, &server); err != nil {
			return err
		}
		f.bidi, err = dialBiDi(fmt.Sprintf("ws://%s:%d/session", server.Host, server.Port), f.hear)
		return err
	})
	if err != nil {
		return nil, err
	}
	return f, f.begin()
}

func firefoxPreferences(o Options) []byte {
	scheme, overlay := 1, 1
	if o.Dark {
		scheme = 0
	}
	if o.Scrollbars {
		overlay = 0
	}
	preferences := map[string]any{
		"layout.css.prefers-color-scheme.content-override": scheme,
		"ui.useOverlayScrollbars":                          overlay,
		"widget.gtk.overlay-scrollbars.enabled":            !o.Scrollbars,
		// Give pages the focus even without a window manager.
		"focusmanager.testmode": true,
		// Let pages query their permissions policy, as in Chromium.
		"dom.security.featurePolicy.webidl.enabled": true,
		// Start few processes, which takes less time.
		"dom.ipc.processCount":             1,
		"dom.ipc.processPrelaunch.enabled": false,
		// Prevent network requests and welcome pages.
		"app.normandy.enabled":                       false,
		"browser.startup.page":                       0,
		"network.captive-portal-service.enabled":     false,
		"network.connectivity-service.enabled":       false,
		"datareporting.policy.dataSubmissionEnabled": false,
		"browser.aboutwelcome.enabled":               false,
		"services.settings.server":                   "data:,#remote-settings-dummy/v1",
	}
	var text strings.Builder
	for _, name := range slices.Sorted(maps.Keys(preferences)) {
		value, _ := json.Marshal(preferences[name])
		fmt.Fprintf(&text, "user_pref(%q, %s);\n", name, value)
	}
	return []byte(text.String())
}

func (f *firefox) begin() error {
	if err := f.send("session.new", object{"capabilities": object{}}, nil); err != nil {
		return err
	}
	if err := f.send("session.subscribe", object{"events": []string{"log.entryAdded", "script.message"}}, nil); err != nil {
		return err
	}
	// Firefox does not log violations. A sandbox can observe them without being visible
	// to the page.
	return f.send("script.addPreloadScript", object{
		"functionDeclaration": `(complain) => addEventListener("securitypolicyviolation", (e) =>
			complain("violation of " + e.violatedDirective + " by " + e.blockedURI + " at " + e.sourceFile + ":" + e.lineNumber))`,
		"arguments": []object{{"type": "channel", "value": object{"channel": "complaints"}}},
		"sandbox":   "drive",
	}, nil)
}

func (f *firefox) end() {
	if f.bidi != nil {
		_ = f.send("browser.close", object{}, nil)
		_ = f.connection.Close()
	}
	f.things.close()
}

// open opens a tab. Firefox's first tab cannot be used, because it never gets the
// focus.
func (f *firefox) open(then func(error) error) (Browser, error) {
	tab := &firefoxTab{firefox: f, then: then}
	var profile struct{ UserContext string }
	if err := f.send("browser.createUserContext", object{}, &profile); err != nil {
		return nil, err
	}
	tab.profile = profile.UserContext
	var opened struct{ Context string }
	if err := f.send("browsingContext.create", object{"type": "tab", "userContext": tab.profile}, &opened); err != nil {
		return nil, err
	}
	tab.tab = opened.Context
	f.mu.Lock()
	f.complaints = nil
	f.mu.Unlock()
	return tab, f.send("browsingContext.activate", object{"context": tab.tab}, nil)
}

func (f *firefox) hear(method string, params json.RawMessage) {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch method {
	case "log.entryAdded":
		var e struct{ Level, Text, Type string }
		if json.Unmarshal(params, &e) == nil && e.Level == "error" {
			f.complaints = append(f.complaints, e.Type+": "+e.Text)
		}
	case "script.message":
		var m struct{ Data struct{ Value string } }
		if json.Unmarshal(params, &m) == nil {
			f.complaints = append(f.complaints, m.Data.Value)
		}
	}
}

type firefoxContext struct {
	Context, URL string
	Children     []firefoxContext
}

// find returns BiDi's id of the page.
func (f *firefoxTab) find(p Page) (string, error) {
	if p.Origin == "" {
		return f.tab, nil
	}
	var tree struct{ Contexts []firefoxContext }
	if err := f.send("browsingContext.getTree", object{"root": f.tab}, &tree); err != nil {
		return "", err
	}
	nth := p.Nth
	var search func([]firefoxContext) string
	search = func(contexts []firefoxContext) string {
		for _, c := range contexts {
			if u, err := url.Parse(c.URL); err == nil && u.Scheme+"://"+u.Host == p.Origin {
				if nth == 0 {
					return c.Context
				}
				nth--
			}
			if found := search(c.Children); found != "" {
				return found
			}
		}
		return ""
	}
	if found := search(tree.Contexts); found != "" {
		return found, nil
	}
	return "", errNotLoaded(p)
}

func (f *firefoxTab) Navigate(url string) error {
	err := f.send("browsingContext.navigate", object{"context": f.tab, "url": url, "wait": "complete"}, nil)
	// Firefox stops waiting with this error if an iframe shows an error page because
	// its server forbids framing. The page itself continues to load.
	if err == nil || !strings.Contains(err.Error(), "Address rejected") {
		return err
	}
	return poll(answerLimit, nil, func() error {
		now, evalErr := f.Evaluate(Page{}, `document.readyState === "complete" ? location.href : ""`)
		if evalErr == nil && strings.TrimSuffix(now, "/") == strings.TrimSuffix(url, "/") {
			return nil
		}
		return err
	})
}

func (f *firefoxTab) Reload() error {
	return f.send("browsingContext.reload", object{"context": f.tab, "wait": "complete"}, nil)
}

func (f *firefoxTab) Resize(width, height int) error {
	return f.send("browsingContext.setViewport", object{"context": f.tab, "viewport": object{"width": width, "height": height}}, nil)
}

func (f *firefoxTab) Preload(script string) error {
	var added struct{ Script string }
	err := f.send("script.addPreloadScript", object{"functionDeclaration": "() => {" + script + "\n}"}, &added)
	f.scripts = append(f.scripts, added.Script)
	return err
}

func (f *firefoxTab) Evaluate(in Page, script string) (string, error) {
	context, err := f.find(in)
	if err != nil {
		return "", err
	}
	target := object{"context": context}
	if in.Isolated {
		target["sandbox"] = "drive"
	}
	var outcome struct {
		Type             string
		Result           struct{ Type, Value string }
		ExceptionDetails struct{ Text string }
	}
	err = f.send("script.evaluate", object{"expression": script, "target": target, "awaitPromise": true}, &outcome)
	switch {
	case err != nil:
		return "", err
	case outcome.Type != "success":
		return "", errors.New(outcome.ExceptionDetails.Text)
	case outcome.Result.Type != "string":
		return "", errors.New("the script's value is no string but of the type " + outcome.Result.Type)
	}
	return outcome.Result.Value, nil
}

func (f *firefoxTab) perform(in Page, source object) error {
	context, err := f.find(in)
	if err != nil {
		return err
	}
	return f.send("input.performActions", object{"context": context, "actions": []object{source}}, nil)
}

func (f *firefoxTab) Click(x, y float64) error { return f.perform(Page{}, mouse(x, y, down, up)) }

func (f *firefoxTab) Hold(x, y float64, meanwhile func()) error { return holdMouse(f, x, y, meanwhile) }

func (f *firefoxTab) Press(in Page, key Key, shift bool) error {
	return f.perform(in, press(key, shift))
}

func (f *firefoxTab) HoldKey(in Page, key Key, meanwhile func()) error {
	return holdKey(f, in, key, meanwhile)
}

func (f *firefoxTab) Insert(in Page, text string) error { return f.perform(in, letters(text)) }

func (f *firefoxTab) Screenshot() ([]byte, error) {
	var shot struct{ Data string }
	if err := f.send("browsingContext.captureScreenshot", object{"context": f.tab}, &shot); err != nil {
		return nil, err
	}
	return base64.StdEncoding.DecodeString(shot.Data)
}

func (f *firefoxTab) Complaints() ([]string, error) {
	err := f.send("session.status", object{}, nil) // ensures that events before this answer have been received
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.complaints), err
}

func (f *firefoxTab) LastWords() string { return f.said.String() }

func (f *firefoxTab) Close() error {
	var errs []error
	for _, script := range f.scripts {
		errs = append(errs, f.send("script.removePreloadScript", object{"script": script}, nil))
	}
	// Removing the user context closes its tabs.
	errs = append(errs, f.send("browser.removeUserContext", object{"userContext": f.profile}, nil))
	return f.then(errors.Join(errs...))
}
