//go:build js

// This program has both transports that Connect chooses from, but does not interpret
// messages. Answers and events arrive as text. Calls have a context, an error and a
// deadline.
package main

import (
	"context"
	"errors"
	"syscall/js"

	"wwebridge/internal/calls"
	"wwebridge/internal/transport"
	"wwebridge/internal/wire"
)

type sink struct{ calls *calls.InFlight }

func (s sink) Settle(ref string, reply wire.Reply, err error) { s.calls.Settle(ref, reply, err) }
func (s sink) Arrived(ref string) bool                        { return s.calls.Arrived(ref) }
func (s sink) Reads() bool                                    { return s.calls.Reads() }
func (s sink) Reading(ref string) wire.Read                   { return s.calls.Reading(ref) }
func (s sink) Event(topic, data string)                       { println(topic, data) }
func (s sink) Restarted()                                     {}
func (s sink) Quiet()                                         {}

func main() {
	s := sink{calls.New(nil)}
	open := transport.Open(transport.ClientObject)
	if origin := js.Global().Get("wweOrigin").String(); origin != "" {
		open = transport.PostMessage([]string{origin})
	}
	way, err := open(s)
	if err != nil {
		println(err.Error())
		return
	}
	done := make(chan error, 1)
	ctx := context.Background()
	ref, err := s.calls.Begin(ctx, 1e9, nil, func(reply wire.Reply, err error) {
		println(reply.Data)
		done <- err
	})
	if err == nil && s.calls.Sent(ref) {
		err = errors.Join(way.Send(ref, "interaction.getInteractions", nil), way.Subscribe(ref, "interaction"))
	}
	timeout, late := errors.AsType[*calls.Timeout](<-done)
	println(err, timeout, late)
}
