// Package transport carries requests to WWE and returns its answers. A Transport does
// not interpret the requests, and its users do not deal with JavaScript.
//
// There are three transports: the page's client object (ClientObject), an
// implementation of the protocol over window.postMessage (PostMessage), and the
// protocol in memory (Protocol by itself). The first two work in browsers only. The
// third is for tests on every platform.
package transport

import (
	"errors"

	"wwebridge/internal/wire"
)

// Transport is a connection to WWE. Its methods may be called from any goroutine and do
// not wait for WWE.
type Transport interface {
	// Send sends a request. Parameters are JSON texts, "" for undefined. An error means
	// that the request was not sent.
	//
	// The transport calls Sink.Settle for ref, at most once as far as it can tell,
	// possibly before Send returns. All refs of a Transport start with the same prefix
	// and end with "-" and a number.
	Send(ref, request string, parameters []string) error

	// Subscribe requests the events of a topic. The transport settles ref with WWE's
	// answer, as Send does. It passes events to the sink from then on, including those
	// that arrive before the answer.
	Subscribe(ref, topic string) error

	// Unsubscribe ends the subscription with this id, the JSON text from the answer. It
	// is not known whether WWE answers; the sink need not know ref.
	Unsubscribe(ref, id string) error

	// Leave ends the delivery of events. The sink still receives the outcomes of
	// earlier requests. Since these may never arrive, the transport releases everything
	// they do not need.
	Leave()

	// Close closes the connection. The sink receives no outcome after that.
	Close()
}

// Sink receives answers and events. Its methods do not block.
type Sink interface {
	// Settle reports the outcome of the request that was sent as ref: WWE's reply, or
	// the error that prevented reading it.
	Settle(ref string, reply wire.Reply, err error)

	// Arrived reports that the answer to ref has arrived but may take a while to read,
	// so that its deadline no longer applies. It returns whether the call is still in
	// flight. It may be called any number of times.
	Arrived(ref string) (waits bool)

	// Reads reports whether Reading would return a Read for any request.
	Reads() bool

	// Reading lets a transport read the data of a reply in place. The reply that it
	// then passes to Settle has no Data. Its Body is complete, except after a long
	// list, where it is empty.
	wire.Readings

	// Event reports an event, in WWE's order. data is JSON text, or "" if the event has
	// none.
	Event(topic, data string)

	// Restarted reports that WWE has restarted and lost all subscriptions.
	Restarted()

	// Quiet reports a silence so long that WWE may have restarted unnoticed.
	Quiet()
}

// Open connects a transport. It reports outcomes and events to sink.
type Open func(sink Sink) (Transport, error)

// ErrNoClient means that the page has no client object, or one that lacks the method
// for a request.
var ErrNoClient = errors.New("no WWE client: load Genesys' wwe-service-client-api.js into the page " +
	"so that it has genesys.wwe.service, or use WithOrigin to speak to WWE without it")

// ErrNotEmbedded means that there is no WWE window to send messages to.
var ErrNotEmbedded = errors.New("the page is not embedded in WWE")

// ErrLoading means that the page in WWE's iframe is still loading. The request was not
// sent, because nothing would have answered it.
var ErrLoading = errors.New("WWE is still loading in its iframe: try again in a moment")
