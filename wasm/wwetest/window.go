package wwetest

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"wwebridge/wasm/wwe"
)

// ShownToast is a message that a widget shows over WWE's window. It holds the
// arguments of popupToast, or of the latest updateToast.
type ShownToast struct {
	ID         string   // "wweCustomToast0"
	wwe.Toast           // without properties whose type is not the documented one
	Parameters wwe.JSON // all properties: an object
}

func newToast(id string, parameters wwe.JSON) ShownToast {
	value, _ := parameters.Value()
	o, _ := value.(map[string]any)
	t := ShownToast{ID: id, Parameters: parameters}
	t.Title, _ = o["title"].(string)
	t.IconURL, _ = o["iconUrl"].(string)
	t.Subject, _ = o["subject"].(string)
	t.Message, _ = o["message"].(string)
	t.KeyValues, _ = o["keyValues"].(map[string]any)
	t.Buttons, _ = o["buttons"].([]any)
	t.ShowDismiss, _ = o["buttonShowDismiss"].(bool)
	t.SendToMyMessage, _ = o["sendToMyMessage"].(bool)
	if timeout, _ := o["autoCloseTimeout"].(float64); timeout > 0 {
		t.AutoClose = ofMilliseconds(min(timeout, float64(maxTime/time.Millisecond)))
	}
	if width, _ := o["width"].(float64); width > 0 && width <= math.MaxInt32 {
		t.Width = int(width)
	}
	return t
}

// Dialog is a page of a widget that WWE shows over its window.
type Dialog struct {
	ID            string // "wweCustomDialog0"
	URL, Label    string // with WWE's variables replaced
	Width, Height string // CSS lengths; "" for WWE's defaults
}

// View is a view of a widget in WWE's menu bar.
type View struct {
	Name       string
	Parameters wwe.JSON // the argument of updateViewInApplicationMenuBar: an object
}

// window holds the additions of widgets to WWE's window.
type window struct {
	toasts                  []*toast // an update replaces the toast with a new one
	dialogs                 []Dialog
	views                   []View
	toastCount, dialogCount int
}

type toast struct {
	ShownToast
	closes time.Time // when it closes by itself; zero: never
}

var windowRequests = map[string]request{
	"system.popupToast":                     (*Host).popupToast,
	"system.updateToast":                    command((*Host).updateToast),
	"system.closeToast":                     command(func(h *Host, p parameters) error { return h.closeToast(p.string(0)) }),
	"system.openDialog":                     (*Host).openDialog,
	"system.closeDialog":                    command(func(h *Host, p parameters) error { return h.closeDialog(p.string(0)) }),
	"system.updateViewInApplicationMenuBar": command((*Host).updateView),
	"system.closeViewInApplicationMenuBar":  command((*Host).closeView),
}

// Toasts returns the toasts that the agent sees.
func (h *Host) Toasts() []ShownToast {
	h.mu.Lock()
	defer h.mu.Unlock()
	var all []ShownToast
	for _, t := range h.window.toasts {
		all = append(all, newToast(t.ID, t.Parameters)) // a copy for the caller
	}
	return all
}

// Dismiss is the text of the button that buttonShowDismiss adds to a toast
// (guess).
const Dismiss = "Dismiss"

// PressToast acts as the agent's press on a button of a toast: a string among
// its buttons, any text in an object there, or Dismiss. The toast closes, and
// widgets get an event of the topic "system" (guesses).
func (h *Host) PressToast(toastID, button string) error {
	return h.change(func() error {
		t, err := h.toast(toastID)
		if err != nil {
			return err
		}
		if !t.has(button) {
			return fmt.Errorf("the toast %q has no button %q", toastID, button)
		}
		h.removeToast(t)
		var data object
		data.string("eventType", "TOAST_BUTTON_PRESSED")
		data.string("toastId", toastID)
		data.string("button", button)
		h.happened(wwe.TopicSystem, data)
		return nil
	})
}

// CloseToast acts as the agent's press on a toast's cross. Widgets get no event
// (guess).
func (h *Host) CloseToast(toastID string) error {
	return h.change(func() error { return h.closeToast(toastID) })
}

// Dialogs returns the dialogs that the agent sees.
func (h *Host) Dialogs() []Dialog {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.window.dialogs)
}

// CloseDialog acts as the agent's press on a dialog's cross. Widgets get an
// event of the topic "system" (guess).
func (h *Host) CloseDialog(dialogID string) error {
	return h.change(func() error {
		if err := h.closeDialog(dialogID); err != nil {
			return err
		}
		var data object
		data.string("eventType", "DIALOG_CLOSED")
		data.string("dialogId", dialogID)
		h.happened(wwe.TopicSystem, data)
		return nil
	})
}

// Views returns the views in WWE's menu bar.
func (h *Host) Views() []View {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.window.views)
}

// Post sends all widgets a text, which must begin with "wwe". The official
// client passes such a string to the page's onMessage. WWE's use of it is not
// known.
func (h *Host) Post(text string) error {
	if !strings.HasPrefix(text, "wwe") {
		return errors.New(`wwetest: a string message begins with "wwe"`)
	}
	return h.change(func() error {
		for _, f := range h.frames {
			f.send(text)
		}
		return nil
	})
}

// popupToast answers with the toast's id (guess).
func (h *Host) popupToast(p parameters) (string, error) {
	if _, err := named(p.text(0), "title"); err != nil {
		return "", err
	}
	t := &toast{ShownToast: newToast("wweCustomToast"+strconv.Itoa(h.window.toastCount), wwe.JSON(p.text(0)))}
	h.window.toastCount++
	h.window.toasts = append(h.window.toasts, t)
	h.expectClosing(t)
	return quote(t.ID), nil
}

func (h *Host) updateToast(p parameters) error {
	if _, err := named(p.text(1), "title"); err != nil {
		return err
	}
	old, err := h.toast(p.string(0))
	if err != nil {
		return err
	}
	t := &toast{ShownToast: newToast(old.ID, wwe.JSON(p.text(1)))}
	h.window.toasts[slices.Index(h.window.toasts, old)] = t
	h.expectClosing(t)
	return nil
}

func (h *Host) closeToast(id string) error {
	t, err := h.toast(id)
	if err == nil {
		h.removeToast(t)
	}
	return err
}

func (h *Host) toast(id string) (*toast, error) {
	for _, t := range h.window.toasts {
		if t.ID == id {
			return t, nil
		}
	}
	return nil, fmt.Errorf("there is no toast %q", id)
}

func (h *Host) removeToast(t *toast) {
	h.window.toasts = slices.DeleteFunc(h.window.toasts, func(other *toast) bool { return other == t })
}

// expectClosing closes the toast after its autoCloseTimeout, unless it has
// changed by then. Widgets get no event (guess).
func (h *Host) expectClosing(t *toast) {
	if t.AutoClose == 0 || t.AutoClose > 24*time.Hour {
		return
	}
	t.closes = h.clock.Now().Add(t.AutoClose)
	h.closeInTime(t)
}

func (h *Host) closeInTime(t *toast) {
	h.later(h.remaining(t.closes), func() { h.removeToast(t) })
}

func (t *toast) has(button string) bool {
	if button == Dismiss && t.ShowDismiss {
		return true
	}
	return slices.ContainsFunc(t.Buttons, func(b any) bool {
		object, _ := b.(map[string]any)
		for _, text := range object {
			if text == button {
				return true
			}
		}
		return b == button
	})
}

// openDialog answers with the dialog's id (guess).
func (h *Host) openDialog(p parameters) (string, error) {
	d := Dialog{ID: "wweCustomDialog" + strconv.Itoa(h.window.dialogCount), URL: p.string(0)}
	if d.URL == "" {
		return "", errors.New("a dialog needs a URL")
	}
	options, _ := wwe.JSON(p.text(1)).Value()
	if object, ok := options.(map[string]any); ok {
		d.Label, _ = object["label"].(string)
		d.Width, _ = object["width"].(string)
		d.Height, _ = object["height"].(string)
	}
	h.window.dialogCount++
	d.URL = strings.ReplaceAll(h.expandURL(d.URL), "$Dialog.Id$", d.ID)
	d.Label = expand(h.config.Agent, d.Label, asItIs)
	h.window.dialogs = append(h.window.dialogs, d)
	return quote(d.ID), nil
}

func (h *Host) closeDialog(id string) error {
	before := len(h.window.dialogs)
	h.window.dialogs = slices.DeleteFunc(h.window.dialogs, func(d Dialog) bool { return d.ID == id })
	if len(h.window.dialogs) == before {
		return fmt.Errorf("there is no dialog %q", id)
	}
	return nil
}

func (h *Host) updateView(p parameters) error {
	name, err := named(p.text(0), "name")
	if err != nil {
		return err
	}
	for n := range h.window.views {
		if h.window.views[n].Name == name {
			h.window.views[n].Parameters = wwe.JSON(p.text(0))
			return nil
		}
	}
	h.window.views = append(h.window.views, View{name, wwe.JSON(p.text(0))})
	return nil
}

func (h *Host) closeView(p parameters) error {
	before := len(h.window.views)
	h.window.views = slices.DeleteFunc(h.window.views, func(v View) bool { return v.Name == p.string(0) })
	if len(h.window.views) == before {
		return fmt.Errorf("the menu bar has no view %q", p.string(0))
	}
	return nil
}

// named returns a required property of a parameter: a string in an object.
func named(parameter, property string) (string, error) {
	value, _ := wwe.JSON(parameter).Value()
	object, _ := value.(map[string]any)
	name, _ := object[property].(string)
	if name == "" {
		return "", errors.New("there is no " + property)
	}
	return name, nil
}
