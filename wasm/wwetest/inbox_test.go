//go:build !js

package wwetest_test

import (
	"encoding/json"
	"strings"
	"testing/synctest"

	"wwebridge/wasm/wwetest"
)

// inbox is a frame that keeps what WWE posts to it, for tests in a bubble.
type inbox struct {
	frame *wwetest.Frame
	all   []string
}

func newInbox(host *wwetest.Host, topics ...string) *inbox {
	return newInboxOf(host, wwetest.Origin, topics...)
}

// newInboxOf is newInbox for a page of another origin.
func newInboxOf(host *wwetest.Host, origin string, topics ...string) *inbox {
	b := &inbox{}
	b.frame = host.Attach(origin, func(message string) { b.all = append(b.all, message) })
	if len(topics) > 0 {
		b.subscribe(topics...)
	}
	return b
}

// take returns what has come since the last time.
func (b *inbox) take() []string {
	synctest.Wait()
	all := b.all
	b.all = nil
	return all
}

// send sends a request with the referenceId "r" and returns what comes.
func (b *inbox) send(name string, parameters ...string) []string {
	b.frame.Receive(`{"request":"` + name + `","parameters":[` + strings.Join(parameters, ",") + `],"referenceId":"r","userAgent":"WWE Client"}`)
	return b.take()
}

// subscribe sends a subscription with the referenceId "s" and returns what comes.
func (b *inbox) subscribe(topics ...string) []string {
	list, _ := json.Marshal(topics)
	b.frame.Receive(`{"event":"subscribe","data":` + string(list) + `,"referenceId":"s","userAgent":"WWE Client"}`)
	return b.take()
}

func (b *inbox) unsubscribe(id string) []string {
	b.frame.Receive(`{"event":"unsubscribe","data":` + id + `,"referenceId":"u","userAgent":"WWE Client"}`)
	return b.take()
}

// answered, refused, granted and event are messages of WWE's.
func answered(request, data string) string {
	if data != "" {
		data = `"data":` + data + `,`
	}
	return `{"request":"` + request + `","referenceId":"r",` + data + `"userAgent":"WWE Server","protocolVersion":2}`
}

func refused(request, reason string) string {
	text, _ := json.Marshal(reason)
	return `{"request":"` + request + `","referenceId":"r","errorMessage":` + string(text) + `,"userAgent":"WWE Server","protocolVersion":2}`
}

func granted(id string) string {
	return `{"referenceId":"s","subscriptionId":` + id + `,"userAgent":"WWE Server","protocolVersion":2}`
}

func config(change func(c *wwetest.Config)) wwetest.Option { return wwetest.WithConfig(change) }
