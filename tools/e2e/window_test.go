package e2e

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// withTheirsReady is withTheirs once WWE has answered the widget.
func withTheirsReady(t *testing.T) (desktop, widget frame) {
	t.Helper()
	desktop, widget = withTheirs(t, "?widget=%s/")
	widget.until("seen.length === 2")
	return desktop, widget
}

// request has the widget of theirs send a request, and waits for the answer.
func (f frame) request(name, parameters string) {
	f.t.Helper()
	f.eval(`send({request: `+quoted(name)+`, parameters: `+parameters+`, referenceId: "asked"})`, nil)
	f.until(`seen.some(m => m.data.request === ` + quoted(name) + `)`)
}

func TestTheDesktopShowsWhatWidgetsPutIntoWWEsWindow(t *testing.T) {
	t.Run("toasts, whose buttons tell the widget", func(t *testing.T) {
		desktop, widget := withTheirsReady(t)
		widget.eval(`send({event: "subscribe", data: "system", referenceId: "system"})`, nil)
		widget.request("system.popupToast", `[{title: "New <b>order</b>", subject: "4711", message: "Paid", keyValues: {Total: 99}, buttons: ["Open", {label: "Later"}], width: 400}]`)
		for _, text := range []string{"New <b>order</b>", "4711", "Paid", "Total", "99"} {
			desktop.until(shows("#toasts", text))
		}
		widget.request("system.updateToast", `["wweCustomToast0", {title: "Order", buttons: [{label: "Later"}]}]`)
		desktop.until("!" + shows("#toasts", "4711"))
		desktop.press("Later")
		desktop.until("!" + shows("#toasts", "Order"))
		widget.until(`seen.some(m => m.data.event === "system" && m.data.data.toastId === "wweCustomToast0" && m.data.data.button === "Later")`)
		widget.request("system.popupToast", `[{title: "Second", buttonShowDismiss: true}]`)
		desktop.press("Dismiss")
		desktop.until("!" + shows("#toasts", "Second"))
		widget.request("system.popupToast", `[{title: "Third"}]`)
		desktop.press("Close toast")
		desktop.until("!" + shows("#toasts", "Third"))
	})
	t.Run("dialogs, with a page that is a widget too", func(t *testing.T) {
		desktop, widget := withTheirsReady(t)
		dialog := widget
		dialog.page.Nth = 1
		widget.request("system.openDialog", `[location.origin + "/d?id=$Dialog.Id$", {label: "Order of $Agent.FullName$", width: "430px", height: "40%"}]`)
		desktop.until(shows(".dialog", "Order of Alex Martin"))
		dialog.until(`location.search === "?id=wweCustomDialog0" && seen.length === 2`)
		desktop.press("Close dialog")
		desktop.until("!" + shows(".dialog", "Order of Alex Martin"))
		assert.Error(t, dialog.try("1", nil), "its page is gone")
	})
	t.Run("views in the menu bar, in their colours", func(t *testing.T) {
		desktop, widget := withTheirsReady(t)
		widget.request("system.updateViewInApplicationMenuBar", `[{name: "view0", label: "CRM", backgroundColor: "rgb(1, 2, 3)", labelColor: "red; display: none"}]`)
		desktop.until(`[...document.querySelectorAll("#views li")].some(v => v.innerText === "CRM" && getComputedStyle(v).backgroundColor === "rgb(1, 2, 3)")`)
		widget.request("system.closeViewInApplicationMenuBar", `["view0"]`)
		desktop.until(`document.querySelectorAll("#views li").length === 0`)
	})
	t.Run("and scripts see and press it", func(t *testing.T) {
		desktop, widget := withTheirsReady(t)
		widget.request("system.popupToast", `[{title: "One", buttons: ["Yes"]}]`)
		widget.request("system.openDialog", `["https://example.invalid/", {}]`)
		var toasts []struct {
			ID         string
			Parameters struct{ Title string }
		}
		desktop.eval("wweHost.toasts()", &toasts)
		assert.Equal(t, "One", toasts[0].Parameters.Title)
		desktop.eval(`[wweHost.pressToast("wweCustomToast0", "Yes"), wweHost.closeDialog("wweCustomDialog0"), wweHost.post("wweHello")]`, nil)
		widget.until(`seen.some(m => m.data === "wweHello")`)
		desktop.until(`wweHost.toasts().length + wweHost.dialogs().length + wweHost.views().length === 0`)
	})
}

func TestScriptsRunACampaign(t *testing.T) {
	desktop, widget := withTheirsReady(t)
	widget.eval(`send({event: "subscribe", data: "outbound", referenceId: "outbound"})`, nil)
	desktop.eval(`[wweHost.loadCampaign({name: "Spring", mode: "Preview", records: [[{phone: "1", fields: {GSW_FROM: "10:10"}}, {phone: "2"}]]}), wweHost.startCampaign("Spring")]`, nil)
	widget.until(`seen.some(m => m.data.data?.eventType === "CampaignStarted" && m.data.data.mode === "Preview")`)
	widget.request("outbound.getPreviewRecord", `["Spring"]`)
	desktop.see("PREVIEW")
	widget.request("outbound.setCallResult", `["1", 6]`)
	var outcome struct{ CallResult int }
	desktop.eval(`wweHost.recordOutcome("1")`, &outcome)
	assert.Equal(t, 6, outcome.CallResult)
	desktop.eval(`wweHost.unloadCampaign("Spring")`, nil)
	widget.until(`seen.some(m => m.data.data?.eventType === "CampaignUnloaded")`)
}

func TestThePanelShowsWhatWWEDoesNotAllow(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	desktop.eval(`wweHost.configure({acceptedOrigins: "* (interaction.getInteractions, interaction.reject, system.*)"})`, nil)
	desktop.press("Reload widget")
	desktop.until(`wweHost.requests().filter(r => r.name === "system.getAllowedServices").length === 2`)
	desktop.press("Ring a call")
	panel.see("WWE does not allow this page: Accept")
	panel.see("accepted-web-content-origins")
	panel.press("Accept")
	panel.until(named("button", "Accept") + `.getAttribute("aria-disabled") === "true"`)
	assert.Equal(t, "RINGING", held(desktop)[0].State)
	panel.press("Reject")
	panel.see("No interactions.")
}
