package model

import (
	"time"

	"wwebridge/wasm/wwe"
)

// undoTime is how long a key of user data that the agent has deleted can be restored.
const undoTime = 8 * time.Second

// deletion is a key of user data that the agent deletes, from the request on.
type deletion struct {
	key     task
	value   any
	mayUndo bool        // WWE has deleted it, and nobody has asked to restore it
	timer   *time.Timer // forgets it; nil while a request is under way
}

func (m *Model) deletionOf(i *item, name string) *deletion {
	for _, d := range m.deleted {
		if d.key.item == i.key && d.key.key == name {
			return d
		}
	}
	return nil
}

// deleting keeps the value of a key that is about to be deleted.
func (m *Model) deleting(i *item, name string) {
	if value, is := i.UserData[name]; is {
		m.forget(m.deletionOf(i, name))
		m.deleted = append(m.deleted, &deletion{key: task{DeleteUserData, i.key, name}, value: value})
	}
}

// forget ends that the deletion, which may be nil, can be undone.
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

// keep forgets the deletion after the time in which it can be undone, or in which
// the event comes that undoes it.
func (m *Model) keep(d *deletion) {
	d.timer = time.AfterFunc(undoTime, func() {
		m.change(func() {
			if d.timer != nil {
				m.forget(d)
			}
		})
	})
}

// isDeleted takes over whether WWE has deleted the key.
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

// Restore sets a key that the agent deleted a moment ago to the value that it
// had, and tells whether that has begun. If it fails, it can be tried again.
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

// withDeleted returns an item's user data with what can be restored, or is about to be.
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
