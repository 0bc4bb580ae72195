package main

import (
	"bytes"
	"flag"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestHelpListsEveryCommand(t *testing.T) {
	for _, args := range [][]string{{}, {"help"}, {"-h"}, {"--help"}} {
		var out, errs bytes.Buffer
		assert.Zero(t, wwe(t.Context(), args, &out, &errs))
		assert.Empty(t, errs.String())
		for _, c := range commands {
			assert.Contains(t, out.String(), c.summary)
		}
	}
}

func TestEveryCommandHasAHelpWithExamples(t *testing.T) {
	for _, c := range commands {
		for _, args := range [][]string{{"help", c.name}, {c.name, "-h"}, {c.name, "--help"}} {
			var out, errs bytes.Buffer
			assert.Zero(t, wwe(t.Context(), args, &out, &errs))
			assert.Contains(t, out.String(), "Usage: wwe "+c.name)
			assert.Contains(t, out.String(), "Examples:")
		}
	}
}

func TestAnUnknownCommandOrFlagExitsWithCode2(t *testing.T) {
	cases := [][]string{{"nonsense"}, {"help", "nonsense"}}
	for _, c := range commands {
		cases = append(cases, []string{c.name, "-nonsense"})
	}
	for _, args := range cases {
		var out, errs bytes.Buffer
		assert.Equal(t, 2, wwe(t.Context(), args, &out, &errs), "%q", args)
		assert.Contains(t, errs.String(), "wwe help")
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
