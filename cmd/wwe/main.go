// Command wwe creates agent panels for Genesys Workspace Web Edition, shows them in a simulated
// WWE while you write them, builds them for a web server and checks them where they are deployed.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

// A command is a subcommand of wwe, each in a file of its own.
type command struct {
	name    string
	summary string // one line, for wwe help
	usage   string // the whole help, with examples
	run     func(ctx context.Context, args []string, out, errs io.Writer) error
}

var commands = []command{newCommand, devCommand, desktopCommand, buildCommand, checkCommand}

// A usageError is a mistake on the command line. The program exits with code 2, not 1.
type usageError struct{ error }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := wwe(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// wwe runs the program and returns its exit code: 0, 1 for a failure, 2 for a wrong command line.
func wwe(ctx context.Context, args []string, out, errs io.Writer) int {
	err := dispatch(ctx, args, out, errs)
	if err == nil || errors.Is(err, flag.ErrHelp) {
		return 0
	}
	fmt.Fprintln(errs, "wwe:", err)
	if errors.As(err, new(usageError)) {
		return 2
	}
	return 1
}

func dispatch(ctx context.Context, args []string, out, errs io.Writer) error {
	name := "help"
	if len(args) > 0 {
		name, args = args[0], args[1:]
	}
	if name == "help" || name == "-h" || name == "-help" || name == "--help" {
		return help(args, out)
	}
	c, err := commandNamed(name)
	if err != nil {
		return err
	}
	for _, arg := range args {
		if arg == "--" {
			break
		}
		if arg == "-h" || arg == "-help" || arg == "--help" {
			fmt.Fprint(out, c.usage)
			return nil
		}
	}
	return c.run(ctx, args, out, errs)
}

func commandNamed(name string) (command, error) {
	for _, c := range commands {
		if c.name == name {
			return c, nil
		}
	}
	return command{}, usageError{fmt.Errorf("there is no command %q; wwe help lists the commands", name)}
}

// help writes the list of commands, or the help of the one that args name.
func help(args []string, out io.Writer) error {
	if len(args) == 0 {
		var list strings.Builder
		for _, c := range commands {
			fmt.Fprintf(&list, "  wwe %-8s %s\n", c.name, c.summary)
		}
		fmt.Fprintf(out, "wwe creates, runs, builds and checks agent panels for Genesys Workspace Web Edition.\n\n%s\nwwe help COMMAND explains a command and shows examples.\n", list.String())
		return nil
	}
	c, err := commandNamed(args[0])
	if err != nil {
		return err
	}
	fmt.Fprint(out, c.usage)
	return nil
}

// parse parses args by flags. A wrong command line is a usageError that names the command's help.
// Flags may stand before and after the other arguments, which parse returns.
func parse(flags *flag.FlagSet, args []string) (rest []string, err error) {
	flags.SetOutput(io.Discard)
	flags.Usage = func() {}
	for {
		if err := flags.Parse(args); err != nil {
			return nil, usageError{fmt.Errorf("%w; wwe help %s lists the flags", err, flags.Name())}
		}
		if args = flags.Args(); len(args) == 0 {
			return rest, nil
		}
		rest, args = append(rest, args[0]), args[1:]
	}
}
