package wwetest

import (
	"cmp"
	"fmt"
	"slices"

	"wwebridge/wasm/wwe"
)

// Call describes a call that rings the agent, or that the agent dials.
type Call struct {
	Type     wwe.CallType // such as INTERNAL; "" is INBOUND, or OUTBOUND for Dial
	ANI      string       // the caller's number
	DNIS     string       // the dialled number
	UserData wwe.UserData // attached before the call reaches the agent
	Contact  *wwe.Contact // the customer, if WWE has a contact
}

// Chat describes a chat, or a session of another media that is like a chat.
type Chat struct {
	From       string // the customer's name in the chat
	Media      string // such as "instagram"; "" is "chat"
	Conference bool   // the agent is invited into a colleague's chat
	UserData   wwe.UserData
	Contact    *wwe.Contact
}

// Email describes an email from or to a customer.
type Email struct {
	From     string // for Host.Email
	To       string // for Host.Compose
	Subject  string
	UserData wwe.UserData
	Contact  *wwe.Contact
}

// WorkItem describes an interaction of any other media.
type WorkItem struct {
	From     string
	Media    string // "" is "workitem"
	UserData wwe.UserData
	Contact  *wwe.Contact
}

// Preview describes a record of an outbound campaign that the agent sees before
// the call.
type Preview struct {
	Campaign string
	Phone    string
	UserData wwe.UserData
	Contact  *wwe.Contact
}

// Ring offers an inbound call to the agent: a new interaction, RINGING, in a
// case of its own. Ring panics if JSON cannot express the user data, which is a
// mistake in the test. So do the other methods that begin an interaction.
func (h *Host) Ring(c Call) (interactionID string) {
	return h.begin(voice, "Ring", inbound(c))
}

// TransferIn is Ring for a call that a colleague transfers to the agent. The
// colleague is a party to the call until the agent answers.
func (h *Host) TransferIn(c Call, colleague string) (interactionID string) {
	i := inbound(c)
	i.Parties = append(i.Parties, wwe.Party{Name: colleague, Identifier: colleague, Type: string(wwe.TargetTypeAgent), Username: colleague})
	return h.begin(voice, "TransferIn", i, func(i *interaction) { i.transferrer = colleague })
}

// inbound returns a call to the agent. WWE sends no ANI for an internal call.
func inbound(c Call) wwe.Interaction {
	ani := c.ANI
	if c.Type == wwe.CallTypeInternal {
		ani = ""
	}
	return wwe.Interaction{
		State:     wwe.StateRinging,
		Media:     "voice",
		Direction: wwe.DirectionIn,
		CallType:  cmp.Or(c.Type, wwe.CallTypeInbound),
		ANI:       ani,
		DNIS:      c.DNIS,
		UserData:  c.UserData,
		Contact:   c.Contact,
		Parties:   []wwe.Party{person(c.ANI)},
	}
}

// Dial has the agent call c.DNIS, as voice.dial does. The call is DIALING until
// Host.Answer or Host.Reject acts for the other side. Dial returns an error if
// WWE refuses the call.
func (h *Host) Dial(c Call) (interactionID string, err error) {
	data := mustBeReceived("Dial", c.UserData)
	err = h.change(func() error {
		if err := h.mayDial(c.DNIS); err != nil {
			return err
		}
		interactionID = h.dial(wwe.Interaction{
			CallType: c.Type, ANI: c.ANI, DNIS: c.DNIS, UserData: data, Contact: c.Contact, Parties: []wwe.Party{person(c.DNIS)},
		}.Clone()).InteractionID
		return nil
	})
	return interactionID, err
}

// dial begins an outbound call. The Host is locked.
func (h *Host) dial(i wwe.Interaction) *interaction {
	h.holdOthers(nil)
	i.State = wwe.StateDialing
	i.Media = "voice"
	i.Direction = wwe.DirectionOut
	i.CallType = cmp.Or(i.CallType, wwe.CallTypeOutbound)
	held := h.add(voice, i)
	held.rangElsewhere = true
	h.begunByAgent(held)
	return held
}

// Chat offers a chat to the agent: INVITED, or INVITED_CONFERENCE.
func (h *Host) Chat(c Chat) (interactionID string) {
	state := wwe.StateInvited
	if c.Conference {
		state = wwe.StateInvitedConference
	}
	parties := []wwe.Party{{Name: c.From}}
	if c.Conference {
		parties = append(parties, wwe.Party{Name: "colleague", Type: string(wwe.TargetTypeAgent)})
	}
	return h.begin(chat, "Chat", wwe.Interaction{
		State:    state,
		Media:    cmp.Or(c.Media, "chat"),
		UserData: c.UserData,
		Contact:  c.Contact,
		Parties:  parties,
	})
}

// Email offers an email from a customer to the agent: INVITED. The Subject
// becomes user data (guess).
func (h *Host) Email(e Email) (interactionID string) {
	return h.begin(openMedia, "Email", wwe.Interaction{
		State:    wwe.StateInvited,
		Media:    "email",
		UserData: withSubject(e),
		Contact:  e.Contact,
		Parties:  []wwe.Party{{Name: e.From}},
	})
}

// Compose has the agent begin an email to e.To: CREATED.
func (h *Host) Compose(e Email) (interactionID string) {
	data := mustBeReceived("Compose", withSubject(e))
	_ = h.change(func() error {
		interactionID = h.compose(e.To, data, e.Contact).InteractionID
		return nil
	})
	return interactionID
}

// compose begins an email. The Host is locked.
func (h *Host) compose(to string, data wwe.UserData, contact *wwe.Contact) *interaction {
	held := h.add(outboundEmail, wwe.Interaction{
		State:    wwe.StateCreated,
		Media:    "email",
		UserData: data,
		Contact:  contact,
		Parties:  []wwe.Party{{Name: to}},
	}.Clone())
	h.begunByAgent(held)
	return held
}

func withSubject(e Email) wwe.UserData {
	data := e.UserData.Clone()
	if e.Subject != "" {
		if data == nil {
			data = wwe.UserData{}
		}
		data["Subject"] = e.Subject
	}
	return data
}

// WorkItem offers an interaction of open media to the agent: INVITED.
func (h *Host) WorkItem(w WorkItem) (interactionID string) {
	return h.begin(openMedia, "WorkItem", wwe.Interaction{
		State:    wwe.StateInvited,
		Media:    cmp.Or(w.Media, "workitem"),
		UserData: w.UserData,
		Contact:  w.Contact,
		Parties:  []wwe.Party{{Name: w.From}},
	})
}

// Preview shows the agent a record of an outbound campaign: PREVIEW. The
// campaign's name becomes user data (guess).
func (h *Host) Preview(p Preview) (interactionID string) {
	data := p.UserData.Clone()
	if p.Campaign != "" {
		if data == nil {
			data = wwe.UserData{}
		}
		data["GSW_CAMPAIGN_NAME"] = p.Campaign
	}
	i := wwe.Interaction{
		State:    wwe.StatePreview,
		Media:    "outboundpreview",
		UserData: data,
		Contact:  p.Contact,
		Parties:  []wwe.Party{person(p.Phone)},
	}
	return h.begin(preview, "Preview", i, func(i *interaction) { i.record = &record{chain: []Record{{Phone: p.Phone}}} })
}

// begin adds an interaction that is offered to the agent.
func (h *Host) begin(k kind, where string, i wwe.Interaction, more ...func(*interaction)) (id string) {
	i.UserData = mustBeReceived(where, i.UserData)
	i = i.Clone()
	_ = h.change(func() error {
		held := h.add(k, i)
		for _, change := range more {
			change(held)
		}
		h.begun(held)
		h.expectAnswer(held)
		id = held.InteractionID
		return nil
	})
	return id
}

// begun sends the event of a new interaction. If the desk was empty, the agent
// looks at the interaction, so begun sends the events of its case too.
func (h *Host) begun(i *interaction) {
	h.interactionEvent(begins(i.State), i)
	if i.IsCaseSelected && i.IsMainCaseInteraction {
		h.caseEvent(wwe.EventTypeCaseExpanded, i.CaseID)
		h.caseEvent(wwe.EventTypeCaseSelected, i.CaseID)
	}
}

// begunByAgent is begun for an interaction that the agent begins and therefore
// looks at.
func (h *Host) begunByAgent(i *interaction) {
	h.begun(i)
	h.selectCase(i.CaseID)
}

// begins returns the type of a new interaction's event. It has the state's name
// (guess).
func begins(s wwe.State) wwe.EventType { return wwe.EventType(s) }

// expectAnswer takes the interaction from an agent who does not answer in time.
func (h *Host) expectAnswer(i *interaction) {
	if h.config.NoAnswerTimeout > 0 {
		i.offeredUntil = h.clock.Now().Add(h.config.NoAnswerTimeout)
		h.takeAwayInTime(i)
	}
}

func (h *Host) takeAwayInTime(i *interaction) {
	offered := i.life()
	h.later(h.remaining(i.offeredUntil), func() {
		if i.life() != offered || h.byID(i.InteractionID) != i {
			return
		}
		action := ActionRevoke
		if i.kind == voice {
			action = ActionNoAnswer
		}
		if i.can(action) {
			_ = h.act(i, action)
		}
	})
}

// Workbin returns the interactions that the agent has saved, in the order of
// saving.
func (h *Host) Workbin() []wwe.Interaction {
	h.mu.Lock()
	defer h.mu.Unlock()
	return clones(h.workbin)
}

// Pull takes an interaction out of the workbin, by its InteractionUUID: PULLED.
// It gets a new InteractionID and a new case (guess).
func (h *Host) Pull(interactionUUID string) (interactionID string, err error) {
	err = h.change(func() error {
		n := slices.IndexFunc(h.workbin, func(i *interaction) bool { return i.InteractionUUID == interactionUUID })
		if n < 0 {
			return fmt.Errorf("wwetest: the workbin has no interaction %q", interactionUUID)
		}
		saved := h.workbin[n]
		h.workbin = slices.Delete(h.workbin, n, n+1)
		again := saved.Interaction
		again.CaseID = ""
		again.State = wwe.StatePulled
		held := h.add(saved.kind, again)
		held.PreviousState = wwe.StateSaved
		h.begunByAgent(held)
		interactionID = held.InteractionID
		return nil
	})
	return interactionID, err
}

func person(number string) wwe.Party {
	return wwe.Party{Name: number, Identifier: number, PhoneNumber: number}
}

// received returns user data as it reaches WWE: a copy, with only the types of
// JSON.
func received(data wwe.UserData) (wwe.UserData, error) {
	if data == nil {
		return wwe.UserData{}, nil
	}
	text, err := appendAny(map[string]any(data))
	if err != nil {
		return nil, err
	}
	return userDataOf(text)
}

func mustBeReceived(where string, data wwe.UserData) wwe.UserData {
	data, err := received(data)
	if err != nil {
		panic("wwetest: " + where + ": " + err.Error())
	}
	return data
}
