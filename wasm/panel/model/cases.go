package model

import (
	"time"

	"wwebridge/wasm/wwe"
)

// item is an interaction and what the panel knows of it beyond WWE. Only apply
// changes what it embeds, which is WWE's latest word and is never written to.
type item struct {
	*wwe.Interaction
	key      int       // stays when WWE gives it another id
	began    time.Time // when the panel first saw it
	since    time.Time // when it entered this state
	revision int       // counts changes of what actions change
	inSight  bool      // a View contains it, until it is gone
	ended    time.Time // zero while it goes on
	entries  entries   // of its wrap-up
	closed   bool      // it was marked done here

	// For prepare, and for apply after it.
	held    int              // the last round in which WWE held it
	alike   *item            // the next one that is lost, of the same UUID
	next    *wwe.Interaction // what it is about to be
	newData bool             // which is not the same
}

type caseItems struct {
	id    string
	items []*item
}

// Case is a case with its interactions, consultations after what they are about.
type Case struct {
	ID       string
	Selected bool // in WWE
	Items    []*Item
}

// Item is an interaction to show.
type Item struct {
	*wwe.Interaction
	Key             int // stays when WWE gives it another id
	Began, Since    time.Time
	Offers          []Offer
	Blocked         Block
	Writable        bool    // its user data may be changed now
	Keys            []Key   // its user data, the page's keys first, of the selected one
	WrapUp          *WrapUp // what closes it, of the selected one; nil for nothing
	Consultation    string  // the id of the consultation that is open about it
	ConsultationKey int     // and its Key

	// Whom the agent consults about: the call that this consultation is about, or
	// this call while it is consulted about. Nil if none is, or it is not there.
	Customer    *wwe.Interaction
	CustomerKey int // and its Key
}

// Offer returns the offer of the action, nil if it makes no sense now.
func (i *Item) Offer(a Action) *Offer {
	for n := range i.Offers {
		if i.Offers[n].Action == a {
			return &i.Offers[n]
		}
	}
	return nil
}

// Who names whom the interaction is with; "" if WWE does not tell.
func Who(i *wwe.Interaction) string {
	if c := i.Contact; c != nil && !i.IsConsultation {
		switch {
		case c.DisplayName != "":
			return c.DisplayName
		case c.FirstName != "" && c.LastName != "":
			return c.FirstName + " " + c.LastName
		case c.FirstName != "":
			return c.FirstName
		case c.LastName != "":
			return c.LastName
		}
	}
	if i.Direction == wwe.DirectionIn && i.ANI != "" {
		return i.ANI
	}
	if len(i.Parties) > 0 && i.Parties[0].Name != "" {
		return i.Parties[0].Name
	}
	if i.DNIS != "" {
		return i.DNIS
	}
	return i.ANI
}

// itemView returns the item to show. Its cost does not depend on how many there are.
func (m *Model) itemView(i *item) *Item {
	v := &Item{
		Interaction: i.Interaction, Key: i.key, Began: i.began, Since: i.since,
		Blocked:  m.blocked(i),
		Writable: !isOver(i.State),
	}
	if c := m.consultations[i.InteractionID]; c != nil && !i.IsConsultation {
		v.Consultation, v.ConsultationKey = c.InteractionID, c.key
		v.Customer, v.CustomerKey = i.Interaction, i.key
	}
	if customer := m.items[i.ParentInteractionID]; customer != nil && i.IsConsultation {
		v.Customer, v.CustomerKey = customer.Interaction, customer.key
	}
	v.Offers = m.offers(v)
	if i == m.selected {
		v.Keys = m.keys(i, v.Writable)
		v.WrapUp = m.wrapUp(i, v.Offer(MarkDone) != nil)
	}
	return v
}
