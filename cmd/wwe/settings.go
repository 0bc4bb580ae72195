package main

import (
	"errors"
	"flag"
	"fmt"
	"net/url"
	"strings"
)

// settings are the settings that wwe desktop and wwe dev share.
type settings struct {
	spelling
	desktop, widgetPort port
	widget              string   // a URL or a folder, "" if it is not given
	framedBy            []string // the origins that may frame the desktop
	open                bool
	kept                []string // the settings to repeat in a command with other ports, names and values
}

// byMake is the environment variable by which make run says that it starts the program. Only then
// does the program read make's other variables: PORT may be meant for something else.
const byMake = "WWE_RUN_BY_MAKE"

// parseSettings parses the command line. Flags come before the variables of make run.
func parseSettings(command string, args []string, getenv func(string) string) (s settings, rest []string, err error) {
	s.spelling = spelling{command: "wwe " + command, byMake: getenv(byMake) != ""}
	flags := flag.NewFlagSet(command, flag.ContinueOnError)
	values := map[string]string{}
	for name, variable := range variables {
		if s.byMake {
			values[name] = getenv(variable)
		}
		flags.Func(name, "", func(value string) error {
			if value == "" {
				return errors.New("the value is missing")
			}
			values[name] = value
			return nil
		})
	}
	flags.BoolVar(&s.open, "open", false, "")
	if rest, err = parse(flags, args); err != nil {
		return s, nil, err
	}
	s.folder = rest
	if s.desktop, s.widgetPort, err = s.parsePorts(values["port"], values["widget-port"]); err != nil {
		return s, nil, usageError{err}
	}
	if s.framedBy, err = s.parseFrames(values["frames"]); err != nil {
		return s, nil, usageError{err}
	}
	s.widget = values["widget"]
	for _, name := range []string{"widget", "frames"} {
		if values[name] != "" {
			s.kept = append(s.kept, name, values[name])
		}
	}
	return s, rest, nil
}

// widgetURL returns the widget's URL and its origin. Both are "" if the widget is a folder.
func (s settings) widgetURL() (address, origin string, err error) {
	if !strings.Contains(s.widget, "://") {
		return "", "", nil
	}
	u, err := url.Parse(s.widget)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return "", "", usageError{fmt.Errorf("%s is neither a URL such as http://localhost:5173/ nor a folder", s.given("widget", s.widget))}
	}
	return s.widget, u.Scheme + "://" + u.Host, nil
}
