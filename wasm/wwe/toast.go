package wwe

import (
	"context"
	"strings"
	"time"

	"wwebridge/internal/jsontext"
)

// Toast is a message that WWE shows to the agent over its window: the
// parameters of popupToast. Fields with a zero value are not sent.
type Toast struct {
	Title           string // required
	IconURL         string
	Subject         string
	Message         string
	KeyValues       UserData      // shown as a list
	Buttons         []any         // sent unchanged, as their form is not documented
	ShowDismiss     bool          // shows a button to dismiss it; not together with Buttons
	AutoClose       time.Duration // time until it closes by itself
	SendToMyMessage bool          // also adds it to the agent's messages
	Width           int           // CSS pixels
}

// Opened is WWE's answer to opening a toast or a dialog. Genesys does not
// document it. ID is inferred: the text of the answer, or of its property id,
// toastId or dialogId. It is "" if there is none. WWE's own ids are
// wweCustomToast0, wweCustomToast1 and so on, and wweCustomDialog0.
type Opened struct {
	ID   string
	Data JSON // the answer as received; "" if it has no data
}

// PopupToast shows a toast. Genesys does not document how WWE reports that a
// button was pressed; an event of TopicSystem is inferred.
//
// Reference: System namespace, popupToast(toast). Result: not documented; see
// Opened.
func (n SystemNamespace) PopupToast(ctx context.Context, toast Toast) (Opened, error) {
	const request = "system.popupToast"
	parameters, err := toast.argument(request)
	if err != nil {
		return Opened{}, err
	}
	return n.open(ctx, request, parameters)
}

// UpdateToast changes the toast with this id. Genesys does not document whether
// omitted fields keep their values, so set all of them.
//
// Reference: System namespace, updateToast(toastId, toast).
func (n SystemNamespace) UpdateToast(ctx context.Context, toastID string, toast Toast) error {
	const request = "system.updateToast"
	parameters, err := toast.argument(request)
	if err != nil {
		return err
	}
	return n.s.do(ctx, request, required("toastId", toastID), parameters)
}

// CloseToast closes the toast with this id.
//
// Reference: System namespace, closeToast(toastId).
func (n SystemNamespace) CloseToast(ctx context.Context, toastID string) error {
	return n.s.do(ctx, "system.closeToast", required("toastId", toastID))
}

func (t Toast) argument(request string) (argument, error) {
	problem := func(name, problem string) (argument, error) {
		return argument{}, &ArgumentError{request, "toast." + name, problem}
	}
	switch {
	case t.Title == "":
		return problem("title", "must not be empty")
	case t.Width < 0:
		return problem("width", "must not be negative")
	case t.AutoClose < 0:
		return problem("autoCloseTimeout", "must not be negative")
	case t.ShowDismiss && len(t.Buttons) > 0:
		return problem("buttonShowDismiss", "is in place of buttons, not beside them")
	}
	o := map[string]any{"title": t.Title}
	set(o, "iconUrl", t.IconURL)
	set(o, "subject", t.Subject)
	set(o, "message", t.Message)
	if t.KeyValues != nil {
		o["keyValues"] = map[string]any(t.KeyValues)
	}
	if len(t.Buttons) > 0 {
		o["buttons"] = t.Buttons
	}
	if t.ShowDismiss {
		o["buttonShowDismiss"] = true
	}
	if t.AutoClose > 0 {
		o["autoCloseTimeout"] = max(t.AutoClose.Milliseconds(), 1) // 0 could mean never
	}
	if t.SendToMyMessage {
		o["sendToMyMessage"] = true
	}
	if t.Width > 0 {
		o["width"] = t.Width
	}
	return anything("toast", o), nil
}

// DialogOptions set the appearance of a dialog.
type DialogOptions struct {
	Label         string // WWE replaces variables such as $Agent.FullName$ in it
	Width, Height string // CSS lengths: "430px", "40%"; "" for WWE's defaults
}

// OpenDialog opens a dialog with the page at this URL. WWE replaces variables
// such as $Dialog.Id$ in the URL.
//
// Reference: System namespace, openDialog(url, options). Result: not
// documented; see Opened.
func (n SystemNamespace) OpenDialog(ctx context.Context, url string, dialog DialogOptions) (Opened, error) {
	const request = "system.openDialog"
	o := map[string]any{}
	set(o, "label", dialog.Label)
	for _, side := range []struct{ name, length string }{{"width", dialog.Width}, {"height", dialog.Height}} {
		if side.length != "" && !isCSSLength(side.length) {
			return Opened{}, &ArgumentError{request, "options." + side.name, `must be a CSS length such as "430px" or "40%"`}
		}
		set(o, side.name, side.length)
	}
	return n.open(ctx, request, required("url", url), anything("options", o))
}

// CloseDialog closes the dialog with this id.
//
// Reference: System namespace, closeDialog(dialogId).
func (n SystemNamespace) CloseDialog(ctx context.Context, dialogID string) error {
	return n.s.do(ctx, "system.closeDialog", required("dialogId", dialogID))
}

func (n SystemNamespace) open(ctx context.Context, request string, args ...argument) (Opened, error) {
	data, err := n.s.call(ctx, request, args...)
	if err != nil {
		return Opened{}, err
	}
	return Opened{openedID(data), data}, nil
}

func openedID(data JSON) string {
	r := jsontext.NewReader(string(data))
	id := ""
	if r.Peek() == '{' {
		for o := r.Object(); o.Next(); {
			switch o.Name {
			case "id", "toastId", "dialogId":
				if r.Peek() != '"' {
					continue
				}
				if text := r.String(); text != "" {
					id = text
				}
			}
		}
	} else {
		id = r.String()
	}
	if r.Err() != nil {
		return ""
	}
	return id
}

// isCSSLength reports whether text is a positive number with a CSS unit.
func isCSSLength(text string) bool {
	unit := strings.TrimLeft(text, "0123456789.")
	number := text[:len(text)-len(unit)]
	if strings.Trim(number, "0.") == "" || strings.Count(number, ".") > 1 || strings.HasSuffix(number, ".") {
		return false
	}
	switch strings.ToLower(unit) {
	case "px", "%", "em", "rem", "ex", "ch", "vw", "vh", "vmin", "vmax", "dvw", "dvh", "svw", "svh", "lvw", "lvh",
		"cm", "mm", "in", "pt", "pc", "q":
		return true
	}
	return false
}
