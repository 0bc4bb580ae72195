package wwe_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/internal/recording"
	"wwebridge/internal/transport"
	"wwebridge/internal/wire"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// session is one that every transport carries: it subscribes, gets an answer,
// a refusal and an event.
func session(t *testing.T, connect func(opts ...wwe.Option) *wwe.Service, host *wwetest.Host, r *wwe.Recorder) {
	svc := connect(wwe.WithRecorder(r))
	subscription, err := svc.Subscribe(t.Context(), wwe.TopicInteraction)
	require.NoError(t, err)
	id := host.Ring(wwetest.Call{ANI: "+33140000001", UserData: wwe.UserData{"Segment": "Gold", "Name": "Ada"}})
	<-subscription.Events()
	all, err := svc.Interaction.GetInteractions(t.Context())
	require.NoError(t, err)
	require.Len(t, all, 1)
	require.NoError(t, svc.Interaction.SetUserData(t.Context(), id, wwe.UserData{"Note": "call Ada"}))
	require.Error(t, svc.Interaction.Accept(t.Context(), "no such"))
}

func sessionReplayed(ctx context.Context, svc *wwe.Service) error {
	subscription, err := svc.Subscribe(ctx, wwe.TopicInteraction)
	if err != nil {
		return err
	}
	ringing := (<-subscription.Events()).(wwe.InteractionEvent)
	all, err := svc.Interaction.GetInteractions(ctx)
	if err != nil {
		return err
	}
	if len(all) != 1 || all[0].UserData["Segment"] != "Gold" {
		return errors.New("one was there in the recording")
	}
	err = svc.Interaction.SetUserData(ctx, ringing.Interaction.InteractionID, wwe.UserData{"Note": "call Ada"})
	if err != nil {
		return err
	}
	err = svc.Interaction.Accept(ctx, "no such")
	var refused *wwe.RequestError
	if !errors.As(err, &refused) {
		return errors.New("it was refused in the recording")
	}
	return nil
}

// sessionReplays promises that a recorder over this transport has the whole
// session, so that it can be replayed.
func sessionReplays(t *testing.T, r rig) {
	for name, option := range map[string]wwe.RecorderOption{"redacted": wwe.KeepKeys("Segment"), "whole": wwe.KeepEverything()} {
		t.Run(name, func(t *testing.T) {
			host := wwetest.NewHost()
			recorder := wwe.NewRecorder(option)
			session(t, func(opts ...wwe.Option) *wwe.Service { return r.connect(t, host, opts...) }, host, recorder)
			text := recorder.Recording()
			for _, part := range []string{
				`"from":"widget","message":{"event":"subscribe","data":["interaction"]`, `"subscriptionId":`,
				`"from":"wwe","message":{"event":"interaction","data":{"eventType":"RINGING"`, `"Gold"`,
				`"errorMessage":"no interaction has the id \"no such\""`,
			} {
				assert.Contains(t, text, part)
			}
			assert.Equal(t, name == "whole", strings.Contains(text, "Ada"))

			replay, err := wwetest.NewReplay(text)
			require.NoError(t, err)
			svc, err := replay.Connect()
			require.NoError(t, err)
			defer svc.Close()
			require.NoError(t, sessionReplayed(t.Context(), svc))
			assert.NoError(t, replay.Wait(t.Context()))
		})
	}
}

func TestASessionInMemoryIsRecorded(t *testing.T) { sessionReplays(t, memory()) }

func TestARecordingKeepsTheLastMessages(t *testing.T) {
	for name, c := range map[string]struct {
		option wwe.RecorderOption
		want   int
	}{
		"all of them by default":     {wwe.KeepKeys(), 10},
		"so many":                    {wwe.KeepLast(3, 1<<20), 3},
		"as many as the bytes allow": {wwe.KeepLast(100, 320), 2},
		"none":                       {wwe.KeepLast(0, 0), 0},
	} {
		t.Run(name, func(t *testing.T) {
			recorder := wwe.NewRecorder(c.option)
			svc, err := wwetest.NewHost().Connect(wwe.WithRecorder(recorder))
			require.NoError(t, err)
			defer svc.Close()
			for range 5 {
				_, err := svc.Interaction.GetInteractions(t.Context())
				require.NoError(t, err)
			}
			text := recorder.Recording()
			assert.Equal(t, c.want, strings.Count(text, "\n"))
			if c.want > 0 {
				assert.Regexp(t, `"from":"wwe".*\n$`, text, "the last one is there")
			}
		})
	}
}

func TestARecordingMayBeTakenAtAnyTime(t *testing.T) {
	recorder := wwe.NewRecorder(wwe.KeepLast(20, 1<<20))
	svc, err := wwetest.NewHost().Connect(wwe.WithRecorder(recorder))
	require.NoError(t, err)
	defer svc.Close()
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				_, err := svc.Interaction.GetInteractions(t.Context())
				assert.NoError(t, err)
				recorder.Recording()
			}
		})
	}
	wg.Wait()
	entries, err := recording.Parse(recorder.Recording())
	require.NoError(t, err)
	assert.Len(t, entries, 20)
}

func TestARecordingTellsTheTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		recorder := wwe.NewRecorder()
		svc, err := wwetest.NewHost().Connect(wwe.WithRecorder(recorder))
		require.NoError(t, err)
		defer svc.Close()
		time.Sleep(time.Hour)
		for range 2 {
			_, err := svc.Interaction.GetInteractions(t.Context())
			require.NoError(t, err)
			time.Sleep(1500 * time.Millisecond)
		}
		times := regexp.MustCompile(`"at":\d+`).FindAllString(recorder.Recording(), -1)
		assert.Equal(t, []string{`"at":0`, `"at":0`, `"at":1500`, `"at":1500`}, times, "since the first message")
	})
}

// odd is a transport whose answers are those that the messages' texts do not show.
type odd struct{ sink transport.Sink }

func (o odd) Send(ref, request string, parameters []string) error {
	switch request {
	case "media.getMediaList":
		body := `{"request":"media.getMediaList","data":[{"media":"voice"}],"userAgent":"WWE Server"}`
		reply, _ := wire.ParseOutcome(o.sink, ref, false, body)
		o.sink.Settle(ref, reply, nil)
	case "by.client":
		body := `{"request":"by.client","data":7,"userAgent":"WWE Server"}` // the client has taken the referenceId out
		reply, _ := wire.ParseOutcome(nil, "", false, body)
		o.sink.Settle(ref, reply, nil)
	case "client.timedOut":
		reply, _ := wire.ParseOutcome(nil, "", true, `"Request timeout"`)
		o.sink.Settle(ref, reply, nil)
	case "unreadable":
		o.sink.Settle(ref, wire.Reply{}, errors.New("unreadable"))
	default:
		o.sink.Restarted()
	}
	return nil
}

func (odd) Subscribe(ref, topic string) error { return nil }
func (odd) Unsubscribe(ref, id string) error  { return nil }
func (odd) Leave()                            {}
func (odd) Close()                            {}

func TestARecordingHasWhatWWEMeant(t *testing.T) {
	for request, want := range map[string]string{
		"by.client":       `"from":"wwe","message":{"request":"by.client","referenceId":"REF","data":7,"userAgent":"WWE Server","protocolVersion":2}}` + "\n",
		"unreadable":      `"from":"wwe","message":{"referenceId":"REF","errorMessage":"unreadable","userAgent":"WWE Server","protocolVersion":2}}` + "\n",
		"restarts":        `"from":"wwe","text":"restarted"}` + "\n",
		"client.timedOut": "", // WWE said nothing
	} {
		t.Run(request, func(t *testing.T) {
			recorder := wwe.NewRecorder(wwe.KeepEverything())
			svc, err := wwe.Connect(transport.NewContext(t.Context(), func(sink transport.Sink) (transport.Transport, error) {
				return odd{sink}, nil
			}), wwe.WithRecorder(recorder))
			require.NoError(t, err)
			defer svc.Close()
			svc.Go(t.Context(), request)
			_, after, _ := strings.Cut(recorder.Recording(), "\n")
			after = regexp.MustCompile(`go-[^"]*`).ReplaceAllString(after, "REF")
			after = regexp.MustCompile(`^{"at":\d+,`).ReplaceAllString(after, "")
			assert.Equal(t, want, after)
		})
	}
}

func TestARecordingHasTheDataOfAnswersThatAreRead(t *testing.T) {
	recorder := wwe.NewRecorder(wwe.KeepEverything())
	svc, err := wwe.Connect(transport.NewContext(t.Context(), func(sink transport.Sink) (transport.Transport, error) {
		return odd{sink}, nil
	}), wwe.WithRecorder(recorder))
	require.NoError(t, err)
	defer svc.Close()
	media, err := svc.Media.GetMediaList(t.Context())
	require.NoError(t, err)
	assert.Len(t, media, 1)
	assert.Contains(t, recorder.Recording(), `"data":[{"media":"voice"}]`)
}

func TestARecorderThatIsPrintedShowsNoData(t *testing.T) {
	recorder := wwe.NewRecorder(wwe.KeepEverything())
	host := wwetest.NewHost()
	svc, err := host.Connect(wwe.WithRecorder(recorder))
	require.NoError(t, err)
	defer svc.Close()
	host.Ring(wwetest.Call{ANI: "+33140000001", UserData: wwe.UserData{"Name": "Ada"}})
	_, err = svc.Interaction.GetInteractions(t.Context())
	require.NoError(t, err)

	var printed strings.Builder
	slog.New(slog.NewTextHandler(&printed, nil)).Info("", "recorder", recorder)
	slog.New(slog.NewJSONHandler(&printed, nil)).Info("", "recorder", recorder)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
		fmt.Fprintf(&printed, verb, recorder)
	}
	assert.Contains(t, printed.String(), "wwe.Recorder of 2 messages")
	assert.NotContains(t, printed.String(), "Ada")
	assert.NotContains(t, printed.String(), "33140000001")
}
