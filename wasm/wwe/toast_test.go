package wwe_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

func TestAToastSaysOnlyWhatItWasGiven(t *testing.T) {
	for want, toast := range map[wwe.JSON]wwe.Toast{
		`{"title":"t"}`:                                    {Title: "t"},
		`{"keyValues":{},"title":"t"}`:                     {Title: "t", KeyValues: wwe.UserData{}},
		`{"autoCloseTimeout":1,"title":"t"}`:               {Title: "t", AutoClose: time.Microsecond},
		`{"autoCloseTimeout":1500,"title":"t"}`:            {Title: "t", AutoClose: 1500 * time.Millisecond},
		`{"buttons":["Yes",{"label":"No"}],"title":"t"}`:   {Title: "t", Buttons: []any{"Yes", map[string]any{"label": "No"}}},
		`{"buttonShowDismiss":true,"title":"</script>\""}`: {Title: `</script>"`, ShowDismiss: true, Buttons: []any{}},
	} {
		host := wwetest.NewHost(wwetest.WithClock(wwetest.NewClock())) // on which no toast closes
		opened, err := memory().connect(t, host).System.PopupToast(t.Context(), toast)
		require.NoError(t, err)
		assert.Equal(t, "wweCustomToast0", opened.ID)
		assert.Equal(t, want, host.Toasts()[0].Parameters)
	}
}

func TestTheSizeOfADialogIsACSSLength(t *testing.T) {
	svc := memory().connect(t, wwetest.NewHost())
	for length, right := range map[string]bool{
		"": true, "430px": true, "40%": true, "1.5em": true, ".5rem": true, "100VW": true, "20Q": true, "100dvh": true, "007px": true,
		"430": false, "px": false, "%": false, "0px": false, "0": false, "0.0%": false, ".px": false, "1.px": false, "1.2.3px": false,
		"-5px": false, "+5px": false, "1e3px": false, "430 px": false, " 430px": false, "430px;": false, "430px 40%": false,
		"calc(1px)": false, "auto": false, "５px": false, "NaNpx": false, "430px\n": false, "430furlong": false,
	} {
		for _, options := range []wwe.DialogOptions{{Width: length}, {Height: length}} {
			_, err := svc.System.OpenDialog(t.Context(), "https://x", options)
			var wrong *wwe.ArgumentError
			assert.Equal(t, !right, errors.As(err, &wrong), "%q", length)
		}
	}
}

func TestTheIDOfWhatWasOpenedIsFoundInAnyAnswer(t *testing.T) {
	host := wwetest.NewHost()
	svc := memory().connect(t, host)
	for data, id := range map[wwe.JSON]string{
		`"wweCustomToast7"`:                   "wweCustomToast7",
		`{"id":"a"}`:                          "a",
		`{"toastId":"a","more":[{"id":"b"}]}`: "a",
		`{"dialogId":"a"}`:                    "a",
		`{"id":null,"toastId":"a"}`:           "a",
		`{"toastId":"a","id":""}`:             "a",
		`{"id":7}`:                            "",
		`{"id":{}}`:                           "",
		`{"toastId":"a","id":7}`:              "a",
		`{"id":[],"toastId":"a"}`:             "a",
		`{}`:                                  "",
		`["a"]`:                               "",
		`null`:                                "",
		`true`:                                "",
		`7`:                                   "",
	} {
		host.ClearFaults()
		host.Fault(wwetest.Fault{Data: data})
		toast, err := svc.System.PopupToast(t.Context(), wwe.Toast{Title: "t"})
		require.NoError(t, err)
		assert.Equal(t, wwe.Opened{ID: id, Data: data}, toast)
		dialog, err := svc.System.OpenDialog(t.Context(), "u", wwe.DialogOptions{})
		require.NoError(t, err)
		assert.Equal(t, wwe.Opened{ID: id, Data: data}, dialog)
	}
}
