package live

import (
	"context"

	"wwebridge/cmd/wwe/internal/gocmd"
)

// program is a panel's program with Go's script, which must be of the same release of Go.
type program struct{ wasm, wasmExec []byte }

// compile builds the program of the panel in dir. If ctx ends, it returns the error of ctx.
func compile(ctx context.Context, dir string) (p program, err error) {
	if p.wasm, err = gocmd.Build(ctx, dir); err != nil {
		return program{}, err
	}
	p.wasmExec, err = gocmd.Script(ctx, dir)
	return p, err
}
