package e2e

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	devtools "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/css"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/tools/drive"
)

// look is one picture of the panel: a state, at a width, in a colour scheme.
type look struct {
	state, scheme string
	width         int
}

func (l look) file() string {
	return fmt.Sprintf("%s-%s-%d.png", strings.ReplaceAll(l.state, " ", "-"), l.scheme, l.width)
}

// approved are the looks with a picture in testdata/approved.
var approved = []look{
	{"empty", "light", 258}, {"ringing", "light", 258}, {"details", "light", 258}, {"consult form", "light", 258},
	{"consultation", "light", 258}, {"after-call work", "light", 258}, {"error", "light", 258},
	{"list", "light", 480}, {"after-call work", "light", 480}, {"details", "light", 480},
	{"ringing", "dark", 258}, {"list", "dark", 258}, {"details", "dark", 258}, {"consultation", "dark", 480},
}

const (
	approvedFolder = "testdata/approved"
	drawnWith      = approvedFolder + "/drawn-with.txt" // the browser and the fonts of the approved pictures
	pictureFolder  = project + "/.screenshots"
)

// A picture may differ from the approved one in a few pixels, and by little. On one
// machine Chromium draws a page the same each time. Its versions differ in how they
// smooth edges, by a few levels of colour. The least that a person would notice, such as
// a missing dot in an icon or a shift of one line by a pixel, changes more pixels.
const (
	tolerated     = 16 // levels of 255, in each of red, green and blue
	mostDifferent = 8  // pixels that differ by more
)

// The height of the window: enough for an approved picture, and for all there is to see.
const approvedHeight, wholeHeight = 700, 1500

// TestThePanelLooksAsApproved compares the approved pictures. "make approve" takes new
// ones, and "make screenshots" takes a picture of every look.
func TestThePanelLooksAsApproved(t *testing.T) {
	only(t, "chromium", "each engine draws text in its own way")
	folder, height, all := approvedFolder, approvedHeight, false
	take := os.Getenv("PICTURES") != ""
	if os.Getenv("PICTURES") == "all" {
		folder, height, all = pictureFolder, wholeHeight, true
	}
	for _, scheme := range []string{"light", "dark"} {
		t.Run(scheme, func(t *testing.T) {
			tab := browser(t, drive.Options{Dark: scheme == "dark"})
			desktop, panel := inDesktopOf(t, tab, "", impatient)
			with := panel.drawnWith(tab)
			if scheme == "light" && take && !all {
				require.NoError(t, os.WriteFile(drawnWith, []byte(with+"\n"), 0o644))
			}
			for n, state := range states {
				widths := state.widths(scheme, all)
				leadsOn := n+1 < len(states) && states[n+1].goesOn && len(states[n+1].widths(scheme, all)) > 0
				if len(widths) == 0 && !leadsOn {
					continue
				}
				t.Run(state.name, func(t *testing.T) {
					desktop, panel := desktop.in(t), panel.in(t)
					require.NoError(t, tab.Resize(1280, height))
					if !state.goesOn {
						panel.eval(`sessionStorage.clear()`, nil)
						reload(desktop, panel)
					}
					page := state.show(desktop, panel)
					for _, width := range widths {
						l := look{state.name, scheme, width}
						page.fit(width, height)
						if take {
							save(t, filepath.Join(folder, l.file()), page.calmPicture())
							continue
						}
						page.looksAs(l, with)
					}
				})
			}
		})
	}
}

// widths are those at which the state has a picture to take or to compare.
func (s state) widths(scheme string, all bool) (widths []int) {
	for _, width := range []int{258, 480} {
		if all || slices.Contains(approved, look{s.name, scheme, width}) {
			widths = append(widths, width)
		}
	}
	return widths
}

func TestEachApprovedPictureIsOfAState(t *testing.T) {
	var want []string
	for _, l := range approved {
		assert.True(t, slices.ContainsFunc(states, func(s state) bool { return s.name == l.state }), l.state)
		want = append(want, filepath.Join(approvedFolder, l.file()))
	}
	files, err := filepath.Glob(approvedFolder + "/*.png")
	require.NoError(t, err)
	assert.ElementsMatch(t, want, files)
}

// fit gives the panel's page this size.
func (f frame) fit(width, height int) {
	f.t.Helper()
	f.resize(width, height)
	f.until(fmt.Sprintf("innerWidth === %d && innerHeight === %d", width, height))
}

// frozen puts the same text in place of times, random ids and ports, stops what moves,
// and gives the size of the picture.
const frozen = `(() => {
	for (const over of still.querySelectorAll(".dock, .ringing, .notices")) over.style.position = "";
	const sheet = new CSSStyleSheet();
	sheet.replaceSync("* { animation: none !important; transition: none !important; }");
	document.adoptedStyleSheets = [sheet];
	const texts = document.createTreeWalker(still, NodeFilter.SHOW_TEXT);
	while (texts.nextNode()) {
		const node = texts.currentNode;
		node.data = node.data.replace(/\b\d{1,2}:\d\d(:\d\d)?(\s[AP]M)?\b/g, "0:00")
			.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "00000000-0000-0000-0000-000000000000")
			.replace(/\b[0-9a-f]{16}\b/g, "0000000000000000").replace(/(localhost|127\.0\.0\.1):\d+/g, "localhost:8080");
	}
	return {width: innerWidth, height: Math.min(innerHeight, Math.ceil(still.getBoundingClientRect().bottom))};
})()`

// picture is the panel as it looks now, without what differs from run to run.
func (f frame) picture() (picture *image.RGBA) {
	f.t.Helper()
	ctx := f.tab.(*drive.Chromium).Context
	require.NoError(f.t, chromedp.Run(ctx, input.DispatchMouseEvent(input.MouseMoved, 0, 0))) // nothing is under the mouse
	f.still(func() {
		var size struct{ Width, Height int }
		f.eval(frozen, &size)
		f.frames(2)
		shot, err := f.tab.Screenshot()
		require.NoError(f.t, err)
		whole, err := png.Decode(bytes.NewReader(shot))
		require.NoError(f.t, err)
		picture = image.NewRGBA(image.Rect(0, 0, size.Width, size.Height))
		draw.Draw(picture, picture.Bounds(), whole, image.Point{}, draw.Src)
	})
	return picture
}

// calmPicture waits until the panel looks the same three times in a row: WWE may still
// be answering. A state that passes is taken as it is in the end.
func (f frame) calmPicture() *image.RGBA {
	f.t.Helper()
	last := f.picture()
	for same, tries := 0, 0; same < 2 && tries < 20; tries++ {
		f.frames(15)
		now := f.picture()
		if difference, count := compare(last, now); difference != nil && count == 0 {
			same++
		} else {
			same = 0
		}
		last = now
	}
	return last
}

// looksAs waits until the panel looks as approved.
func (f frame) looksAs(l look, with string) {
	f.t.Helper()
	data, err := os.ReadFile(filepath.Join(approvedFolder, l.file()))
	require.NoError(f.t, err, "make approve takes it")
	decoded, err := png.Decode(bytes.NewReader(data))
	require.NoError(f.t, err)
	want := image.NewRGBA(decoded.Bounds())
	draw.Draw(want, want.Bounds(), decoded, image.Point{}, draw.Src)
	var got, difference *image.RGBA
	count := 0
	for deadline := time.Now().Add(patience); ; {
		got = f.picture()
		if difference, count = compare(want, got); difference != nil && count <= mostDifferent {
			return
		}
		if time.Now().After(deadline) {
			break
		}
	}
	name := strings.TrimSuffix(l.file(), ".png")
	shown := func(what string, picture *image.RGBA) string {
		file, err := filepath.Abs(filepath.Join(pictureFolder, "different", name+"."+what+".png"))
		require.NoError(f.t, err)
		save(f.t, file, picture)
		return file
	}
	why := fmt.Sprintf("Its size is %v, not %v.", got.Bounds().Size(), want.Bounds().Size())
	if difference != nil {
		why = fmt.Sprintf("%d of its pixels differ (%d may), as %s shows in red.", count, mostDifferent, shown("difference", difference))
	}
	known, err := os.ReadFile(drawnWith)
	require.NoError(f.t, err)
	if approvedWith := strings.TrimSpace(string(known)); approvedWith != with {
		why += fmt.Sprintf("\nThat may be the machine: the approved pictures were drawn with %s, this one with %s.", approvedWith, with)
	}
	require.Fail(f.t, "The panel does not look as approved.", "%s\nIt looks like %s, and the approved picture is %s/%s.\nIf it looks right, run make approve.",
		why, shown("now", got), approvedFolder, l.file())
}

// compare returns a picture with the different pixels in red, and their number. It
// returns nil if the sizes differ.
func compare(want, got *image.RGBA) (difference *image.RGBA, count int) {
	if want.Bounds() != got.Bounds() {
		return nil, 0
	}
	difference = image.NewRGBA(want.Bounds())
	for n := 0; n < len(want.Pix); n += 4 {
		isDifferent := false
		for channel := range 3 {
			a, b := int(want.Pix[n+channel]), int(got.Pix[n+channel])
			isDifferent = isDifferent || max(a-b, b-a) > tolerated
			difference.Pix[n+channel] = uint8(191 + a/4) // pale
		}
		difference.Pix[n+3] = 255
		if isDifferent {
			count++
			copy(difference.Pix[n:], []uint8{220, 0, 0})
		}
	}
	return difference, count
}

func TestAChangeOfLooksIsNoticed(t *testing.T) {
	blank := func(width int) *image.RGBA {
		picture := image.NewRGBA(image.Rect(0, 0, width, 20))
		draw.Draw(picture, picture.Bounds(), image.White, image.Point{}, draw.Src)
		return picture
	}
	for promise, test := range map[string]struct {
		change func(picture *image.RGBA)
		count  int
	}{
		"nothing":                  {func(*image.RGBA) {}, 0},
		"an edge by its smoothing": {func(p *image.RGBA) { p.Set(3, 3, color.RGBA{240, 240, 240, 255}) }, 0},
		"a dot of an icon": {func(p *image.RGBA) {
			draw.Draw(p, image.Rect(4, 4, 7, 7), image.Black, image.Point{}, draw.Src)
		}, 9},
	} {
		t.Run(promise, func(t *testing.T) {
			picture := blank(20)
			test.change(picture)
			difference, count := compare(blank(20), picture)
			assert.NotNil(t, difference)
			assert.Equal(t, test.count, count)
		})
	}
	difference, _ := compare(blank(20), blank(21))
	assert.Nil(t, difference)
}

func save(t *testing.T, file string, picture image.Image) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
	var data bytes.Buffer
	require.NoError(t, (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&data, picture))
	require.NoError(t, os.WriteFile(file, data.Bytes(), 0o644))
}

// drawnWith names the browser and the fonts of the panel's text.
func (f frame) drawnWith(tab drive.Browser) (names string) {
	f.t.Helper()
	// The fonts of the tab's own page are reported, so this shows the panel's text there.
	f.around().eval(`(() => {
		const sample = document.createElement("p");
		sample.id = "sample";
		sample.style.font = "13px/1.4 system-ui, sans-serif";
		sample.textContent = "Agent 0123";
		document.body.append(sample);
	})()`, nil)
	require.NoError(f.t, chromedp.Run(tab.(*drive.Chromium).Context, dom.Enable(), css.Enable(), chromedp.ActionFunc(func(ctx context.Context) error {
		_, product, _, _, _, err := devtools.GetVersion().Do(ctx)
		if err != nil {
			return err
		}
		names = product
		root, err := dom.GetDocument().Do(ctx)
		if err != nil {
			return err
		}
		sample, err := dom.QuerySelector(root.NodeID, "#sample").Do(ctx)
		if err != nil {
			return err
		}
		fonts, err := css.GetPlatformFontsForNode(sample).Do(ctx)
		for _, font := range fonts {
			names += ", " + font.FamilyName
		}
		return err
	}), css.Disable(), dom.Disable()))
	return names
}
