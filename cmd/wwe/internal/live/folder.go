package live

import (
	"io/fs"
	"os"
)

// Folder is the files of a folder of this machine. A symbolic link that leads out of the folder is
// not followed. The folder may be deleted and made again.
type Folder string

// Open implements fs.FS.
func (f Folder) Open(name string) (fs.File, error) {
	root, err := f.root("open", name)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return root.Open(name)
}

// ReadFile implements fs.ReadFileFS.
func (f Folder) ReadFile(name string) ([]byte, error) {
	root, err := f.root("read", name)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return root.ReadFile(name)
}

// root opens the folder if the name is that of a regular file or a folder in it: to open a named
// pipe would block.
func (f Folder) root(operation, name string) (*os.Root, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: operation, Path: name, Err: fs.ErrInvalid}
	}
	root, err := os.OpenRoot(string(f))
	if err != nil {
		return nil, err
	}
	info, err := root.Stat(name)
	if err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		err = &fs.PathError{Op: operation, Path: name, Err: fs.ErrInvalid}
	}
	if err != nil {
		root.Close()
		return nil, err
	}
	return root, nil
}
