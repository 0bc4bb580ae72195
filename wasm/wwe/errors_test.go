package wwe_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/internal/transport"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// category asks, as callers do, who must act on an error.
func category(t *testing.T, err error) wwe.Category {
	t.Helper()
	require.Error(t, err)
	return wwe.CategoryOf(err)
}

type anError struct {
	name string
	want wwe.Category
	err  func(t *testing.T, host *wwetest.Host, svc *wwe.Service) error
}

// everyError returns every kind of error that a widget gets, with its category.
func everyError() []anError {
	short := func(t *testing.T) context.Context {
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		t.Cleanup(cancel)
		return ctx
	}
	return []anError{
		{"an argument that cannot be right", wwe.CategoryAuthor, func(t *testing.T, _ *wwetest.Host, svc *wwe.Service) error {
			return svc.Interaction.Accept(t.Context(), "")
		}},
		{"a request without a name", wwe.CategoryAuthor, func(t *testing.T, _ *wwetest.Host, svc *wwe.Service) error {
			return failed(svc.Call(t.Context(), ""))
		}},
		{"a topic that cannot be right", wwe.CategoryAuthor, func(t *testing.T, _ *wwetest.Host, svc *wwe.Service) error {
			return failed(svc.Subscribe(t.Context()))
		}},
		{"a text that is not JSON", wwe.CategoryAuthor, func(*testing.T, *wwetest.Host, *wwe.Service) error {
			return failed(wwe.JSON("{").Value())
		}},
		{"a call after Close", wwe.CategoryAuthor, func(t *testing.T, _ *wwetest.Host, svc *wwe.Service) error {
			require.NoError(t, svc.Close())
			err := svc.Interaction.Accept(t.Context(), "1")
			require.ErrorIs(t, err, wwe.ErrClosed)
			return err
		}},
		{"a subscription after Close", wwe.CategoryAuthor, func(t *testing.T, _ *wwetest.Host, svc *wwe.Service) error {
			require.NoError(t, svc.Close())
			return failed(svc.Watch(t.Context()))
		}},
		{"an ended subscription", wwe.CategoryAuthor, func(t *testing.T, _ *wwetest.Host, svc *wwe.Service) error {
			sub, err := svc.Subscribe(t.Context(), wwe.TopicAgent)
			require.NoError(t, err)
			require.NoError(t, svc.Close())
			_, open := <-sub.Events()
			require.False(t, open)
			return sub.Err()
		}},
		{"a closed workspace", wwe.CategoryAuthor, func(t *testing.T, _ *wwetest.Host, svc *wwe.Service) error {
			w, err := svc.Watch(t.Context())
			require.NoError(t, err)
			require.NoError(t, w.Close())
			return w.Err()
		}},
		{"data that this version does not know", wwe.CategoryAuthor, func(t *testing.T, host *wwetest.Host, svc *wwe.Service) error {
			host.Fault(wwetest.Fault{Data: `7`})
			return failed(svc.Agent.Get(t.Context()))
		}},
		{"a WWE of another shape, to Watch", wwe.CategoryAuthor, func(t *testing.T, host *wwetest.Host, svc *wwe.Service) error {
			host.Fault(wwetest.Fault{Request: "interaction.getInteractions", Data: `7`})
			w, err := svc.Watch(t.Context())
			require.NoError(t, err, "the mirror lives by events")
			return w.Stale()
		}},
		{"a wrong option", wwe.CategoryAuthor, func(_ *testing.T, host *wwetest.Host, _ *wwe.Service) error {
			return failed(host.Connect(wwe.WithTimeout(-1)))
		}},
		{"a wrong buffer", wwe.CategoryAuthor, func(_ *testing.T, host *wwetest.Host, _ *wwe.Service) error {
			return failed(host.Connect(wwe.WithBuffer(0)))
		}},
		{"no origin", wwe.CategoryAuthor, func(_ *testing.T, host *wwetest.Host, _ *wwe.Service) error {
			return failed(host.Connect(wwe.WithOrigin()))
		}},
		{"a frame without an origin", wwe.CategoryAuthor, func(_ *testing.T, host *wwetest.Host, _ *wwe.Service) error {
			return failed(host.Connect(wwe.WithFrame("f")))
		}},
		{"no client", wwe.CategoryAuthor, func(t *testing.T, _ *wwetest.Host, _ *wwe.Service) error {
			return failed(wwe.Connect(transport.NewContext(t.Context(), func(transport.Sink) (transport.Transport, error) {
				return nil, wwe.ErrNoClient
			})))
		}},
		{"no WWE around the page", wwe.CategoryConfiguration, func(t *testing.T, _ *wwetest.Host, _ *wwe.Service) error {
			return failed(wwe.Connect(transport.NewContext(t.Context(), func(transport.Sink) (transport.Transport, error) {
				return nil, wwe.ErrNotEmbedded
			})))
		}},
		{"a transport that does not open", wwe.CategoryConnection, func(t *testing.T, _ *wwetest.Host, _ *wwe.Service) error {
			return failed(wwe.Connect(transport.NewContext(t.Context(), func(transport.Sink) (transport.Transport, error) {
				return nil, errors.New("thrown")
			})))
		}},
		{"an interaction that is gone", wwe.CategoryAgent, func(t *testing.T, _ *wwetest.Host, svc *wwe.Service) error {
			err := failed(svc.Interaction.GetByInteractionID(t.Context(), "404"))
			require.ErrorIs(t, err, wwe.ErrNotFound)
			return err
		}},
		{"a refusal", wwe.CategoryAgent, func(t *testing.T, _ *wwetest.Host, svc *wwe.Service) error {
			return svc.Interaction.Accept(t.Context(), "404")
		}},
		{"a refusal of what WWE has said to allow", wwe.CategoryAgent, func(t *testing.T, _ *wwetest.Host, svc *wwe.Service) error {
			require.NoError(t, failed(svc.System.GetAllowedServices(t.Context())))
			return svc.Interaction.Accept(t.Context(), "404")
		}},
		{"a refusal of what WWE has said to forbid", wwe.CategoryConfiguration, func(t *testing.T, host *wwetest.Host, svc *wwe.Service) error {
			host.Configure(func(c *wwetest.Config) { c.AcceptedOrigins = wwetest.Origin + " (system.*)" })
			require.NoError(t, failed(svc.System.GetAllowedServices(t.Context())))
			return svc.Interaction.Accept(t.Context(), "404")
		}},
		{"a refused subscription", wwe.CategoryConfiguration, func(t *testing.T, host *wwetest.Host, svc *wwe.Service) error {
			host.Fault(wwetest.Fault{Request: "subscribe", Refuse: "no"})
			return failed(svc.Subscribe(t.Context(), wwe.TopicAgent))
		}},
		{"a refused list of interactions", wwe.CategoryConfiguration, func(t *testing.T, host *wwetest.Host, svc *wwe.Service) error {
			host.Fault(wwetest.Fault{Request: "interaction.getInteractions", Refuse: "no"})
			_, err := svc.Watch(t.Context())
			return err
		}},
		{"silence from the beginning", wwe.CategoryConfiguration, func(t *testing.T, host *wwetest.Host, svc *wwe.Service) error {
			host.Fault(wwetest.Fault{})
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second) // less would tell nothing
			defer cancel()
			err := svc.Interaction.Accept(ctx, "1")
			require.ErrorContains(t, err, "service-client-api.accepted-web-content-origins")
			return err
		}},
		{"silence to what WWE has said to forbid", wwe.CategoryConfiguration, func(t *testing.T, host *wwetest.Host, svc *wwe.Service) error {
			host.Configure(func(c *wwetest.Config) { c.AcceptedOrigins, c.SilentRefusal = wwetest.Origin+" (system.*)", true })
			require.NoError(t, failed(svc.System.GetAllowedServices(t.Context())))
			err := failed(svc.Voice.Dial(short(t), "1", nil))
			require.ErrorContains(t, err, "it does not allow this page the request")
			return err
		}},
		{"a refusal after a restart, with which WWE may allow more", wwe.CategoryAgent, func(t *testing.T, host *wwetest.Host, svc *wwe.Service) error {
			host.Configure(func(c *wwetest.Config) { c.AcceptedOrigins = wwetest.Origin + " (system.*)" })
			require.NoError(t, failed(svc.System.GetAllowedServices(t.Context())))
			host.Configure(func(c *wwetest.Config) { c.AcceptedOrigins = "*" })
			host.Restart()
			return svc.Interaction.Accept(t.Context(), "404")
		}},
		{"a refused question for what is allowed", wwe.CategoryConfiguration, func(t *testing.T, host *wwetest.Host, svc *wwe.Service) error {
			host.Configure(func(c *wwetest.Config) { c.AcceptedOrigins = "" })
			return failed(svc.System.GetAllowedServices(t.Context()))
		}},
		{"a refused token", wwe.CategoryConfiguration, func(t *testing.T, _ *wwetest.Host, svc *wwe.Service) error {
			return failed(svc.Auth.GetJwtToken(t.Context()))
		}},
		{"silence", wwe.CategoryConnection, func(t *testing.T, host *wwetest.Host, svc *wwe.Service) error {
			require.NoError(t, failed(svc.Agent.Get(t.Context())))
			host.Fault(wwetest.Fault{})
			return svc.Interaction.Accept(short(t), "1")
		}},
		{"a deadline that has passed before the call", wwe.CategoryAuthor, func(t *testing.T, _ *wwetest.Host, svc *wwe.Service) error {
			ctx, cancel := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
			defer cancel()
			return svc.Interaction.Accept(ctx, "1")
		}},
		{"silence to a subscription", wwe.CategoryConnection, func(t *testing.T, host *wwetest.Host, svc *wwe.Service) error {
			require.NoError(t, failed(svc.Agent.Get(t.Context())))
			host.Fault(wwetest.Fault{})
			return failed(svc.Subscribe(short(t), wwe.TopicAgent))
		}},
		{"a workspace that could not be read again", wwe.CategoryConfiguration, func(t *testing.T, host *wwetest.Host, svc *wwe.Service) error {
			w, err := svc.Watch(t.Context())
			require.NoError(t, err)
			host.Fault(wwetest.Fault{Request: "interaction.getInteractions", Refuse: "no"})
			host.Emit(wwe.TopicInteraction, `{"eventType":"NEW"}`)
			eventually(t, func() bool { return w.Stale() != nil }, "stale")
			return w.Stale()
		}},
		{"a guard that panics", wwe.CategoryAuthor, func(t *testing.T, host *wwetest.Host, svc *wwe.Service) error {
			return guarded(t, host, svc, func(context.Context, wwe.Interaction) (string, bool) { panic("oops") })
		}},
		{"a guard that is too late", wwe.CategoryAuthor, func(t *testing.T, host *wwetest.Host, svc *wwe.Service) error {
			err := guarded(t, host, svc, func(ctx context.Context, _ wwe.Interaction) (string, bool) { <-ctx.Done(); return "w", true })
			require.ErrorIs(t, err, wwe.ErrTooLate)
			return err
		}},
	}
}

func TestEveryErrorTellsWhoMustAct(t *testing.T) {
	for _, c := range everyError() {
		t.Run(c.name, func(t *testing.T) {
			host, svc := impatient(t)
			err := c.err(t, host, svc)
			assert.Equal(t, c.want, category(t, err), "%v", err)
		})
	}

	t.Run("and no error has none", func(t *testing.T) {
		assert.Empty(t, wwe.CategoryOf(nil))
	})

	t.Run("but a context's own cause is the caller's", func(t *testing.T) {
		svc := memory().connect(t, wwetest.NewHost())
		why := errors.New("the panel was closed")
		ctx, cancel := context.WithCancelCause(t.Context())
		cancel(why)
		assert.Equal(t, why, svc.Interaction.Accept(ctx, "1"))
	})
}

// ownError is one of a widget's.
type ownError struct{ who wwe.Category }

func (ownError) Error() string            { return "own" }
func (e ownError) Category() wwe.Category { return e.who }

func TestAnyErrorHasACategory(t *testing.T) {
	refused := &wwe.RequestError{Request: "agent.get"}
	for _, c := range []struct {
		name string
		err  error
		want wwe.Category
	}{
		{"of the widget's own code", errors.New("oops"), wwe.CategoryAuthor},
		{"of the widget's own code, which says so itself", fmt.Errorf("save: %w", ownError{wwe.CategoryAgent}), wwe.CategoryAgent},
		{"of a context that the widget has cancelled", context.Canceled, wwe.CategoryAuthor},
		{"of a deadline for which the widget has waited", fmt.Errorf("wait: %w", context.DeadlineExceeded), wwe.CategoryConnection},
		{"wrapped", fmt.Errorf("save: %w", refused), wwe.CategoryAgent},
		{"joined with the widget's own", errors.Join(errors.New("oops"), refused), wwe.CategoryAgent},
		{"joined with another", errors.Join(&wwe.ArgumentError{}, refused), wwe.CategoryAuthor},
		{"ErrNoClient", wwe.ErrNoClient, wwe.CategoryAuthor},
		{"ErrNotEmbedded", fmt.Errorf("start: %w", wwe.ErrNotEmbedded), wwe.CategoryConfiguration},
		{"ErrClosed", wwe.ErrClosed, wwe.CategoryAuthor},
		{"ErrTimeout", wwe.ErrTimeout, wwe.CategoryConnection},
		{"ErrNotFound", wwe.ErrNotFound, wwe.CategoryAgent},
		{"ErrTooLate", wwe.ErrTooLate, wwe.CategoryAuthor},
		{"nil of a type", (*wwe.TimeoutError)(nil), wwe.CategoryAuthor},
		{"nil of a type, wrapped", fmt.Errorf("save: %w", (*wwe.TimeoutError)(nil)), wwe.CategoryAuthor},
		{"nil of the widget's own type", (*ownError)(nil), wwe.CategoryAuthor},
	} {
		assert.Equal(t, c.want, wwe.CategoryOf(c.err), c.name)
	}
}

func TestACategoryIsAWordAndASentence(t *testing.T) {
	sentences := map[string]bool{}
	for c, word := range map[wwe.Category]string{
		wwe.CategoryAuthor: "author", wwe.CategoryConfiguration: "configuration", wwe.CategoryAgent: "agent", wwe.CategoryConnection: "connection",
	} {
		assert.EqualValues(t, word, c)
		assert.Regexp(t, `^[A-Z].*\.$`, c.Explain())
		sentences[c.Explain()] = true
	}
	assert.Len(t, sentences, 4, "each has its own")
	assert.Empty(t, wwe.Category("").Explain())
	assert.Empty(t, wwe.Category("weather").Explain())
}

// impatient is a WWE that waits for a guard for a moment only.
func impatient(t *testing.T) (*wwetest.Host, *wwe.Service) {
	t.Helper()
	host := wwetest.NewHost(wwetest.WithConfig(func(c *wwetest.Config) { c.BlockMarkDoneTimeout = 20 * time.Millisecond }))
	return host, memory().connect(t, host)
}

// guarded is the first error of a guard.
func guarded(t *testing.T, host *wwetest.Host, svc *wwe.Service, guard func(context.Context, wwe.Interaction) (string, bool)) error {
	t.Helper()
	g, err := svc.GuardMarkDone(t.Context(), guard)
	require.NoError(t, err)
	id := host.Ring(wwetest.Call{})
	require.NoError(t, host.Answer(id))
	require.NoError(t, host.HangUp(id))
	go func() { _ = host.MarkDone(id) }()
	return <-g.Errors()
}
