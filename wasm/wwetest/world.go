package wwetest

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"wwebridge/internal/strictjson"
	"wwebridge/wasm/wwe"
)

// worldVersion is the version of world. Load refuses any other version.
const worldVersion = 1

// world is the state of a Host in JSON. It has neither frames nor their
// history: requests, messages and rate limits. JSON from widgets and tests is
// stored as text, because encoding/json refuses deep nesting, replaces halves
// of surrogate pairs and cannot represent "".
type world struct {
	Version        int                `json:"version"`
	Config         json.RawMessage    `json:"config"`
	Interactions   []savedInteraction `json:"interactions"`
	Workbin        []savedInteraction `json:"workbin"`
	Media          []savedMedia       `json:"media"`
	Toasts         []savedToast       `json:"toasts"`
	Dialogs        []Dialog           `json:"dialogs"`
	Views          []savedView        `json:"views"`
	ToastCount     int                `json:"toastCount"`
	DialogCount    int                `json:"dialogCount"`
	Campaigns      []savedCampaign    `json:"campaigns"`
	Pushing        bool               `json:"pushing"`
	MicrophoneMute bool               `json:"microphoneMute"`
	SpeakerMute    bool               `json:"speakerMute"`
	Faults         []savedFault       `json:"faults"`
	LastID         int                `json:"lastId"`
	IDs            []byte             `json:"ids"`    // the state of the random source of ids
	Chance         []byte             `json:"chance"` // the state of the random source of faults
}

type savedInteraction struct {
	Interaction   wwe.Interaction `json:"interaction"` // without UserData
	UserData      string          `json:"userData"`    // JSON, see world
	Kind          kind            `json:"kind"`
	Beneath       wwe.State       `json:"beneath,omitempty"`
	Before        wwe.State       `json:"before,omitempty"`
	RangElsewhere bool            `json:"rangElsewhere,omitempty"`
	Transferrer   string          `json:"transferrer,omitempty"`
	Record        *savedRecord    `json:"record,omitempty"`
	Blocked       bool            `json:"blocked,omitempty"`
	Warning       string          `json:"warning,omitempty"`
	LapsesIn      time.Duration   `json:"lapsesIn,omitempty"`   // how long it stays blocked; 0 means for ever
	OfferedFor    time.Duration   `json:"offeredFor,omitempty"` // how long it stays offered; 0 means for ever
}

type savedRecord struct {
	Chain   []Record
	Outcome RecordOutcome
	Pushed  bool
}

type savedToast struct {
	ID         string
	Parameters string
	ClosesIn   time.Duration `json:"closesIn,omitempty"` // 0 means never
}

type savedView struct{ Name, Parameters string }

type savedMedia struct {
	Media string `json:"media"`
	State string `json:"state"` // its operation name
}

type savedCampaign struct {
	Campaign
	Started bool
}

type savedFault struct {
	Fault
	Data string
	Used int
}

// Save returns the state of WWE as text for Load: the interactions, campaigns,
// states of the agent, configuration and faults. It does not include the
// frames, Requests and Messages.
func (h *Host) Save() wwe.JSON {
	h.mu.Lock()
	defer h.mu.Unlock()
	w := world{
		Version:        worldVersion,
		Interactions:   h.saved(h.interactions),
		Workbin:        h.saved(h.workbin),
		Dialogs:        h.window.dialogs,
		ToastCount:     h.window.toastCount,
		DialogCount:    h.window.dialogCount,
		Pushing:        h.pushing,
		MicrophoneMute: h.microphoneMute,
		SpeakerMute:    h.speakerMute,
		LastID:         h.lastID,
	}
	config := withTexts(h.config, escapeText)
	w.Config, _ = json.Marshal(newConfigJSON(&config)) // cannot fail: every type here can be marshalled
	for _, m := range h.media {
		w.Media = append(w.Media, savedMedia{m.Name, m.State.OperationName})
	}
	for _, t := range h.window.toasts {
		w.Toasts = append(w.Toasts, savedToast{t.ID, string(t.Parameters), h.remaining(t.closes)})
	}
	for _, v := range h.window.views {
		w.Views = append(w.Views, savedView{v.Name, string(v.Parameters)})
	}
	for _, c := range h.campaigns {
		w.Campaigns = append(w.Campaigns, savedCampaign{c.Campaign, c.started})
	}
	for _, f := range h.faults {
		w.Faults = append(w.Faults, savedFault{f.Fault, string(f.Data), f.used})
	}
	w.IDs, _ = h.ids.MarshalBinary()
	w.Chance, _ = h.chance.MarshalBinary()
	text, _ := json.Marshal(withTexts(w, escapeText))
	return wwe.JSON(text)
}

func (h *Host) saved(interactions []*interaction) []savedInteraction {
	now := h.clock.Now()
	var all []savedInteraction
	for _, i := range interactions {
		text, _ := appendAny(map[string]any(i.UserData))
		s := savedInteraction{
			Interaction: i.Interaction, UserData: string(text), Kind: i.kind, Beneath: i.beneath, Before: i.before,
			RangElsewhere: i.rangElsewhere, Transferrer: i.transferrer,
		}
		s.Interaction.UserData = nil
		if i.isBlocked(now) {
			s.Blocked, s.Warning, s.LapsesIn = true, i.warning, h.remaining(i.lapses)
		}
		if i.isOffered() {
			s.OfferedFor = h.remaining(i.offeredUntil)
		}
		if r := i.record; r != nil {
			s.Record = &savedRecord{r.chain, r.outcome, r.pushed}
		}
		all = append(all, s)
	}
	return all
}

// Load replaces the state of WWE with a state that Save returned, of this or
// another Host. It then reloads WWE's page as Restart does. If the text is not
// valid, Load returns an error and changes nothing.
func (h *Host) Load(saved wwe.JSON) error {
	w, err := parseWorld(saved, h.clock.Now())
	if err != nil {
		return fmt.Errorf("wwetest: Load: %w", err)
	}
	var frames []*Frame
	_ = h.change(func() error {
		h.clear()
		w.into(h)
		frames = h.restart()
		for _, i := range h.interactions {
			if i.isOffered() && !i.offeredUntil.IsZero() {
				h.takeAwayInTime(i)
			}
		}
		for _, t := range h.window.toasts {
			if !t.closes.IsZero() {
				h.closeInTime(t)
			}
		}
		return nil
	})
	for _, f := range frames {
		f.restarted()
	}
	return nil
}

// loaded is a valid world.
type loaded struct {
	world
	config                Config
	interactions, workbin []*interaction
	media                 []wwe.Media
	campaigns             []*campaign
	faults                []*activeFault
	ids, chance           *rand.PCG
}

// into fills an empty Host.
func (w *loaded) into(h *Host) {
	h.setConfig(w.config)
	h.interactions, h.workbin, h.media, h.campaigns, h.faults = w.interactions, w.workbin, w.media, w.campaigns, w.faults
	h.window = window{dialogs: w.Dialogs, toastCount: w.ToastCount, dialogCount: w.DialogCount}
	for _, t := range w.Toasts {
		h.window.toasts = append(h.window.toasts, &toast{newToast(t.ID, wwe.JSON(t.Parameters)), momentIn(h.clock.Now(), t.ClosesIn)})
	}
	for _, v := range w.Views {
		h.window.views = append(h.window.views, View{v.Name, wwe.JSON(v.Parameters)})
	}
	h.pushing, h.microphoneMute, h.speakerMute, h.lastID = w.Pushing, w.MicrophoneMute, w.SpeakerMute, w.LastID
	h.ids, h.chance = w.ids, w.chance
}

// parseWorld parses and validates text from any source.
func parseWorld(text wwe.JSON, now time.Time) (*loaded, error) {
	w := &loaded{ids: &rand.PCG{}, chance: &rand.PCG{}}
	if err := decodeWorld(text, &w.world); err != nil {
		return nil, err
	}
	w.world = withTexts(w.world, unescapeText)
	config, err := parseConfig(wwe.JSON(w.Config), DefaultConfig())
	if err == nil {
		w.config = withTexts(config, unescapeText)
		err = w.config.Validate()
	}
	if err != nil {
		return nil, fmt.Errorf("configuration: %w", err)
	}
	if w.LastID < 0 || w.LastID > 1<<50 {
		return nil, fmt.Errorf("lastId is %d", w.LastID)
	}
	if w.ids.UnmarshalBinary(w.IDs) != nil || w.chance.UnmarshalBinary(w.Chance) != nil {
		return nil, errors.New("ids or chance are not the state of a source of random numbers")
	}
	for _, list := range []struct {
		from []savedInteraction
		to   *[]*interaction
	}{{w.world.Interactions, &w.interactions}, {w.world.Workbin, &w.workbin}} {
		for _, s := range list.from {
			i, err := s.interaction(now)
			if err != nil {
				return nil, err
			}
			*list.to = append(*list.to, i)
		}
	}
	held := map[string]bool{} // not of the workbin: its ids are no longer in use
	for _, i := range w.interactions {
		if held[i.InteractionID] {
			return nil, fmt.Errorf("two interactions have the id %q", i.InteractionID)
		}
		held[i.InteractionID] = true
	}
	return w, w.parseRest(NewHost())
}

func decodeWorld(text wwe.JSON, into *world) error {
	var any struct{ Version int } // another version may have other properties
	if strictjson.Unmarshal([]byte(text), &any) == nil && any.Version != worldVersion {
		return fmt.Errorf("it is of version %d, not %d", any.Version, worldVersion)
	}
	return strictjson.Decode([]byte(text), into)
}

// parseRest validates the agent's media, the campaigns, toasts, views and faults.
func (w *loaded) parseRest(empty *Host) error {
	w.media = newMedia()
	if len(w.world.Media) != len(w.media) {
		return errors.New("the agent has no media such as these")
	}
	for n, m := range w.world.Media {
		state, err := stateOf(m.State)
		switch {
		case err != nil:
			return err
		case m.Media != w.media[n].Name:
			return fmt.Errorf("the agent has no media %q in this place", m.Media)
		}
		w.media[n].State = state
	}
	for _, c := range w.world.Campaigns {
		if err := empty.LoadCampaign(c.Campaign); err != nil {
			return errors.New(strings.TrimPrefix(err.Error(), "wwetest: "))
		}
		w.campaigns = append(w.campaigns, &campaign{c.Campaign, c.Started})
	}
	for _, t := range w.Toasts {
		if isJSON(wwe.JSON(t.Parameters)) != nil || t.Parameters == "" {
			return errors.New("the parameters of one of the toasts are not JSON")
		}
		if t.ClosesIn < 0 {
			return errors.New("a toast that has closed")
		}
	}
	for _, v := range w.Views {
		if isJSON(wwe.JSON(v.Parameters)) != nil || v.Parameters == "" {
			return errors.New("the parameters of one of the views are not JSON")
		}
	}
	for _, f := range w.world.Faults {
		f.Fault.Data = wwe.JSON(f.Data)
		if err := f.Validate(); err != nil {
			return err
		}
		if f.Used < 0 || f.Next > 0 && f.Used >= f.Next {
			return errors.New("one of the faults is used up")
		}
		w.faults = append(w.faults, &activeFault{f.Fault, f.Used})
	}
	return nil
}

func (s savedInteraction) interaction(now time.Time) (*interaction, error) {
	i := &interaction{
		Interaction: s.Interaction, kind: s.Kind, beneath: s.Beneath, before: s.Before, rangElsewhere: s.RangElsewhere, transferrer: s.Transferrer,
		blocked: s.Blocked, warning: s.Warning, lapses: momentIn(now, s.LapsesIn), offeredUntil: momentIn(now, s.OfferedFor),
	}
	// Save writes this character in place of invalid bytes, so replace them
	// now.
	data, err := userDataOf(strings.ToValidUTF8(s.UserData, "\uFFFD"))
	if err != nil {
		return nil, err
	}
	if i.UserData = data; data == nil {
		i.UserData = wwe.UserData{}
	}
	if s.Record != nil {
		i.record = &record{s.Record.Chain, s.Record.Outcome, s.Record.Pushed}
	}
	switch {
	case s.LapsesIn < 0:
		return nil, errors.New("a block of mark done that has lapsed")
	case s.OfferedFor < 0:
		return nil, errors.New("an offer that is over")
	case i.InteractionID == "":
		return nil, errors.New("an interaction without interactionId")
	case lives[s.Kind] == nil:
		return nil, fmt.Errorf("there is no kind of interactions %d", s.Kind)
	case i.CaseID == "":
		return nil, errors.New("an interaction without caseId")
	case i.State == "":
		return nil, errors.New("an interaction without state")
	case s.Kind == preview && (i.record == nil || len(i.Parties) == 0):
		return nil, errors.New("a preview without a number to call")
	}
	return i, nil
}
