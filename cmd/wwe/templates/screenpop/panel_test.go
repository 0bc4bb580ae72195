package main

import (
	"errors"
	"reflect"
	"testing"
	"testing/synctest"
	"time"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

var records = map[string]string{
	"4711": `{"Name": "Marie Durand", "CRM": "https://crm.example.com/4711"}`,
	"bad":  `<html>`,
}

func fetchForTest(id string) (string, error) {
	if id == "down" {
		return "", errors.New("no connection")
	}
	return records[id], nil
}

func TestTheRecordOfTheCustomerIsShown(t *testing.T) {
	for id, want := range map[string]view{
		"":     {Status: "No customer. The record of a call with a CustomerID appears here."},
		"4712": {Status: "There is no record of customer 4712."},
		"down": {Failure: "The record of customer down cannot be loaded: no connection"},
		"4711": {Status: "Customer 4711", Name: "Marie Durand", Fields: [][2]string{{"CRM", "https://crm.example.com/4711"}}},
	} {
		synctest.Test(t, func(t *testing.T) {
			host, shown := start(t, fetchForTest)
			check(t, *shown, view{Status: "No customer. The record of a call with a CustomerID appears here."})
			data := wwe.UserData{}
			if id != "" {
				data[customerKey] = id
			}
			call := host.Ring(wwetest.Call{ANI: "+33140000001", UserData: data})
			synctest.Wait()
			check(t, *shown, want)
			if err := host.Reject(call); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Minute) // takes no time here; the panel may ask WWE once more
			synctest.Wait()
			check(t, shown.Name, "")
		})
	}
}

func TestARecordThatComesLateDoesNotReplaceTheNextOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		late := make(chan struct{})
		host, shown := start(t, func(id string) (string, error) {
			if id == "slow" {
				<-late
			}
			return `{"Name": "` + id + `"}`, nil
		})
		call := host.Ring(wwetest.Call{UserData: wwe.UserData{customerKey: "slow"}})
		synctest.Wait()
		check(t, shown.Status, "Loading…")
		if err := host.SetUserData(call, wwe.UserData{customerKey: "quick"}); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		close(late)
		synctest.Wait()
		check(t, shown.Name, "quick")
	})
}

func TestAnUnreadableRecordIsAFailure(t *testing.T) {
	if v := lookUp("bad", fetchForTest); v.Failure == "" || v.Name != "" {
		t.Errorf("shown: %+v", v)
	}
}

func TestOnlyHTTPSIsALink(t *testing.T) {
	check(t, isSafe("https://crm.example.com/a?b=c#d"), true)
	for _, text := range []string{"", "Gold", "http://crm.example.com", "javascript:alert(1)", " https://a.example", "java\nscript:alert(1)",
		"data:text/html,x", "//crm.example.com", "https:crm.example.com", "HTTPS://crm.example.com", "https://crm.example.com@evil.example", `https://a.example\@evil.example`} {
		check(t, isSafe(text), false)
	}
}

// start follows a simulated WWE in memory. What is shown is in the view that it returns.
func start(t *testing.T, get func(id string) (string, error)) (*wwetest.Host, *view) {
	t.Helper()
	host := wwetest.NewHost()
	svc, err := host.Connect()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { svc.Close() })
	var shown view
	go follow(t.Context(), svc, get, func(v view) { shown = v })
	synctest.Wait() // until follow waits for a change
	return host, &shown
}

func check(t *testing.T, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
