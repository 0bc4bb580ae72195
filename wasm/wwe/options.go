package wwe

import (
	"strconv"
	"time"

	"wwebridge/internal/transport"
)

// Option changes how Connect connects.
type Option func(*options)

type options struct {
	speak     func(origins []string) transport.Open // the protocol ourselves; nil without WithOrigin
	origins   []string
	badOrigin error // what is wrong with origins
	frame     string
	inFrame   func(origins []string, frame string) transport.Open // speaks to the WWE in the frame
	timeout   time.Duration
	buffer    int
	pacer     pacer                               // nil for none
	faulty    error                               // of an option that can tell by itself
	record    func(transport.Open) transport.Open // nil if nobody does
}

// WithOrigin makes the Service speak WWE's protocol itself, without Genesys'
// client file, with a WWE that has exactly one of these origins, such as
// "https://wwe.example.com": scheme, host and port as in location.origin, no
// path, no "*". Connect refuses anything else. WWE is the window that embeds or
// opened this page, or the one of WithFrame. Messages of any other window or
// origin are ignored, and none is sent to one.
func WithOrigin(origins ...string) Option {
	return func(o *options) { o.speak, o.origins, o.badOrigin = protocol, origins, checkOrigins(origins) }
}

// WithFrame is for the reverse embedding: WWE runs in this page's own iframe,
// whose element has this id. The Service follows the iframe when the page
// reloads, moves or replaces it. While WWE sends nothing, the Service subscribes
// again every 15 seconds, to see whether WWE has begun anew unseen.
// While it is missing, Connect and calls return ErrNotEmbedded.
// WithFrame needs WithOrigin.
func WithFrame(elementID string) Option {
	return func(o *options) { o.frame, o.inFrame = elementID, protocolInFrame }
}

// WithTimeout sets the deadline of a call whose context has none. The default
// is 8 seconds, less than the 10 after which Genesys' client gives up, so that
// the error is always one of this package.
func WithTimeout(d time.Duration) Option {
	return func(o *options) { o.timeout = d }
}

// WithBuffer sets how many events a Subscription keeps for a reader that is
// slower than WWE. The default is 1024.
func WithBuffer(events int) Option {
	return func(o *options) { o.buffer = events }
}

// transport is what the options choose. Only WithOrigin refers to the protocol,
// and only WithFrame to frames, so that a program without them does not hold
// their code.
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
