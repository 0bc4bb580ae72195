package wwe

import (
	"strconv"
	"time"

	"wwebridge/internal/transport"
)

// Option configures Connect.
type Option func(*options)

type options struct {
	speak     func(origins []string) transport.Open // speaks WWE's protocol; nil without WithOrigin
	origins   []string
	badOrigin error // the problem with origins, if any
	frame     string
	inFrame   func(origins []string, frame string) transport.Open // speaks WWE's protocol to the iframe
	timeout   time.Duration
	buffer    int
	pacer     pacer                               // nil without WithRateLimit
	faulty    error                               // from an option that checks its own argument
	record    func(transport.Open) transport.Open // nil without WithRecorder
}

// WithOrigin makes the Service speak WWE's protocol itself, without Genesys'
// client file. It only talks to a WWE with exactly one of these origins, such
// as "https://wwe.example.com": scheme, host and port as in location.origin,
// without a path or "*". Connect rejects anything else. WWE is the window that
// embeds or opened this page, or the iframe of WithFrame. The Service ignores
// messages from other windows and origins, and sends them none.
func WithOrigin(origins ...string) Option {
	return func(o *options) { o.speak, o.origins, o.badOrigin = protocol, origins, checkOrigins(origins) }
}

// WithFrame is for the reverse embedding: WWE runs in an iframe of this page,
// whose element has this id. The Service follows the iframe when the page
// reloads, moves or replaces it. While the iframe is missing, Connect and calls
// return ErrNotEmbedded. While WWE sends nothing, the Service renews its
// subscriptions every 15 seconds, to detect whether WWE has restarted
// unnoticed. WithFrame requires WithOrigin.
func WithFrame(elementID string) Option {
	return func(o *options) { o.frame, o.inFrame = elementID, protocolInFrame }
}

// WithTimeout sets the timeout of a call whose context has no deadline. The
// default is 8 seconds. Genesys' client gives up after 10, so a timeout is
// always reported by an error of this package.
func WithTimeout(d time.Duration) Option {
	return func(o *options) { o.timeout = d }
}

// WithBuffer sets the number of events that a Subscription keeps for a reader
// slower than WWE. The default is 1024.
func WithBuffer(events int) Option {
	return func(o *options) { o.buffer = events }
}

// transport returns the transport that the options choose. Only WithOrigin
// refers to the protocol, and only WithFrame to frames, so that programs
// without these options do not link their code.
func (o *options) transport() transport.Open {
	switch {
	case o.frame != "":
		return o.inFrame(o.origins, o.frame)
	case o.speak != nil:
		return o.speak(o.origins)
	}
	return clientObject()
}

func (o *options) check() error {
	switch {
	case o.badOrigin != nil:
		return o.badOrigin
	case o.frame != "" && o.speak == nil:
		return newError(CategoryAuthor, "WithFrame needs WithOrigin: the page in the frame must be known to be WWE")
	case o.timeout <= 0:
		return newError(CategoryAuthor, "WithTimeout needs a positive duration, not "+o.timeout.String())
	case o.faulty != nil:
		return o.faulty
	case o.buffer <= 0:
		return newError(CategoryAuthor, "WithBuffer needs a positive number of events, not "+strconv.Itoa(o.buffer))
	}
	return nil
}
