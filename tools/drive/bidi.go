package drive

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"sync"
	"time"

	"github.com/gobwas/ws"
	"github.com/gobwas/ws/wsutil"
)

// answerLimit is the time limit of a command.
const answerLimit = time.Minute

// bidi is a connection that speaks WebDriver BiDi.
type bidi struct {
	connection net.Conn
	event      func(method string, params json.RawMessage)

	mu      sync.Mutex
	last    int
	waiting map[int]chan bidiAnswer
	ended   error
}

type bidiAnswer struct {
	result json.RawMessage
	err    error
}

func dialBiDi(address string, event func(method string, params json.RawMessage)) (*bidi, error) {
	limited, cancel := context.WithTimeout(context.Background(), answerLimit)
	defer cancel()
	connection, early, _, err := ws.Dial(limited, address)
	if err != nil {
		return nil, err
	}
	if early != nil { // data after the handshake; there is none before the first command
		ws.PutReader(early)
	}
	b := &bidi{connection: connection, event: event, waiting: map[int]chan bidiAnswer{}}
	go b.listen()
	return b, nil
}

func (b *bidi) listen() {
	for {
		text, err := wsutil.ReadServerText(b.connection)
		if err != nil {
			b.mu.Lock()
			b.ended = fmt.Errorf("the browser has ended: %w", err)
			for _, answer := range b.waiting {
				answer <- bidiAnswer{err: b.ended}
			}
			b.waiting = nil
			b.mu.Unlock()
			return
		}
		var m struct {
			ID             int
			Type           string
			Method         string
			Params, Result json.RawMessage
			Error, Message string
		}
		if json.Unmarshal(text, &m) != nil {
			continue
		}
		if m.Type == "event" {
			b.event(m.Method, m.Params)
			continue
		}
		b.mu.Lock()
		answer := b.waiting[m.ID]
		delete(b.waiting, m.ID)
		b.mu.Unlock()
		if answer == nil {
			continue
		}
		if m.Type == "error" {
			answer <- bidiAnswer{err: &driverError{m.Error, m.Message}}
		} else {
			answer <- bidiAnswer{result: m.Result}
		}
	}
}

// send sends a command. It decodes the command's result into result, unless result is
// nil.
func (b *bidi) send(method string, params, result any) error {
	answer := make(chan bidiAnswer, 1)
	b.mu.Lock()
	if b.ended != nil {
		b.mu.Unlock()
		return b.ended
	}
	b.last++
	id := b.last
	b.waiting[id] = answer
	text, err := json.Marshal(map[string]any{"id": id, "method": method, "params": params})
	if err == nil {
		err = wsutil.WriteClientText(b.connection, text)
	}
	b.mu.Unlock()
	if err != nil {
		return err
	}
	select {
	case a := <-answer:
		if a.err != nil {
			return fmt.Errorf("%s: %w", method, a.err)
		}
		if result == nil {
			return nil
		}
		return json.Unmarshal(a.result, result)
	case <-time.After(answerLimit):
		return errors.New(method + ": no answer within " + answerLimit.String())
	}
}

// driverError is an error from a browser's driver.
type driverError struct {
	Kind    string `json:"error"`
	Message string `json:"message"`
}

func (e *driverError) Error() string { return e.Kind + ": " + e.Message }
