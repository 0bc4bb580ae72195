package wwetest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"wwebridge/wasm/wwe"
)

// holdOthers holds every call that the agent is talking on, with the exception
// of but. It does nothing if Config.HoldOthers is off.
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

// mayDial returns the reason why the agent cannot dial the number now, or nil.
func (h *Host) mayDial(number string) error {
	if strings.TrimSpace(number) == "" {
		return errors.New("there is no number to dial")
	}
	if err := h.isSomebodyElse(number); err != nil {
		return err
	}
	return h.isUndialled(number)
}

// isUndialled returns an error if the agent is already calling the number, for
// a consultation or otherwise.
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

// isSomebodyElse returns an error if the number is the agent's own: here, the
// employee id or the user name.
func (h *Host) isSomebodyElse(number string) error {
	own := sameNumber(number, h.config.Agent.EmployeeID) || sameNumber(number, h.config.Agent.Username)
	if own && !h.config.SelfCalls {
		return fmt.Errorf("%s is the agent's own", number)
	}
	return nil
}

// sameNumber reports whether a and b are the same destination. It ignores
// letter case in names, as WWE does in user names, and separators in numbers.
func sameNumber(a, b string) bool {
	a = dialled(a)
	return a != "" && strings.EqualFold(a, dialled(b))
}

// dialled returns a number without blanks and separators. In a name it only
// trims the blanks around it.
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

// manyPeople are the target types that are not one person. The name of such a
// target may equal the agent's.
var manyPeople = []wwe.TargetType{wwe.TargetTypeAgentGroup, wwe.TargetTypeSkill, wwe.TargetTypeInteractionQueue, wwe.TargetTypeRoutingPoint}

// mayTurnTo returns the reason why the target cannot be called about any
// interaction, or nil.
func (h *Host) mayTurnTo(to target) error {
	switch {
	case !h.config.AnyTargetType && !slices.Contains(targetTypes, to.Type):
		return fmt.Errorf("there is no target type %q", to.Type)
	case slices.Contains(manyPeople, to.Type):
		return nil
	}
	return h.isSomebodyElse(to.Destination)
}

// mayConsultAgain returns an error for a consultation about a consultation, and
// for a second one by the same media, which is voice or chat.
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
