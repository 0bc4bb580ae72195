package e2e

import (
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/tools/drive"
)

// The site of the documentation, which make site builds, and the path that it is built for.
const (
	siteFolder = project + "/.site"
	siteBase   = "/wwebridge/"
)

var siteBuilt sync.Once

// buildSite builds the site once in a run.
func buildSite(t *testing.T) {
	t.Helper()
	siteBuilt.Do(func() { run(t, project, "make", "site", "SITE="+siteBase) })
	require.FileExists(t, siteFolder+"/index.html")
}

// serveSite serves the site as a plain web server does.
func serveSite(t *testing.T) (origin string) {
	t.Helper()
	buildSite(t)
	server := httptest.NewServer(http.StripPrefix(siteBase, http.FileServer(http.Dir(siteFolder))))
	t.Cleanup(server.Close)
	return server.URL
}

func TestEveryLinkOfTheSiteLeadsSomewhere(t *testing.T) {
	buildSite(t)
	folder := os.DirFS(siteFolder)
	pages := map[string]string{}
	require.NoError(t, fs.WalkDir(folder, ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(name, ".html") && !strings.HasPrefix(name, "demo/") {
			text, err := fs.ReadFile(folder, name)
			pages[name] = string(text)
			return err
		}
		return err
	}))
	require.Greater(t, len(pages), 15)
	ids := map[string]map[string]bool{}
	id := regexp.MustCompile(`(?:id|name)="([^"]+)"`)
	for name, text := range pages {
		ids[name] = map[string]bool{}
		for _, match := range id.FindAllStringSubmatch(text, -1) {
			ids[name][match[1]] = true
		}
	}
	links := regexp.MustCompile(`(?:href|src)="([^"]+)"`)
	count := 0
	for name, text := range pages {
		for _, match := range links.FindAllStringSubmatch(text, -1) {
			link, err := url.Parse(strings.ReplaceAll(match[1], "&amp;", "&"))
			require.NoError(t, err, "%s: %s", name, match[1])
			if link.Scheme != "" {
				continue
			}
			count++
			to := name
			switch {
			case strings.HasPrefix(link.Path, siteBase):
				to = strings.TrimPrefix(link.Path, siteBase)
			case link.Path != "":
				to = path.Join(path.Dir(name), link.Path)
			}
			if to == "" || strings.HasSuffix(to, "/") {
				to += "index.html"
			}
			_, err = fs.Stat(folder, to)
			if assert.NoError(t, err, "%s links to %s", name, match[1]) && link.Fragment != "" {
				assert.True(t, ids[to][link.Fragment], "%s links to %s", name, match[1])
			}
		}
	}
	assert.Greater(t, count, 500)
}

func TestTheSiteFindsAPage(t *testing.T) {
	tab := browser(t)
	origin := serveSite(t)
	require.NoError(t, tab.Navigate(origin+siteBase))
	site := outer(t, tab, origin)
	site.see("Agent panels for Genesys Workspace Web Edition")
	site.until(`document.querySelector(".DocSearch-Button, .VPNavBarSearch button")`)
	site.eval(`document.querySelector(".DocSearch-Button, .VPNavBarSearch button").click()`, nil)
	site.until(`document.querySelector("#localsearch-input, .search-input")`)
	site.eval(`(() => {
		const field = document.querySelector("#localsearch-input, .search-input");
		field.value = "rate limit";
		field.dispatchEvent(new Event("input", {bubbles: true}));
	})()`, nil)
	site.until(`[...document.querySelectorAll(".results a")].some((a) => a.href.includes("hosting"))`)
}

func TestTheDocumentationIsAccessible(t *testing.T) {
	origin := serveSite(t)
	inEachScheme(t, func(t *testing.T, tab drive.Browser) {
		for _, page := range []string{"", "hosting.html"} {
			require.NoError(t, tab.Navigate(origin+siteBase+page))
			site := outer(t, tab, origin)
			site.until(`document.querySelector("h1")`)
			site.hasNoViolations("document", site.widen, 390, 1280)
		}
	})
}

func TestTheLiveDemoTakesACall(t *testing.T) {
	tab := browser(t)
	origin := serveSite(t)
	require.NoError(t, tab.Navigate(origin+siteBase+"demo/"))
	desktop := outer(t, tab, origin)
	panel := frame{t, tab, origin, drive.Page{Origin: origin, Nth: 1}}
	desktop.see("Simulated WWE")
	panel.see("No interactions.")
	desktop.press("Ring a call")
	panel.press("Accept")
	desktop.until(`wweHost.interactions().some((i) => i.state === "TALKING")`)
	panel.see("Talking")
	desktop.screenshot(t.Name())
}
