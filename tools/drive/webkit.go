package drive

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// webkit is the WebKitWebDriver process. It implements W3C WebDriver and starts a
// MiniBrowser for each tab, on its own display.
type webkit struct {
	address string
	browser string // path of MiniBrowser
	dark    bool
	watch   *watch
	said    *lastWords
	things  things
}

// webkitTab is a WebDriver session.
type webkitTab struct {
	*webkit
	address string
	then    func(error) error // see process

	mu sync.Mutex // a session has one current page
}

func startWebKit(o Options, said *lastWords) (w *webkit, err error) {
	for range 3 { // another process may take the free port
		if w, err = tryWebKit(o, said); err == nil {
			return w, nil
		}
	}
	return nil, err
}

func tryWebKit(o Options, said *lastWords) (_ *webkit, err error) {
	w := &webkit{dark: o.Dark, said: said}
	defer func() {
		if err != nil {
			w.things.close()
		}
	}()
	browsers, _ := filepath.Glob("/usr/lib/*/webkit2gtk-4*/MiniBrowser")
	if len(browsers) == 0 {
		return nil, errors.New("no MiniBrowser is installed")
	}
	w.browser = browsers[len(browsers)-1]
	home, err := w.things.folder()
	if err != nil {
		return nil, err
	}
	display, err := w.display()
	if err != nil {
		return nil, err
	}
	if w.watch, err = startWatch(); err != nil {
		return nil, err
	}
	w.things.end = append(w.things.end, w.watch.close)
	config := filepath.Join(home, "gtk-3.0")
	if err := os.Mkdir(config, 0o700); err != nil {
		return nil, err
	}
	for name, text := range map[string]string{
		"settings.ini": fmt.Sprintf("[Settings]\ngtk-overlay-scrolling=%t\n", !o.Scrollbars),
		"gtk.css":      "* { min-width: 0; margin: 0; padding: 0; border: 0; font-size: 1px; }", // allows windows as narrow as the panel
	} {
		if err := os.WriteFile(filepath.Join(config, name), []byte(text), 0o600); err != nil {
			return nil, err
		}
	}
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	command := exec.Command("WebKitWebDriver", fmt.Sprintf("--port=%d", port))
	command.Env = append(os.Environ(), "DISPLAY="+display, "GDK_BACKEND=x11", "NO_AT_BRIDGE=1",
		"HOME="+home, "XDG_CACHE_HOME="+home, "XDG_DATA_HOME="+home, "XDG_CONFIG_HOME="+home)
	exited, err := w.things.run(command, said)
	if err != nil {
		return nil, err
	}
	w.address = fmt.Sprintf("http://127.0.0.1:%d", port)
	return w, poll(answerLimit, exited, func() error { return send("GET", w.address+"/status", nil, nil) })
}

func (w *webkit) end() { w.things.close() }

func (w *webkit) open(then func(error) error) (Browser, error) {
	args := []string{"--automation", "--javascript-can-open-windows-automatically=true"}
	if w.dark {
		args = append(args, "--dark-mode")
	}
	var session struct{ SessionID string }
	err := send("POST", w.address+"/session", object{"capabilities": object{"alwaysMatch": object{
		"browserName":              "MiniBrowser",
		"webkitgtk:browserOptions": object{"binary": w.browser, "args": args},
		"proxy":                    object{"proxyType": "manual", "httpProxy": w.watch.address(), "sslProxy": w.watch.address()},
	}}}, &session)
	if err != nil {
		return nil, err
	}
	tab := &webkitTab{webkit: w, address: w.address + "/session/" + session.SessionID, then: then}
	w.watch.reset()
	return tab, tab.openNarrow()
}

// openNarrow opens a window without a toolbar, because the toolbar of MiniBrowser is
// some hundred pixels wide. It resets the opener of the new page.
func (w *webkitTab) openNarrow() error {
	if err := w.execute(`window.open("about:blank", "", "width=1280,height=720,toolbar=no,location=no,menubar=no,status=no").opener = null`, nil); err != nil {
		return err
	}
	var own string
	if err := w.send("GET", "/window", nil, &own); err != nil {
		return err
	}
	return poll(answerLimit, nil, func() error {
		var all []string
		if err := w.send("GET", "/window/handles", nil, &all); err != nil {
			return err
		}
		for _, window := range all {
			if window != own {
				return w.send("POST", "/window", object{"handle": window}, nil)
			}
		}
		return errors.New("no second window has opened")
	})
}

// display starts an X server on a free display and returns the display's name.
func (w *webkit) display() (string, error) {
	read, write, err := os.Pipe()
	if err != nil {
		return "", err
	}
	defer read.Close()
	command := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1920x1300x24", "-nolisten", "tcp")
	command.ExtraFiles = []*os.File{write}
	_, err = w.things.run(command, w.said)
	write.Close() // otherwise the read below would block if the server does not start
	if err != nil {
		return "", err
	}
	number, err := bufio.NewReader(read).ReadString('\n') // the server writes the line in two parts
	return ":" + strings.TrimSpace(number), err
}

func freePort() (int, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port, nil
}

var webDriver = &http.Client{Timeout: answerLimit, Transport: &http.Transport{}} // ignores the environment's proxy

func (w *webkitTab) send(method, path string, params, result any) error {
	return send(method, w.address+path, params, result)
}

// send sends a command. It decodes the command's result into result, unless result is
// nil.
func send(method, address string, params, result any) error {
	var body io.Reader
	if method == "POST" {
		text, err := json.Marshal(params)
		if err != nil {
			return err
		}
		body = bytes.NewReader(text)
	}
	request, err := http.NewRequest(method, address, body)
	if err != nil {
		return err
	}
	response, err := webDriver.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	var answer struct{ Value json.RawMessage }
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		return fmt.Errorf("%s %s: %w", method, address, err)
	}
	if response.StatusCode != http.StatusOK {
		failed := &driverError{Kind: response.Status}
		_ = json.Unmarshal(answer.Value, failed)
		return fmt.Errorf("%s %s: %w", method, address, failed)
	}
	if result == nil {
		return nil
	}
	return json.Unmarshal(answer.Value, result)
}

// execute runs script as the body of a function in the current page.
func (w *webkitTab) execute(body string, result any) error {
	return w.send("POST", "/execute/sync", object{"script": body, "args": []any{}}, result)
}

func (w *webkitTab) switchTo(frame any) error {
	return w.send("POST", "/frame", object{"id": frame}, nil)
}

// enter makes p the current page of the session.
func (w *webkitTab) enter(p Page) error {
	if err := w.switchTo(nil); err != nil || p.Origin == "" {
		return err
	}
	nth := p.Nth
	var search func(path []object) (bool, error)
	search = func(path []object) (bool, error) {
		var origin string
		if err := w.execute("return location.origin", &origin); err != nil {
			return false, err
		}
		if origin == p.Origin {
			if nth == 0 {
				return true, nil
			}
			nth--
		}
		var iframes []object
		if err := w.send("POST", "/elements", object{"using": "css selector", "value": "iframe"}, &iframes); err != nil {
			return false, err
		}
		for _, iframe := range iframes {
			if w.switchTo(iframe) != nil { // the iframe has been removed or has not loaded
				continue
			}
			found, err := search(append(path, iframe))
			if found {
				return true, err
			}
			if err := w.switchTo(nil); err != nil {
				return false, err
			}
			for _, above := range path {
				if err := w.switchTo(above); err != nil {
					return false, err
				}
			}
		}
		return false, nil
	}
	found, err := search(nil)
	if err == nil && !found {
		err = errNotLoaded(p)
	}
	return err
}

// in calls do with p as the current page of the session.
func (w *webkitTab) in(p Page, do func() error) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.enter(p); err != nil {
		return err
	}
	return do()
}

func (w *webkitTab) Navigate(url string) error {
	return w.in(Page{}, func() error { return w.send("POST", "/url", object{"url": url}, nil) })
}

func (w *webkitTab) Reload() error {
	return w.in(Page{}, func() error { return w.send("POST", "/refresh", object{}, nil) })
}

func (w *webkitTab) Resize(width, height int) error {
	return w.in(Page{}, func() error {
		outerWidth, outerHeight := width, height
		var inner [2]int
		for range 5 {
			if err := w.send("POST", "/window/rect", object{"width": outerWidth, "height": outerHeight}, nil); err != nil {
				return err
			}
			for range 25 { // the window is resized asynchronously
				if err := w.execute("return [innerWidth, innerHeight]", &inner); err != nil {
					return err
				}
				if inner == [2]int{width, height} {
					return nil
				}
				time.Sleep(10 * time.Millisecond)
			}
			outerWidth += width - inner[0]
			outerHeight += height - inner[1]
		}
		return fmt.Errorf("drive: the page is %d x %d, not %d x %d: MiniBrowser's window has a least width", inner[0], inner[1], width, height)
	})
}

func (w *webkitTab) Preload(script string) error {
	w.watch.preload(script)
	return nil
}

func (w *webkitTab) Evaluate(in Page, script string) (text string, err error) {
	err = w.in(in, func() error {
		var value any
		if err := w.execute("return ("+script+"\n)", &value); err != nil {
			return err
		}
		var is bool
		if text, is = value.(string); !is {
			return fmt.Errorf("the script's value is no string but %v", value)
		}
		return nil
	})
	return text, err
}

func (w *webkitTab) perform(in Page, source object) error {
	return w.in(in, func() error { return w.send("POST", "/actions", object{"actions": []object{source}}, nil) })
}

// Click clicks in the tab's own page, because WebKit does not translate positions in an
// iframe.
func (w *webkitTab) Click(x, y float64) error { return w.perform(Page{}, mouse(x, y, down, up)) }

func (w *webkitTab) Hold(x, y float64, meanwhile func()) error { return holdMouse(w, x, y, meanwhile) }

func (w *webkitTab) Press(in Page, key Key, shift bool) error {
	return w.perform(in, press(key, shift))
}

func (w *webkitTab) HoldKey(in Page, key Key, meanwhile func()) error {
	return holdKey(w, in, key, meanwhile)
}

func (w *webkitTab) Insert(in Page, text string) error { return w.perform(in, letters(text)) }

func (w *webkitTab) Screenshot() (png []byte, err error) {
	err = w.in(Page{}, func() error {
		// WebKit paints a change some frames later.
		const frames = `return new Promise((done) => { let left = 3; (function next() { left-- ? requestAnimationFrame(next) : done(); })(); })`
		if err := w.execute(frames, nil); err != nil {
			return err
		}
		var text string
		if err := w.send("GET", "/screenshot", nil, &text); err != nil {
			return err
		}
		png, err = base64.StdEncoding.DecodeString(text)
		return err
	})
	return png, err
}

func (w *webkitTab) Complaints() ([]string, error) {
	return w.watch.complaints(), w.send("GET", "/title", nil, nil)
}

func (w *webkitTab) LastWords() string { return w.said.String() }

func (w *webkitTab) Close() error {
	return w.then(w.send("DELETE", "", nil, nil))
}
