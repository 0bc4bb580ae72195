package wwetest

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"wwebridge/internal/jsontext"
	"wwebridge/wasm/wwe"
)

// Campaign is an outbound campaign.
type Campaign struct {
	Name    string
	Mode    string     // "Preview" or "PushPreview", for example; WWE's names are not public
	Records [][]Record // for each customer a chain of one or more records
}

// Record is one phone number of a customer.
type Record struct {
	Phone  string
	Fields wwe.RecordFields // GSW_… and others
}

// RecordOutcome is the outcome of a record so far.
type RecordOutcome struct {
	CallResult  int              // 0: none yet
	Rescheduled string           // the date, such as "3/9/2027 9:05"; "" if not rescheduled
	Callback    wwe.CallbackType // set with Rescheduled
	DoNotCall   bool
	Fields      wwe.RecordFields // with the widget's changes
}

type campaign struct {
	Campaign
	started bool
}

// record is the subject of a preview interaction.
type record struct {
	chain   []Record
	outcome RecordOutcome
	pushed  bool // it came by direct push
}

// LoadCampaign loads a campaign for the agent. WWE sends the event
// CampaignLoaded. LoadCampaign returns an error if the campaign has no name, is
// loaded already, or has a customer without a record.
func (h *Host) LoadCampaign(c Campaign) error {
	c.Records = slices.Clone(c.Records)
	for n, chain := range c.Records {
		if len(chain) == 0 {
			return fmt.Errorf("wwetest: customer %d of the campaign %q has no record", n+1, c.Name)
		}
		chain = slices.Clone(chain)
		for m := range chain {
			chain[m].Fields = maps.Clone(chain[m].Fields)
		}
		c.Records[n] = chain
	}
	return h.change(func() error {
		if c.Name == "" {
			return errors.New("wwetest: a campaign needs a name")
		}
		if h.campaign(c.Name) != nil {
			return fmt.Errorf("wwetest: the campaign %q is loaded already", c.Name)
		}
		h.campaigns = append(h.campaigns, &campaign{Campaign: c})
		h.outboundEvent(wwe.EventTypeCampaignLoaded, c.Name, "")
		return nil
	})
}

// StartCampaign starts a loaded campaign. WWE sends the event CampaignStarted.
// Widgets can then request the records with getPreviewRecord and
// startDirectPushPreview.
func (h *Host) StartCampaign(name string) error {
	return h.change(func() error {
		c := h.campaign(name)
		if c == nil {
			return fmt.Errorf("wwetest: no campaign %q is loaded", name)
		}
		if c.started {
			return fmt.Errorf("wwetest: the campaign %q has started already", name)
		}
		c.started = true
		h.outboundEvent(wwe.EventTypeCampaignStarted, name, c.Mode)
		return nil
	})
}

// UnloadCampaign removes a campaign. WWE sends the event CampaignUnloaded. The
// agent keeps a record that is on the desk.
func (h *Host) UnloadCampaign(name string) error {
	return h.change(func() error {
		if h.campaign(name) == nil {
			return fmt.Errorf("wwetest: no campaign %q is loaded", name)
		}
		h.campaigns = slices.DeleteFunc(h.campaigns, func(c *campaign) bool { return c.Name == name })
		h.outboundEvent(wwe.EventTypeCampaignUnloaded, name, "")
		return nil
	})
}

// RecordOutcome returns the outcome of the record that the interaction with
// this id shows. It returns false if WWE does not hold the interaction, or if
// it shows no record.
func (h *Host) RecordOutcome(interactionID string) (RecordOutcome, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	i := h.byID(interactionID)
	if i == nil || i.record == nil {
		return RecordOutcome{}, false
	}
	outcome := i.record.outcome
	outcome.Fields = maps.Clone(outcome.Fields)
	return outcome, true
}

func (h *Host) campaign(name string) *campaign {
	for _, c := range h.campaigns {
		if c.Name == name {
			return c
		}
	}
	return nil
}

func (h *Host) outboundEvent(kind wwe.EventType, name, mode string) {
	var data object
	data.string("eventType", string(kind))
	data.string("campaign", name)
	data.optional("mode", mode)
	h.happened(wwe.TopicOutbound, data)
}

// next shows the agent the campaign's next record. It returns false if there is
// none.
func (h *Host) next(c *campaign, pushed bool) bool {
	if len(c.Records) == 0 {
		return false
	}
	chain := c.Records[0]
	c.Records = c.Records[1:]
	data := wwe.UserData{"GSW_CAMPAIGN_NAME": c.Name}
	for name, value := range chain[0].Fields {
		data[name] = value
	}
	i := h.add(preview, wwe.Interaction{
		State:    wwe.StatePreview,
		Media:    "outboundpreview",
		UserData: mustBeReceived("LoadCampaign", data),
		Parties:  []wwe.Party{person(chain[0].Phone)},
	})
	i.record = &record{chain: chain, outcome: RecordOutcome{Fields: maps.Clone(chain[0].Fields)}, pushed: pushed}
	h.interactionEvent(begins(i.State), i)
	h.selectCase(i.CaseID)
	return true
}

// push shows the next record of a started campaign, if the agent has started
// direct push and has no preview. It runs after every change of the Host.
func (h *Host) push() {
	if !h.pushing || slices.ContainsFunc(h.interactions, func(i *interaction) bool { return i.kind == preview }) {
		return
	}
	for _, c := range h.campaigns {
		if c.started && h.next(c, true) {
			return
		}
	}
}

// markdone marks an interaction done for a widget. For a preview that came by
// direct push, this is "Done and Stop": no other record follows. The agent's
// own press on Done does not stop the records.
func (h *Host) markdone(id string) error {
	i := h.byID(id)
	err := h.do(id, ActionMarkDone)
	if i == nil || i.record == nil || !i.record.pushed {
		return err
	}
	stop := func(err error) error {
		h.pushing = h.pushing && err != nil
		return err
	}
	if delayed, ok := err.(*wait); ok {
		then := delayed.then
		delayed.then = func() error { return stop(then()) }
		return err
	}
	return stop(err)
}

// outboundRequests are the requests of the namespace outbound. The shapes of
// all answers are guesses.
var outboundRequests = map[string]request{
	"outbound.getCampaigns": func(h *Host, _ parameters) (string, error) {
		return list(h.campaigns, func(c *campaign) string {
			var o object
			o.string("name", c.Name)
			o.optional("mode", c.Mode)
			o.value("started", c.started)
			return o.text()
		}), nil
	},
	"outbound.getListOfCallResults":   constant(callResultsText()),
	"outbound.startDirectPushPreview": command(func(h *Host, _ parameters) error { h.pushing = true; return nil }),
	"outbound.stopDirectPushPreview":  command(func(h *Host, _ parameters) error { h.pushing = false; return nil }),
	"outbound.getPreviewRecord": command(func(h *Host, p parameters) error {
		c := h.campaign(p.string(0))
		if c == nil || !c.started {
			return fmt.Errorf("no campaign %q is active", p.string(0))
		}
		if !h.next(c, false) {
			return fmt.Errorf("the campaign %q has no more records", c.Name)
		}
		return nil
	}),
	"outbound.getChainedRecords": onRecord(func(_ *Host, i *interaction, _ parameters) (string, error) {
		handle := 0
		return list(i.record.chain, func(r Record) string {
			handle++
			var o object
			o.value("recordHandle", handle)
			o.string("phone", r.Phone)
			return o.text()
		}), nil
	}),
	"outbound.getRecordFields": onRecord(func(_ *Host, i *interaction, _ parameters) (string, error) {
		if i.record.outcome.Fields == nil {
			return "{}", nil
		}
		return appendAny(map[string]string(i.record.outcome.Fields))
	}),
	"outbound.updateRecordFields": onRecord(func(_ *Host, i *interaction, p parameters) (string, error) {
		fields, err := p.userData(1)
		if err != nil {
			return "", err
		}
		if len(fields) == 0 {
			return "", errors.New("there are no fields")
		}
		changed := wwe.RecordFields{}
		for _, name := range slices.Sorted(maps.Keys(fields)) {
			text, ok := fields[name].(string)
			if !ok {
				return "", fmt.Errorf("the field %s is not a string", name)
			}
			changed[name] = text
		}
		if i.record.outcome.Fields == nil {
			i.record.outcome.Fields = wwe.RecordFields{}
		}
		maps.Copy(i.record.outcome.Fields, changed)
		return "", nil
	}),
	"outbound.callPreviewRecord": onRecord(func(h *Host, i *interaction, p parameters) (string, error) {
		r, err := i.record.at(p, 1)
		if err == nil {
			err = h.isUncalled(i)
		}
		if err == nil {
			err = h.mayDial(r.Phone)
		}
		if err != nil {
			return "", err
		}
		if i.can(ActionAnswer) { // to call is to accept the record
			if err := h.act(i, ActionAnswer); err != nil {
				return "", err
			}
		}
		i.Parties[0] = person(r.Phone)
		return "", h.act(i, ActionCall)
	}),
	"outbound.rejectPreviewRecord": giveBack(ActionReject),
	"outbound.cancelPreviewRecord": giveBack(ActionCancel),
	"outbound.rescheduleRecord": onRecord(func(_ *Host, i *interaction, p parameters) (string, error) {
		if _, err := i.record.at(p, 1); err != nil {
			return "", err
		}
		date, callback := p.string(2), p.string(3)
		if _, err := time.Parse("1/2/2006 15:04", date); err != nil {
			return "", errors.New("the date is not one such as 3/9/2027 9:05")
		}
		if callback == "" {
			return "", errors.New("there is no type of callback")
		}
		i.record.outcome.Rescheduled, i.record.outcome.Callback = date, wwe.CallbackType(callback)
		return "", nil
	}),
	"outbound.cancelReschedule": onRecord(func(_ *Host, i *interaction, _ parameters) (string, error) {
		i.record.outcome.Rescheduled, i.record.outcome.Callback = "", ""
		return "", nil
	}),
	"outbound.getCallResult": onRecord(func(_ *Host, i *interaction, _ parameters) (string, error) {
		return strconv.Itoa(i.record.outcome.CallResult), nil
	}),
	"outbound.setCallResult": onRecord(func(_ *Host, i *interaction, p parameters) (string, error) {
		result, err := p.number(1)
		if err != nil {
			return "", err
		}
		if !slices.ContainsFunc(callResults, func(r callResult) bool { return r.value == result }) {
			return "", fmt.Errorf("there is no call result %d", result)
		}
		i.record.outcome.CallResult = result
		return "", nil
	}),
	"outbound.setDoNotCall": onRecord(func(_ *Host, i *interaction, _ parameters) (string, error) {
		i.record.outcome.DoNotCall = true
		return "", nil
	}),
	"outbound.removeDoNotCall": onRecord(func(_ *Host, i *interaction, _ parameters) (string, error) {
		i.record.outcome.DoNotCall = false
		return "", nil
	}),
}

// giveBack performs the agent's action on a record whose customer is not being
// called.
func giveBack(a Action) request {
	return onRecord(func(h *Host, i *interaction, _ parameters) (string, error) {
		if err := h.isUncalled(i); err != nil {
			return "", err
		}
		return "", h.act(i, a)
	})
}

// isUncalled returns an error if the customer of a preview is being called. The
// call is in the case of its preview.
func (h *Host) isUncalled(i *interaction) error {
	for _, other := range h.interactions {
		if other != i && other.CaseID == i.CaseID && other.isLive() {
			return fmt.Errorf("the customer of interaction %s is being called: %s", i.InteractionID, other.InteractionID)
		}
	}
	return nil
}

// onRecord makes a request about the record of an interaction.
func onRecord(do func(h *Host, i *interaction, p parameters) (string, error)) request {
	return func(h *Host, p parameters) (string, error) {
		i, err := h.known(p.string(0))
		if err != nil {
			return "", err
		}
		if i.record == nil {
			return "", fmt.Errorf("interaction %s shows no record", i.InteractionID)
		}
		return do(h, i, p)
	}
}

// at returns the record whose handle is in the parameter. The handle is the
// record's place in the chain, from 1.
func (r *record) at(p parameters, parameter int) (Record, error) {
	handle, err := p.number(parameter)
	if err != nil {
		return Record{}, err
	}
	if handle < 1 || handle > len(r.chain) {
		return Record{}, fmt.Errorf("the chain has no record %d", handle)
	}
	return r.chain[handle-1], nil
}

// number returns a parameter that is a whole number.
func (p parameters) number(n int) (int, error) {
	r := jsontext.NewReader(p.text(n))
	value := r.Number()
	if r.Err() != nil || p.text(n) == "null" || value != float64(int32(value)) {
		return 0, fmt.Errorf("parameter %d is not a whole number", n+1)
	}
	return int(value), nil
}

// callResults are some of the call results of Outbound Contact Server.
var callResults = []callResult{{6, "Busy"}, {7, "No Answer"}, {9, "Answering Machine Detected"}, {17, "Fax Detected"}, {33, "Answer"}, {52, "Wrong Number"}}

type callResult struct {
	value int
	name  string
}

func callResultsText() string {
	return list(callResults, func(r callResult) string {
		var o object
		o.value("value", r.value)
		o.string("name", r.name)
		return o.text()
	})
}
