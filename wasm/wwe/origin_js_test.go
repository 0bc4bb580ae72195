package wwe_test

import (
	"strings"
	"syscall/js"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestOriginsAreWhatTheBrowserSays(t *testing.T) {
	for text, is := range origins {
		said := browserOrigin(text)
		assert.Equal(t, is, said == text && strings.HasPrefix(said, "http"), "%q is %q", text, said)
	}
}

// browserOrigin gives the origin of a URL, "" if it is none.
func browserOrigin(url string) (origin string) {
	defer func() {
		if _, thrown := recover().(js.Error); thrown {
			origin = ""
		}
	}()
	return js.Global().Get("URL").New(url).Get("origin").String()
}
