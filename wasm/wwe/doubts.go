package wwe

import (
	"sync"

	"wwebridge/internal/calls"
	"wwebridge/internal/jsontext"
	"wwebridge/internal/wire"
)

// doubter is a Workspace as the Service sees it. It is an interface so that
// only programs that call Watch link the code behind it.
type doubter interface {
	// doubt reports that the mirror may be out of date: for one interaction, or
	// for all if the id is "".
	doubt(interactionID string)

	// isBack reports that WWE has answered or sent an event after being silent.
	isBack()
}

// doubts asks every mirror to verify its data when there is a reason to.
type doubts struct {
	mu      sync.Mutex
	mirrors map[doubter]bool
}

// watch adds a mirror, or removes it if on is false.
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

// listen returns done, extended to notify the mirrors if WWE refuses a request
// about an interaction, or answers that it has none with this id. In all such
// requests, the interaction is the first parameter.
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
