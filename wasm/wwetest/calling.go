package wwetest

import (
	"fmt"
	"slices"

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
	h.interactionEvent(wwe.EventHeld, i)
}

// mayDial says why the agent cannot dial the number now.
func (h *Host) mayDial(number string) error {
	if err := h.isSomebodyElse(number); err != nil || h.config.RepeatedDials {
		return err
	}
	for _, i := range h.interactions {
		if i.State == wwe.StateDialing && !i.IsConsultation && i.DNIS == number {
			return fmt.Errorf("%s is being called already: interaction %s", number, i.InteractionID)
		}
	}
	return nil
}

// isSomebodyElse refuses the agent's own employee id and user name, which are
// the agent's numbers here.
func (h *Host) isSomebodyElse(number string) error {
	own := number == h.config.Agent.EmployeeID || number == h.config.Agent.UserName
	if own && number != "" && !h.config.SelfCalls {
		return fmt.Errorf("%s is the agent's own", number)
	}
	return nil
}

var targetTypes = []wwe.TargetType{
	wwe.TargetAgent, wwe.TargetAgentGroup, wwe.TargetSkill, wwe.TargetInteractionQueue, wwe.TargetRoutingPoint, wwe.TargetCustomContact,
}

// mayTurnTo says why the target cannot be called about any interaction.
func (h *Host) mayTurnTo(to target) error {
	switch {
	case !h.config.AnyTargetType && !slices.Contains(targetTypes, to.Type):
		return fmt.Errorf("there is no target type %q", to.Type)
	case to.Type == wwe.TargetAgent || to.Type == wwe.TargetCustomContact:
		return h.isSomebodyElse(to.Destination)
	}
	return nil
}

// mayConsultAgain refuses a second consultation by voice about a call.
func (h *Host) mayConsultAgain(i *interaction) error {
	if h.config.SeveralConsultations || i.kind != voice {
		return nil
	}
	for _, other := range h.consultations(i.InteractionID) {
		if other.kind == voice && other.isLive() {
			return fmt.Errorf("interaction %s has a consultation already: %s", i.InteractionID, other.InteractionID)
		}
	}
	return nil
}
