package dist

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// A place is where a folder is, or will be.
type place struct {
	name   string // as the command line has it, for errors
	path   string // without symbolic links
	exists bool
}

// findPlace returns the place of a folder. It returns an error if there is something else.
func findPlace(name string) (place, error) {
	absolute, err := filepath.Abs(name)
	if err != nil {
		return place{}, err
	}
	resolved, err := filepath.EvalSymlinks(absolute)
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Lstat(absolute); err == nil {
			return place{}, fmt.Errorf("%s is a link to a folder that does not exist: delete the link, or name another folder by -out", name)
		}
		if parent, err := filepath.EvalSymlinks(filepath.Dir(absolute)); err == nil {
			absolute = filepath.Join(parent, filepath.Base(absolute))
		}
		return place{name: name, path: absolute}, nil
	}
	if err != nil {
		return place{}, err
	}
	info, err := os.Stat(resolved)
	switch {
	case err != nil:
		return place{}, err
	case !info.IsDir():
		return place{}, fmt.Errorf("%s is a file, not a folder: delete it, or name another folder by -out", name)
	}
	return place{name: name, path: resolved, exists: true}, nil
}

// sums returns the sums of the files in the folder, if Write has made it. It returns an
// error if something in the folder comes from elsewhere.
func (p place) sums() (map[string]string, error) {
	if !p.exists {
		return nil, nil
	}
	text, err := os.ReadFile(filepath.Join(p.path, sumsFile))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	sums := ParseSums(string(text))
	err = filepath.WalkDir(p.path, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		relative, err := filepath.Rel(p.path, path)
		if err != nil {
			return err
		}
		relative = filepath.ToSlash(relative)
		if _, ours := sums[relative]; ours || len(sums) > 0 && relative == sumsFile {
			return nil
		}
		return fmt.Errorf("%s has %s, which wwe build did not write, and so the folder is left as it is: "+
			"move the file away, or name another folder by -out", p.name, relative)
	})
	return sums, err
}

// replace puts a folder with the files in the place, and removes the one before.
func (p place) replace(ctx context.Context, files map[string][]byte) error {
	parent := filepath.Dir(p.path)
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return err
	}
	work, err := os.MkdirTemp(parent, ".wwe-build-") // on the same disk, so that folders can be moved
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	made := filepath.Join(work, "new") // MkdirTemp's own folder is readable by its owner only
	if err := os.Mkdir(made, 0o755); err != nil {
		return err
	}
	for name, content := range files {
		path := filepath.Join(made, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	old := filepath.Join(work, "old")
	if p.exists {
		if err := os.Rename(p.path, old); err != nil {
			return fmt.Errorf("%s cannot be replaced: %w", p.name, err)
		}
	}
	if err := os.Rename(made, p.path); err != nil {
		if p.exists {
			err = errors.Join(err, os.Rename(old, p.path))
		}
		return err
	}
	return nil
}
