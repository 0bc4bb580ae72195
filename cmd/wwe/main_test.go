package main

import (
	"bytes"
	"flag"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// run runs wwe and returns its output, its errors and its exit code.
func run(t *testing.T, args ...string) (out, errs string, code int) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code = wwe(t.Context(), args, &stdout, &stderr)
	return stdout.String(), stderr.String(), code
}

func TestHelpListsEveryCommand(t *testing.T) {
	for _, args := range [][]string{{}, {"help"}, {"-h"}, {"--help"}} {
		out, errs, code := run(t, args...)
		assert.Zero(t, code)
		assert.Empty(t, errs)
		for _, c := range commands {
			assert.Contains(t, out, c.summary)
		}
	}
}

func TestEveryCommandHasAHelpWithExamples(t *testing.T) {
	for _, c := range commands {
		for _, args := range [][]string{{"help", c.name}, {c.name, "-h"}, {c.name, "--help"}} {
			out, _, code := run(t, args...)
			assert.Zero(t, code)
			assert.Contains(t, out, "Usage: wwe "+c.name)
			assert.Contains(t, out, "Examples:")
		}
	}
}

func TestAnUnknownCommandOrFlagExitsWithCode2(t *testing.T) {
	cases := [][]string{{"nonsense"}, {"help", "nonsense"}}
	for _, c := range commands {
		cases = append(cases, []string{c.name, "-nonsense"})
	}
	for _, args := range cases {
		_, errs, code := run(t, args...)
		assert.Equal(t, 2, code, "%q", args)
		assert.Contains(t, errs, "wwe help")
	}
}

func TestFlagsStandBeforeAndAfterArguments(t *testing.T) {
	flags := flag.NewFlagSet("test", flag.ContinueOnError)
	port := flags.Int("port", 0, "")
	rest, err := parse(flags, []string{"a", "-port", "7", "b"})
	require.NoError(t, err)
	assert.Equal(t, []string{"a", "b"}, rest)
	assert.Equal(t, 7, *port)
}

func TestTheCloneIsFound(t *testing.T) {
	folder, err := cloneFolder()
	require.NoError(t, err)
	assert.FileExists(t, folder+"/Makefile")
}
