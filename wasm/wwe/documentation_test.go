//go:build !js

package wwe_test

import (
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTheDocumentationNamesNothingInternal(t *testing.T) {
	entries, err := os.ReadDir("../../internal")
	require.NoError(t, err)
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	internal := regexp.MustCompile(`.*(/internal/|\b(` + strings.Join(names, "|") + `)\.[A-Z]).*`)
	for _, path := range []string{".", "../wwetest"} {
		text, err := exec.Command("go", "doc", "-all", path).CombinedOutput()
		require.NoError(t, err, string(text))
		assert.Empty(t, internal.FindAllString(string(text), -1), path)
	}
}

// What a doc comment of the exported API names as X.Y or [X] must be there.
func TestTheDocumentationNamesWhatThereIs(t *testing.T) {
	names := map[string]bool{}
	var comments []string
	for _, path := range []string{".", "../wwetest"} {
		p := documented(t, path)
		comments = append(comments, p.Doc)
		for _, t := range p.Types {
			comments = append(comments, namesOf(names, t)...)
		}
		for _, f := range p.Funcs {
			names[f.Name] = true
			comments = append(comments, f.Doc)
		}
		comments = append(comments, namesOfValues(names, append(p.Consts, p.Vars...))...)
	}
	qualified := regexp.MustCompile(`(\$|\w\.)?\b(?:wwe\.|wwetest\.)?([A-Z]\w*\.[A-Z]\w*)`)
	linked := regexp.MustCompile(`\[\*?(?:wwe\.|wwetest\.)?([A-Z][\w.]*)\]`)
	found := 0
	for _, comment := range comments {
		for _, match := range qualified.FindAllStringSubmatch(comment, -1) {
			if match[1] == "" { // not WWE's $Agent.FullName$, nor another package's
				found++
				assert.True(t, names[match[2]], "%s does not exist: %s", match[2], comment)
			}
		}
		for _, match := range linked.FindAllStringSubmatch(comment, -1) {
			found++
			assert.True(t, names[match[1]], "%s does not exist: %s", match[1], comment)
		}
	}
	assert.Greater(t, found, 20)
}

func documented(t *testing.T, path string) *doc.Package {
	t.Helper()
	files := token.NewFileSet()
	sources, err := filepath.Glob(path + "/*.go")
	require.NoError(t, err)
	var parsed []*ast.File
	for _, source := range sources {
		if strings.HasSuffix(source, "_test.go") || strings.HasSuffix(source, "_other.go") {
			continue // of a function for two platforms, one will do
		}
		file, err := parser.ParseFile(files, source, nil, parser.ParseComments)
		require.NoError(t, err)
		parsed = append(parsed, file)
	}
	p, err := doc.NewFromFiles(files, parsed, "wwebridge/wasm/"+filepath.Base(path))
	require.NoError(t, err)
	return p
}

// namesOf adds a type and what belongs to it, and returns all that is said of those.
func namesOf(names map[string]bool, t *doc.Type) []string {
	names[t.Name] = true
	comments := []string{t.Doc}
	for _, f := range append(t.Funcs, t.Methods...) {
		names[f.Name] = names[f.Name] || f.Recv == ""
		names[t.Name+"."+f.Name] = f.Recv != ""
		comments = append(comments, f.Doc)
	}
	ast.Inspect(t.Decl, func(node ast.Node) bool {
		if field, ok := node.(*ast.Field); ok {
			for _, name := range field.Names {
				names[t.Name+"."+name.Name] = true
			}
			comments = append(comments, field.Doc.Text(), field.Comment.Text())
		}
		return true
	})
	return append(comments, namesOfValues(names, append(t.Consts, t.Vars...))...)
}

func namesOfValues(names map[string]bool, values []*doc.Value) (comments []string) {
	for _, v := range values {
		for _, name := range v.Names {
			names[name] = true
		}
		comments = append(comments, v.Doc)
		for _, spec := range v.Decl.Specs {
			if value, ok := spec.(*ast.ValueSpec); ok {
				comments = append(comments, value.Doc.Text(), value.Comment.Text())
			}
		}
	}
	return comments
}
