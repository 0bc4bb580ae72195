// Package transport carries requests to WWE and brings its answers back. A
// Transport knows nothing of what the requests mean, and whoever uses it
// nothing of JavaScript.
//
// There are three: the client object of the page (ClientObject) and our own
// side of the protocol over window.postMessage (PostMessage), both in the
// browser only, and the protocol in memory (Protocol by itself), for tests on
// every platform.
package transport

import (
	"errors"

	"wwebridge/internal/wire"
)

// Transport is one connection to WWE. Its methods may be called from any
// goroutine and never wait for WWE.
type Transport interface {
	// Send sends a request. The sink settles ref, at most once from then on
	// as far as the transport can tell; it may do so before Send returns. An
	// error means that the request did not go out. Of the refs of one
	// Transport all begin alike, and end with "-" and a number.
	// Parameters are JSON texts, "" for undefined.
	Send(ref, request string, parameters []string) error

	// Subscribe asks for the events of a topic. The sink settles ref with
	// WWE's answer, as with Send, and gets the events from then on, those that
	// come before the answer too.
	Subscribe(ref, topic string) error

	// Unsubscribe ends the subscription with this id, the JSON text that came
	// in the answer. Whether WWE answers to it is not known; the sink need not
	// know ref.
	Unsubscribe(ref, id string) error

	// Leave ends the events: the sink gets outcomes only, of what has been asked
	// for. The transport keeps nothing but what these take, as they may never come.
	Leave()

	// Close ends the connection. No outcome that arrives later reaches the sink.
	Close()
}

// Sink takes what comes back. Its methods never block.
type Sink interface {
	// Settle gives the outcome of the request that was sent as ref: WWE's
	// reply, or the error that kept it from being read.
	Settle(ref string, reply wire.Reply, err error)

	// Arrived tells that the answer to ref is there, though it may take a while
	// to read: its deadline does not count any more. It reports whether
	// anybody waits for it, and may be called any number of times.
	Arrived(ref string) (waits bool)

	// Reads reports whether Reading would give anything for any request.
	Reads() bool

	// Reading is for a transport to read the data of a reply where it stands.
	// Settle then gets a reply without the text of its data; that of its Body is
	// whole, but after a long list, which leaves no text at all.
	wire.Readings

	// Event gives an event, in WWE's order; data is JSON text, "" if it has none.
	Event(topic, data string)

	// Restarted tells that WWE has begun anew and knows nothing of earlier subscriptions.
	Restarted()

	// Quiet tells that nothing came for so long that WWE may have begun anew unseen.
	Quiet()
}

// Open connects a transport whose outcomes go to sink.
type Open func(sink Sink) (Transport, error)

// ErrNoClient: there is no client object on the page, or it cannot do what was asked.
var ErrNoClient = errors.New("no WWE client: load Genesys' wwe-service-client-api.js into the page " +
	"so that it has genesys.wwe.service, or use WithOrigin to speak to WWE without it")

// ErrNotEmbedded: no WWE window is there to talk to.
var ErrNotEmbedded = errors.New("the page is not embedded in WWE")

// ErrLoading: the iframe that WWE runs in has a new page, which is not there yet.
// The request did not go out, because nobody would have answered it.
var ErrLoading = errors.New("WWE is still loading in its iframe: try again in a moment")
