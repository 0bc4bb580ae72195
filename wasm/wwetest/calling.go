package wwetest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"wwebridge/wasm/wwe"
)

// holdOthers holds every call that the agent talks on except one, unless
// Config.HoldOthers is off.
func (h *Host) holdOthers(but *interaction) {
	if !h.config.HoldOthers {
		return
	}
	for _, i := range h.interactions {
		if i != but && i.kind == voice && i.State == wwe.StateTalking {
			h.hold(i)
		}
	}
}

func (h *Host) hold(i *interaction) {
	i.enter(wwe.StateHeld)
	h.interactionEvent(wwe.EventTypeHeld, i)
}

// mayDial says why the agent cannot dial the number now.
func (h *Host) mayDial(number string) error {
	if strings.TrimSpace(number) == "" {
		return errors.New("there is no number to dial")
	}
	if err := h.isSomebodyElse(number); err != nil {
		return err
	}
	return h.isUndialled(number)
}

// isUndialled refuses a number that the agent is calling, to consult or not.
func (h *Host) isUndialled(number string) error {
	if h.config.RepeatedDials {
		return nil
	}
	for _, i := range h.interactions {
		if i.State == wwe.StateDialing && sameNumber(i.DNIS, number) {
			return fmt.Errorf("%s is being called already: interaction %s", number, i.InteractionID)
		}
	}
	return nil
}

// isSomebodyElse refuses the agent's own employee id and user name, which are
// the agent's numbers here.
func (h *Host) isSomebodyElse(number string) error {
	own := sameNumber(number, h.config.Agent.EmployeeID) || sameNumber(number, h.config.Agent.Username)
	if own && !h.config.SelfCalls {
		return fmt.Errorf("%s is the agent's own", number)
	}
	return nil
}

// sameNumber compares what is dialled: names as WWE does user names, numbers
// however they are written.
func sameNumber(a, b string) bool {
	a = dialled(a)
	return a != "" && strings.EqualFold(a, dialled(b))
}

// dialled is what a number is without blanks and separators; a name stays.
func dialled(text string) string {
	text = strings.TrimSpace(text)
	number := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("-./()\u2010\u2011", r) {
			return -1
		}
		return r
	}, text)
	if strings.Trim(number, "+0123456789*#") != "" || number == "" {
		return text
	}
	return number
}

var targetTypes = []wwe.TargetType{
	wwe.TargetTypeAgent, wwe.TargetTypeAgentGroup, wwe.TargetTypeSkill, wwe.TargetTypeInteractionQueue, wwe.TargetTypeRoutingPoint, wwe.TargetTypeCustomContact,
}

// manyPeople are the types of targets that are not one person, whose name may
// be that of the agent.
var manyPeople = []wwe.TargetType{wwe.TargetTypeAgentGroup, wwe.TargetTypeSkill, wwe.TargetTypeInteractionQueue, wwe.TargetTypeRoutingPoint}

// mayTurnTo says why the target cannot be called about any interaction.
func (h *Host) mayTurnTo(to target) error {
	switch {
	case !h.config.AnyTargetType && !slices.Contains(targetTypes, to.Type):
		return fmt.Errorf("there is no target type %q", to.Type)
	case slices.Contains(manyPeople, to.Type):
		return nil
	}
	return h.isSomebodyElse(to.Destination)
}

// mayConsultAgain refuses a consultation about a consultation, and a second one
// by the same media, which is voice or a chat.
func (h *Host) mayConsultAgain(i *interaction, by kind) error {
	if h.config.SeveralConsultations {
		return nil
	}
	if i.IsConsultation {
		return fmt.Errorf("interaction %s is a consultation itself", i.InteractionID)
	}
	for _, other := range h.consultations(i.InteractionID) {
		if other.kind == by && other.isLive() {
			return fmt.Errorf("interaction %s has a consultation already: %s", i.InteractionID, other.InteractionID)
		}
	}
	return nil
}
