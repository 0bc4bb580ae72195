package dist

import (
	"crypto/sha512"
	"encoding/base64"
	"errors"
	"fmt"
	"html"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"wwebridge/cmd/wwe/internal/refs"
	"wwebridge/web"
)

// A Panel is the result of Any.
type Panel struct {
	Files map[string][]byte // uncompressed, by name
	Names map[string]string // from the names of the sources to the names in Files
	Kept  []string          // the files, besides pages, whose names have no hash
	Notes []string          // for the panel's author
}

// Any makes the files of a panel ready for a web server. A file gets a hashed name if each of its
// references can be replaced for certain. Otherwise, it keeps its name. Any writes the origins of WWE
// into the pages.
func Any(sources map[string][]byte, origins []string) (Panel, error) {
	for _, name := range slices.Sorted(maps.Keys(sources)) {
		if strings.HasPrefix(name, serverFolder) {
			return Panel{}, fmt.Errorf("%s: wwe build writes configuration into the folder server: rename yours", name)
		}
	}
	g := &graph{
		sources: sources,
		found:   map[string]refs.Found{},
		refers:  map[string][]string{},
		hashed:  map[string]bool{},
		done:    map[string][]byte{},
	}
	notes, err := g.read()
	if err != nil {
		return Panel{}, err
	}
	g.choose()
	p := Panel{Files: map[string][]byte{}, Names: map[string]string{}, Notes: notes}
	trusting := false
	for _, name := range slices.Sorted(maps.Keys(sources)) {
		content := g.content(name)
		if isPage(name) {
			var has bool
			content, has = withOrigins(g.withIntegrity(name, content), origins)
			trusting = trusting || has
		} else if !g.hashed[name] {
			p.Kept = append(p.Kept, name)
		}
		shipped := g.name(name)
		if _, clashes := p.Files[shipped]; clashes {
			return Panel{}, fmt.Errorf("%s is the name that another file gets: rename it", shipped)
		}
		p.Files[shipped], p.Names[name] = content, shipped
	}
	if !trusting && !g.usesClient() {
		p.Notes = append(p.Notes, `index.html names no WWE: a panel that speaks to WWE without Genesys' client needs <meta name="wwe-origin" content="">`)
	}
	return p, nil
}

// usesClient reports whether a page loads Genesys' client, which finds WWE by itself.
func (g *graph) usesClient() bool {
	for name, found := range g.found {
		if isPage(name) && slices.ContainsFunc(found.References, func(r refs.Reference) bool { return strings.Contains(r.URL, web.ClientFile) }) {
			return true
		}
	}
	return false
}

func isPage(name string) bool { return path.Ext(name) == ".html" || path.Ext(name) == ".htm" }

// A graph is the files and their references to each other.
type graph struct {
	sources map[string][]byte
	found   map[string]refs.Found
	refers  map[string][]string // the files that a file refers to
	hashed  map[string]bool
	done    map[string][]byte
}

// read finds the references. It returns an error if they name files that are not there.
func (g *graph) read() (notes []string, err error) {
	for _, from := range slices.Sorted(maps.Keys(g.sources)) {
		g.found[from] = refs.In(from, g.sources[from])
		for _, r := range g.found[from].References {
			to, isLocal := refs.Local(from, r.URL)
			switch {
			case !isLocal:
				if strings.HasPrefix(r.URL, "/") && !strings.HasPrefix(r.URL, "//") {
					notes = append(notes, fmt.Sprintf("%s refers to %s by an absolute path, which works only at the top of a server; a relative path works everywhere", from, r.URL))
				}
			case g.sources[to] != nil:
				g.refers[from] = append(g.refers[from], to)
			case path.Base(to) == web.ClientFile: // some authors put it beside the page on the server only
				notes = append(notes, fmt.Sprintf("%s refers to %s, Genesys' client, which is not there: put it beside the page", from, to))
			default:
				err = errors.Join(err, fmt.Errorf("%s refers to %s, which is not in the panel's pages: add the file or remove the reference", from, to))
			}
		}
	}
	return notes, err
}

// choose decides which files get hashed names: those that are referred to, that nothing else may
// name, and that do not refer to themselves in a circle.
func (g *graph) choose() {
	for _, names := range g.refers {
		for _, name := range names {
			g.hashed[name] = !isPage(name)
		}
	}
	for name := range g.hashed {
		for from, found := range g.found {
			absolute := slices.ContainsFunc(found.References, func(r refs.Reference) bool {
				_, isLocal := refs.Local(from, r.URL)
				return !isLocal && refs.Found{Loose: []string{r.URL}}.MayName(name)
			})
			if absolute || found.MayName(name) {
				g.hashed[name] = false
			}
		}
		if g.reaches(name, name, map[string]bool{}) {
			g.hashed[name] = false
		}
	}
}

// reaches reports whether a file refers to another one, by way of others perhaps.
func (g *graph) reaches(from, to string, seen map[string]bool) bool {
	for _, next := range g.refers[from] {
		if next == to {
			return true
		}
		if !seen[next] {
			seen[next] = true
			if g.reaches(next, to, seen) {
				return true
			}
		}
	}
	return false
}

// content returns the content of a file with the names that it refers to replaced.
func (g *graph) content(name string) []byte {
	if content, ok := g.done[name]; ok {
		return content
	}
	content := refs.Rename(g.sources[name], g.found[name].References, func(r refs.Reference) string {
		if to, isLocal := refs.Local(name, r.URL); isLocal && g.hashed[to] {
			return path.Base(g.name(to))
		}
		return ""
	})
	g.done[name] = content
	return content
}

// name returns the name that a file ships by.
func (g *graph) name(name string) string {
	if !g.hashed[name] {
		return name
	}
	return withHash(name, g.content(name))
}

// withHash adds the hash of the content to a name.
func withHash(name string, content []byte) string {
	extension := path.Ext(name)
	return strings.TrimSuffix(name, extension) + "-" + sum(content)[:16] + extension
}

// Hashed matches the end of a name that withHash made. The group is the hash.
var Hashed = regexp.MustCompile(`-([0-9a-f]{16})(?:\.[0-9A-Za-z]+)?$`)

// withOrigins writes the origins into a page's <meta name="wwe-origin"> and <wwe-panel origin>. It
// reports whether the page has one.
func withOrigins(page []byte, origins []string) (changed []byte, has bool) {
	changed = edit(page, func(e refs.Element, attribute string) (string, bool) {
		isOrigin := attribute != "" && attribute == OriginAttribute(e)
		has = has || isOrigin
		return strings.Join(origins, " "), isOrigin
	})
	return changed, has
}

// withIntegrity updates the integrity attributes of a page, because the files that they are about may
// have other references now.
func (g *graph) withIntegrity(name string, page []byte) []byte {
	shipped := map[string]string{}
	for source := range g.sources {
		shipped[g.name(source)] = source
	}
	return edit(page, func(e refs.Element, attribute string) (string, bool) {
		if attribute != "integrity" {
			return "", false
		}
		reference, isScript := e.Get("src")
		if !isScript {
			reference, _ = e.Get("href")
		}
		to, isLocal := refs.Local(name, strings.TrimSpace(reference))
		source, known := shipped[to]
		if !isLocal || !known {
			return "", false
		}
		sum := sha512.Sum384(g.content(source))
		return "sha384-" + base64.StdEncoding.EncodeToString(sum[:]), true
	})
}

// edit returns a page with the attributes changed for which change returns true.
func edit(page []byte, change func(e refs.Element, attribute string) (value string, ok bool)) (changed []byte) {
	elements, _ := refs.Elements(page)
	done := 0
	for _, e := range elements {
		for _, a := range e.Attributes {
			value, ok := change(e, a.Name)
			if !ok || a.Start < done {
				continue
			}
			value = html.EscapeString(value)
			if a.Start == 0 || page[a.Start-1] != '"' && page[a.Start-1] != '\'' {
				value = `"` + value + `"`
			}
			changed = append(append(changed, page[done:a.Start]...), value...)
			done = a.End
		}
	}
	return append(changed, page[done:]...)
}

// OriginAttribute returns the name of the attribute that holds the origin of WWE, or "" if the element
// has none.
func OriginAttribute(e refs.Element) string {
	if name, _ := e.Get("name"); e.Name == "meta" && name == "wwe-origin" {
		return "content"
	}
	if e.Name == "wwe-panel" {
		return "origin"
	}
	return ""
}
