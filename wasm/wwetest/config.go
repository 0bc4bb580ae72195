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

// Config configures the simulated WWE. Its fields are options of WWE itself,
// from the section interaction-workspace, the behaviour of the people around
// WWE, and guesses about behaviour that is not known. Each guess has a default,
// but a widget should work with every setting.
type Config struct {
	Agent wwe.Agent `json:"agent"`

	// AcceptedOrigins is service-client-api.accepted-web-content-origins: a
	// comma-separated list of origins, or "*". The services that an origin may
	// use follow in parentheses, as in "https://panel.example.com (agent.*,
	// voice.dial)". Without parentheses it may use all, except
	// auth.getJwtToken, which must be named. WWE's default, "", accepts no
	// page. The default here is "*".
	AcceptedOrigins string `json:"acceptedOrigins"`

	// RateLimit is service-client-api.rate-limit: the maximum number of
	// requests per minute, 0 for no limit. RateLimits holds the limits of
	// single requests, by name.
	RateLimit  int            `json:"rateLimit"`
	RateLimits map[string]int `json:"rateLimits"`

	// QuarantineDelay is service-client-api.rate-limit-quarantine-delay: how
	// long WWE ignores requests after a limit is exceeded. 0 means for ever.
	QuarantineDelay time.Duration `json:"quarantineDelay"`

	// ReadAllowed and WriteAllowed are
	// service-client-api.user-data.read-allowed and .write-allowed:
	// comma-separated lists of keys, or "*" for all.
	ReadAllowed  string `json:"readAllowed"`
	WriteAllowed string `json:"writeAllowed"`

	// BlockMarkDoneTimeout is service-client-api.block-markdone-timeout: how
	// long a widget that is subscribed to "markdone" has to block it. WWE was
	// seen to wait for a second. Without such a widget it does not wait
	// (guess).
	BlockMarkDoneTimeout time.Duration `json:"blockMarkDoneTimeout"`

	// Options are the options that configuration.getOption can read, by
	// "section/name".
	Options map[string]string `json:"options"`

	// NoAnswerTimeout is how long a call rings, or another interaction is
	// offered, before an agent who does not answer loses it. 0 means for ever.
	NoAnswerTimeout time.Duration `json:"noAnswerTimeout"`

	// TargetsAnswer makes a colleague answer a consultation, or a transferred
	// chat or email, at once. Otherwise the colleague answers when the test
	// calls Host.Answer.
	TargetsAnswer bool `json:"targetsAnswer"`

	// ChatJoins makes an accepted chat join its session at once. Otherwise each
	// Host.Do with ActionJoin takes the chat one step further.
	ChatJoins bool `json:"chatJoins"`

	// Tab is the role of this WWE among the tabs of the agent's browser:
	// TabLeads, which is also "", TabFollows or TabNegotiates.
	Tab Tab `json:"tab"`

	// What follows is not known of WWE.

	// SilentRefusal leaves a refused origin, service or key without an answer.
	// Otherwise WWE answers with an errorMessage.
	SilentRefusal bool `json:"silentRefusal"`

	// ErrorText is the text of every errorMessage, except that of a Fault.
	// {reason} stands for the reason.
	ErrorText string `json:"errorText"`

	// CommandData is the data, in JSON, of the answer to a command such as
	// interaction.accept: "" for none, "null" or "{}".
	CommandData string `json:"commandData"`

	// FrameIDs gives each frame a frameId before its first answer.
	FrameIDs bool `json:"frameIds"`

	// SilentUnsubscribe leaves unsubscribe without an answer. Otherwise WWE
	// answers without a subscriptionId.
	SilentUnsubscribe bool `json:"silentUnsubscribe"`

	// DuplicateEvents sends a frame an event once for each of its subscriptions
	// to the topic. Otherwise WWE sends it once.
	DuplicateEvents bool `json:"duplicateEvents"`

	// SharedSubscriptionIDs counts the subscriptionIds of all frames together.
	// Otherwise WWE counts them in each frame.
	SharedSubscriptionIDs bool `json:"sharedSubscriptionIds"`

	// UserDataStates sets the state USER_DATA_ATTACHED or USER_DATA_UPDATED
	// when user data changes, except in voice.
	UserDataStates bool `json:"userDataStates"`

	// HoldOthers keeps the agent on one call at a time: answering, dialling or
	// resuming a call holds the others.
	HoldOthers bool `json:"holdOthers"`

	// SeveralConsultations permits several consultations by one media at once,
	// and a consultation about a consultation. Otherwise WWE refuses them.
	SeveralConsultations bool `json:"severalConsultations"`

	// SelfCalls permits the agent to dial, consult and transfer to their own
	// employee id or user name, in upper or lower case. Otherwise WWE refuses.
	SelfCalls bool `json:"selfCalls"`

	// AnyTargetType permits targets of types that are not documented. Otherwise
	// WWE refuses them.
	AnyTargetType bool `json:"anyTargetType"`

	// RepeatedDials permits dialling a number that is being dialled already.
	// Otherwise WWE refuses.
	RepeatedDials bool `json:"repeatedDials"`

	// EncodeURLVariables percent-encodes the values of URL variables. Otherwise
	// WWE inserts them unchanged.
	EncodeURLVariables bool `json:"encodeUrlVariables"`

	// BlocksLapse ends a block of mark done after BlockMarkDoneTimeout.
	// Otherwise the block lasts until a widget removes it.
	BlocksLapse bool `json:"blocksLapse"`

	// UserDataAfterRelease permits changes to the user data of an IDLE
	// interaction. Otherwise WWE refuses them. See wwe.Service.GuardMarkDone
	// for a workaround.
	UserDataAfterRelease bool `json:"userDataAfterRelease"`

	// KeepWindow keeps toasts, dialogs, views and blocks of mark done when
	// WWE's page reloads.
	KeepWindow bool `json:"keepWindow"`

	// ReuseIDs counts interaction ids from 1 again when WWE's page reloads. An
	// id may then belong to another interaction. Otherwise WWE uses no id
	// twice.
	ReuseIDs bool `json:"reuseIds"`

	// CaseExpandedDelay is the delay of the CASE_EXPANDED event that the frame
	// of a dialled call gets after it subscribes, see Frame.OfInteraction. In
	// logs of WWE it was 30 milliseconds. 0 means that the event never comes.
	CaseExpandedDelay time.Duration `json:"caseExpandedDelay"`
}

// Tab is the role of one of several tabs with WWE.
type Tab string

// The roles of tabs. The tabs of an agent agree on one that leads.
const (
	TabLeads      Tab = "leads"
	TabFollows    Tab = "follows"
	TabNegotiates Tab = "negotiates"
)

// DefaultConfig returns the Config of a new Host.
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

// Config returns a copy of the Host's current Config.
func (h *Host) Config() Config {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.config.clone()
}

const maxTime = 1e12 * time.Millisecond

// Validate returns an error that names the first invalid field, or nil.
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

// Configure calls change to modify the Host's Config. change must not call the
// Host. Configure panics if the result is not valid, which is a mistake in the
// test.
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

// setConfig sets a valid Config.
func (h *Host) setConfig(c Config) {
	h.config = c.clone()
	h.origins, _ = parseOrigins(c.AcceptedOrigins)
}

// configJSON is Config in JSON, with durations in milliseconds.
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

// milliseconds is a duration in JSON: its exact number of milliseconds, as a
// decimal.
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

// ConfigJSON returns the Config as a JSON object, with durations in
// milliseconds.
func (h *Host) ConfigJSON() wwe.JSON {
	c := h.Config()
	text, err := json.Marshal(newConfigJSON(&c))
	if err != nil {
		return "{}" // unreachable: every type in it can be marshalled
	}
	return wwe.JSON(text)
}

// ConfigureJSON sets the properties that the JSON object names. If it has an
// unknown name or an invalid value, ConfigureJSON returns an error and changes
// nothing.
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

// parseConfig returns c with the properties that the JSON object names.
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

// permits reports whether a comma-separated list has the name, or "*".
func permits(list, name string) bool {
	for item := range strings.SplitSeq(list, ",") {
		if item = strings.TrimSpace(item); item == "*" || item == name {
			return true
		}
	}
	return false
}
