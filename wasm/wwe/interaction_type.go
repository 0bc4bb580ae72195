package wwe

import "wwebridge/internal/jsontext"

// Interaction is one interaction of the agent's as it was when WWE sent it:
// the type interaction.Interaction of the pages that InteractionNamespace
// names, and the properties that WWE has been seen to send beyond them. It is
// plain data and holds nothing of JavaScript.
//
// Strings are "" where WWE sends null or nothing, and the text of the number or
// boolean where it sends one. Any other value of an unexpected type is left out
// of its field and kept in Unknown, so that it costs that field only.
type Interaction struct {
	// InteractionID identifies the interaction within this session of WWE; it
	// is lost when the agent refreshes WWE or logs in anew, and may be another
	// interaction's then. ParentInteractionID, "" for none, is of the same kind.
	InteractionID       string `json:"interactionId"`
	ParentInteractionID string `json:"parentInteractionId,omitzero"`

	// CaseID identifies the case that the interaction is part of.
	CaseID string `json:"caseId,omitzero"`

	State         State `json:"state,omitzero"`
	PreviousState State `json:"previousState,omitzero"`

	// UserData is the data attached to the interaction, with the keys that
	// this page may read.
	UserData UserData `json:"userData,omitzero"`

	Parties []Party `json:"parties,omitzero"`

	// Contact is the customer; nil where WWE does not tell, as older ones do not.
	Contact *Contact `json:"contact,omitzero"`

	// IsConsultation: the interaction is a consultation, ParentInteractionID
	// that of the customer.
	IsConsultation bool `json:"isConsultation,omitzero"`

	// IsMainCaseInteraction: it is the main one of its case, the one that the
	// case's information, disposition and note belong to.
	IsMainCaseInteraction bool `json:"isMainCaseInteraction,omitzero"`

	IsCaseSelected bool `json:"isCaseSelected,omitzero"`
	IsCaseExpanded bool `json:"isCaseExpanded,omitzero"`

	// Media is "voice", "chat", "email" and so on. WWE sends it; Genesys does
	// not document it.
	Media string `json:"media,omitzero"`

	// Only voice interactions have these: the UUID of the call, the number
	// that calls and the one that was dialled, and what follows.
	CallUUID       string         `json:"callUuid,omitzero"`
	ANI            string         `json:"ani,omitzero"`
	DNIS           string         `json:"dnis,omitzero"`
	Direction      Direction      `json:"direction,omitzero"`
	CallType       CallType       `json:"callType,omitzero"`
	RecordingState RecordingState `json:"recordingState,omitzero"`

	// RonaCallState is set once a call was released that the agent did not answer.
	RonaCallState RonaCallState `json:"ronaCallState,omitzero"`

	// InteractionUUID is the call's UUID for voice and attr_itx_id for other
	// media. Unlike InteractionID it outlives WWE's session.
	InteractionUUID string `json:"interactionUUID,omitzero"`

	// ConnID is the connection id of the T-Server. Only newer versions of WWE send it.
	ConnID string `json:"connId,omitzero"`

	// Unknown holds, by name, the properties that this version does not know or
	// that have another type than expected; nil for none. Where a party is not
	// an object, its name is "parties[1]". (Unknown is no name of WWE's.)
	//
	// Its values are the text as it came. encoding/json writes text that means
	// the same, without white space and with <, > and & as escapes; that is what
	// is read back. Of lone halves of UTF-16 surrogate pairs encoding/json loses
	// those in fields that are strings, and in names.
	Unknown map[string]JSON `json:"Unknown,omitzero"`
}

// Party is one party of an interaction: interaction.Party. Genesys documents
// Name only; the rest has been seen on the wire, Type and what follows it
// once WWE knows the party as an agent.
type Party struct {
	Name        string          `json:"name,omitzero"`
	Identifier  string          `json:"identifier,omitzero"`
	PhoneNumber string          `json:"phoneNumber,omitzero"`
	Type        string          `json:"type,omitzero"` // "AGENT"
	Username    string          `json:"username,omitzero"`
	FirstName   string          `json:"firstname,omitzero"`
	LastName    string          `json:"lastname,omitzero"`
	Path        string          `json:"path,omitzero"`    // "/users/…"
	Unknown     map[string]JSON `json:"Unknown,omitzero"` // as Interaction.Unknown
}

// Contact is what WWE knows of the customer: interaction.Contact, in the cloud
// documentation only.
type Contact struct {
	DisplayName string          `json:"displayName,omitzero"`
	FirstName   string          `json:"firstname,omitzero"`
	LastName    string          `json:"lastName,omitzero"`
	Unknown     map[string]JSON `json:"Unknown,omitzero"` // as Interaction.Unknown
}

const noInteractionID = "an interaction without interactionId"

func readInteraction(r *jsontext.Reader) (i Interaction) {
	if !i.read(r) {
		r.Fail(noInteractionID)
	}
	return i
}

// read reads in place, as an Interaction is large to copy. It reports whether
// the interaction can be used: one without an id cannot.
func (i *Interaction) read(r *jsontext.Reader) bool {
	parent := ""
	for o := r.Object(); o.Next(); {
		var p property
		switch o.Name {
		case "interactionId":
			if c := r.Peek(); c != 't' && c != 'f' { // neither is an id
				p.text = &i.InteractionID
			}
		case "parentInteractionId":
			p.text = &i.ParentInteractionID
		case "parentInteraction": // the cloud documentation's name
			p.text = &parent
		case "caseId":
			p.text = &i.CaseID
		case "state":
			p.text = (*string)(&i.State)
		case "previousState":
			p.text = (*string)(&i.PreviousState)
		case "userData":
			if r.Peek() == '{' {
				i.UserData = readUserData(r)
				continue
			}
			p.null = true
		case "parties":
			if r.Peek() == '[' {
				i.readParties(r)
				continue
			}
			p.null = true
		case "contact":
			if r.Peek() == '{' {
				i.Contact = readContact(r)
				continue
			}
			p.null = true
		case "isConsultation":
			p.flag = &i.IsConsultation
		case "isMainCaseInteraction":
			p.flag = &i.IsMainCaseInteraction
		case "isCaseSelected":
			p.flag = &i.IsCaseSelected
		case "isCaseExpanded":
			p.flag = &i.IsCaseExpanded
		case "media":
			p.text = &i.Media
		case "callUuid":
			p.text = &i.CallUUID
		case "ani":
			p.text = &i.ANI
		case "dnis":
			p.text = &i.DNIS
		case "direction":
			p.text = (*string)(&i.Direction)
		case "callType":
			p.text = (*string)(&i.CallType)
		case "recordingState":
			p.text = (*string)(&i.RecordingState)
		case "ronaCallState":
			p.text = (*string)(&i.RonaCallState)
		case "interactionUUID":
			p.text = &i.InteractionUUID
		case "connId":
			p.text = &i.ConnID
		}
		if !p.read(r) {
			keep(&i.Unknown, o.Name, r)
		}
	}
	if i.ParentInteractionID == "" {
		i.ParentInteractionID = parent
	}
	return i.InteractionID != ""
}

func (i *Interaction) readParties(r *jsontext.Reader) {
	i.Parties = nil // of names that occur twice the last one counts
	for a := r.Array(); a.Next(); {
		if !isObject(r) {
			keepElement(&i.Unknown, "parties", a.Index, r)
			continue
		}
		if i.Parties == nil {
			const usual = 2
			i.Parties = make([]Party, 0, usual)
		}
		i.Parties = append(i.Parties, Party{})
		i.Parties[len(i.Parties)-1].read(r)
	}
}

func (p *Party) read(r *jsontext.Reader) {
	for o := r.Object(); o.Next(); {
		var q property
		switch o.Name {
		case "name":
			q.text = &p.Name
		case "identifier":
			q.text = &p.Identifier
		case "phoneNumber":
			q.text = &p.PhoneNumber
		case "type":
			q.text = &p.Type
		case "username":
			q.text = &p.Username
		case "firstname", "firstName":
			q.text = &p.FirstName
		case "lastname", "lastName":
			q.text = &p.LastName
		case "path":
			q.text = &p.Path
		}
		if !q.read(r) {
			keep(&p.Unknown, o.Name, r)
		}
	}
}

func readContact(r *jsontext.Reader) *Contact {
	c := &Contact{}
	for o := r.Object(); o.Next(); {
		var p property
		switch o.Name {
		case "displayName":
			p.text = &c.DisplayName
		case "firstname", "firstName": // documented with a small n,
			p.text = &c.FirstName
		case "lastName", "lastname": // and this with a capital one
			p.text = &c.LastName
		}
		if !p.read(r) {
			keep(&c.Unknown, o.Name, r)
		}
	}
	return c
}
