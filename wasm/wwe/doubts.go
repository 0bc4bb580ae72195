package wwe

import (
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

	// isBack reports that WWE has given a sign of life after it was silent.
	isBack()
}

// doubts passes on to every mirror what makes it doubtful.
type doubts struct {
	mu      sync.Mutex
	mirrors map[doubter]bool
}

// watch adds a mirror or, with false, removes it.
func (d *doubts) watch(m doubter, on bool) {
	d.mu.Lock()
	if d.mirrors == nil {
		d.mirrors = map[doubter]bool{}
	}
	if on {
		d.mirrors[m] = true
	} else {
		delete(d.mirrors, m)
	}
	d.mu.Unlock()
}

func (d *doubts) tell(interactionID string) {
	d.mu.Lock()
	for m := range d.mirrors {
		m.doubt(interactionID)
	}
	d.mu.Unlock()
}

func (d *doubts) tellBack() {
	d.mu.Lock()
	for m := range d.mirrors {
		m.isBack()
	}
	d.mu.Unlock()
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
			var id string
			if (property{text: &id}).read(jsontext.NewReader(parameters[0])); id != "" {
				d.tell(id)
			}
		}
	}
}
