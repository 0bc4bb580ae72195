package e2e

import (
	"context"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// tryRun runs a command in a folder, with variables of its own and no workspace of Go's
// around it. It ends the command after ten minutes.
func tryRun(t *testing.T, folder string, variables []string, command ...string) (output string, err error) {
	t.Helper()
	limited, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
	defer cancel()
	c := exec.CommandContext(limited, command[0], command[1:]...)
	c.Dir = folder
	c.Env = append(append(os.Environ(), "GOWORK=off"), variables...)
	text, err := c.CombinedOutput()
	return string(text), err
}

// run is tryRun for a command that must succeed.
func run(t *testing.T, folder string, command ...string) (output string) {
	t.Helper()
	output, err := tryRun(t, folder, nil, command...)
	require.NoError(t, err, "%v\n%s", command, output)
	return output
}

var wweBuilt struct {
	sync.Once
	program string
}

// builtWWE returns the command wwe, built from this clone once in a run.
func builtWWE(t *testing.T) string {
	t.Helper()
	wweBuilt.Do(func() {
		folder, err := os.MkdirTemp("", "wwe für e2e ") // in-scratch.sh removes it
		require.NoError(t, err)
		program := filepath.Join(folder, "wwe")
		run(t, project, "go", "build", "-buildvcs=false", "-o", program, "./cmd/wwe")
		wweBuilt.program = program
	})
	require.NotEmpty(t, wweBuilt.program, "wwe was not built")
	return wweBuilt.program
}

// freePorts returns two ports that were free a moment ago.
func freePorts(t *testing.T) (ports [2]string) {
	t.Helper()
	for i := range ports {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		require.NoError(t, err)
		defer listener.Close()
		ports[i] = strconv.Itoa(listener.Addr().(*net.TCPAddr).Port)
	}
	return ports
}

// freePort returns a port that was free a moment ago.
func freePort(t *testing.T) string {
	t.Helper()
	return freePorts(t)[0]
}
