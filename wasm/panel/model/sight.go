package model

// manyAtOnce is how many interactions a View has, beside those that ring, until
// the agent asks for more. A list of thousands helps nobody and takes a browser
// seconds to draw.
const manyAtOnce = 100

// bringIntoSight marks the interactions that a View has: the first, what is
// selected with what belongs to it, and what rings. What is in sight stays there
// until it is gone, so that nothing vanishes under the agent's pointer.
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

// ShowMore has the View contain more of the interactions, if there are more.
func (m *Model) ShowMore() {
	m.change(func() {
		m.limit = len(m.order) - m.hidden + manyAtOnce
		m.bringIntoSight()
	})
}
