package wwetest

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"wwebridge/wasm/wwe"
)

// Toast is a message that a widget has WWE show over its window.
type Toast struct {
	ID         string   // "wweCustomToast0"
	Parameters wwe.JSON // what the widget gave to popupToast, or to updateToast since: an object
}

// Dialog is a page of a widget's that WWE shows over its window.
type Dialog struct {
	ID            string // "wweCustomDialog0"
	URL, Label    string // with WWE's variables replaced
	Width, Height string // CSS lengths; "" for WWE's own
}

// View is a view of a widget's in WWE's menu bar.
type View struct {
	Name       string
	Parameters wwe.JSON // what the widget gave to updateViewInApplicationMenuBar: an object
}

// window is what widgets have put into WWE's window.
type window struct {
	toasts                []Toast
	dialogs               []Dialog
	views                 []View
	toastCount, dialogIDs int
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
func (h *Host) Toasts() []Toast {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.window.toasts)
}

// PressToast is the agent's press on one of a toast's buttons. The widget is
// told by an event of the topic "system" (guess), and the toast closes.
func (h *Host) PressToast(toastID, button string) error {
	return h.change(func() error {
		if err := h.closeToast(toastID); err != nil {
			return err
		}
		var data object
		data.string("eventType", "TOAST_BUTTON_PRESSED")
		data.string("toastId", toastID)
		data.string("button", button)
		h.happened(wwe.TopicSystem, data)
		return nil
	})
}

// Dialogs returns the dialogs that the agent sees.
func (h *Host) Dialogs() []Dialog {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.window.dialogs)
}

// CloseDialog is the agent's press on a dialog's cross. The widget is told by
// an event of the topic "system" (guess).
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

// Post sends all widgets a string that begins with "wwe", which the official
// client hands to the page's onMessage. What WWE says by them is not known.
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
	if err := hasName(p.text(0), "title"); err != nil {
		return "", err
	}
	t := Toast{"wweCustomToast" + strconv.Itoa(h.window.toastCount), wwe.JSON(p.text(0))}
	h.window.toastCount++
	h.window.toasts = append(h.window.toasts, t)
	return quote(t.ID), nil
}

func (h *Host) updateToast(p parameters) error {
	if err := hasName(p.text(1), "title"); err != nil {
		return err
	}
	for n := range h.window.toasts {
		if h.window.toasts[n].ID == p.string(0) {
			h.window.toasts[n].Parameters = wwe.JSON(p.text(1))
			return nil
		}
	}
	return fmt.Errorf("there is no toast %q", p.string(0))
}

func (h *Host) closeToast(id string) error {
	before := len(h.window.toasts)
	h.window.toasts = slices.DeleteFunc(h.window.toasts, func(t Toast) bool { return t.ID == id })
	if len(h.window.toasts) == before {
		return fmt.Errorf("there is no toast %q", id)
	}
	return nil
}

// openDialog answers with the dialog's id (guess).
func (h *Host) openDialog(p parameters) (string, error) {
	d := Dialog{ID: "wweCustomDialog" + strconv.Itoa(h.window.dialogIDs), URL: p.string(0)}
	if d.URL == "" {
		return "", errors.New("a dialog needs a URL")
	}
	options, _ := wwe.JSON(p.text(1)).Value()
	if object, ok := options.(map[string]any); ok {
		d.Label, _ = object["label"].(string)
		d.Width, _ = object["width"].(string)
		d.Height, _ = object["height"].(string)
	}
	h.window.dialogIDs++
	d.URL = strings.ReplaceAll(h.config.Agent.expand(d.URL), "$Dialog.Id$", d.ID)
	d.Label = h.config.Agent.expand(d.Label)
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
	if err := hasName(p.text(0), "name"); err != nil {
		return err
	}
	value, _ := wwe.JSON(p.text(0)).Value()
	name, _ := value.(map[string]any)["name"].(string)
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

// hasName tells what is missing where a parameter is no object with this
// property, a string.
func hasName(parameter, property string) error {
	value, _ := wwe.JSON(parameter).Value()
	object, _ := value.(map[string]any)
	if name, _ := object[property].(string); name == "" {
		return errors.New("there is no " + property)
	}
	return nil
}

// expand replaces WWE's variables of the agent. The values are not escaped, as
// WWE was seen to do.
func (a Agent) expand(text string) string {
	return strings.NewReplacer(
		"$Agent.FullName$", a.FullName(),
		"$Agent.UserName$", a.UserName,
		"$Agent.LastName$", a.LastName,
		"$Agent.FirstName$", a.FirstName,
		"$Agent.EmployeeId$", a.EmployeeID,
	).Replace(text)
}
