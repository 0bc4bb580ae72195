//go:build !js

package wwe

import (
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestWhatASnapshotHasShownBeforeARestartIsSignalled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		defer inTurns()()
		w := &Workspace{
			kick: make(chan struct{}, 1), lost: make(chan struct{}, 1), back: make(chan struct{}, 1),
			known: interactions{byID: map[string]*known{}}, asked: 1, deaf: true,
		}
		now := snapshot{number: 1, interactions: make([]*Interaction, 1000)}
		for n := range now.interactions {
			now.interactions[n] = &Interaction{InteractionID: strconv.Itoa(n)}
		}
		changed := w.Changed()
		ended := make(chan error, 1)
		go func() {
			versions := w.versions(now.interactions)
			w.mu.Lock()
			err := w.replace(now, versions)
			w.mu.Unlock()
			ended <- err
		}()
		for len(w.View()) == 0 {
			time.Sleep(time.Millisecond / 2)
		}
		mirror{w}.Lose(true)
		assert.Equal(t, errLost, <-ended)
		assert.NotEmpty(t, w.View())
		<-changed
	})
}
