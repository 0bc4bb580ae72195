package wwe

import "wwebridge/internal/jsontext"

// Interaction is one of the agent's interactions, as it was when WWE sent it.
// Its fields are those of the type interaction.Interaction on the pages that
// InteractionNamespace names, and others that WWE has been seen to send. It is
// plain data without references to JavaScript.
//
// Strings are "" if WWE sends null or nothing. If WWE sends a number or a
// boolean instead, they are its text. A value of any other unexpected type is
// kept in Unknown, and only its own field stays empty.
type Interaction struct {
	// InteractionID identifies the interaction within this session of WWE. It
	// becomes invalid when the agent refreshes WWE or logs in again, and may
	// then belong to another interaction. ParentInteractionID is an id of the
	// same kind, or "" if there is no parent.
	InteractionID       string `json:"interactionId"`
	ParentInteractionID string `json:"parentInteractionId,omitzero"`

	// CaseID identifies the interaction's case.
	CaseID string `json:"caseId,omitzero"`

	State         State `json:"state,omitzero"`
	PreviousState State `json:"previousState,omitzero"`

	// UserData is the data attached to the interaction, limited to the keys
	// that this page may read.
	UserData UserData `json:"userData,omitzero"`

	Parties []Party `json:"parties,omitzero"`

	// Contact is the customer. It is nil if WWE does not send it; older
	// versions do not.
	Contact *Contact `json:"contact,omitzero"`

	// IsConsultation reports whether the interaction is a consultation. The
	// customer's interaction is then ParentInteractionID.
	IsConsultation bool `json:"isConsultation,omitzero"`

	// IsMainCaseInteraction reports whether the interaction is the main one of
	// its case. The case's information, disposition and note belong to that
	// one.
	IsMainCaseInteraction bool `json:"isMainCaseInteraction,omitzero"`

	IsCaseSelected bool `json:"isCaseSelected,omitzero"`
	IsCaseExpanded bool `json:"isCaseExpanded,omitzero"`

	// Media is "voice", "chat", "email" and so on. WWE sends it, but Genesys
	// does not document it.
	Media string `json:"media,omitzero"`

	// The fields from here to RonaCallState are for voice interactions only.
	// CallUUID is the UUID of the call, ANI the calling number and DNIS the
	// dialled number.
	CallUUID       string         `json:"callUuid,omitzero"`
	ANI            string         `json:"ani,omitzero"`
	DNIS           string         `json:"dnis,omitzero"`
	Direction      Direction      `json:"direction,omitzero"`
	CallType       CallType       `json:"callType,omitzero"`
	RecordingState RecordingState `json:"recordingState,omitzero"`

	// RonaCallState is set once a call that the agent did not answer has been
	// released.
	RonaCallState RonaCallState `json:"ronaCallState,omitzero"`

	// InteractionUUID is the call's UUID for voice and attr_itx_id for other
	// media. Unlike InteractionID, it remains valid after WWE's session.
	InteractionUUID string `json:"interactionUUID,omitzero"`

	// ConnID is the T-Server's connection id. Only newer versions of WWE send
	// it.
	ConnID string `json:"connId,omitzero"`

	// Unknown holds unknown properties and those with an unexpected type, by
	// name. It is nil if there are none. A party that is not an object is named
	// "parties[1]", by its index. (WWE has no property called Unknown.)
	//
	// The values are the text as received. encoding/json writes equivalent
	// text, without white space and with <, > and & escaped, and reads back
	// that text. encoding/json does not preserve unpaired UTF-16 surrogates in
	// string fields and in names.
	Unknown map[string]JSON `json:"Unknown,omitzero"`
}

// Party is one party of an interaction: interaction.Party. Genesys documents
// only Name. The other fields have been seen on the wire. WWE sends Type and
// the fields after it once it has identified the party as an agent.
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

// Contact is WWE's data about the customer: interaction.Contact, in the cloud
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

// read reads in place, because an Interaction is large to copy. It reports
// whether the interaction is usable: one without an id is not.
func (i *Interaction) read(r *jsontext.Reader) bool {
	parent := ""
	for o := r.Object(); o.Next(); {
		var p property
		switch o.Name {
		case "interactionId":
			if c := r.Peek(); c != 't' && c != 'f' { // a boolean is not an id
				p.text = &i.InteractionID
			}
		case "parentInteractionId":
			p.text = &i.ParentInteractionID
		case "parentInteraction": // named so in the cloud documentation
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
	i.Parties = nil // if a name occurs twice, the last value counts
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
