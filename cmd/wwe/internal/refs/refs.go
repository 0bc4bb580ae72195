// Package refs finds the references between the files of a page.
package refs

import (
	"bytes"
	"net/url"
	"path"
	"slices"
	"strings"
)

// A Reference is a URL in a file that browsers resolve relative to that file.
type Reference struct {
	Start, End int    // where the URL is in the file, without its quotes
	URL        string // the URL as the browser reads it
	Kind       Kind
}

// A Kind is the purpose of a reference.
type Kind string

// The kinds of references.
const (
	Script  Kind = "script"
	Style   Kind = "style"
	Program Kind = "program" // WebAssembly that a script fetches
	Image   Kind = "image"
	Other   Kind = "other"
)

// Found are the references in a file.
type Found struct {
	References []Reference
	// Loose are texts from which a script may build a URL: whole URLs, and parts such as a
	// folder or an extension.
	Loose []string
	// Program is compiled code, in which strings have no delimiters.
	Program []byte
}

// In finds the references in a file. The extension of its name determines its type.
func In(name string, content []byte) Found {
	switch strings.ToLower(path.Ext(name)) {
	case ".html", ".htm":
		return inHTML(content)
	case ".css":
		return inCSS(content)
	case ".js", ".mjs":
		return inJS(content)
	case ".wasm":
		return Found{Program: content}
	}
	if isBinary(content) {
		return Found{}
	}
	return Found{Loose: pieces(string(content))}
}

// isBinary reports whether a file looks binary, like an image, rather than like text.
func isBinary(content []byte) bool {
	return bytes.IndexByte(content[:min(len(content), 8000)], 0) >= 0
}

// Local resolves a reference in the file named from. It returns the path of the other file relative to
// the top folder. ok is false unless the reference is relative and leads to a file below that folder.
func Local(from, reference string) (name string, ok bool) {
	reference, _ = cutSuffix(reference)
	u, err := url.Parse(reference)
	if err != nil || u.Scheme != "" || u.Host != "" || u.Path == "" || strings.HasPrefix(u.Path, "/") || strings.HasSuffix(u.Path, "/") {
		return "", false
	}
	name = path.Join(path.Dir(from), u.Path)
	return name, name != ".." && !strings.HasPrefix(name, "../")
}

// cutSuffix cuts a URL before its query or fragment.
func cutSuffix(reference string) (before, suffix string) {
	if n := strings.IndexAny(reference, "?#"); n >= 0 {
		return reference[:n], reference[n:]
	}
	return reference, ""
}

// Rename returns the content of a file with new base names in its references. rename returns the
// new base name for a reference, or "" to leave it as it is.
func Rename(content []byte, references []Reference, rename func(Reference) string) []byte {
	var renamed []byte
	done := 0
	for _, r := range references {
		base := rename(r)
		if base == "" {
			continue
		}
		written := string(content[r.Start:r.End])
		before, suffix := cutSuffix(written)
		folder := before[:strings.LastIndexByte(before, '/')+1]
		if folder == "" && strings.Contains(base, ":") {
			folder = "./" // or the name would be a scheme
		}
		renamed = append(renamed, content[done:r.Start]...)
		renamed = append(renamed, folder+url.PathEscape(base)+suffix...)
		done = r.End
	}
	return append(renamed, content[done:]...)
}

// MayName reports whether the content outside of the references may name the file.
func (f Found) MayName(file string) bool {
	if f.Program != nil {
		folder, base := path.Split(file)
		return bytes.Contains(f.Program, []byte(base)) || folder != "" && bytes.Contains(f.Program, []byte(folder))
	}
	return slices.ContainsFunc(f.Loose, func(text string) bool { return mayName(text, file) })
}

// mayName reports whether a script may build the file's name from the text.
func mayName(text, file string) bool {
	text, _ = cutSuffix(text)
	if decoded, err := url.PathUnescape(text); err == nil {
		text = decoded
	}
	if strings.HasSuffix(text, "/"+file) {
		return true // an absolute URL
	}
	for strings.HasPrefix(text, "/") || strings.HasPrefix(text, "./") || strings.HasPrefix(text, "../") {
		_, text, _ = strings.Cut(text, "/")
	}
	if text == "" {
		return false
	}
	if strings.HasSuffix(text, "/") { // a folder, to which a script adds a name
		return strings.HasPrefix(file, text) || strings.Contains(file, "/"+text)
	}
	least := len(path.Ext(file))
	if least == 0 {
		least = len(path.Base(file))
	}
	return len(text) >= least && strings.HasSuffix(file, text) // the end of a name, such as .svg
}

// pieces splits a text of unknown syntax at the characters that URLs do not contain.
func pieces(text string) []string {
	return strings.FieldsFunc(text, func(c rune) bool {
		return c <= ' ' || strings.ContainsRune("\"'`<>(){}[]=,;|\\", c)
	})
}

// literal returns the parts of a script's string that may be names or parts of names. A sentence has
// none: it is returned whole.
func literal(text string) []string {
	fields := strings.Fields(text)
	isList := !slices.ContainsFunc(fields, func(field string) bool { return !strings.ContainsAny(field, "./") })
	if isList || strings.ContainsAny(text, "<>=") || strings.Contains(text, "url(") {
		return append(pieces(text), text)
	}
	return []string{text}
}
