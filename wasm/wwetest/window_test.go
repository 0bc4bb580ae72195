package wwetest_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// eventsOf are the texts of the events of the topic that have come so far.
func (s *subscriber) eventsOf(host *wwetest.Host, topic wwe.Topic) []string {
	s.t.Helper()
	host.Emit(topic, `"end"`)
	all := s.upTo(`"end"`)
	return all[:len(all)-1]
}

func TestToasts(t *testing.T) {
	const toast = `{"title":"Callback","buttons":["Call",{"label":"Later","value":7}]}`
	callback := func(id string) wwetest.ShownToast {
		buttons := []any{"Call", map[string]any{"label": "Later", "value": 7.0}}
		return wwetest.ShownToast{ID: id, Toast: wwe.Toast{Title: "Callback", Buttons: buttons}, Parameters: toast}
	}
	two := wwetest.ShownToast{ID: "wweCustomToast1", Toast: wwe.Toast{Title: "Two"}, Parameters: `{"title":"Two"}`}

	t.Run("are numbered from 0, in the order in which they popped up, and closed by their ids", func(t *testing.T) {
		host := wwetest.NewHost()
		w := newWidget(host)
		assert.Contains(t, w.ask("system.popupToast", toast), `"data":"wweCustomToast0"`)
		assert.Contains(t, w.ask("system.popupToast", `{"title":"Two"}`), `"data":"wweCustomToast1"`)
		assert.Equal(t, []wwetest.ShownToast{callback("wweCustomToast0"), two}, host.Toasts())
		w.done(t, "system.closeToast", `"wweCustomToast0"`)
		assert.Equal(t, []wwetest.ShownToast{two}, host.Toasts())
		assert.Contains(t, w.ask("system.popupToast", toast), `"data":"wweCustomToast2"`, "an id is not given twice")
	})

	t.Run("are what the widget gave", func(t *testing.T) {
		host := wwetest.NewHost()
		svc, err := host.Connect()
		require.NoError(t, err)
		defer svc.Close()
		want := wwe.Toast{
			Title: "t", IconURL: "https://x/i.png", Subject: "s", Message: "m", KeyValues: wwe.UserData{"Name": "Ada"}, ShowDismiss: true,
			AutoClose: time.Hour, SendToMyMessage: true, Width: 300,
		}
		_, err = svc.System.PopupToast(t.Context(), want)
		require.NoError(t, err)
		assert.Equal(t, want, host.Toasts()[0].Toast)
		host.Toasts()[0].KeyValues["Name"] = "spoiled"
		assert.Equal(t, want, host.Toasts()[0].Toast, "a copy is the caller's own")
	})

	t.Run("change in their place", func(t *testing.T) {
		host := wwetest.NewHost()
		w := newWidget(host)
		w.done(t, "system.popupToast", toast)
		w.done(t, "system.popupToast", toast)
		w.done(t, "system.updateToast", `"wweCustomToast0"`, `{"title":"New"}`)
		changed := wwetest.ShownToast{ID: "wweCustomToast0", Toast: wwe.Toast{Title: "New"}, Parameters: `{"title":"New"}`}
		assert.Equal(t, []wwetest.ShownToast{changed, callback("wweCustomToast1")}, host.Toasts())
	})

	for name, button := range map[string]string{"a text": "Call", "a text in an object": "Later", "the one to dismiss it": wwetest.Dismiss} {
		t.Run("tell of a button that is "+name+", and close", func(t *testing.T) {
			host := wwetest.NewHost()
			s := newSubscriber(t, host, "system")
			w := newWidget(host)
			if button == wwetest.Dismiss {
				w.done(t, "system.popupToast", `{"title":"t","buttonShowDismiss":true}`)
			} else {
				w.done(t, "system.popupToast", toast)
			}
			require.NoError(t, host.PressToast("wweCustomToast0", button))
			assert.Empty(t, host.Toasts())
			want := event("system", `{"eventType":"TOAST_BUTTON_PRESSED","toastId":"wweCustomToast0","button":"`+button+`"}`)
			assert.Equal(t, []string{want}, s.eventsOf(host, wwe.TopicSystem))
		})
	}

	t.Run("have no other buttons, and a press on one changes nothing", func(t *testing.T) {
		host := wwetest.NewHost()
		s := newSubscriber(t, host, "system")
		newWidget(host).done(t, "system.popupToast", toast)
		require.EqualError(t, host.PressToast("wweCustomToast0", "No"), `the toast "wweCustomToast0" has no button "No"`)
		require.Error(t, host.PressToast("wweCustomToast0", wwetest.Dismiss))
		require.EqualError(t, host.PressToast("wweCustomToast7", "Call"), `there is no toast "wweCustomToast7"`)
		assert.Len(t, host.Toasts(), 1)
		assert.Empty(t, s.eventsOf(host, wwe.TopicSystem))
	})

	t.Run("close by themselves in their time, which begins anew when they change", func(t *testing.T) {
		clock := wwetest.NewClock()
		host := wwetest.NewHost(wwetest.WithClock(clock))
		w := newWidget(host)
		w.done(t, "system.popupToast", `{"title":"t","autoCloseTimeout":20000}`)
		w.done(t, "system.popupToast", `{"title":"t","autoCloseTimeout":20000}`)
		clock.Advance(19 * time.Second)
		w.done(t, "system.updateToast", `"wweCustomToast1"`, `{"title":"t","autoCloseTimeout":20000}`)
		assert.Len(t, host.Toasts(), 2)
		clock.Advance(time.Second)
		require.Len(t, host.Toasts(), 1)
		assert.Equal(t, "wweCustomToast1", host.Toasts()[0].ID)
		clock.Advance(19 * time.Second)
		assert.Empty(t, host.Toasts())
	})
}

func TestDialogs(t *testing.T) {
	t.Run("have WWE's variables replaced", func(t *testing.T) {
		host := wwetest.NewHost()
		answer := newWidget(host).ask("system.openDialog", `"https://x/?d=$Dialog.Id$&a=$Agent.UserName$"`,
			`{"label":"$Agent.FullName$: $Agent.EmployeeId$ $Agent.LastName$ $Agent.FirstName$ $Dialog.Id$","width":"430px","height":"40%"}`)
		assert.Contains(t, answer, `"data":"wweCustomDialog0"`)
		assert.Equal(t, []wwetest.Dialog{{
			ID: "wweCustomDialog0", URL: "https://x/?d=wweCustomDialog0&a=alex.martin",
			Label: "Alex Martin: 1001 Martin Alex $Dialog.Id$", Width: "430px", Height: "40%",
		}}, host.Dialogs())
	})
	t.Run("are closed by their ids", func(t *testing.T) {
		host := wwetest.NewHost()
		w := newWidget(host)
		w.done(t, "system.openDialog", `"https://x"`)
		assert.Contains(t, w.ask("system.openDialog", `"https://y"`, `{}`), `"data":"wweCustomDialog1"`)
		w.done(t, "system.closeDialog", `"wweCustomDialog0"`)
		assert.Equal(t, []wwetest.Dialog{{ID: "wweCustomDialog1", URL: "https://y"}}, host.Dialogs())
	})
	t.Run("tell when the agent closes them", func(t *testing.T) {
		host := wwetest.NewHost()
		s := newSubscriber(t, host, "system")
		newWidget(host).done(t, "system.openDialog", `"https://x"`)
		require.EqualError(t, host.CloseDialog("wweCustomDialog1"), `there is no dialog "wweCustomDialog1"`)
		require.NoError(t, host.CloseDialog("wweCustomDialog0"))
		assert.Empty(t, host.Dialogs())
		assert.Equal(t, []string{event("system", `{"eventType":"DIALOG_CLOSED","dialogId":"wweCustomDialog0"}`)}, s.eventsOf(host, wwe.TopicSystem))
	})
}

func TestViewsInTheMenuBarAreCreatedChangedInTheirPlaceAndClosedByName(t *testing.T) {
	host := wwetest.NewHost()
	w := newWidget(host)
	w.done(t, "system.updateViewInApplicationMenuBar", `{"name":"a","label":"A"}`)
	w.done(t, "system.updateViewInApplicationMenuBar", `{"name":"b"}`)
	w.done(t, "system.updateViewInApplicationMenuBar", `{"name":"a","label":"New"}`)
	assert.Equal(t, []wwetest.View{{Name: "a", Parameters: `{"name":"a","label":"New"}`}, {Name: "b", Parameters: `{"name":"b"}`}}, host.Views())
	w.done(t, "system.closeViewInApplicationMenuBar", `"a"`)
	assert.Equal(t, []wwetest.View{{Name: "b", Parameters: `{"name":"b"}`}}, host.Views())
}

func TestStringsThatBeginWithWWEReachEveryFrameAsTheyAre(t *testing.T) {
	host := wwetest.NewHost()
	a, b := newWidget(host), newWidget(host)
	require.NoError(t, host.Post("wweSomething: \"x\""))
	assert.Equal(t, "wweSomething: \"x\"", <-a.messages)
	assert.Equal(t, "wweSomething: \"x\"", <-b.messages)
	for _, text := range []string{"", "WWE", "other", " wwe"} {
		require.Error(t, host.Post(text), "the official client would not take it")
	}
	a.frame.Detach()
	require.NoError(t, host.Post("wwe"))
	assert.Equal(t, "wwe", <-b.messages)
	assert.Empty(t, a.messages)

	svc, err := host.Connect()
	require.NoError(t, err)
	require.NoError(t, host.Post("wwe"))
	_, err = svc.Agent.Get(t.Context())
	require.NoError(t, err, "a Service is none the worse for them")
	require.NoError(t, svc.Close())
}

func TestTheWindowRefusesWhatCannotBeAndStaysAsItIs(t *testing.T) {
	host := wwetest.NewHost()
	w := newWidget(host)
	w.done(t, "system.popupToast", `{"title":"t","buttons":["Yes"]}`)
	w.done(t, "system.openDialog", `"https://x"`)
	w.done(t, "system.updateViewInApplicationMenuBar", `{"name":"v"}`)
	toasts, dialogs, views := host.Toasts(), host.Dialogs(), host.Views()
	for _, c := range [][]string{
		{"system.popupToast"},
		{"system.popupToast", `null`},
		{"system.popupToast", `"title"`},
		{"system.popupToast", `[{"title":"t"}]`},
		{"system.popupToast", `{"title":""}`},
		{"system.popupToast", `{"title":7}`},
		{"system.popupToast", `{"__proto__":{"title":"t"}}`},
		{"system.updateToast", `"wweCustomToast0"`},
		{"system.updateToast", `"wweCustomToast0"`, `{}`},
		{"system.updateToast", `"wweCustomToast1"`, `{"title":"t"}`},
		{"system.updateToast", `0`, `{"title":"t"}`},
		{"system.closeToast"},
		{"system.closeToast", `["wweCustomToast0"]`},
		{"system.closeToast", `"wweCustomToast1"`},
		{"system.openDialog"},
		{"system.openDialog", `""`, `{}`},
		{"system.openDialog", `{"url":"https://x"}`},
		{"system.closeDialog"},
		{"system.closeDialog", `0`},
		{"system.updateViewInApplicationMenuBar"},
		{"system.updateViewInApplicationMenuBar", `{"label":"l"}`},
		{"system.closeViewInApplicationMenuBar"},
		{"system.closeViewInApplicationMenuBar", `"w"`},
	} {
		assert.Contains(t, w.ask(c[0], c[1:]...), `"errorMessage"`, c)
		assert.Equal(t, toasts, host.Toasts(), c)
		assert.Equal(t, dialogs, host.Dialogs(), c)
		assert.Equal(t, views, host.Views(), c)
	}
}

func TestTheWindowSurvivesOddParameters(t *testing.T) {
	clock := wwetest.NewClock()
	host := wwetest.NewHost(wwetest.WithClock(clock))
	w := newWidget(host)
	for _, more := range []string{
		`"autoCloseTimeout":1e300`, `"autoCloseTimeout":-1`, `"autoCloseTimeout":"soon"`, `"buttons":7`, `"buttons":{"a":"b"}`,
		`"buttons":[null,7,[["x"]],{"x":{}},{}]`, `"buttonShowDismiss":"yes"`, `"message":"` + strings.Repeat("x", 1<<20) + `"`,
	} {
		w.done(t, "system.popupToast", `{"title":"t",`+more+`}`)
		all := host.Toasts()
		require.Error(t, host.PressToast(all[len(all)-1].ID, wwetest.Dismiss))
	}
	toasts := host.Toasts()
	require.Len(t, toasts, 8)
	assert.Equal(t, []time.Duration{1e12 * time.Millisecond, 0, 0}, []time.Duration{toasts[0].AutoClose, toasts[1].AutoClose, toasts[2].AutoClose})
	assert.Equal(t, wwe.Toast{Title: "t"}, toasts[3].Toast, "what has another type than documented is in Parameters only")
	assert.Len(t, toasts[5].Buttons, 5)
	assert.False(t, toasts[6].ShowDismiss)
	clock.Advance(48 * time.Hour)
	assert.Len(t, host.Toasts(), 8)
	for _, options := range []string{`7`, `[]`, `{"width":430,"height":{},"label":["l"]}`} {
		w.done(t, "system.openDialog", `"https://x"`, options)
	}
	for _, d := range host.Dialogs() {
		assert.Equal(t, wwetest.Dialog{ID: d.ID, URL: "https://x"}, d)
	}
	host.Reset()
	assert.Empty(t, host.Toasts())
	assert.Empty(t, host.Dialogs())
	assert.Empty(t, host.Views())
}
