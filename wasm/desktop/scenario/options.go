package scenario

import (
	"encoding/json"
	"errors"
	"math"
	"strings"
	"time"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// The option types are the arguments of window.wweHost's functions. Their tags
// are the names in JavaScript: js for the desktop, which reads values, and json
// for scenarios.

// Call is wwetest.Call in JavaScript.
type Call struct {
	ANI      string  `js:"ani" json:"ani,omitzero"`
	DNIS     string  `js:"dnis" json:"dnis,omitzero"`
	UserData Object  `js:"userData" json:"userData,omitzero"`
	Contact  Contact `js:"contact" json:"contact,omitzero"`
}

// ForHost returns the call for the Host.
func (o Call) ForHost() wwetest.Call {
	return wwetest.Call{ANI: o.ANI, DNIS: o.DNIS, UserData: o.UserData.UserData(), Contact: o.Contact.ForHost()}
}

// Chat is wwetest.Chat in JavaScript.
type Chat struct {
	From       string  `js:"from" json:"from,omitzero"`
	Media      string  `js:"media" json:"media,omitzero"`
	Conference bool    `js:"conference" json:"conference,omitzero"`
	UserData   Object  `js:"userData" json:"userData,omitzero"`
	Contact    Contact `js:"contact" json:"contact,omitzero"`
}

// ForHost returns the chat for the Host.
func (o Chat) ForHost() wwetest.Chat {
	return wwetest.Chat{From: o.From, Media: o.Media, Conference: o.Conference, UserData: o.UserData.UserData(), Contact: o.Contact.ForHost()}
}

// Email is wwetest.Email in JavaScript.
type Email struct {
	From     string  `js:"from" json:"from,omitzero"`
	To       string  `js:"to" json:"to,omitzero"`
	Subject  string  `js:"subject" json:"subject,omitzero"`
	UserData Object  `js:"userData" json:"userData,omitzero"`
	Contact  Contact `js:"contact" json:"contact,omitzero"`
}

// ForHost returns the email for the Host.
func (o Email) ForHost() wwetest.Email {
	return wwetest.Email{From: o.From, To: o.To, Subject: o.Subject, UserData: o.UserData.UserData(), Contact: o.Contact.ForHost()}
}

// WorkItem is wwetest.WorkItem in JavaScript.
type WorkItem struct {
	From     string  `js:"from" json:"from,omitzero"`
	Media    string  `js:"media" json:"media,omitzero"`
	UserData Object  `js:"userData" json:"userData,omitzero"`
	Contact  Contact `js:"contact" json:"contact,omitzero"`
}

// ForHost returns the work item for the Host.
func (o WorkItem) ForHost() wwetest.WorkItem {
	return wwetest.WorkItem{From: o.From, Media: o.Media, UserData: o.UserData.UserData(), Contact: o.Contact.ForHost()}
}

// Preview is wwetest.Preview in JavaScript.
type Preview struct {
	Campaign string  `js:"campaign" json:"campaign,omitzero"`
	Phone    string  `js:"phone" json:"phone,omitzero"`
	UserData Object  `js:"userData" json:"userData,omitzero"`
	Contact  Contact `js:"contact" json:"contact,omitzero"`
}

// ForHost returns the preview for the Host.
func (o Preview) ForHost() wwetest.Preview {
	return wwetest.Preview{Campaign: o.Campaign, Phone: o.Phone, UserData: o.UserData.UserData(), Contact: o.Contact.ForHost()}
}

// Contact is wwe.Contact in JavaScript.
type Contact struct {
	DisplayName string `js:"displayName" json:"displayName,omitzero"`
	FirstName   string `js:"firstName" json:"firstName,omitzero"`
	LastName    string `js:"lastName" json:"lastName,omitzero"`
}

// ForHost returns the contact for the Host, or nil if there is none.
func (o Contact) ForHost() *wwe.Contact {
	if o == (Contact{}) {
		return nil
	}
	if o.DisplayName == "" {
		o.DisplayName = strings.TrimSpace(o.FirstName + " " + o.LastName)
	}
	return &wwe.Contact{DisplayName: o.DisplayName, FirstName: o.FirstName, LastName: o.LastName}
}

// Party is wwe.Party in JavaScript.
type Party struct {
	Name        string `js:"name" json:"name,omitzero"`
	PhoneNumber string `js:"phoneNumber" json:"phoneNumber,omitzero"`
	Username    string `js:"username" json:"username,omitzero"` // set for an agent
	FirstName   string `js:"firstName" json:"firstName,omitzero"`
	LastName    string `js:"lastName" json:"lastName,omitzero"`
}

// ForHost returns the party for the Host.
func (o Party) ForHost() wwe.Party {
	p := wwe.Party{Name: o.Name, Identifier: o.Name, PhoneNumber: o.PhoneNumber, Username: o.Username, FirstName: o.FirstName, LastName: o.LastName}
	if o.Username != "" {
		p.Type = string(wwe.TargetTypeAgent)
	}
	return p
}

// Target is wwe.Target in JavaScript. In JSON it may also be a string, the
// destination.
type Target struct {
	Type        string `js:"type" json:"type,omitzero"`
	Destination string `js:"destination" json:"destination,omitzero"`
	Media       string `js:"media" json:"media,omitzero"`
}

// ForHost returns the target for the Host.
func (o Target) ForHost() wwe.Target {
	return wwe.Target{Type: wwe.TargetType(o.Type), Destination: o.Destination, Media: o.Media}
}

// UnmarshalJSON implements json.Unmarshaler.
func (o *Target) UnmarshalJSON(text []byte) error {
	if json.Unmarshal(text, &o.Destination) == nil {
		return nil
	}
	type target Target
	return decode(text, (*target)(o))
}

// Fault is wwetest.Fault in JavaScript, with the delay in milliseconds.
type Fault struct {
	Request     string  `js:"request" json:"request,omitzero"`
	Topic       string  `js:"topic" json:"topic,omitzero"`
	Kind        string  `js:"kind" json:"kind,omitzero"`
	Next        float64 `js:"next" json:"next,omitzero"`
	Probability float64 `js:"probability" json:"probability,omitzero"`
	Refuse      string  `js:"refuse" json:"refuse,omitzero"`
	Data        Any     `js:"data" json:"data,omitzero"`
	Delay       float64 `js:"delay" json:"delay,omitzero"`
	Count       float64 `js:"count" json:"count,omitzero"`
}

// ForHost returns the fault for the Host, or an error if it is not valid.
func (o Fault) ForHost() (wwetest.Fault, error) {
	f := wwetest.Fault{
		Request: o.Request, Topic: wwe.Topic(o.Topic), Kind: wwetest.FaultKind(o.Kind), Next: int(o.Next), Probability: o.Probability, Refuse: o.Refuse,
		Data: wwe.JSON(o.Data.JSON), Delay: time.Duration(o.Delay * float64(time.Millisecond)), Count: int(o.Count),
	}
	if o.Next != math.Trunc(o.Next) || o.Count != math.Trunc(o.Count) {
		return f, errors.New("fault: next and count are whole numbers")
	}
	return f, f.Validate()
}

// FaultOf returns a fault of the Host in JavaScript.
func FaultOf(f wwetest.Fault) Fault {
	return Fault{
		Request: f.Request, Topic: string(f.Topic), Kind: string(f.Kind), Next: float64(f.Next), Probability: f.Probability, Refuse: f.Refuse,
		Data: Any{string(f.Data)}, Delay: float64(f.Delay) / float64(time.Millisecond), Count: float64(f.Count),
	}
}

// Campaign is wwetest.Campaign in JavaScript.
type Campaign struct {
	Name    string     `json:"name"`
	Mode    string     `json:"mode,omitzero"`
	Records [][]Record `json:"records"`
}

// Record is wwetest.Record in JavaScript.
type Record struct {
	Phone  string            `json:"phone"`
	Fields map[string]string `json:"fields,omitzero"`
}

// ForHost returns the campaign for the Host.
func (o Campaign) ForHost() wwetest.Campaign {
	campaign := wwetest.Campaign{Name: o.Name, Mode: o.Mode}
	for _, chain := range o.Records {
		var records []wwetest.Record
		for _, r := range chain {
			records = append(records, wwetest.Record{Phone: r.Phone, Fields: wwe.RecordFields(r.Fields)})
		}
		campaign.Records = append(campaign.Records, records)
	}
	return campaign
}

// Any is a value of any type as JSON text. "" is undefined.
type Any struct {
	JSON string `js:"json"`
}

// MarshalJSON implements json.Marshaler.
func (a Any) MarshalJSON() ([]byte, error) { return []byte(a.JSON), nil }

// UnmarshalJSON implements json.Unmarshaler.
func (a *Any) UnmarshalJSON(text []byte) error {
	a.JSON = string(text)
	return nil
}

// Text returns a string unchanged, even "", and any other value as JSON. given
// is false for undefined and null.
func (a Any) Text() (text string, given bool) {
	if json.Unmarshal([]byte(a.JSON), &text) != nil {
		text = a.JSON
	}
	return text, a.JSON != ""
}

// Object is an object as JSON text, with all keys and values unchanged.
type Object struct {
	JSON     string `js:"json"`
	IsObject bool   `js:"isObject"`
}

// UserData returns the object as user data.
func (o Object) UserData() wwe.UserData {
	value, _ := wwe.JSON(o.JSON).Value()
	data, _ := value.(map[string]any)
	return data
}

// MarshalJSON implements json.Marshaler.
func (o Object) MarshalJSON() ([]byte, error) { return []byte(o.JSON), nil }

// UnmarshalJSON implements json.Unmarshaler.
func (o *Object) UnmarshalJSON(text []byte) error {
	if len(text) == 0 || text[0] != '{' {
		return errors.New("not an object")
	}
	o.JSON, o.IsObject = string(text), true
	return nil
}

// ObjectOf returns the Object for user data.
func ObjectOf(data wwe.UserData) Object {
	if len(data) == 0 {
		return Object{}
	}
	return Object{JSON: jsonOf(data), IsObject: true}
}
