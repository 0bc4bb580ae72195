//go:build unix

package gocmd

import (
	"os/exec"
	"syscall"
)

// endTogether has the compilers and the linker that the go command started end with it. Else they
// would compete with the next build.
func endTogether(command *exec.Cmd) {
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	command.Cancel = func() error { return syscall.Kill(-command.Process.Pid, syscall.SIGKILL) }
}
