package wwetest

import (
	"errors"
	"slices"
	"strings"
	"time"
)

// errIgnored: WWE does not answer.
var errIgnored = errors.New("ignored")

// refused is WWE's refusal by its configuration, as an error or by silence (guess).
func (h *Host) refused(reason string) error {
	if h.config.SilentRefusal {
		return errIgnored
	}
	return errors.New(reason)
}

// admit tells why a request of this origin is not executed, nil if it is.
func (h *Host) admit(origin, service string) error {
	if h.isQuarantined(service) {
		return errIgnored
	}
	services, accepted := h.servicesOf(origin)
	switch {
	case !accepted:
		return h.refused("origin " + origin + " is not accepted")
	case service != "" && !isServiceOf(services, service):
		return h.refused("origin " + origin + " may not use " + service)
	}
	return nil
}

// servicesOf finds the services that AcceptedOrigins gives to the origin.
func (h *Host) servicesOf(origin string) (services []string, accepted bool) {
	list := h.config.AcceptedOrigins
	for list != "" {
		item, rest, _ := strings.Cut(list, ",")
		name, within, hasServices := strings.Cut(item, "(")
		if hasServices { // the commas in there separate services
			name, within, _ = strings.Cut(list, "(")
			within, rest, _ = strings.Cut(within, ")")
			_, rest, _ = strings.Cut(rest, ",")
		}
		name = strings.TrimSpace(name)
		if name == origin || name == "*" {
			accepted = true
			if !hasServices {
				within = "*"
			}
			for service := range strings.SplitSeq(within, ",") {
				services = append(services, strings.TrimSpace(service))
			}
		}
		list = rest
	}
	return services, accepted
}

// isServiceOf: "*" is every service but auth.getJwtToken, which must be named,
// and "agent.*" is every one of a namespace.
func isServiceOf(services []string, service string) bool {
	return slices.ContainsFunc(services, func(s string) bool {
		namespace, all := strings.CutSuffix(s, "*")
		return s == service || all && service != "auth.getJwtToken" && strings.HasPrefix(service, namespace)
	})
}

// limits keeps the rate limits: overall, by "", and of each request by its name.
type limits map[string]*limit

type limit struct {
	times []time.Time // of the requests of the last minute
	until time.Time   // the end of the quarantine; zero: none
	ever  bool        // it does not end
}

// isQuarantined counts the request and tells whether it is ignored: it is the
// one too many, or comes while one too many is atoned for. Subscriptions, ""
// here, are not counted (guess).
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
		l.times = nil // it begins anew then (guess)
		return true
	}
	l.times = append(l.times, now)
	return false
}
