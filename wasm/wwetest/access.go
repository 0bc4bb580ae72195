package wwetest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// errIgnored means that WWE does not answer.
var errIgnored = errors.New("ignored")

// refused returns the error with which WWE refuses a request because of its
// configuration: the reason, or errIgnored if Config.SilentRefusal is on
// (guess).
func (h *Host) refused(reason string) error {
	if h.config.SilentRefusal {
		return errIgnored
	}
	return errors.New(reason)
}

// admit returns the reason why WWE does not execute a request from this origin,
// or nil. Only admitted requests count toward the rate limits (guess).
func (h *Host) admit(origin, service string) error {
	services, accepted := h.servicesOf(origin)
	switch {
	case !accepted:
		return h.refused("origin " + origin + " is not accepted")
	case service != "" && !isServiceOf(services, service):
		return h.refused("origin " + origin + " may not use " + service)
	case h.isQuarantined(service):
		return errIgnored
	}
	return nil
}

// acceptedOrigin is an entry of Config.AcceptedOrigins.
type acceptedOrigin struct {
	origin   string // "*" matches every origin
	services []string
}

// parseOrigins parses the entries of AcceptedOrigins. Commas inside an entry's
// parentheses separate services.
func parseOrigins(list string) ([]acceptedOrigin, error) {
	var all []acceptedOrigin
	for strings.TrimSpace(list) != "" {
		var services []string
		end := strings.IndexAny(list, ",(")
		origin, rest := list, ""
		if end >= 0 {
			origin, rest = list[:end], list[end:]
		}
		within, isOpen := strings.CutPrefix(rest, "(")
		if isOpen {
			var closed bool
			if within, rest, closed = strings.Cut(within, ")"); !closed {
				return nil, errors.New("a parenthesis is not closed")
			}
		} else {
			within = everything
		}
		for service := range strings.SplitSeq(within, ",") {
			services = append(services, strings.TrimSpace(service))
		}
		origin = strings.TrimSpace(origin)
		if err := checkOrigin(origin); err != nil {
			return nil, err
		}
		all = append(all, acceptedOrigin{origin, services})
		rest = strings.TrimSpace(rest)
		if rest != "" && rest[0] != ',' {
			return nil, fmt.Errorf("a comma is missing before %q", rest)
		}
		list = strings.TrimPrefix(rest, ",")
	}
	return all, nil
}

// checkOrigin returns an error unless origin is an origin, "*" or empty. An
// entry with an empty origin accepts no page.
func checkOrigin(origin string) error {
	if origin == "" || origin == everything {
		return nil
	}
	_, host, hasScheme := strings.Cut(origin, "://")
	if !hasScheme || host == "" || strings.ContainsAny(host, "/?# ") {
		return fmt.Errorf("%q is not an origin such as https://panel.example.com", origin)
	}
	return nil
}

// servicesOf returns the services that the configuration grants to the origin,
// and reports whether it accepts the origin at all.
func (h *Host) servicesOf(origin string) (services []string, accepted bool) {
	for _, entry := range h.origins {
		if entry.origin == everything || entry.origin == origin {
			services = append(services, entry.services...)
			accepted = true
		}
	}
	return services, accepted
}

// isServiceOf reports whether the list grants the service. "*" grants every
// service except auth.getJwtToken, which must be listed by name. "agent.*"
// grants a whole namespace.
func isServiceOf(services []string, service string) bool {
	return slices.ContainsFunc(services, func(s string) bool {
		namespace, all := strings.CutSuffix(s, "*")
		return s == service || all && service != "auth.getJwtToken" && strings.HasPrefix(service, namespace)
	})
}

// limits holds the rate limits: the overall limit under "", and the limit of
// each request under the request's name.
type limits map[string]*limit

type limit struct {
	times []time.Time // when the requests of the last minute arrived
	until time.Time   // when the quarantine ends; zero: there is none
	ever  bool        // the quarantine never ends
}

// isQuarantined counts the request and reports whether WWE ignores it, because
// it exceeds a limit or arrives during a quarantine. Subscriptions, "" here,
// are not counted (guess).
func (h *Host) isQuarantined(service string) bool {
	if service == "" {
		return false
	}
	overall := h.exceeds("", h.config.RateLimit)
	return h.exceeds(service, h.config.RateLimits[service]) || overall
}

func (h *Host) exceeds(name string, most int) bool {
	if most <= 0 {
		delete(h.limits, name)
		return false
	}
	l := h.limits[name]
	if l == nil {
		l = &limit{}
		h.limits[name] = l
	}
	now := h.clock.Now()
	if l.ever || now.Before(l.until) {
		return true
	}
	l.times = slices.DeleteFunc(l.times, func(t time.Time) bool { return now.Sub(t) >= time.Minute })
	if len(l.times) >= most {
		l.until, l.ever = now.Add(h.config.QuarantineDelay), h.config.QuarantineDelay == 0
		l.times = nil // counting starts over after the quarantine (guess)
		return true
	}
	l.times = append(l.times, now)
	return false
}
