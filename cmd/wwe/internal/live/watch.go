package live

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"
)

const (
	// An editor saves a file in several steps, and a formatter saves it once more. Files that change
	// within quietTime of each other are one change, but a change waits no longer than longestWait.
	quietTime   = 30 * time.Millisecond
	longestWait = 10 * quietTime

	// pollTime is the time between looks for a folder that is gone.
	pollTime = 200 * time.Millisecond
)

// A change is a group of files that changed at about the same time.
type change struct {
	files []string // relative to the watched folder
	all   bool     // any file may have changed
	gone  bool     // the folder is not there
}

// watch sends the changes of the folder dir and of the folders below it until ctx ends. The first
// change means that every later one will be seen. Hidden folders, node_modules and folders behind
// symbolic links are not watched.
func watch(ctx context.Context, dir string, changes chan<- change) error {
	send := func(c change) {
		select {
		case changes <- c:
		case <-ctx.Done():
		}
	}
	for ctx.Err() == nil {
		if err := watchUntilGone(ctx, dir, send); err != nil {
			return err
		}
		for isGone := false; ctx.Err() == nil; isGone = true {
			if info, err := os.Stat(dir); err == nil && info.IsDir() {
				break
			}
			if !isGone {
				send(change{gone: true})
			}
			select {
			case <-time.After(pollTime):
			case <-ctx.Done():
			}
		}
	}
	return nil
}

// watchUntilGone returns when dir is gone, or has been replaced by another folder, or ctx ends.
func watchUntilGone(ctx context.Context, dir string, send func(change)) error {
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return fmt.Errorf("cannot watch files: %w", withHint(err))
	}
	defer watcher.Close()
	watched, err := os.Stat(dir)
	folder := dir
	if err == nil {
		folder, err = filepath.EvalSymlinks(dir) // WalkDir does not follow a link
	}
	if err == nil {
		err = addFolders(watcher, folder)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("cannot watch %s: %w", dir, withHint(err))
	}
	send(change{all: true})

	var b batch
	for {
		select {
		case <-ctx.Done():
			return nil
		case event := <-watcher.Events:
			name, err := filepath.Rel(folder, event.Name)
			if err == nil && event.Op != fsnotify.Chmod && !isIgnored(name) {
				b.add(name)
			}
		case <-watcher.Errors: // events were lost
			b.add("")
		case <-b.due:
			if now, err := os.Stat(dir); err != nil || !os.SameFile(watched, now) {
				return nil
			}
			if err := addFolders(watcher, folder); err != nil && !errors.Is(err, fs.ErrNotExist) { // new folders
				return fmt.Errorf("cannot watch %s: %w", dir, withHint(err))
			}
			send(b.take())
		}
	}
}

// batch collects the files of a change.
type batch struct {
	files []string
	all   bool
	began time.Time
	due   <-chan time.Time // when the change is complete
}

// add adds a file, or all files if its name is "".
func (b *batch) add(name string) {
	if b.due == nil {
		b.began = time.Now()
	}
	b.due = time.After(min(quietTime, longestWait-time.Since(b.began)))
	b.files, b.all = append(b.files, name), b.all || name == ""
}

func (b *batch) take() change {
	c := change{files: b.files, all: b.all}
	*b = batch{}
	return c
}

// addFolders watches dir and the folders below it that are not watched yet.
func addFolders(watcher *fsnotify.Watcher, dir string) error {
	return filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil && path == dir:
			return err
		case err != nil: // deleted meanwhile, or not readable
			return nil
		case !entry.IsDir():
			return nil
		case path != dir && isSkipped(entry.Name()):
			return filepath.SkipDir
		}
		if err := watcher.Add(path); err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrPermission) {
			return err
		}
		return nil
	})
}

// isSkipped reports whether a file or folder of that name is not the author's.
func isSkipped(name string) bool { return strings.HasPrefix(name, ".") || name == "node_modules" }

// isIgnored reports whether an editor has written the file for itself.
func isIgnored(file string) bool {
	name := filepath.Base(file)
	return file != "." && (isSkipped(name) || strings.HasSuffix(name, "~") || strings.HasSuffix(name, ".tmp") || name == "4913") // the last is Vim's
}

// withHint adds a remedy if the system's limit of watched files is reached.
func withHint(err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EMFILE) {
		return fmt.Errorf("%w; on Linux, raise the limit: sudo sysctl fs.inotify.max_user_watches=524288 fs.inotify.max_user_instances=512", err)
	}
	return err
}
