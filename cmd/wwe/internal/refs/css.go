package refs

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/css"
)

// inCSS finds url(…) and @import "…". In a custom property they are loose, because browsers resolve
// them where the property is used.
func inCSS(content []byte) (found Found) {
	input := parse.NewInputBytes(bytes.Clone(content))
	lexer := css.NewLexer(input)
	isImport, isCustom := false, false
	for {
		token, data := lexer.Next()
		end := input.Offset()
		start := end - len(data)
		switch token {
		case css.ErrorToken:
			return found
		case css.WhitespaceToken, css.CommentToken:
			continue
		case css.AtKeywordToken:
			isImport = strings.EqualFold(string(data), "@import")
			continue
		case css.CustomPropertyNameToken:
			isCustom = true
		case css.SemicolonToken, css.LeftBraceToken, css.RightBraceToken:
			isCustom = false
		case css.URLToken:
			inside := strings.TrimSuffix(string(data[len("url("):]), ")")
			trimmed := strings.Trim(inside, " \t\r\n\f")
			from := start + len("url(") + strings.Index(inside, trimmed)
			if text, ok := unquoted(trimmed); ok {
				from, trimmed = from+1, text
			}
			if isCustom {
				found.Loose = append(found.Loose, trimmed)
			} else {
				found.add(from, from+len(trimmed), trimmed, cssKind(isImport, trimmed))
			}
		case css.StringToken:
			text, ok := unquoted(string(data))
			if ok && isImport {
				found.add(start+1, end-1, text, Style)
			} else {
				found.Loose = append(found.Loose, pieces(string(data))...) // in image-set("…"), for example
			}
		case css.BadStringToken, css.BadURLToken:
			found.Loose = append(found.Loose, pieces(string(data))...)
		}
		isImport = false
	}
}

// unquoted returns the text between the quotes of a string, and whether there are any.
func unquoted(text string) (inside string, ok bool) {
	if len(text) < 2 || text[0] != '"' && text[0] != '\'' || text[len(text)-1] != text[0] {
		return text, false
	}
	return text[1 : len(text)-1], true
}

func cssKind(isImport bool, reference string) Kind {
	before, _ := cutSuffix(reference)
	switch {
	case isImport:
		return Style
	case slices.Contains([]string{".woff", ".woff2", ".ttf", ".otf"}, path.Ext(before)):
		return Other
	}
	return Image
}

// add adds a reference. One that is spelled in a way that its syntax decodes is loose, because it
// could not be replaced.
func (f *Found) add(start, end int, written string, kind Kind) {
	before, _ := cutSuffix(written)
	if strings.ContainsAny(before, "\\&") {
		f.Loose = append(f.Loose, pieces(written)...)
		return
	}
	f.References = append(f.References, Reference{start, end, written, kind})
}
