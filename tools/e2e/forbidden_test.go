package e2e

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAForbiddenKeySaysWhoCanChangeThat(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	desktop.eval(`wweHost.configure({writeAllowed: "Reason"})`, nil)
	desktop.eval(call, nil)
	panel.fill("Key", "Segment")
	panel.fill("Value", "Gold")
	panel.press("Add user data")
	panel.until(shows(".failure", "User data Segment not saved"))
	panel.until(shows(".failure", "Only your WWE administrator can change this (option service-client-api.user-data.write-allowed)."))
	panel.until(`!` + shows(".failure", "ry again") + ` && !` + shows(".failure", "You can"))
}

func TestAForbiddenActionSaysWhoCanChangeThat(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	desktop.eval(`wweHost.configure({acceptedOrigins: "* (interaction.getInteractions, system.*)"})`, nil)
	desktop.press("Reload widget")
	panel.see("No interactions.")
	desktop.eval(call, nil)
	const who = "Only your WWE administrator can change this (option service-client-api.accepted-web-content-origins)."
	panel.until(shows(".missing", "WWE does not allow this page: Hold, ") + " && " + shows(".missing", who))
	panel.until(named("button", "Hold") + `.title.includes(` + quoted(who) + `)`)
	panel.until(`!/(interaction|voice)\./.test(document.querySelector(".missing").textContent)`)
}

func TestEqualFailuresAreOneUntilTheActionSucceeds(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	desktop.eval("["+call+`, wweHost.fault({request: "voice.hold", refuse: "not now"})]`, nil)
	panel.press("Hold")
	panel.until(shows(".failure", "not now"))
	for _, times := range []string{"2", "3"} {
		panel.press("Hold")
		panel.until(shows(".failure strong", "Not put on hold ("+times+"\u00a0×)") + ` && document.querySelectorAll(".failures .failure").length === 1`)
	}
	desktop.eval(`wweHost.clearFaults()`, nil)
	panel.press("Hold")
	panel.see("On hold")
	panel.until(`document.querySelectorAll(".failure").length === 0`)
}

// Who opens the panel's address by itself is mostly an agent.
func TestWhoOpensThePanelByItselfIsToldWhereItWorks(t *testing.T) {
	except(t, "webkit", "it does not know *.localhost")
	_, widget := start(t)
	tab := browser(t)
	require.NoError(t, tab.Resize(258, 520))
	require.NoError(t, tab.Navigate(strings.Replace(widget, "127.0.0.1", "panel.localhost", 1)))
	page := outer(t, tab, widget)
	page.see("This page is an agent panel")
	page.see("your calls, chats and other work appear in this panel there")
	page.see("show this page to your WWE administrator")
	page.until(`!/make run|README|iframe|origin|simulated/.test(document.body.innerText)`)
	page.screenshot("alone")
}
