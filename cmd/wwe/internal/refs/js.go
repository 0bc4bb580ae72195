package refs

import (
	"bytes"
	"io"
	"slices"
	"strings"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/js"
)

// A token is one of a script that is neither space nor comment.
type token struct {
	kind       js.TokenType
	text       string
	start, end int
}

// inJS finds the modules that a script imports, and new URL("…", import.meta.url). All other
// strings are loose. If the script cannot be read for certain, so are all its parts.
func inJS(content []byte) (found Found) {
	tokens, ok := tokensOf(content)
	if !ok {
		return Found{Loose: pieces(string(content))}
	}
	references := map[int]bool{}
	for n := range tokens {
		if at := specifier(tokens, n); at > 0 {
			references[at] = true
		}
	}
	for n, t := range tokens {
		switch {
		case references[n]:
			kind := Script
			if tokens[n-1].text == "(" && tokens[n-2].text == "URL" {
				kind = Other
				if strings.HasSuffix(strings.Trim(t.text, `"'`), ".wasm") {
					kind = Program
				}
			}
			written := t.text[1 : len(t.text)-1]
			if kind == Script && !strings.HasPrefix(written, "./") && !strings.HasPrefix(written, "../") && !strings.Contains(written, ":") {
				found.Loose = append(found.Loose, written) // the name of a package, or absolute
				continue
			}
			found.add(t.start+1, t.end-1, written, kind)
		case t.kind == js.StringToken:
			found.Loose = append(found.Loose, literal(strings.Trim(t.text, `"'`))...)
		case slices.Contains(templates, t.kind):
			text := strings.TrimPrefix(strings.TrimPrefix(t.text, "`"), "}")
			found.Loose = append(found.Loose, literal(strings.TrimSuffix(strings.TrimSuffix(text, "`"), "${"))...)
		}
	}
	return found
}

var templates = []js.TokenType{js.TemplateToken, js.TemplateStartToken, js.TemplateMiddleToken, js.TemplateEndToken}

// specifier returns the index of the string that an import, an export or a new URL which begins at
// a token refers to, or 0.
func specifier(tokens []token, n int) int {
	at := func(n int) token {
		if n < 0 || n >= len(tokens) {
			return token{}
		}
		return tokens[n]
	}
	is := func(n int, texts ...string) bool {
		for i, text := range texts {
			if at(n+i).text != text {
				return false
			}
		}
		return true
	}
	isString := func(n int) bool { return at(n).kind == js.StringToken && len(at(n).text) > 2 }
	if is(n-1, ".") || is(n-1, "?.") {
		return 0
	}
	switch {
	case is(n, "import") && isString(n+1):
		return n + 1
	case is(n, "import", "(") && isString(n+2) && (is(n+3, ")") || is(n+3, ",")):
		return n + 2
	case is(n, "new", "URL", "(") && isString(n+3) && is(n+4, ",", "import", ".", "meta", ".", "url") && (is(n+10, ")") || is(n+10, ",", ")")):
		return n + 3
	case is(n, "import") || is(n, "export", "{") || is(n, "export", "*"):
		for m := n + 1; m < len(tokens); m++ {
			switch {
			case is(m, "from") && isString(m+1):
				return m + 1
			case is(m, "import"), is(m, "export"), is(m, "("), is(m, ";"), is(m, "="), is(m, "."):
				return 0
			}
		}
	}
	return 0
}

// tokensOf splits a script. It reports false if the script is not valid, or if a slash may begin a
// regular expression or divide.
func tokensOf(content []byte) (tokens []token, ok bool) {
	input := parse.NewInputBytes(bytes.Clone(content))
	lexer := js.NewLexer(input)
	var opening []int // indexes of the parentheses that are open
	afterCondition := false
	for {
		kind, data := lexer.Next()
		end := input.Offset()
		switch kind {
		case js.ErrorToken:
			return tokens, lexer.Err() == io.EOF
		case js.WhitespaceToken, js.LineTerminatorToken, js.CommentToken, js.CommentLineTerminatorToken:
			continue
		case js.DivToken, js.DivEqToken:
			isRegExp, certain := beginsRegExp(tokens, afterCondition)
			if !certain {
				return nil, false
			}
			if isRegExp {
				if kind, data = lexer.RegExp(); kind == js.ErrorToken {
					return nil, false
				}
				end = input.Offset()
			}
		case js.OpenParenToken:
			opening = append(opening, len(tokens))
		case js.CloseParenToken:
			if len(opening) == 0 {
				return nil, false
			}
			before := opening[len(opening)-1] - 1
			opening = opening[:len(opening)-1]
			afterCondition = before >= 0 && slices.Contains([]string{"if", "while", "for", "with"}, tokens[before].text) &&
				(before == 0 || tokens[before-1].text != ".")
		}
		tokens = append(tokens, token{kind, string(data), end - len(data), end})
	}
}

// beginsRegExp reports whether a slash after the tokens begins a regular expression, and whether
// that is certain. afterCondition is about the last closing parenthesis.
func beginsRegExp(tokens []token, afterCondition bool) (isRegExp, certain bool) {
	if len(tokens) == 0 {
		return true, true
	}
	last := tokens[len(tokens)-1]
	switch {
	case last.text == ")":
		return afterCondition, true
	case last.text == "}", last.text == "++", last.text == "--":
		return false, false
	case last.text == "]", last.kind == js.StringToken, last.kind == js.TemplateToken, last.kind == js.TemplateEndToken, last.kind == js.RegExpToken, js.IsNumeric(last.kind), last.kind == js.PrivateIdentifierToken:
		return false, true
	case slices.Contains([]string{"this", "super", "null", "true", "false"}, last.text):
		return false, true
	case js.IsReservedWord(last.kind):
		isProperty := len(tokens) > 1 && (tokens[len(tokens)-2].text == "." || tokens[len(tokens)-2].text == "?.")
		return !isProperty, true
	case js.IsIdentifierName(last.kind):
		return false, last.text != "await" && last.text != "yield" && last.text != "of" && last.text != "let"
	}
	return true, true // after an operator
}
