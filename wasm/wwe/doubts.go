package wwe

import (
	"slices"
	"sync"

	"wwebridge/internal/calls"
	"wwebridge/internal/jsontext"
	"wwebridge/internal/wire"
)

// doubter is a Workspace, as the Service sees it. It is an interface so that
// only programs that watch have what is behind it.
type doubter interface {
	// doubt reports that what WWE holds may not be what it is thought to hold:
	// of one interaction, or of all for "".
	doubt(interactionID string)
}

// doubts passes on to every mirror what makes it doubtful.
type doubts struct {
	mu      sync.Mutex
	mirrors []doubter
}

func (d *doubts) add(m doubter) {
	d.mu.Lock()
	d.mirrors = append(d.mirrors, m)
	d.mu.Unlock()
}

func (d *doubts) remove(m doubter) {
	d.mu.Lock()
	d.mirrors = slices.DeleteFunc(d.mirrors, func(other doubter) bool { return other == m })
	d.mu.Unlock()
}

func (d *doubts) tell(interactionID string) {
	d.mu.Lock()
	mirrors := slices.Clone(d.mirrors)
	d.mu.Unlock()
	for _, m := range mirrors {
		m.doubt(interactionID)
	}
}

// listen returns done, extended to tell the mirrors when WWE refuses a request
// about an interaction or says that it has none of this id. The interaction is
// the first parameter of all requests that are about one.
func (d *doubts) listen(request string, parameters []string, done calls.Done) calls.Done {
	d.mu.Lock()
	watched := len(d.mirrors) > 0
	d.mu.Unlock()
	if !watched || len(parameters) == 0 {
		return done
	}
	return func(reply wire.Reply, err error) {
		done(reply, err)
		isNull := request == "interaction.getByInteractionId" && !reply.WasRead && (reply.Data == "" || reply.Data == "null")
		if err == nil && (reply.Failed || isNull) {
			if id := jsontext.NewReader(parameters[0]).String(); id != "" {
				d.tell(id)
			}
		}
	}
}
