package model

// manyAtOnce is how many interactions a View has at most, until the agent asks
// for more. A list of thousands helps nobody and takes a browser seconds to draw.
const manyAtOnce = 100

// bringIntoSight marks the interactions that a View has: what is selected and
// what belongs to it, what rings, and else the first. What is in sight stays
// there until it is gone, so that nothing vanishes under the agent's pointer.
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
	bring := func(i *item) {
		if i != nil && !i.inSight {
			i.inSight = true
			inSight++
		}
	}
	if i := m.items[m.selected]; i != nil {
		bring(i)
		bring(m.items[i.ParentInteractionID])
		bring(m.consultations[i.InteractionID])
	}
	for _, i := range m.order {
		switch {
		case i.inSight:
		case inSight < m.limit:
			bring(i)
		case ringing < manyAtOnce && IsOffered(i.Interaction):
			ringing++
			bring(i)
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
