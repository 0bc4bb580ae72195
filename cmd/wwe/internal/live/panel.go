// Package live rebuilds a panel while its author changes it, and has the simulated desktop load it
// again. The desktop's page, with the calls on it, stays.
package live

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"path"
	"sync"
	"time"

	"wwebridge/cmd/wwe/internal/gocmd"
	"wwebridge/web"
)

// A Panel serves the files of a panel's folder, with the program that it builds from them. It
// implements fs.FS and web.Live.
type Panel struct {
	*channel
	dir     string
	runtime []byte // web/runtime.in.js
	out     io.Writer

	mutex   sync.Mutex
	form    form
	program program

	tried chan struct{} // closed when the first build has succeeded or failed
}

// New returns the panel in the folder dir. runtime is web/runtime.in.js of the project. Run reports
// to out. Each error says how to fix it.
func New(dir string, runtime []byte, out io.Writer) (*Panel, error) {
	form, err := formOf(dir)
	if err != nil {
		return nil, err
	}
	first := state{Version: version(0)}
	if form.isGo {
		first.Title = "Building the panel…"
	}
	return &Panel{channel: newChannel(first), dir: dir, runtime: runtime, out: out, form: form, tried: make(chan struct{})}, nil
}

// started makes the versions of this process differ from those of an earlier one, which a page of
// the desktop may still show.
var started = time.Now().UnixNano()

func version(number int) string { return fmt.Sprintf("%x-%d", started, number) }

// Open implements fs.FS, for the files of the folder only.
func (p *Panel) Open(name string) (fs.File, error) {
	form, _ := p.now()
	return Folder(form.pages).Open(name)
}

// ReadFile implements fs.ReadFileFS. It returns the built program and its scripts for the names
// panel.wasm, runtime.js and wasm_exec.js, once the first build has ended.
func (p *Panel) ReadFile(name string) ([]byte, error) {
	form, program := p.now()
	if ext := path.Ext(name); ext == ".br" || ext == ".gz" { // of an earlier build
		return nil, fs.ErrNotExist
	}
	if !form.isGo || !gocmd.IsBuilt(name) {
		return Folder(form.pages).ReadFile(name)
	}
	if program.wasm == nil {
		<-p.tried
		_, program = p.now()
	}
	if program.wasm == nil {
		return nil, fs.ErrNotExist
	}
	switch name {
	case gocmd.ProgramName:
		return program.wasm, nil
	case gocmd.RuntimeName:
		return web.Runtime(p.runtime, program.wasmExec), nil
	}
	return program.wasmExec, nil
}

func (p *Panel) now() (form, program) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return p.form, p.program
}

// Run watches the panel's files, and builds and reloads the panel when they change. It returns nil
// when ctx ends.
func (p *Panel) Run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	changes, ended := make(chan change), make(chan error, 1)
	go func() { ended <- watch(ctx, p.dir, changes) }()
	w := work{Panel: p}
	defer w.wait.Wait()
	defer w.hasTried()
	defer cancel()
	for {
		select {
		case err := <-ended:
			return err
		case c := <-changes:
			w.changed(ctx, c)
		case r := <-w.results:
			w.finished(ctx, r)
		}
	}
}
