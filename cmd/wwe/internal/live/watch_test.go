package live

import (
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestABurstOfSavesIsOneChange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var b batch
		for range 3 {
			b.add("main.go")
			time.Sleep(quietTime / 2)
		}
		select {
		case <-b.due:
			assert.Fail(t, "the last one was a moment ago")
		default:
		}
		<-b.due
		assert.Equal(t, change{files: []string{"main.go", "main.go", "main.go"}}, b.take())
		assert.Nil(t, b.due)
	})
}

func TestSavesThatNeverPauseAreAChangeAtLast(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var b batch
		began := time.Now()
		for {
			b.add("log.css")
			time.Sleep(quietTime / 3)
			select {
			case <-b.due:
				assert.LessOrEqual(t, time.Since(began), longestWait+quietTime)
				return
			default:
			}
		}
	})
}

func TestFilesOfEditorsAreIgnored(t *testing.T) {
	for name, want := range map[string]bool{
		".main.go.swp": true, "main.go~": true, ".git": true, "web/.#index.html": true, "4913": true, "node_modules": true, "a.tmp": true,
		"main.go": false, ".": false, "web/index.html": false,
	} {
		assert.Equal(t, want, isIgnored(filepath.FromSlash(name)), name)
	}
}

func TestWhatAChangeOfAFileNeeds(t *testing.T) {
	dir := written(t, t.TempDir(), map[string]string{"web/index.html": "", "built": "", "folder/a.go": ""})
	inWeb, atTop, plain := form{filepath.Join(dir, "web"), true}, form{dir, true}, form{dir, false}
	for _, c := range []struct {
		form form
		file string
		want kind
	}{
		{inWeb, "main.go", sourceFile}, {inWeb, "deep/a.go", sourceFile}, {inWeb, "go.mod", sourceFile}, {inWeb, "words.txt", sourceFile},
		{inWeb, "folder", sourceFile}, {inWeb, "main_test.go", otherFile}, {inWeb, "built", otherFile}, {inWeb, "web/index.html", pageFile},
		{inWeb, "web/a.woff2", pageFile}, {inWeb, "web/panel.wasm", otherFile}, {inWeb, "web/a.go", sourceFile},
		{atTop, "index.html", pageFile}, {atTop, "start.js", pageFile}, {atTop, "panel.wasm", otherFile}, {atTop, "words.tmpl", sourceFile},
		{plain, "widget.js", pageFile}, {plain, "main.go", pageFile},
	} {
		assert.Equal(t, c.want, c.form.kindOf(dir, filepath.FromSlash(c.file)), "%s of %+v", c.file, c.form)
	}
}
