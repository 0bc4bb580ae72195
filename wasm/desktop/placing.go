//go:build js

package main

import "wwebridge/wasm/wwetest"

type callOptions struct {
	ANI      string         `js:"ani"`
	DNIS     string         `js:"dnis"`
	UserData objectJSON     `js:"userData"`
	Contact  contactOptions `js:"contact"`
}

func (o callOptions) call() wwetest.Call {
	return wwetest.Call{ANI: o.ANI, DNIS: o.DNIS, UserData: o.UserData.userData(), Contact: o.Contact.contact()}
}

type chatOptions struct {
	From       string         `js:"from"`
	Media      string         `js:"media"`
	Conference bool           `js:"conference"`
	UserData   objectJSON     `js:"userData"`
	Contact    contactOptions `js:"contact"`
}

type emailOptions struct {
	From     string         `js:"from"`
	To       string         `js:"to"`
	Subject  string         `js:"subject"`
	UserData objectJSON     `js:"userData"`
	Contact  contactOptions `js:"contact"`
}

func (o emailOptions) email() wwetest.Email {
	return wwetest.Email{From: o.From, To: o.To, Subject: o.Subject, UserData: o.UserData.userData(), Contact: o.Contact.contact()}
}

type workItemOptions struct {
	From     string         `js:"from"`
	Media    string         `js:"media"`
	UserData objectJSON     `js:"userData"`
	Contact  contactOptions `js:"contact"`
}

type previewOptions struct {
	Campaign string         `js:"campaign"`
	Phone    string         `js:"phone"`
	UserData objectJSON     `js:"userData"`
	Contact  contactOptions `js:"contact"`
}

// addWork adds the functions that give the agent new work. Each returns the id
// of the interaction.
func addWork(functions map[string]function, host *wwetest.Host) {
	functions["ring"] = placing(func(o callOptions) string { return host.Ring(o.call()) })
	functions["dial"] = taking(func(a struct {
		Options callOptions `js:"options"`
	}) (any, error) {
		return host.Dial(a.Options.call())
	})
	functions["transferIn"] = taking(func(a struct {
		Options callOptions `js:"options"`
		From    string      `js:"from"`
	}) (any, error) {
		return host.TransferIn(a.Options.call(), a.From), nil
	})
	functions["chat"] = placing(func(o chatOptions) string {
		return host.Chat(wwetest.Chat{From: o.From, Media: o.Media, Conference: o.Conference, UserData: o.UserData.userData(), Contact: o.Contact.contact()})
	})
	functions["email"] = placing(func(o emailOptions) string { return host.Email(o.email()) })
	functions["compose"] = placing(func(o emailOptions) string { return host.Compose(o.email()) })
	functions["workItem"] = placing(func(o workItemOptions) string {
		return host.WorkItem(wwetest.WorkItem{From: o.From, Media: o.Media, UserData: o.UserData.userData(), Contact: o.Contact.contact()})
	})
	functions["preview"] = placing(func(o previewOptions) string {
		return host.Preview(wwetest.Preview{Campaign: o.Campaign, Phone: o.Phone, UserData: o.UserData.userData(), Contact: o.Contact.contact()})
	})
	functions["pull"] = taking(func(a struct {
		UUID string `js:"uuid"`
	}) (any, error) {
		return host.Pull(a.UUID)
	})
}

// placing makes a function that takes options, all of which may be missing.
func placing[T any](place func(T) string) function {
	type arguments struct {
		Options T `js:"options"`
	}
	return taking(func(a arguments) (any, error) { return place(a.Options), nil })
}
