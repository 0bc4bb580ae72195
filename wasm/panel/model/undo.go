package model

import (
	"time"

	"wwebridge/wasm/wwe"
)

// undoTime is how long a key of user data that the agent has deleted can be restored.
const undoTime = 8 * time.Second

// deletion is the deletion of a user data key by the agent, from the request on.
type deletion struct {
	_       [0]func() // not comparable: less code
	key     task
	value   any
	mayUndo bool        // WWE has deleted the key, and no Restore is pending
	timer   *time.Timer // forgets the deletion; nil while a request is pending
}

func (m *Model) deletionOf(i *item, name string) *deletion {
	for _, d := range m.deleted {
		if d.key.item == i.key && d.key.key == name {
			return d
		}
	}
	return nil
}

// deleting stores the value of a key that is about to be deleted.
func (m *Model) deleting(i *item, name string) {
	if value, is := i.UserData[name]; is {
		m.forget(m.deletionOf(i, name))
		m.deleted = append(m.deleted, &deletion{key: task{DeleteUserData, i.key, name}, value: value})
	}
}

// forget ends the time in which the deletion can be undone. d may be nil.
func (m *Model) forget(d *deletion) {
	if d != nil && d.timer != nil {
		d.timer.Stop()
	}
	for n := range m.deleted {
		if m.deleted[n] == d {
			m.deleted = append(m.deleted[:n:n], m.deleted[n+1:]...)
			return
		}
	}
}

func (m *Model) forgetAll() {
	for len(m.deleted) > 0 {
		m.forget(m.deleted[0])
	}
}

// keep forgets the deletion after undoTime. Until then the agent can undo it, or the event of a restored
// key can arrive.
func (m *Model) keep(d *deletion) {
	d.timer = time.AfterFunc(undoTime, func() {
		m.change(func() {
			if d.timer != nil {
				m.forget(d)
			}
		})
	})
}

// isDeleted records whether WWE has deleted the key.
func (m *Model) isDeleted(i *item, name string, is bool) {
	d := m.deletionOf(i, name)
	switch {
	case d == nil:
	case is:
		d.mayUndo = true
		m.keep(d)
	default:
		m.forget(d)
	}
}

// Restore sets a key that the agent has just deleted to its old value. It reports whether the request has
// started. If the request fails, Restore can be called again.
func (m *Model) Restore(interactionID, name string) bool {
	var d *deletion
	m.mu.Lock()
	if i := m.items[interactionID]; i != nil {
		if _, isThere := i.UserData[name]; !isThere {
			d = m.deletionOf(i, name)
		}
	}
	may := d != nil && d.mayUndo
	if may {
		d.mayUndo = false
		d.timer.Stop()
		d.timer = nil
	}
	m.mu.Unlock()
	if !may {
		return false
	}
	over := func(succeeded bool) {
		m.change(func() {
			d.mayUndo = !succeeded
			m.keep(d)
		})
	}
	begun := m.Do(Task{Action: SetUserData, On: interactionID, Key: name, Value: d.value}, over)
	if !begun {
		over(false)
	}
	return begun
}

// withDeleted returns an item's user data together with the deleted keys that can be restored or are
// being restored.
func (m *Model) withDeleted(i *item) wwe.UserData {
	if len(m.deleted) == 0 {
		return i.UserData
	}
	all := wwe.UserData{}
	for _, d := range m.deleted {
		if d.key.item == i.key {
			all[d.key.key] = d.value
		}
	}
	for name, value := range i.UserData {
		all[name] = value
	}
	return all
}
