package live

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"

	"wwebridge/cmd/wwe/internal/gocmd"
)

// noteUnwatched names the folders that the panel's program is built from but that are not watched:
// those outside of the panel's folder that a replace directive of its go.mod names.
func (w *work) noteUnwatched(ctx context.Context) {
	folders, err := replacedFolders(ctx, w.dir)
	if err != nil || len(folders) == 0 {
		return
	}
	fmt.Fprintf(w.out, "Not watched, though go.mod names it: %s. After a change there, save a file here.\n", strings.Join(folders, ", "))
}

func replacedFolders(ctx context.Context, dir string) (folders []string, err error) {
	text, err := gocmd.Run(ctx, dir, "mod", "edit", "-json")
	if err != nil {
		return nil, err
	}
	var module struct {
		Replace []struct {
			New struct{ Path, Version string }
		}
	}
	if err := json.Unmarshal([]byte(text), &module); err != nil {
		return nil, err
	}
	for _, replace := range module.Replace {
		folder := replace.New.Path
		if replace.New.Version != "" {
			continue
		}
		if !filepath.IsAbs(folder) {
			folder = filepath.Join(dir, folder)
		}
		if inside, err := filepath.Rel(dir, folder); err != nil || !filepath.IsLocal(inside) {
			folders = append(folders, folder)
		}
	}
	return folders, nil
}
