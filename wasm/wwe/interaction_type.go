package wwe

import "wwebridge/internal/jsontext"

// Interaction is one interaction of the agent's as it was when WWE sent it:
// the type interaction.Interaction of the pages that InteractionNamespace
// names, and the properties that WWE has been seen to send beyond them. It is
// plain data and holds nothing of JavaScript.
//
// Strings are "" where WWE sends null or nothing.
type Interaction struct {
	// InteractionID identifies the interaction within this session of WWE; it
	// is lost when the agent refreshes WWE or logs in anew. ParentInteractionID,
	// "" for none, is of the same kind.
	InteractionID, ParentInteractionID string

	// CaseID identifies the case that the interaction is part of.
	CaseID string

	State, PreviousState State

	// UserData is the data attached to the interaction, with the keys that
	// this page may read.
	UserData UserData

	Parties []Party

	// Contact is the customer; nil where WWE does not tell, as older ones do not.
	Contact *Contact

	// IsConsultation: the interaction is a consultation, ParentInteractionID
	// that of the customer.
	IsConsultation bool

	// IsMainCaseInteraction: it is the main one of its case, the one that the
	// case's information, disposition and note belong to.
	IsMainCaseInteraction bool

	IsCaseSelected, IsCaseExpanded bool

	// Media is "voice", "chat", "email" and so on. WWE sends it; Genesys does
	// not document it.
	Media string

	// Only voice interactions have these: the UUID of the call, the number
	// that calls and the one that was dialled, and what follows.
	CallUUID, ANI, DNIS string
	Direction           Direction
	CallType            CallType
	RecordingState      RecordingState

	// RonaCallState is set once a call was released that the agent did not answer.
	RonaCallState RonaCallState

	// InteractionUUID is the call's UUID for voice and attr_itx_id for other
	// media. Unlike InteractionID it outlives WWE's session.
	InteractionUUID string

	// ConnID is the connection id of the T-Server. Only newer versions of WWE send it.
	ConnID string

	// Unknown holds the properties that this version does not know, nil for none.
	Unknown map[string]JSON
}

// Party is one party of an interaction: interaction.Party. Genesys documents
// Name only; the rest has been seen on the wire, Type and what follows it
// once WWE knows the party as an agent.
type Party struct {
	Name, Identifier, PhoneNumber string
	Type                          string // "AGENT"
	Username, FirstName, LastName string
	Path                          string // "/users/…"
	Unknown                       map[string]JSON
}

// Contact is what WWE knows of the customer: interaction.Contact, in the cloud
// documentation only.
type Contact struct {
	DisplayName, FirstName, LastName string
	Unknown                          map[string]JSON
}

func readInteraction(r *jsontext.Reader) (i Interaction) {
	i.read(r)
	return i
}

// read reads in place, as an Interaction is large to copy.
func (i *Interaction) read(r *jsontext.Reader) {
	parent := ""
	for o := r.Object(); o.Next(); {
		switch o.Name {
		case "interactionId":
			i.InteractionID = r.String()
		case "parentInteractionId":
			i.ParentInteractionID = r.String()
		case "parentInteraction": // the cloud documentation's name
			parent = r.String()
		case "caseId":
			i.CaseID = r.String()
		case "state":
			i.State = State(r.String())
		case "previousState":
			i.PreviousState = State(r.String())
		case "userData":
			i.UserData = readUserData(r)
		case "parties":
			i.Parties = nil // of names that occur twice the last one counts
			for a := r.Array(); a.Next(); {
				i.Parties = append(i.Parties, Party{})
				i.Parties[a.Index].read(r)
			}
		case "contact":
			i.Contact = readContact(r)
		case "isConsultation":
			i.IsConsultation = r.Bool()
		case "isMainCaseInteraction":
			i.IsMainCaseInteraction = r.Bool()
		case "isCaseSelected":
			i.IsCaseSelected = r.Bool()
		case "isCaseExpanded":
			i.IsCaseExpanded = r.Bool()
		case "media":
			i.Media = r.String()
		case "callUuid":
			i.CallUUID = r.String()
		case "ani":
			i.ANI = r.String()
		case "dnis":
			i.DNIS = r.String()
		case "direction":
			i.Direction = Direction(r.String())
		case "callType":
			i.CallType = CallType(r.String())
		case "recordingState":
			i.RecordingState = RecordingState(r.String())
		case "ronaCallState":
			i.RonaCallState = RonaCallState(r.String())
		case "interactionUUID":
			i.InteractionUUID = r.String()
		case "connId":
			i.ConnID = r.String()
		default:
			keep(&i.Unknown, o.Name, r)
		}
	}
	if i.ParentInteractionID == "" {
		i.ParentInteractionID = parent
	}
	if i.InteractionID == "" {
		r.Fail("an interaction without interactionId")
	}
}

func (p *Party) read(r *jsontext.Reader) {
	for o := r.Object(); o.Next(); {
		switch o.Name {
		case "name":
			p.Name = r.String()
		case "identifier":
			p.Identifier = r.String()
		case "phoneNumber":
			p.PhoneNumber = r.String()
		case "type":
			p.Type = r.String()
		case "username":
			p.Username = r.String()
		case "firstname", "firstName":
			readSpelling(r, &p.FirstName)
		case "lastname", "lastName":
			readSpelling(r, &p.LastName)
		case "path":
			p.Path = r.String()
		default:
			keep(&p.Unknown, o.Name, r)
		}
	}
}

func readContact(r *jsontext.Reader) *Contact {
	if r.Null() {
		return nil
	}
	c := &Contact{}
	for o := r.Object(); o.Next(); {
		switch o.Name {
		case "displayName":
			c.DisplayName = r.String()
		case "firstname", "firstName": // documented with a small n,
			readSpelling(r, &c.FirstName)
		case "lastName", "lastname": // and this with a capital one
			readSpelling(r, &c.LastName)
		default:
			keep(&c.Unknown, o.Name, r)
		}
	}
	return c
}

// readSpelling reads a property that has two spellings. Null in the one does
// not take away what the other says. (Inlined into its callers it is five
// times the code.)
//
//go:noinline
func readSpelling(r *jsontext.Reader, value *string) {
	if s := r.String(); s != "" {
		*value = s
	}
}

func keep(unknown *map[string]JSON, name string, r *jsontext.Reader) {
	if *unknown == nil {
		*unknown = map[string]JSON{}
	}
	(*unknown)[name] = JSON(r.Raw())
}
