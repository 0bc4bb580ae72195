package wwe_test

import (
	"context"
	"time"

	"wwebridge/wasm/wwe"
)

var systemExchanges = []exchange{
	{
		request: "system.getAllowedServices", answer: `["agent.*","voice.dial"]`,
		want: wwe.AllowedServices{Names: []string{"agent.*", "voice.dial"}, Data: `["agent.*","voice.dial"]`},
		call: got(func(ctx context.Context, svc *wwe.Service) (wwe.AllowedServices, error) {
			return svc.System.GetAllowedServices(ctx)
		}),
	},
	{
		request: "system.triggerActivity", answer: `{}`,
		call: done(func(ctx context.Context, svc *wwe.Service) error { return svc.System.TriggerActivity(ctx) }),
	},
	{
		request: "system.popupToast",
		parameters: []wwe.JSON{`{"title":"t","iconUrl":"i","subject":"s","message":"m","keyValues":{"k":"v"},"buttonShowDismiss":true,` +
			`"autoCloseTimeout":20000,"sendToMyMessage":true,"width":500}`},
		answer: `"wweCustomToast0"`, want: wwe.Opened{ID: "wweCustomToast0", Data: `"wweCustomToast0"`},
		call: got(func(ctx context.Context, svc *wwe.Service) (wwe.Opened, error) {
			return svc.System.PopupToast(ctx, wwe.Toast{Title: "t", IconURL: "i", Subject: "s", Message: "m",
				KeyValues: wwe.UserData{"k": "v"}, ShowDismiss: true, AutoClose: 20 * time.Second, SendToMyMessage: true, Width: 500})
		}),
	},
	{
		request: "system.updateToast", parameters: []wwe.JSON{`"wweCustomToast0"`, `{"title":"t","buttons":["Yes","No"]}`}, answer: `{}`,
		call: done(func(ctx context.Context, svc *wwe.Service) error {
			return svc.System.UpdateToast(ctx, "wweCustomToast0", wwe.Toast{Title: "t", Buttons: []any{"Yes", "No"}})
		}),
	},
	{
		request: "system.closeToast", parameters: []wwe.JSON{`"wweCustomToast0"`}, answer: `{}`,
		call: done(func(ctx context.Context, svc *wwe.Service) error {
			return svc.System.CloseToast(ctx, "wweCustomToast0")
		}),
	},
	{
		request: "system.openDialog", answer: `{"id":"wweCustomDialog0","more":1}`,
		parameters: []wwe.JSON{`"https://example.com/?d=$Dialog.Id$"`, `{"label":"Hi $Agent.FullName$","width":"430px","height":"40%"}`},
		want:       wwe.Opened{ID: "wweCustomDialog0", Data: `{"id":"wweCustomDialog0","more":1}`},
		call: got(func(ctx context.Context, svc *wwe.Service) (wwe.Opened, error) {
			return svc.System.OpenDialog(ctx, "https://example.com/?d=$Dialog.Id$",
				wwe.DialogOptions{Label: "Hi $Agent.FullName$", Width: "430px", Height: "40%"})
		}),
	},
	{
		request: "system.closeDialog", parameters: []wwe.JSON{`"wweCustomDialog0"`}, answer: `{}`,
		call: done(func(ctx context.Context, svc *wwe.Service) error {
			return svc.System.CloseDialog(ctx, "wweCustomDialog0")
		}),
	},
	{
		request: "system.updateViewInApplicationMenuBar", answer: `{}`,
		parameters: []wwe.JSON{`{"name":"view0","iconUrl":"i","label":"l","shortLabel":"s","tooltip":"t","backgroundColor":"#fff","labelColor":"red"}`},
		call: done(func(ctx context.Context, svc *wwe.Service) error {
			return svc.System.UpdateViewInApplicationMenuBar(ctx, wwe.MenuBarView{Name: "view0", IconURL: "i", Label: "l",
				ShortLabel: "s", Tooltip: "t", BackgroundColor: "#fff", LabelColor: "red"})
		}),
	},
	{
		request: "system.closeViewInApplicationMenuBar", parameters: []wwe.JSON{`"view0"`}, answer: `{}`,
		call: done(func(ctx context.Context, svc *wwe.Service) error {
			return svc.System.CloseViewInApplicationMenuBar(ctx, "view0")
		}),
	},
	noBoolean("system.amIVisible", func(ctx context.Context, svc *wwe.Service) (bool, error) { return svc.System.AmIVisible(ctx) }),
	noBoolean("system.isFrameLeading", func(ctx context.Context, svc *wwe.Service) (bool, error) { return svc.System.IsFrameLeading(ctx) }),
	noBoolean("system.isFrameFollowing", func(ctx context.Context, svc *wwe.Service) (bool, error) {
		return svc.System.IsFrameFollowing(ctx)
	}),
	noBoolean("system.isFrameNegotiating", func(ctx context.Context, svc *wwe.Service) (bool, error) {
		return svc.System.IsFrameNegotiating(ctx)
	}),
	noBoolean("system.isFrameLeadingOrNegotiating", func(ctx context.Context, svc *wwe.Service) (bool, error) {
		return svc.System.IsFrameLeadingOrNegotiating(ctx)
	}),
	noBoolean("system.isLastActiveFrame", func(ctx context.Context, svc *wwe.Service) (bool, error) {
		return svc.System.IsLastActiveFrame(ctx)
	}),
}
