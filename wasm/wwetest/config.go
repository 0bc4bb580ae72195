package wwetest

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"wwebridge/internal/strictjson"
	"wwebridge/internal/wire"
	"wwebridge/wasm/wwe"
)

// Config is how the simulated WWE is set up: WWE's own options of the section
// [interaction-workspace], what the people around it do, and what it does
// where nothing is known of WWE. Each of the last has a default that is a
// guess; a widget should work with every setting of them.
type Config struct {
	Agent wwe.Agent `json:"agent"`

	// AcceptedOrigins is service-client-api.accepted-web-content-origins: a
	// comma list of origins or "*", each with the services that it may use in
	// parentheses, "https://panel.example.com (agent.*, voice.dial)", or
	// without for all. auth.getJwtToken must be named. WWE's default, "",
	// accepts nobody; here it is "*".
	AcceptedOrigins string `json:"acceptedOrigins"`

	// RateLimit is service-client-api.rate-limit: requests per minute, 0 for
	// any number. RateLimits has that of single requests, by name.
	RateLimit  int            `json:"rateLimit"`
	RateLimits map[string]int `json:"rateLimits"`

	// QuarantineDelay is service-client-api.rate-limit-quarantine-delay: how
	// long requests are ignored after one too many; 0 is for ever.
	QuarantineDelay time.Duration `json:"quarantineDelay"`

	// ReadAllowed and WriteAllowed are service-client-api.user-data.read-allowed
	// and .write-allowed: comma lists of keys, "*" for all.
	ReadAllowed  string `json:"readAllowed"`
	WriteAllowed string `json:"writeAllowed"`

	// BlockMarkDoneTimeout is service-client-api.block-markdone-timeout: how
	// long a widget that is subscribed to "markdone" has to block it. WWE was
	// seen to wait a second. Without such a widget it does not wait (guess).
	BlockMarkDoneTimeout time.Duration `json:"blockMarkDoneTimeout"`

	// Options are what configuration.getOption can read, by "section/name".
	Options map[string]string `json:"options"`

	// NoAnswerTimeout is how long a call rings, or another interaction is
	// offered, until it is taken from an agent who does not answer; 0 is for ever.
	NoAnswerTimeout time.Duration `json:"noAnswerTimeout"`

	// TargetsAnswer: whoever is consulted, or is handed a chat or an email,
	// answers at once. Else Host.Answer does it for them.
	TargetsAnswer bool `json:"targetsAnswer"`

	// ChatJoins: a chat that was accepted joins its session at once. Else it
	// takes the steps one by one, by Host.Do with ActionJoin.
	ChatJoins bool `json:"chatJoins"`

	// Tab is the part of this WWE among the tabs of the agent's browser:
	// TabLeads, which is also "", TabFollows or TabNegotiates.
	Tab Tab `json:"tab"`

	// What follows is not known of WWE.

	SilentRefusal         bool   `json:"silentRefusal"`         // no answer to a refused origin, service or key, in place of an errorMessage
	ErrorText             string `json:"errorText"`             // of every errorMessage; {reason} stands for why
	CommandData           string `json:"commandData"`           // JSON, the data of the answer to a command, such as accept: "" for none, "null", "{}"
	FrameIDs              bool   `json:"frameIds"`              // each frame is given a frameId before its first answer
	SilentUnsubscribe     bool   `json:"silentUnsubscribe"`     // no answer to unsubscribe, in place of one without subscriptionId
	DuplicateEvents       bool   `json:"duplicateEvents"`       // an event comes once for each subscription of a frame, in place of once
	SharedSubscriptionIDs bool   `json:"sharedSubscriptionIds"` // the frames share one count of subscriptionIds
	UserDataStates        bool   `json:"userDataStates"`        // not in voice: user data that changes makes the state USER_DATA_ATTACHED or USER_DATA_UPDATED
	HoldOthers            bool   `json:"holdOthers"`            // the agent talks on one call at a time: to answer, dial or resume another one holds it
	SeveralConsultations  bool   `json:"severalConsultations"`  // several consultations by one media at once, and one about a consultation; else they are refused
	SelfCalls             bool   `json:"selfCalls"`             // the agent may dial, consult and transfer to their own employee id or user name, in capitals too; else WWE refuses
	AnyTargetType         bool   `json:"anyTargetType"`         // a target may be of a type that is not documented; else WWE refuses
	RepeatedDials         bool   `json:"repeatedDials"`         // a number that is being dialled may be dialled again; else WWE refuses
	EncodeURLVariables    bool   `json:"encodeUrlVariables"`    // values of URL variables are percent-encoded; else they are put in as they are
	BlocksLapse           bool   `json:"blocksLapse"`           // a block of mark done ends after BlockMarkDoneTimeout; else it holds until it is taken back
	UserDataAfterRelease  bool   `json:"userDataAfterRelease"`  // user data of an IDLE interaction can be changed; else WWE refuses, see wwe.Service.GuardMarkDone for what a widget can do
	KeepWindow            bool   `json:"keepWindow"`            // a refresh of WWE keeps toasts, dialogs, views and blocks of mark done
	ReuseIDs              bool   `json:"reuseIds"`              // a refresh of WWE counts interaction ids from 1 again: an id may be another interaction's then; else no id comes twice

	// CaseExpandedDelay is when CASE_EXPANDED follows the first subscription of
	// the frame of a call that the agent dialled, see Frame.OfInteraction. In
	// logs of WWE it was 30 milliseconds; 0 is never.
	CaseExpandedDelay time.Duration `json:"caseExpandedDelay"`
}

// Tab is what one of several tabs with WWE does.
type Tab string

// The tabs of an agent agree on one that leads.
const (
	TabLeads      Tab = "leads"
	TabFollows    Tab = "follows"
	TabNegotiates Tab = "negotiates"
)

// DefaultConfig is the Config of a new Host.
func DefaultConfig() Config {
	return Config{
		Agent: wwe.Agent{
			EmployeeID: "1001", FirstName: "Alex", LastName: "Martin", Username: "alex.martin",
			Roles: []string{"ROLE_AGENT"},
		},
		AcceptedOrigins:      "*",
		QuarantineDelay:      30 * time.Second,
		ReadAllowed:          "*",
		WriteAllowed:         "*",
		BlockMarkDoneTimeout: time.Second,
		TargetsAnswer:        true,
		Tab:                  TabLeads,
		ChatJoins:            true,
		ErrorText:            "{reason}",
		HoldOthers:           true,
		CaseExpandedDelay:    30 * time.Millisecond,
	}
}

func (c Config) clone() Config {
	c.Agent.Roles, c.Agent.Unknown = slices.Clone(c.Agent.Roles), maps.Clone(c.Agent.Unknown)
	c.RateLimits = maps.Clone(c.RateLimits)
	c.Options = maps.Clone(c.Options)
	return c
}

// Config returns the Host's Config as it is now.
func (h *Host) Config() Config {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.config.clone()
}

const maxTime = 1e12 * time.Millisecond

// Validate tells what is wrong with the Config, nil if nothing is.
func (c Config) Validate() error {
	for _, t := range []struct {
		name string
		time time.Duration
	}{{"quarantineDelay", c.QuarantineDelay}, {"blockMarkDoneTimeout", c.BlockMarkDoneTimeout}, {"noAnswerTimeout", c.NoAnswerTimeout},
		{"caseExpandedDelay", c.CaseExpandedDelay}} {
		switch {
		case t.time < 0:
			return fmt.Errorf("%s: it is not negative", t.name)
		case t.time > maxTime:
			return fmt.Errorf("%s: it is at most 1e12 milliseconds, which are 31 years", t.name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.Agent.Unknown)) {
		if text := c.Agent.Unknown[name]; text == "" || isJSON(text) != nil {
			return fmt.Errorf("agent: Unknown: %s: it is not JSON", name)
		}
	}
	if _, err := parseOrigins(c.AcceptedOrigins); err != nil {
		return fmt.Errorf("acceptedOrigins: %w", err)
	}
	if c.RateLimit < 0 {
		return errors.New("rateLimit: it is not negative")
	}
	for _, name := range slices.Sorted(maps.Keys(c.RateLimits)) {
		switch _, known := requests[name]; {
		case !known:
			return fmt.Errorf("rateLimits: there is no request %q", name)
		case c.RateLimits[name] < 0:
			return fmt.Errorf("rateLimits: %s: it is not negative", name)
		}
	}
	if !slices.Contains([]Tab{"", TabLeads, TabFollows, TabNegotiates}, c.Tab) {
		return fmt.Errorf("tab: it is %s, %s or %s", TabLeads, TabFollows, TabNegotiates)
	}
	if err := isJSON(wwe.JSON(c.CommandData)); err != nil {
		return fmt.Errorf("commandData: it is not JSON: %w", err)
	}
	return nil
}

// Configure changes the Host's Config, from now on; change must not call the
// Host. A Config that is not valid is a mistake of the test and panics.
func (h *Host) Configure(change func(*Config)) {
	_ = h.change(func() error {
		changed := h.config.clone()
		change(&changed)
		if err := changed.Validate(); err != nil {
			panic("wwetest: Configure: " + err.Error())
		}
		h.setConfig(changed)
		return nil
	})
}

// setConfig takes a Config that is valid.
func (h *Host) setConfig(c Config) {
	h.config = c.clone()
	h.origins, _ = parseOrigins(c.AcceptedOrigins)
}

// configJSON is Config in JSON, where times are milliseconds.
type configJSON struct {
	*Config
	QuarantineDelay      milliseconds `json:"quarantineDelay"`
	BlockMarkDoneTimeout milliseconds `json:"blockMarkDoneTimeout"`
	NoAnswerTimeout      milliseconds `json:"noAnswerTimeout"`
	CaseExpandedDelay    milliseconds `json:"caseExpandedDelay"`
}

func newConfigJSON(c *Config) configJSON {
	return configJSON{c, milliseconds(c.QuarantineDelay), milliseconds(c.BlockMarkDoneTimeout), milliseconds(c.NoAnswerTimeout),
		milliseconds(c.CaseExpandedDelay)}
}

// milliseconds is a time in JSON: a decimal that has it exactly.
type milliseconds time.Duration

func (m milliseconds) MarshalJSON() ([]byte, error) {
	n := int64(m)
	text := fmt.Sprintf("%d.%06d", n/1e6, n%1e6)
	return []byte(strings.TrimSuffix(strings.TrimRight(text, "0"), ".")), nil
}

func (m *milliseconds) UnmarshalJSON(text []byte) error {
	if string(text) == wire.Null {
		return nil
	}
	n, err := strconv.ParseFloat(string(text), 64)
	whole, fraction, _ := strings.Cut(string(text), ".")
	exact, inexact := strconv.ParseInt(whole+(fraction + "000000")[:6], 10, 64)
	switch {
	case err != nil && !errors.Is(err, strconv.ErrRange):
		return err
	case n > float64(maxTime/time.Millisecond):
		*m = milliseconds(maxTime + 1) // for Validate to refuse
	case n < 0:
		*m = -1
	case inexact == nil && len(fraction) <= 6:
		*m = milliseconds(exact)
	default:
		*m = milliseconds(ofMilliseconds(n))
	}
	return nil
}

func ofMilliseconds(n float64) time.Duration { return time.Duration(n * float64(time.Millisecond)) }

// ConfigJSON is Config as a JSON object; times are in milliseconds.
func (h *Host) ConfigJSON() wwe.JSON {
	c := h.Config()
	text, err := json.Marshal(newConfigJSON(&c))
	if err != nil {
		return "{}" // it has no type that could fail
	}
	return wwe.JSON(text)
}

// ConfigureJSON changes what the JSON object names. A name that it does not
// know or a value of the wrong type is an error, and nothing is changed.
func (h *Host) ConfigureJSON(text wwe.JSON) error {
	c, err := parseConfig(text, h.Config())
	if err == nil {
		err = c.Validate()
	}
	if err != nil {
		return fmt.Errorf("wwetest: configuration: %w", err)
	}
	h.Configure(func(now *Config) { *now = c })
	return nil
}

// parseConfig changes c to what the JSON object names.
func parseConfig(text wwe.JSON, c Config) (Config, error) {
	parsed := newConfigJSON(&c)
	if err := strictjson.Decode([]byte(text), &parsed); err != nil {
		return Config{}, err
	}
	c.QuarantineDelay = time.Duration(parsed.QuarantineDelay)
	c.BlockMarkDoneTimeout = time.Duration(parsed.BlockMarkDoneTimeout)
	c.NoAnswerTimeout = time.Duration(parsed.NoAnswerTimeout)
	c.CaseExpandedDelay = time.Duration(parsed.CaseExpandedDelay)
	return c, nil
}

// permits tells whether a comma list of names, or "*", has the name.
func permits(list, name string) bool {
	for item := range strings.SplitSeq(list, ",") {
		if item = strings.TrimSpace(item); item == "*" || item == name {
			return true
		}
	}
	return false
}
