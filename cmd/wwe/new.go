package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"wwebridge/cmd/wwe/internal/gocmd"
	"wwebridge/web"
)

var newCommand = command{
	name:    "new",
	summary: "makes a folder with a panel of your own, from a template",
	usage: `wwe new makes a folder with a panel of your own, which builds, runs and passes its tests at once.

Usage: wwe new DIR [flags]

  -template name   one of these (default blank):
` + templateList("                     ") + `  -module path     the panel's module path (default: made from the name of DIR)

DIR must be empty, or not exist yet. The panel's module refers to the wwebridge clone that wwe was built from.

Examples:
  wwe new hello
  wwe new customers -template screenpop
  wwe new panels/wrap-up -template wrapup -module example.com/panels/wrap-up
`,
	run: runNew,
}

// templateList returns a line for each template.
func templateList(indent string) string {
	var list strings.Builder
	for _, t := range templates {
		fmt.Fprintf(&list, "%s%-10s  %s\n", indent, t.name, t.summary)
	}
	return list.String()
}

func runNew(ctx context.Context, args []string, out, _ io.Writer) error {
	flags := flag.NewFlagSet("new", flag.ContinueOnError)
	templateName := flags.String("template", "blank", "")
	modulePath := flags.String("module", "", "")
	rest, err := parse(flags, args)
	if err != nil {
		return err
	}
	if len(rest) != 1 {
		return usageError{fmt.Errorf("wwe new needs one folder, not %d; try: wwe new hello (wwe help new shows more)", len(rest))}
	}
	t, err := templateNamed(*templateName)
	if err != nil {
		return err
	}
	if t.name == javascript && *modulePath != "" {
		return usageError{errors.New("the template javascript is not a Go module: leave out -module; wwe help new shows more")}
	}
	folder, err := newFolder(rest[0])
	if err != nil {
		return err
	}
	clone, err := cloneFolder()
	if err != nil {
		return err
	}
	files, err := t.files()
	if err != nil {
		return err
	}
	check := func(string) error { return nil }
	if t.name == javascript {
		if files[web.ClientFile], err = standInClient(clone); err != nil {
			return err
		}
	} else {
		module := cmp.Or(*modulePath, modulePathOf(filepath.Base(folder)))
		if files["go.mod"], err = goMod(module, clone); err != nil {
			return err
		}
		check = func(folder string) error { return checkModule(ctx, folder) }
	}
	if err := writeFolder(folder, files, check); err != nil {
		return fmt.Errorf("%s is not made: %w", rest[0], err)
	}
	fmt.Fprint(out, nextSteps(ctx, t, rest[0], folder))
	return nil
}

func templateNamed(name string) (template, error) {
	for _, t := range templates {
		if t.name == name {
			return t, nil
		}
	}
	return template{}, usageError{fmt.Errorf("there is no template %q; the templates are:\n%swwe help new shows more", name, templateList("  "))}
}

// newFolder returns the absolute path of the folder to make. It returns an error if there is
// something already, or if the folder cannot have that name.
func newFolder(name string) (string, error) {
	folder, err := filepath.Abs(name)
	if err != nil {
		return "", err
	}
	if base := filepath.Base(folder); name == "" || base == string(filepath.Separator) || !utf8.ValidString(base) || strings.ContainsFunc(base, unicode.IsControl) {
		return "", usageError{fmt.Errorf("%q is not a name for a folder; try: wwe new hello (wwe help new shows more)", name)}
	}
	info, err := os.Stat(folder)
	if errors.Is(err, os.ErrNotExist) {
		if _, err := os.Lstat(folder); err == nil {
			return "", fmt.Errorf("%s is a link to a folder that does not exist; choose another name or delete the link", name)
		}
		return folder, nil
	}
	if err != nil {
		return "", err
	}
	if !info.IsDir() {
		return "", fmt.Errorf("%s is a file; choose another name", name)
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return "", err
	}
	if len(entries) > 0 {
		return "", fmt.Errorf("the folder %s is not empty: it has %s; choose another name", name, entries[0].Name())
	}
	return folder, nil
}

// standInClient returns the stand-in for Genesys' client that the clone's tests use, so that the
// template runs in the simulated desktop at once.
func standInClient(clone string) ([]byte, error) {
	client, err := os.ReadFile(filepath.Join(clone, "wasm", "wwe", "testdata", "client.js"))
	return append([]byte("// Replace this file by Genesys' own before you deploy the widget: it is for the simulated desktop only.\n//\n"), client...), err
}

// checkModule has Go check the module in the folder: its path, and its way to the clone.
func checkModule(ctx context.Context, folder string) error {
	list := exec.CommandContext(ctx, "go", "list", "wwebridge/wasm/wwe")
	list.Dir = folder
	list.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=")
	output, err := list.CombinedOutput()
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return gocmd.ErrNoGo
	case err != nil:
		return fmt.Errorf("its module is not valid, choose another path by -module:\n%s", bytes.TrimSpace(output))
	}
	return nil
}

// nextSteps returns instructions for the panel in the folder, which the command line calls name.
func nextSteps(ctx context.Context, t template, name, folder string) string {
	var steps strings.Builder
	fmt.Fprintf(&steps, "%s has a panel: %s.\n\nNext:\n", name, t.summary)
	if wd, err := os.Getwd(); err != nil || wd != folder {
		if strings.HasPrefix(name, "-") {
			name = "./" + name // or cd would take it for a flag
		}
		fmt.Fprintf(&steps, "  cd %s\n", quote(name))
	}
	steps.WriteString("  wwe dev       show it in the simulated desktop, and again after each change\n")
	if t.name == javascript {
		steps.WriteString("  npm install   install what its test needs\n  npm test      check and test it in Chromium, while wwe dev runs\n")
	} else {
		steps.WriteString("  go test       test it without a browser\n")
	}
	fmt.Fprintf(&steps, "\nIn the desktop, %s.\n", t.try)
	if t.name == javascript {
		steps.WriteString("Put Genesys' " + web.ClientFile + " in place of the stand-in before you deploy the widget.\n")
	} else if workspace := goWorkspace(ctx, folder); workspace != "" {
		fmt.Fprintf(&steps, "Go sees the module only if the workspace has it: go work use . adds it to %s.\n", workspace)
	}
	return steps.String()
}

// goWorkspace returns the path of the go.work file that applies in the folder, or "" if there is none.
func goWorkspace(ctx context.Context, folder string) string {
	env := exec.CommandContext(ctx, "go", "env", "GOWORK")
	env.Dir = folder
	output, err := env.Output()
	if workspace := strings.TrimSpace(string(output)); err == nil && workspace != "off" {
		return workspace
	}
	return ""
}
