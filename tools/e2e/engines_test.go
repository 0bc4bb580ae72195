package e2e

import (
	"bytes"
	"fmt"
	"image/color"
	"image/png"
	"io/fs"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/tools/drive"
	"wwebridge/web"
)

// What follows has been wrong in one engine, or where scrollbars take up room.

func TestALongListCrushesNoRow(t *testing.T) {
	desktop, panel := inDesktop(t, "")
	panel.widen(258)
	desktop.eval(`Array.from({length: 10}, (_, n) => wweHost.ring({ani: "caller " + n}))`, nil)
	panel.until(`document.querySelectorAll(".row").length === 10`)
	crushed := func(least int) (rows []string) {
		panel.eval(fmt.Sprintf(`[...document.querySelectorAll(".case, .ringing > li")].filter((c) => c.scrollHeight > c.clientHeight || c.clientHeight < %d)
			.map((c) => c.innerText + " is " + c.clientHeight + " of " + c.scrollHeight + " px high")`, least), &rows)
		return rows
	}
	assert.Empty(t, crushed(40))
	panel.until(`(ringing => ringing.scrollHeight - ringing.clientHeight > 50)(document.querySelector(".ringing"))`)
	panel.press("Accept")
	desktop.until(`wweHost.interactions().some((i) => i.state === "TALKING")`)
	desktop.eval(`wweHost.interactions().filter((i) => i.state === "RINGING").forEach((i) => wweHost.answer(i.interactionId))`, nil)
	panel.until(`!document.querySelector(".offers")?.checkVisibility() && document.querySelectorAll(".list .row").length === 10`)
	assert.Empty(t, crushed(40))
}

func TestScrollbarsThatTakeUpRoomChangeNoLayout(t *testing.T) {
	desktop, panel := inDesktopOf(t, browser(t, drive.Options{Scrollbars: true}), "")
	desktop.eval("["+customer+"]", nil)
	panel.until(named("button", "Hold"))
	type layout struct{ Rows, Columns int } // of buttons; of the panel
	at := func(width int, overflow string) (l layout) {
		panel.widen(width)
		panel.eval(`void (document.documentElement.style.overflowY = `+quoted(overflow)+`)`, nil)
		if overflow == "scroll" {
			panel.until(`innerWidth - document.documentElement.clientWidth >= 10`)
		}
		panel.until(`document.querySelector(".work").checkVisibility()`) // not at once in WebKit
		panel.eval(`(() => {
			const places = (selector, edge) => new Set([...document.querySelectorAll(selector)].filter((e) => e.checkVisibility()).map((e) => Math.round(e.getBoundingClientRect()[edge]))).size;
			return {rows: places(".actions button", "top"), columns: places(".side, .work", "left")};
		})()`, &l)
		panel.screenshot(fmt.Sprintf("scrollbars %d %s", width, overflow))
		return l
	}
	for _, width := range []int{258, 480} {
		assert.Equal(t, at(width, "hidden"), at(width, "scroll"), "at %d px", width)
		panel.until(`document.documentElement.scrollWidth <= document.documentElement.clientWidth`)
	}
}

// WebKitGTK draws a select itself, in light grey, unless it is told not to.
func TestTheDesktopsAgentStateCanBeRead(t *testing.T) {
	inEachScheme(t, func(t *testing.T, tab drive.Browser) {
		desktop, _ := inDesktopOf(t, tab, "")
		desktop.screenshot(t.Name())
		most := desktop.mostOf(`document.querySelector("#agent-state")`)
		assert.Less(t, most, 100, "the text is white, so what is behind it is dark")
	})
}

// mostOf returns how bright most of the element's picture is, of 255.
func (f frame) mostOf(element string) (most int) {
	f.t.Helper()
	var r struct{ X, Y, Width, Height float64 }
	f.eval(element+`.getBoundingClientRect()`, &r)
	shot, err := f.tab.Screenshot()
	require.NoError(f.t, err)
	picture, err := png.Decode(bytes.NewReader(shot))
	require.NoError(f.t, err)
	var counts [256]int
	for y := int(r.Y) + 2; y < int(r.Y+r.Height)-2; y++ {
		for x := int(r.X) + 2; x < int(r.X+r.Width)-2; x++ {
			counts[color.GrayModel.Convert(picture.At(x, y)).(color.Gray).Y]++
		}
	}
	for y, count := range counts {
		if count > counts[most] {
			most = y
		}
	}
	return most
}

func TestThePanelPageLoadsItsProgramOnce(t *testing.T) {
	var loaded atomic.Int32
	_, widget := start(t, func(p *web.Pages) { p.Root = counted{p.Root, strings.TrimPrefix(panelWasm, "/"), &loaded} })
	open(t, widget).see("This page is an agent panel")
	assert.EqualValues(t, 1, loaded.Load())
}

// counted counts how often one file is opened.
type counted struct {
	fs.FS
	name  string
	times *atomic.Int32
}

func (c counted) Open(name string) (fs.File, error) {
	if name == c.name {
		c.times.Add(1)
	}
	return c.FS.Open(name)
}
