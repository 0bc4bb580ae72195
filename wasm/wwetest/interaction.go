package wwetest

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"wwebridge/internal/jsontext"
	"wwebridge/wasm/wwe"
)

// interaction is an interaction that the Host holds.
type interaction struct {
	wwe.Interaction
	kind          kind
	beneath       wwe.State // the actual state, while State only reports a change of user data
	before        wwe.State // the state before this one, to which it may return
	rangElsewhere bool      // the agent began it, and somebody else answers
	transferrer   string    // the colleague who is party to it until the agent answers
	record        *record   // of a preview
	blocked       bool      // from being marked done
	warning       string    // shown to an agent who tries to mark it done
	lapses        time.Time // when the block lapses; zero: never
	offeredUntil  time.Time // when an agent who has not answered loses it; zero: never
}

// life returns the state that decides which actions are possible.
func (i *interaction) life() wwe.State {
	if i.beneath != "" {
		return i.beneath
	}
	return i.State
}

func (i *interaction) enter(state wwe.State) {
	i.before = i.life()
	i.PreviousState, i.State, i.beneath = i.State, state, ""
}

// add gives the interaction its ids and puts it on the desk.
func (h *Host) add(k kind, i wwe.Interaction) *interaction {
	if i.Contact != nil {
		for name, value := range i.Contact.Unknown {
			mustBeJSON("the contact's "+name, cmp.Or(value, "none"))
		}
	}
	h.lastID++
	i.InteractionID = strconv.Itoa(h.lastID)
	i.PreviousState = wwe.StateUnknown
	if i.CaseID == "" {
		i.CaseID = h.uuid()
		i.IsMainCaseInteraction = true
		i.IsCaseSelected = len(h.interactions) == 0 // guess
		i.IsCaseExpanded = i.IsCaseSelected
	}
	if i.UserData == nil {
		i.UserData = wwe.UserData{}
	}
	if i.InteractionUUID == "" {
		i.InteractionUUID = h.uuid()
	}
	if k == voice {
		i.CallUUID = i.InteractionUUID
	}
	held := &interaction{Interaction: i, kind: k}
	h.interactions = append(h.interactions, held)
	return held
}

func (h *Host) remove(i *interaction) {
	h.interactions = slices.DeleteFunc(h.interactions, func(other *interaction) bool { return other == i })
}

func (h *Host) byID(id string) *interaction {
	for _, i := range h.interactions {
		if i.InteractionID == id {
			return i
		}
	}
	return nil
}

// known returns the interaction, which may be in any state.
func (h *Host) known(id string) (*interaction, error) {
	if i := h.byID(id); i != nil {
		return i, nil
	}
	return nil, fmt.Errorf("no interaction has the id %q", id)
}

// live returns an interaction that has not ended.
func (h *Host) live(id string) (*interaction, error) {
	i, err := h.known(id)
	if err == nil && !i.isLive() {
		err = fmt.Errorf("interaction %s is not live: its state is %s", id, i.State)
	}
	return i, err
}

// writable returns an interaction whose user data can be changed.
func (h *Host) writable(id string) (*interaction, error) {
	if i := h.byID(id); i != nil && i.life() == wwe.StateIdle && h.config.UserDataAfterRelease {
		return i, nil
	}
	return h.live(id)
}

// joined returns an interaction that the agent is working on.
func (h *Host) joined(id string) (*interaction, error) {
	i, err := h.known(id)
	if err == nil && !i.isEstablished() {
		err = fmt.Errorf("interaction %s is not established: its state is %s", id, i.State)
	}
	return i, err
}

// attach adds user data and overwrites existing keys. Empty data changes
// nothing.
func (h *Host) attach(i *interaction, keyValues wwe.UserData) {
	if len(keyValues) == 0 {
		return
	}
	state := wwe.StateUserDataAttached
	for key := range keyValues {
		if _, there := i.UserData[key]; there {
			state = wwe.StateUserDataUpdated
		}
	}
	maps.Copy(i.UserData, keyValues)
	h.dataChanged(i, state)
}

// detach deletes a key. A missing key is not an error (guess).
func (h *Host) detach(i *interaction, key string) {
	if _, there := i.UserData[key]; !there {
		return
	}
	delete(i.UserData, key)
	h.dataChanged(i, wwe.StateUserDataUpdated)
}

func (h *Host) dataChanged(i *interaction, state wwe.State) {
	if h.config.UserDataStates && i.kind != voice {
		life := i.life()
		i.PreviousState, i.State, i.beneath = life, state, life
	}
	h.interactionEvent(wwe.EventTypeAttachedDataChanged, i)
}

func (h *Host) uuid() string {
	a, b := h.ids.Uint64(), h.ids.Uint64()
	return fmt.Sprintf("%08x-%04x-%04x-%04x-%012x", a>>32, a>>16&0xffff, a&0xffff, b>>48, b&0xffffffffffff)
}

// text returns the interaction as WWE sends it, with the properties in WWE's
// order. It omits the properties that do not apply, and the user data that may
// not be read.
func (i *interaction) text(readAllowed string) string {
	var o object
	o.string("interactionId", i.InteractionID)
	o.string("caseId", i.CaseID)
	if i.ParentInteractionID == "" {
		o.raw("parentInteractionId", "null")
	} else {
		o.string("parentInteractionId", i.ParentInteractionID)
	}
	o.value("userData", readable(i.UserData, readAllowed))
	o.string("state", string(i.State))
	o.string("previousState", string(i.PreviousState))
	o.raw("parties", partiesText(i.Parties))
	o.optional("interactionUUID", i.InteractionUUID)
	o.optional("callUuid", i.CallUUID)
	o.value("isConsultation", i.IsConsultation)
	o.optional("direction", string(i.Direction))
	o.optional("callType", string(i.CallType))
	o.optional("ani", i.ANI)
	o.optional("dnis", i.DNIS)
	o.optional("recordingState", string(i.RecordingState))
	o.optional("ronaCallState", string(i.RonaCallState))
	o.optional("connId", i.ConnID)
	if i.Contact != nil {
		var contact object
		contact.string("displayName", i.Contact.DisplayName)
		contact.string("firstname", i.Contact.FirstName)
		contact.string("lastName", i.Contact.LastName)
		contact.unknown(i.Contact.Unknown)
		o.raw("contact", contact.text())
	}
	o.value("isMainCaseInteraction", i.IsMainCaseInteraction)
	o.value("isCaseSelected", i.IsCaseSelected)
	o.value("isCaseExpanded", i.IsCaseExpanded)
	o.optional("media", i.Media)
	o.unknown(i.Unknown)
	return o.text()
}

func readable(data wwe.UserData, allowed string) map[string]any {
	if allowed == everything {
		return data
	}
	some := map[string]any{}
	for key, value := range data {
		if permits(allowed, key) {
			some[key] = value
		}
	}
	return some
}

func partiesText(parties []wwe.Party) string {
	return list(parties, func(p wwe.Party) string {
		var o object
		o.string("name", p.Name)
		o.optional("identifier", p.Identifier)
		o.optional("phoneNumber", p.PhoneNumber)
		o.optional("type", p.Type)
		o.optional("username", p.Username)
		o.optional("firstname", p.FirstName)
		o.optional("lastname", p.LastName)
		o.optional("path", p.Path)
		return o.text()
	})
}

func clones(interactions []*interaction) []wwe.Interaction {
	var all []wwe.Interaction
	for _, i := range interactions {
		all = append(all, i.Clone())
	}
	return all
}

// object builds the text of a JSON object. The properties keep the order in
// which they are added.
type object struct{ b []byte }

func (o *object) raw(name, text string) {
	if len(o.b) > 0 {
		o.b = append(o.b, ',')
	}
	o.b = append(jsontext.AppendString(o.b, name), ':')
	o.b = append(o.b, text...)
}

func (o *object) string(name, value string) { o.raw(name, quote(value)) }

func (o *object) unknown(properties map[string]wwe.JSON) {
	for _, name := range slices.Sorted(maps.Keys(properties)) {
		o.raw(name, string(properties[name]))
	}
}

func (o *object) optional(name, value string) {
	if value != "" {
		o.string(name, value)
	}
}

func (o *object) value(name string, value any) {
	text, err := appendAny(value)
	if err != nil {
		text = "null" // unreachable: values without a form in JSON are refused earlier
	}
	o.raw(name, text)
}

func (o *object) text() string { return "{" + string(o.b) + "}" }

// list returns the text of a JSON array.
func list[T any](items []T, text func(T) string) string {
	b := []byte{'['}
	for n, item := range items {
		if n > 0 {
			b = append(b, ',')
		}
		b = append(b, text(item)...)
	}
	return string(append(b, ']'))
}

func quote(s string) string { return string(jsontext.AppendString(nil, s)) }

func appendAny(value any) (string, error) {
	text, err := jsontext.AppendAny(nil, value)
	return string(text), err
}
