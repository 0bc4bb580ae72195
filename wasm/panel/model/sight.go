package model

// manyAtOnce is the maximum number of interactions in a View until the agent asks for more. Ringing ones
// are added to it. A list of thousands is of no use, and a browser takes seconds to draw it.
const manyAtOnce = 100

// bringIntoSight marks the interactions that a View contains: the first ones, the selected one with its
// parent and consultation, and those that ring. A marked interaction stays in the View until it is gone,
// so that nothing vanishes under the agent's pointer.
func (m *Model) bringIntoSight() {
	inSight, ringing := 0, 0
	for _, i := range m.order {
		if i.inSight {
			inSight++
			if IsOffered(i.Interaction) {
				ringing++
			}
		}
	}
	var parent, consultation *item
	if m.selected != nil {
		parent, consultation = m.items[m.selected.ParentInteractionID], m.consultations[m.selected.InteractionID]
	}
	for _, i := range m.order {
		if i.inSight {
			continue
		}
		rings := ringing < manyAtOnce && IsOffered(i.Interaction)
		if rings {
			ringing++
		}
		if rings || inSight < m.limit || i == m.selected || i == parent || i == consultation {
			i.inSight = true
			inSight++
		}
	}
	m.hidden = len(m.order) - inSight
}

// ShowMore adds more interactions to the View, if there are any.
func (m *Model) ShowMore() {
	m.change(func() {
		m.limit = len(m.order) - m.hidden + manyAtOnce
		m.bringIntoSight()
	})
}
