package model

import (
	"cmp"
	"time"

	"wwebridge/wasm/wwe"
)

// item is an interaction with the panel's own data about it. Only apply changes the embedded pointer. The
// interaction it points to is WWE's latest version and is never modified.
type item struct {
	_ [0]func() // not comparable: less code
	*wwe.Interaction
	key      int       // stays the same when WWE changes the id
	began    time.Time // when the panel first saw it
	since    time.Time // when it entered this state
	revision int       // counts changes of state and data, which are the effects of actions
	inSight  bool      // a View contains it, until it is gone
	ended    time.Time // zero until it ends
	entries  entries   // of its wrap-up
	closed   bool      // it was marked done in this panel

	// For prepare, and for apply after it.
	held    int              // the last round in which WWE held it
	alike   *item            // the next unmatched item with the same UUID
	next    *wwe.Interaction // its content after apply
	newData bool             // next has other data
}

type caseItems struct {
	id    string
	items []*item
}

// Case is a case with its interactions in WWE's order.
type Case struct {
	ID       string
	Selected bool // in WWE
	Items    []*Item
}

// Item is an interaction to show.
type Item struct {
	*wwe.Interaction
	Key             int // stays the same when WWE changes the id
	Began, Since    time.Time
	Offers          []Offer
	Blocked         Block
	Writable        bool    // its user data may be changed now
	Keys            []Key   // user data of the selected item, the page's keys first
	WrapUp          *WrapUp // wrap-up of the selected item; nil for none
	Consultation    string  // the id of the open consultation about it
	ConsultationKey int     // and its Key

	// Customer is the call that the agent consults about: the call that this consultation is about, or this
	// call while a consultation about it is open. It is nil if there is no consultation or no such call.
	Customer    *wwe.Interaction
	CustomerKey int // and its Key
}

// Offer returns the offer of the action, or nil if the action makes no sense now.
func (i *Item) Offer(a Action) *Offer {
	for n := range i.Offers {
		if i.Offers[n].Action == a {
			return &i.Offers[n]
		}
	}
	return nil
}

// Who returns the name or number of the other party, or "" if WWE reports neither.
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

// PartyName returns the name of a party, or "" if WWE reports none.
func PartyName(p wwe.Party) string { return cmp.Or(Trim(p.FirstName+" "+p.LastName), p.Name) }

// itemView returns the item for display. Its cost does not depend on the number of items.
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
