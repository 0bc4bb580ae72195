package e2e

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"wwebridge/tools/drive"
)

const (
	listIsOpen = `!!document.querySelector("[role=combobox][aria-expanded=true]")`
	previewed  = `document.getElementById(document.querySelector("[role=combobox]").getAttribute("aria-activedescendant"))?.textContent.trim()`
	statesSent = `wweHost.requests().filter(r => r.name === "agent.setState").map(r => r.parameters[0])`
	question   = `[...document.querySelectorAll("[role=dialog]")].find(e => e.checkVisibility())`
)

// A slip of the hand must not take the agent out of the queue.
func TestTheAgentsStateIsChangedOnPurpose(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	agent := control("Agent state")
	press := func(panel frame, keys ...drive.Key) {
		panel.t.Helper()
		for _, key := range keys {
			panel.key(key)
		}
	}
	sent := func(desktop frame, want ...string) {
		desktop.t.Helper()
		desktop.until(fmt.Sprintf("%s.length >= %d", statesSent, len(want)))
		var all []string
		desktop.eval(statesSent, &all)
		assert.Equal(desktop.t, append([]string{}, want...), append([]string{}, all...))
	}
	run := func(promise string, test func(desktop, panel frame)) {
		t.Run(promise, func(t *testing.T) {
			desktop, panel := desktop.in(t), panel.in(t)
			reload(desktop, panel)
			panel.until(agent + `?.textContent.trim() === "Ready"`)
			person{panel, true}.tabTo(agent)
			test(desktop, panel)
		})
	}
	run("arrow keys only preview, and Escape leaves it as it is", func(desktop, panel frame) {
		press(panel, drive.ArrowDown)
		panel.until(listIsOpen)
		press(panel, drive.ArrowDown, drive.ArrowDown, drive.ArrowDown, drive.ArrowDown, drive.ArrowDown)
		panel.until(previewed + ` === "Log Off"`)
		press(panel, drive.Home)
		panel.until(previewed + ` === "Ready"`)
		press(panel, drive.ArrowUp, drive.ArrowDown)
		panel.until(previewed + ` === "Not Ready"`)
		press(panel, drive.End, drive.ArrowDown)
		panel.until(previewed + ` === "Log Off"`)
		press(panel, drive.Escape)
		panel.until(`!` + listIsOpen + ` && document.activeElement === ` + agent + ` && ` + agent + `.textContent.trim() === "Ready"`)
		sent(desktop)
	})
	run("Enter commits what is previewed", func(desktop, panel frame) {
		press(panel, drive.Enter, drive.ArrowDown, drive.ArrowDown, drive.Enter)
		panel.until(agent + `.textContent.trim() === "Lunch" && !` + listIsOpen)
		sent(desktop, "NotReadyReason/Lunch")
		panel.until(`document.activeElement === ` + agent)
	})
	run("Space commits what is previewed, and opens the list only once", func(desktop, panel frame) {
		press(panel, drive.Space, drive.ArrowDown, drive.Space)
		panel.until(agent + `.textContent.trim() === "Not Ready" && !` + listIsOpen)
		sent(desktop, "NotReady")
	})
	run("Enter twice changes nothing", func(desktop, panel frame) {
		press(panel, drive.Enter, drive.Enter)
		panel.until(`!` + listIsOpen)
		sent(desktop)
	})
	run("letters find a state", func(desktop, panel frame) {
		press(panel, "D")
		panel.until(listIsOpen + " && " + previewed + ` === "Do Not Disturb"`)
		press(panel, drive.Escape, "l")
		panel.until(previewed + ` === "Lunch"`)
		press(panel, "l")
		panel.until(previewed + ` === "Log Off"`)
		press(panel, drive.Escape, "L", "o")
		panel.until(previewed + ` === "Log Off"`)
		press(panel, drive.Escape)
		sent(desktop)
	})
	run("Tab goes on and changes nothing", func(desktop, panel frame) {
		press(panel, drive.ArrowDown, drive.ArrowDown, drive.Tab)
		panel.until(`!` + listIsOpen + ` && document.activeElement !== ` + agent)
		sent(desktop)
	})
	run("a press beside the list changes nothing", func(desktop, panel frame) {
		press(panel, drive.ArrowDown, drive.ArrowDown)
		panel.until(listIsOpen)
		panel.eval(`document.querySelector(".standing").style.marginTop = "300px"`, nil) // which the list covers else
		panel.click(`document.querySelector(".standing h2")`)
		panel.until(`!` + listIsOpen)
		sent(desktop)
	})
	run("the focus that goes to another window changes nothing", func(desktop, panel frame) {
		press(panel, drive.ArrowDown, drive.ArrowDown)
		panel.until(listIsOpen)
		desktop.click(`document.querySelector("#agent-state")`)
		panel.until(`!` + listIsOpen)
		sent(desktop)
	})
	run("logging off is asked, and the usual answer is to stay", func(desktop, panel frame) {
		press(panel, drive.Enter, drive.End, drive.Enter)
		panel.until(question + ` && document.activeElement.innerText === "Stay logged on"`)
		panel.until("!" + settling("document.activeElement"))
		press(panel, drive.Enter)
		panel.until(`!` + question + ` && document.activeElement === ` + agent + ` && ` + agent + `.textContent.trim() === "Ready"`)
		press(panel, drive.Enter, drive.End, drive.Space)
		panel.until(question)
		press(panel, drive.Escape)
		panel.until(`!` + question + ` && document.activeElement === ` + agent)
		sent(desktop)
		press(panel, drive.Enter, drive.End, drive.Enter)
		panel.until(question)
		person{panel, true}.press("Log off")
		panel.until(agent + `.textContent.trim() === "Log Off" && !` + question)
		panel.until(`document.activeElement === ` + agent)
		sent(desktop, "LogOff")
	})
	run("logging off a media is asked too, by mouse", func(desktop, panel frame) {
		unfold("Media")(panel)
		panel.choose("chat state", "Log Off")
		panel.press("Stay logged on")
		panel.until("!" + question)
		panel.choose("chat state", "Log Off")
		panel.see("Log off chat?")
		panel.press("Log off")
		desktop.until(`wweHost.requests().some(r => r.name === "media.setState" && r.parameters.join() === "chat,LogOff")`)
		unfold("Media")
	})
	noComplaints(t, desktop.tab)
}

// The list is over the rest of the page, and within what one sees of it.
func TestTheListOfStatesIsNeverCutOff(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	place := func(css string) {
		desktop.eval(`void (document.querySelector("iframe").style.cssText = "position: fixed; inset: 0 auto auto 0; `+css+`")`, nil)
	}
	desktop.eval(call, nil)
	panel.until(named("button", "Hold"))
	look := func(t *testing.T, label, what string) {
		t.Helper()
		panel := panel.in(t)
		var cut []string
		panel.eval(`[...document.querySelectorAll(".popup")].filter(e => e.checkVisibility()).flatMap(popup => {
			const r = popup.getBoundingClientRect(), wrong = [];
			if (r.left < 0 || r.top < 0 || r.right > innerWidth + .5 || r.bottom > innerHeight + .5) wrong.push("it is outside: " + JSON.stringify(r));
			for (const e of popup.querySelectorAll("li, button, p")) {
				if (!e.checkVisibility()) continue;
				e.scrollIntoView({block: "nearest"});
				const r = e.getBoundingClientRect();
				if (!e.contains(document.elementFromPoint(r.left + r.width / 2, r.top + r.height / 2))) wrong.push(e.innerText + " is hidden");
				if (r.height < 24 && e.tagName !== "P") wrong.push(e.innerText + " is small");
			}
			if (popup.scrollWidth > popup.clientWidth) wrong.push("it is cut off at its side");
			return wrong;
		})`, &cut)
		assert.Empty(t, cut)
		panel.until(`document.documentElement.scrollWidth <= innerWidth`)
		panel.screenshot(t.Name() + " " + what)
	}
	for _, size := range [][2]int{{200, 520}, {258, 140}, {320, 300}, {800, 600}} {
		for _, direction := range []string{"ltr", "rtl"} {
			t.Run(fmt.Sprintf("at %d x %d, %s", size[0], size[1], direction), func(t *testing.T) {
				panel := panel.in(t)
				place(fmt.Sprintf("width: %dpx; height: %dpx", size[0], size[1]))
				panel.until(fmt.Sprintf("innerWidth === %d && innerHeight === %d", size[0], size[1]))
				panel.eval(`document.documentElement.dir = `+quoted(direction), nil)
				panel.eval(`void (document.querySelector("[data-section=media]").open || document.querySelector("[data-section=media] summary").click())`, nil)
				panel.until(control("workitem state"))
				for _, label := range []string{"Agent state", "workitem state"} {
					panel.click(control(label))
					panel.until(listIsOpen)
					look(t, label, "list")
					panel.key(drive.End)
					panel.until(`document.querySelector("li[data-active]").textContent.trim() === "Log Off"`)
					panel.key(drive.Enter)
					panel.until(question)
					look(t, label, "question")
					panel.key(drive.Escape)
				}
			})
		}
	}
	panel.eval(`document.documentElement.dir = "ltr"`, nil)
	t.Run("in an element that hides what is outside of it", func(t *testing.T) {
		panel := panel.in(t)
		place("width: 320px; height: 500px")
		panel.eval(`(style => { style.height = "60px"; style.overflow = "hidden"; })(document.querySelector(".wwe-panel").style)`, nil)
		panel.click(control("Agent state"))
		panel.until(listIsOpen)
		look(t, "Agent state", "clipped")
		panel.key(drive.Escape)
		panel.eval(`document.querySelector(".wwe-panel").removeAttribute("style")`, nil)
	})
	noComplaints(t, desktop.tab)
}

func TestAxeFindsNothingInTheListOfStates(t *testing.T) {
	inEachScheme(t, func(t *testing.T, tab drive.Browser) {
		_, panel := inDesktopOf(t, tab, "")
		for _, width := range []int{200, 480} {
			panel.widen(width)
			panel.click(control("Agent state"))
			panel.until(listIsOpen)
			panel.key(drive.ArrowDown)
			panel.hasNoViolations("document", func(int) {}, width)
			panel.key(drive.End)
			panel.key(drive.Enter)
			panel.until(question)
			panel.hasNoViolations("document", func(int) {}, width)
			panel.key(drive.Escape)
			panel.until("!" + question)
		}
	})
}

// What acts in the place of a button that was just pressed is not meant by the
// second press of a hand that trembles, nor by a key that is held down.
func TestASecondPressDoesNotMarkACallDone(t *testing.T) {
	tests := []struct{ promise, before, press, then, never string }{
		{"Enter or a click on Hang up", call, "Hang up", "markDone", "interaction.markdone"},
		{"on Accept", ring, "Accept", "hold", "voice.hold"},
		{"on Mark done, while another call is to be marked done", call + `, ` + call + `, wweHost.hangUp("1"), wweHost.hangUp("2")`, "Mark done", "markDone", "interaction.markdone"},
	}
	desktop, panel := inDesktop(t, "")
	for _, test := range tests {
		t.Run(test.promise, func(t *testing.T) {
			desktop, panel := desktop.in(t), panel.in(t)
			reload(desktop, panel)
			desktop.eval("["+test.before+"]", nil)
			p := person{panel, true}
			p.tabTo(named("button", test.press))
			panel.until("!" + settling(named("button", test.press)))
			// It presses again as soon as the page shows another button, so no time passes in between.
			panel.eval(`(() => {
				const pressed = `+named("button", test.press)+`;
				const around = e => e.closest("[data-key]").dataset.key, before = around(pressed); // the dock's buttons are those of another interaction then
				const shown = () => [...document.querySelectorAll("[data-action=`+test.then+`]")].find(e => (e !== pressed || around(e) !== before) && e.checkVisibility());
				window.second = "";
				const observer = new MutationObserver(() => {
					const e = shown();
					if (!e) return;
					observer.disconnect();
					window.second = e.innerText;
					window.looks = getComputedStyle(e).borderStyle;
					for (const again of [e, document.activeElement]) again.click();
				});
				observer.observe(document.querySelector(".wwe-panel"), {subtree: true, childList: true, attributes: true});
			})()`, nil)
			panel.key(drive.Enter)
			panel.until(`window.second`)
			panel.until(`!document.querySelector("[data-settling]")`)
			var looks string
			panel.eval("window.looks", &looks)
			assert.Equal(t, "solid", looks, "it looks as always")
			var sent int
			desktop.eval(`wweHost.requests().filter(r => r.name === `+quoted(test.never)+`).length`, &sent)
			if test.press == "Mark done" {
				sent--
			}
			assert.Zero(t, sent)
			panel.until(`document.activeElement.checkVisibility() && document.activeElement !== document.body`)
		})
	}
	t.Run("and a key that is held down presses once", func(t *testing.T) {
		desktop, panel := desktop.in(t), panel.in(t)
		reload(desktop, panel)
		desktop.eval("["+call+"]", nil)
		panel.until(named("button", "Hang up"))
		var does []bool
		panel.eval(`[false, true].map((repeat) => `+named("button", "Hang up")+`.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", repeat, bubbles: true, cancelable: true})))`, &does)
		assert.Equal(t, []bool{true, false}, does)
	})
}

func TestUserDataThatWasDeletedCanBeRestored(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	const undo = "Undo: Delete Order"
	for _, way := range []string{"mouse", "keyboard"} {
		t.Run("by "+way, func(t *testing.T) {
			desktop, panel := desktop.in(t), panel.in(t)
			reload(desktop, panel)
			panel.widen(258)
			desktop.eval("["+call+"]", nil)
			p := person{panel, way == "keyboard"}
			p.press("Delete Order")
			desktop.until(`!("Order" in wweHost.interactions()[0].userData)`)
			panel.until(named("button", undo))
			panel.until(`document.querySelector("[role=status]").textContent.includes("You can undo this for 8 seconds.")`)
			if p.keyboard {
				panel.until(`document.activeElement === ` + named("button", undo))
			}
			panel.screenshot(t.Name())
			p.press(undo)
			desktop.until(`wweHost.interactions()[0].userData.Order === "4711"`)
			panel.until(named("button", "Delete Order") + " && " + textOf("table", "4711"))
			if p.keyboard {
				panel.until(`document.activeElement.closest("tr")?.innerText.includes("Order")`)
			}
		})
	}
	t.Run("and says so if WWE refuses", func(t *testing.T) {
		desktop, panel := desktop.in(t), panel.in(t)
		reload(desktop, panel)
		desktop.eval("["+call+`, wweHost.fault({request: "interaction.setUserData", refuse: "not now"})]`, nil)
		panel.press("Delete Order")
		panel.press(undo)
		panel.see("WWE refused: not now")
		panel.until(named("button", undo))
	})
	noComplaints(t, desktop.tab)
}
