//go:build js

package main

import (
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// common are the options that every kind of work has.
type common struct {
	UserData userData        `json:"userData"`
	Contact  *contactOptions `json:"contact"`
}

type callOptions struct {
	ANI  string `json:"ani"`
	DNIS string `json:"dnis"`
	common
}

func (o callOptions) call() wwetest.Call {
	return wwetest.Call{ANI: o.ANI, DNIS: o.DNIS, UserData: wwe.UserData(o.UserData), Contact: o.Contact.contact()}
}

// addWork adds the functions that place work with the agent. Each returns the
// id of the interaction.
func addWork(functions map[string]function, host *wwetest.Host) {
	functions["ring"] = placing("{ani, dnis, userData, contact}", func(o callOptions) string { return host.Ring(o.call()) })
	functions["dial"] = trying("{dnis, ani, userData, contact}", func(o callOptions) (string, error) { return host.Dial(o.call()) })
	functions["transferIn"] = func(args arguments) (any, error) {
		from, err := args.text(1, "an object, and the name of the colleague who transfers")
		if err != nil {
			return nil, err
		}
		transfer := placing("{ani, dnis, userData, contact}", func(o callOptions) string { return host.TransferIn(o.call(), from) })
		return transfer(args)
	}
	functions["chat"] = placing("{from, media, conference, userData, contact}", func(o struct {
		From       string `json:"from"`
		Media      string `json:"media"`
		Conference bool   `json:"conference"`
		common
	}) string {
		return host.Chat(wwetest.Chat{From: o.From, Media: o.Media, Conference: o.Conference, UserData: wwe.UserData(o.UserData), Contact: o.Contact.contact()})
	})
	type emailOptions struct {
		From    string `json:"from"`
		To      string `json:"to"`
		Subject string `json:"subject"`
		common
	}
	email := func(o emailOptions) wwetest.Email {
		return wwetest.Email{From: o.From, To: o.To, Subject: o.Subject, UserData: wwe.UserData(o.UserData), Contact: o.Contact.contact()}
	}
	functions["email"] = placing("{from, to, subject, userData, contact}", func(o emailOptions) string { return host.Email(email(o)) })
	functions["compose"] = placing("{to, subject, userData, contact}", func(o emailOptions) string { return host.Compose(email(o)) })
	functions["workItem"] = placing("{from, media, userData, contact}", func(o struct {
		From  string `json:"from"`
		Media string `json:"media"`
		common
	}) string {
		return host.WorkItem(wwetest.WorkItem{From: o.From, Media: o.Media, UserData: wwe.UserData(o.UserData), Contact: o.Contact.contact()})
	})
	functions["preview"] = placing("{campaign, phone, userData, contact}", func(o struct {
		Campaign string `json:"campaign"`
		Phone    string `json:"phone"`
		common
	}) string {
		return host.Preview(wwetest.Preview{Campaign: o.Campaign, Phone: o.Phone, UserData: wwe.UserData(o.UserData), Contact: o.Contact.contact()})
	})
	functions["pull"] = func(args arguments) (any, error) {
		uuid, err := args.text(0, "the interactionUUID of what workbin() has")
		if err != nil {
			return nil, err
		}
		return host.Pull(uuid)
	}
}

// placing is a function that takes options, all of which may be missing.
func placing[T any](options string, place func(T) string) function {
	return trying(options, func(o T) (string, error) { return place(o), nil })
}

// trying is placing for what WWE may refuse.
func trying[T any](options string, place func(T) (string, error)) function {
	return func(args arguments) (any, error) {
		var o T
		if !args.isMissing(0) {
			if err := args.decode(0, "an object: "+options, &o); err != nil {
				return nil, err
			}
		}
		return place(o)
	}
}
