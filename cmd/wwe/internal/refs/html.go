package refs

import (
	"bytes"
	"html"
	"slices"
	"strings"

	"github.com/tdewolff/parse/v2"
	htmllex "github.com/tdewolff/parse/v2/html"
)

// An Element is a start tag of an HTML page.
type Element struct {
	Name       string
	Attributes []Attribute
}

// An Attribute is one of an element.
type Attribute struct {
	Name, Value string
	Start, End  int    // where the value is in the page, without its quotes
	written     string // the value as it is in the page
}

// Get returns the value of an attribute, and whether the element has it.
func (e Element) Get(name string) (value string, ok bool) {
	for _, a := range e.Attributes {
		if a.Name == name {
			return a.Value, true
		}
	}
	return "", false
}

// Elements returns the elements of a page, and the texts inside scripts and styles, and whole
// drawings.
func Elements(page []byte) (elements []Element, texts []string) {
	input := parse.NewInputBytes(bytes.Clone(page)) // the lexer changes letters
	lexer := htmllex.NewLexer(input)
	raw := false // inside of script or style
	for {
		token, data := lexer.Next()
		end := input.Offset()
		switch token {
		case htmllex.ErrorToken:
			return elements, texts
		case htmllex.StartTagToken:
			name := strings.ToLower(string(lexer.Text()))
			elements = append(elements, Element{Name: name})
			raw = name == "script" || name == "style"
		case htmllex.AttributeToken:
			value := lexer.AttrVal()
			a := Attribute{Name: strings.ToLower(string(lexer.AttrKey())), Start: end - len(value), End: end}
			if _, ok := unquoted(string(value)); ok {
				a.Start, a.End = a.Start+1, a.End-1
			}
			if a.Start < 0 || a.Start > a.End || len(elements) == 0 {
				continue
			}
			a.written = string(page[a.Start:a.End])
			a.Value = html.UnescapeString(a.written)
			last := &elements[len(elements)-1]
			last.Attributes = append(last.Attributes, a)
		case htmllex.EndTagToken:
			raw = false
		case htmllex.TextToken:
			if raw {
				texts = append(texts, string(data))
			}
		case htmllex.SVGToken, htmllex.MathToken, htmllex.XMLToken:
			texts = append(texts, string(data))
		}
	}
}

// kindOf returns the kind of the reference that an attribute is, or "" if it is none that can
// be replaced.
func (e Element) kindOf(attribute string) Kind {
	switch e.Name + " " + attribute {
	case "script src":
		return Script
	case "script data-wasm": // where load.js of the templates finds its program
		return Program
	case "img src", "input src", "video poster":
		return Image
	case "audio src", "video src", "source src", "track src":
		return Other
	case "link href":
		rel, _ := e.Get("rel")
		as, _ := e.Get("as")
		for _, r := range strings.Fields(strings.ToLower(rel)) {
			switch {
			case r == "stylesheet", r == "preload" && as == "style":
				return Style
			case r == "modulepreload", r == "preload" && as == "script":
				return Script
			case r == "icon", r == "apple-touch-icon":
				return Image
			case r == "preload", r == "manifest":
				return Other
			}
		}
	}
	return ""
}

func inHTML(page []byte) (found Found) {
	elements, texts := Elements(page)
	hasBase := slices.ContainsFunc(elements, func(e Element) bool {
		_, ok := e.Get("href")
		return ok && e.Name == "base"
	})
	for _, e := range elements {
		for _, a := range e.Attributes {
			value := strings.Trim(a.written, " \t\r\n\f")
			kind := e.kindOf(a.Name)
			if kind == "" || hasBase || value == "" {
				found.Loose = append(append(found.Loose, a.Value), pieces(a.Value)...)
				continue
			}
			start := a.Start + strings.Index(a.written, value)
			found.add(start, start+len(value), value, kind)
		}
	}
	for _, text := range texts {
		found.Loose = append(found.Loose, pieces(text)...)
	}
	for n := range found.References {
		found.References[n].URL = html.UnescapeString(found.References[n].URL)
	}
	return found
}
