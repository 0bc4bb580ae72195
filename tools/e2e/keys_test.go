package e2e

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"wwebridge/tools/drive"
)

const keysShown = `[...document.querySelectorAll("tr")].filter(e => e.checkVisibility()).map(e => e.querySelector("th").innerText).join()`

func TestThePagesKeysComeFirstAlsoIfTheyComeLate(t *testing.T) {
	desktop, page := inHostPage(t)
	page.show("one", `{origin: `+quoted(desktop.origin)+`, keys: ["Customer", "Order"]}`)
	desktop.eval(`wweHost.answer(wweHost.ring({ani: "1", userData: {A: "1", Order: "2", B: "3"}}))`, nil)
	page.until(keysShown + ` === "Order,A,B"`)
	page.until(`document.querySelector(".data").scrollIntoView() ?? true`)
	x, y := page.middle(`document.querySelector(".data td")`)
	assert.NoError(t, page.tab.Click(x, y)) // the agent's hand is there
	page.until(`document.querySelector(".data").matches(":hover")`)
	desktop.eval(`wweHost.setUserData("1", {Customer: "Marie"})`, nil)
	page.until(keysShown + ` === "Order,A,B,Customer"`)
	page.press("Hold")
	page.until(keysShown + ` === "Customer,Order,A,B"`)
}

func TestASearchAppearsFromTenKeysOn(t *testing.T) {
	desktop, page := inHostPage(t)
	page.show("one", `{origin: `+quoted(desktop.origin)+`, lang: "en"}`)
	desktop.eval(`wweHost.answer(wweHost.ring({ani: "1", userData: Object.fromEntries(Array.from({length: 9}, (_, n) => ["key " + n, "value " + n]))}))`, nil)
	page.until(`document.querySelectorAll("tr").length === 9`)
	search := named("input", "Search user data")
	page.until("!" + search)
	desktop.eval(`wweHost.setUserData("1", {Order: "VALUE 7"})`, nil)
	page.until(search)
	person{panel: page, keyboard: true}.tabTo(search)
	assert.NoError(t, page.tab.Insert(page.page, "value 7"))
	page.until(keysShown + ` === "key 7,Order"`) // by value, of any case
	page.until(`document.querySelector("[role=status]").innerText.startsWith("2 of 10 found")`)
	page.key(drive.Escape)
	page.until(search + `.value === "" && ` + search + ` === document.activeElement && document.querySelectorAll("tr:not([hidden])").length === 10`)
	assert.NoError(t, page.tab.Insert(page.page, "order"))
	page.until(keysShown + ` === "Order"`) // by key
	desktop.eval(`wweHost.deleteUserData("1", "key 0")`, nil)
	page.until(`document.querySelectorAll("tr").length === 9`)
	page.until(search) // it stays while it filters
}

func TestALongNoteFolds(t *testing.T) {
	desktop, page := inHostPage(t)
	page.show("one", `{origin: `+quoted(desktop.origin)+`}`)
	desktop.eval(`wweHost.answer(wweHost.ring({ani: "1", userData: {Note: "line\n".repeat(30) + "the end", Short: "short"}}))`, nil)
	page.until(shows("td", "line"))
	page.unsee("the end")
	for _, way := range []string{"mouse", "keyboard"} {
		p := person{panel: page, keyboard: way == "keyboard"}
		p.press("Show all: Note")
		page.see("the end")
		page.until(named("button", "Show less: Note") + `.getAttribute("aria-expanded") === "true"`)
		p.press("Show less: Note")
		page.unsee("the end")
	}
	var buttons int
	page.eval(`document.querySelectorAll(".whole").length`, &buttons)
	assert.Equal(t, 1, buttons)
	page.press("Edit Note")
	page.until(`!document.querySelector(".whole").checkVisibility()`)
}

func TestAnEmailIsCalledByItsSubject(t *testing.T) {
	desktop, page := inHostPage(t)
	page.show("one", `{origin: `+quoted(desktop.origin)+`}`)
	desktop.eval(`wweHost.do(wweHost.email({from: "ann@example.com", subject: "My order"}), "accept")`, nil)
	page.until(shows(".dock h2", "My order"))
	page.until(shows(".dock .about", "From ann@example.com"))
}
