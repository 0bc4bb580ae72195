package wwetest

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"wwebridge/internal/jsontext"
	"wwebridge/wasm/wwe"
)

// interaction is one that the Host holds.
type interaction struct {
	wwe.Interaction
	blocked bool   // from being marked done
	warning string // what the agent is told then
}

// isLive tells whether the call is still on; a call that is not can only be marked done.
func (i *interaction) isLive() bool { return i.State != wwe.StateIdle }

func (i *interaction) enter(state wwe.State) {
	i.PreviousState, i.State = i.State, state
}

// add gives the interaction its ids and a place on the desk.
func (h *Host) add(i wwe.Interaction) *interaction {
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
	if i.Media == "voice" {
		i.CallUUID = h.uuid()
		i.InteractionUUID = i.CallUUID
	}
	held := &interaction{Interaction: i}
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

// consultations returns those that belong to the interaction with this id.
func (h *Host) consultations(id string) []*interaction {
	var all []*interaction
	for _, i := range h.interactions {
		if i.IsConsultation && i.ParentInteractionID == id {
			all = append(all, i)
		}
	}
	return all
}

// selectCase selects the case, and expands it as WWE does; the others fold.
func (h *Host) selectCase(caseID string) {
	folded, selected := "", true
	for _, i := range h.interactions {
		if i.CaseID != caseID && i.IsCaseExpanded {
			folded = i.CaseID
		}
		if i.CaseID == caseID {
			selected = selected && i.IsCaseSelected
		}
		i.IsCaseSelected = i.CaseID == caseID
		i.IsCaseExpanded = i.IsCaseSelected
	}
	if selected {
		return // it was before
	}
	if folded != "" {
		h.caseEvent(wwe.EventCaseCollapsed, folded)
	}
	h.caseEvent(wwe.EventCaseExpanded, caseID)
	h.caseEvent(wwe.EventCaseSelected, caseID)
}

func (h *Host) uuid() string {
	a, b := h.ids.Uint64(), h.ids.Uint64()
	return fmt.Sprintf("%08x-%04x-%04x-%04x-%012x", a>>32, a>>16&0xffff, a&0xffff, b>>48, b&0xffffffffffff)
}

// text is the interaction as WWE sends it, the properties in WWE's order; those
// that do not apply are absent.
func (i *interaction) text() string {
	var o object
	o.string("interactionId", i.InteractionID)
	o.string("caseId", i.CaseID)
	if i.ParentInteractionID == "" {
		o.raw("parentInteractionId", "null")
	} else {
		o.string("parentInteractionId", i.ParentInteractionID)
	}
	o.value("userData", map[string]any(i.UserData))
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
		o.raw("contact", contact.text())
	}
	o.value("isMainCaseInteraction", i.IsMainCaseInteraction)
	o.value("isCaseSelected", i.IsCaseSelected)
	o.value("isCaseExpanded", i.IsCaseExpanded)
	o.optional("media", i.Media)
	for _, name := range slices.Sorted(maps.Keys(i.Unknown)) {
		o.raw(name, string(i.Unknown[name]))
	}
	return o.text()
}

func partiesText(parties []wwe.Party) string {
	text := "["
	for n, p := range parties {
		var o object
		o.string("name", p.Name)
		o.optional("identifier", p.Identifier)
		o.optional("phoneNumber", p.PhoneNumber)
		o.optional("type", p.Type)
		o.optional("username", p.Username)
		o.optional("firstname", p.FirstName)
		o.optional("lastname", p.LastName)
		o.optional("path", p.Path)
		if n > 0 {
			text += ","
		}
		text += o.text()
	}
	return text + "]"
}

// object builds the text of a JSON object, its properties in the order given.
type object struct{ b []byte }

func (o *object) raw(name, text string) {
	if len(o.b) > 0 {
		o.b = append(o.b, ',')
	}
	o.b = append(jsontext.AppendString(o.b, name), ':')
	o.b = append(o.b, text...)
}

func (o *object) string(name, value string) { o.raw(name, string(jsontext.AppendString(nil, value))) }

func (o *object) optional(name, value string) {
	if value != "" {
		o.string(name, value)
	}
}

func (o *object) value(name string, value any) {
	text, err := jsontext.AppendAny(nil, value)
	if err != nil {
		text = []byte("null") // what JSON cannot say does not get past Ring
	}
	o.raw(name, string(text))
}

func (o *object) text() string { return "{" + string(o.b) + "}" }
