//go:build js

package main

import (
	"context"
	"encoding/json"
	"runtime"
	"strconv"
	"syscall/js"
	"time"

	"github.com/norunners/vert"

	"wwebridge/internal/jsontext"
	"wwebridge/internal/jsvalue"
	"wwebridge/internal/transport"
	"wwebridge/internal/wire"
	"wwebridge/wasm/wwe"
)

// decode(contestant, interactions, n, clears) decodes the array n times and returns the
// total time. If clears is true, the time includes garbage collection.
func decode(args []js.Value) any {
	interactions, n, clears := args[1], args[2].Int(), len(args) > 3 && args[3].Bool()
	var once func() int
	switch args[0].String() {
	case "ours":
		svc := answering(interactions)
		defer svc.Close()
		once = func() int { return len(must(svc.Interaction.GetInteractions(context.Background()))) }
	case "text":
		once = func() int { return textOnly(interactions) }
	case "least":
		userData := userDataOf(interactions)
		once = func() int { return least(interactions, userData) }
	case "get":
		once = func() int { return len(byGet(interactions)) }
	case "vert":
		once = func() int { return len(byVert(interactions)) }
	case "encoding/json":
		once = func() int { return len(byEncodingJSON(interactions)) }
	}
	want := interactions.Length()
	clearUp() // so that no contestant pays for the garbage of the previous one
	began := time.Now()
	for range n {
		if once() != want {
			panic("not all were decoded")
		}
	}
	if clears {
		clearUp()
	}
	return milliseconds(time.Since(began))
}

// clearUp collects all garbage. JavaScript values are released by finalizers, which run
// one after the other on a single goroutine without interruption.
func clearUp() {
	done := make(chan struct{}, 1)
	runtime.SetFinalizer(new([4]*int), func(*[4]*int) { done <- struct{}{} })
	runtime.GC()
	<-done
}

// answering returns a Service whose WWE answers every request at once with value. The
// remaining time is the production code's way from the JavaScript object to Go and the
// bookkeeping of a call.
func answering(value js.Value) *wwe.Service {
	return must(wwe.Connect(transport.NewContext(context.Background(), func(sink transport.Sink) (transport.Transport, error) {
		message := js.ValueOf(map[string]any{"data": value, "userAgent": wire.ServerAgent})
		return atOnce{sink, message}, nil
	})))
}

type atOnce struct {
	sink    transport.Sink
	message js.Value
}

func (a atOnce) Send(ref, request string, parameters []string) error {
	text, err := jsvalue.TextOf(a.message)
	check(err)
	reply, _ := wire.ParseOutcome(a.sink, ref, false, text)
	a.sink.Settle(ref, reply, nil)
	return nil
}

func (atOnce) Subscribe(ref, topic string) error   { panic("not used") }
func (atOnce) Unsubscribe(ref, topic string) error { panic("not used") }
func (atOnce) Leave()                              {}
func (atOnce) Close()                              {}

// textOnly passes the text to Go, as any decoder of the text must.
func textOnly(interactions js.Value) int {
	if textOf(interactions) == "" {
		return 0
	}
	return interactions.Length()
}

func textOf(interactions js.Value) string { return must(jsvalue.TextOf(interactions)) }

// least passes the text to Go and finds the end of each name and value, but keeps none
// of them. It fills the user data maps with values read before. A decoder that returns
// the types of package wwe can hardly do less.
func least(interactions js.Value, userData [][]member) int {
	text := jsontext.NewReader(textOf(interactions))
	text.Skip()
	check(text.Err())
	all := make([]wwe.Interaction, len(userData))
	for n, members := range userData {
		all[n].UserData = make(wwe.UserData, len(members))
		for _, m := range members {
			all[n].UserData[m.name] = m.value
		}
	}
	return len(all)
}

type member struct {
	name  string
	value any
}

func userDataOf(interactions js.Value) (all [][]member) {
	for _, i := range byEncodingJSON(interactions) {
		var members []member
		for name, value := range i.UserData {
			members = append(members, member{name, value})
		}
		all = append(all, members)
	}
	return all
}

// byEncodingJSON uses encoding/json, which matches names regardless of case.
func byEncodingJSON(interactions js.Value) []wwe.Interaction {
	var all []wwe.Interaction
	check(json.Unmarshal([]byte(js.Global().Get("JSON").Call("stringify", interactions).String()), &all))
	return all
}

// byGet reads each property on its own, as most Go programs in browsers do.
func byGet(interactions js.Value) []wwe.Interaction {
	all := make([]wwe.Interaction, interactions.Length())
	for n := range all {
		v := interactions.Index(n)
		all[n] = wwe.Interaction{
			InteractionID:         textIn(v, "interactionId"),
			ParentInteractionID:   textIn(v, "parentInteractionId"),
			CaseID:                textIn(v, "caseId"),
			State:                 wwe.State(textIn(v, "state")),
			PreviousState:         wwe.State(textIn(v, "previousState")),
			UserData:              anyOf(v.Get("userData")).(map[string]any),
			IsConsultation:        v.Get("isConsultation").Bool(),
			IsMainCaseInteraction: v.Get("isMainCaseInteraction").Bool(),
			IsCaseSelected:        v.Get("isCaseSelected").Bool(),
			IsCaseExpanded:        v.Get("isCaseExpanded").Bool(),
			Media:                 textIn(v, "media"),
			CallUUID:              textIn(v, "callUuid"),
			ANI:                   textIn(v, "ani"),
			DNIS:                  textIn(v, "dnis"),
			Direction:             wwe.Direction(textIn(v, "direction")),
			CallType:              wwe.CallType(textIn(v, "callType")),
			InteractionUUID:       textIn(v, "interactionUUID"),
		}
		parties := v.Get("parties")
		for i := range parties.Length() {
			p := parties.Index(i)
			all[n].Parties = append(all[n].Parties, wwe.Party{
				Name: textIn(p, "name"), Identifier: textIn(p, "identifier"), PhoneNumber: textIn(p, "phoneNumber"),
			})
		}
		contact := v.Get("contact")
		all[n].Contact = &wwe.Contact{
			DisplayName: textIn(contact, "displayName"), FirstName: textIn(contact, "firstname"), LastName: textIn(contact, "lastname"),
		}
	}
	return all
}

func textIn(object js.Value, name string) string {
	if v := object.Get(name); v.Type() == js.TypeString {
		return v.String()
	}
	return ""
}

func anyOf(v js.Value) any {
	switch v.Type() {
	case js.TypeBoolean:
		return v.Bool()
	case js.TypeNumber:
		return v.Float()
	case js.TypeString:
		return v.String()
	case js.TypeObject:
		m := map[string]any{}
		keys := js.Global().Get("Object").Call("keys", v)
		for i := range keys.Length() {
			key := keys.Index(i).String()
			m[key] = anyOf(v.Get(key))
		}
		return m
	}
	return nil
}

// byVert has less to do than the other contestants. vert cannot fill named string types
// or maps with values of several types. So the states are plain strings, and the page
// passes user data that has only strings.
func byVert(interactions js.Value) []vertInteraction {
	var all []vertInteraction
	check(vert.ValueOf(interactions).AssignTo(&all))
	if len(all) > 0 && all[0].UserData["Key00"] == "" {
		panic("vert has lost the user data: " + strconv.Itoa(len(all[0].UserData)))
	}
	return all
}

type vertInteraction struct {
	InteractionID         string            `js:"interactionId"`
	ParentInteractionID   string            `js:"parentInteractionId"`
	CaseID                string            `js:"caseId"`
	State                 string            `js:"state"`
	PreviousState         string            `js:"previousState"`
	UserData              map[string]string `js:"userData"`
	Parties               []vertParty       `js:"parties"`
	Contact               vertContact       `js:"contact"`
	IsConsultation        bool              `js:"isConsultation"`
	IsMainCaseInteraction bool              `js:"isMainCaseInteraction"`
	IsCaseSelected        bool              `js:"isCaseSelected"`
	IsCaseExpanded        bool              `js:"isCaseExpanded"`
	Media                 string            `js:"media"`
	CallUUID              string            `js:"callUuid"`
	ANI                   string            `js:"ani"`
	DNIS                  string            `js:"dnis"`
	Direction             string            `js:"direction"`
	CallType              string            `js:"callType"`
	InteractionUUID       string            `js:"interactionUUID"`
}

type vertParty struct {
	Name        string `js:"name"`
	Identifier  string `js:"identifier"`
	PhoneNumber string `js:"phoneNumber"`
}

type vertContact struct {
	DisplayName string `js:"displayName"`
	FirstName   string `js:"firstname"`
	LastName    string `js:"lastname"`
}
