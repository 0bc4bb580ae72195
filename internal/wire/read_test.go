package wire

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/internal/jsontext"
)

// readings are those of any request, once.
type readings struct {
	asked []string
	got   any
}

func (r *readings) Reading(ref string) Read {
	r.asked = append(r.asked, ref)
	if len(r.asked) > 1 || ref == "" {
		return nil
	}
	return func(reader *jsontext.Reader) { r.got = reader.Any() }
}

func TestTheDataOfAReplyIsReadWhereItStands(t *testing.T) {
	text := `{"request":"agent.get","referenceId":"7","data":{"a":[1,"b"]},"userAgent":"WWE Server","protocolVersion":2}`
	t.Run("of the request that the message names", func(t *testing.T) {
		r := &readings{}
		m, ok := ParseMessageBy(r, "", text)
		require.True(t, ok)
		assert.True(t, m.Reply.WasRead)
		assert.Empty(t, m.Reply.Data)
		assert.Equal(t, text, m.Reply.Body)
		assert.Equal(t, []string{"7"}, r.asked)
		assert.Equal(t, map[string]any{"a": []any{1.0, "b"}}, r.got)
	})
	t.Run("of the request that the caller knows", func(t *testing.T) {
		r := &readings{}
		reply, _ := ParseOutcome(r, "8", false, `{"data":[true],"userAgent":"WWE Server"}`)
		assert.True(t, reply.WasRead)
		assert.Equal(t, []string{"8"}, r.asked)
		assert.Equal(t, []any{true}, r.got)
	})
	t.Run("of that one although the message names another", func(t *testing.T) {
		reply, _ := ParseOutcome(&readings{}, "8", false, `{"data":[true],"referenceId":"9","userAgent":"WWE Server"}`)
		assert.True(t, reply.WasRead)
	})
	t.Run("and a refusal stays one", func(t *testing.T) {
		reply, _ := ParseOutcome(&readings{}, "8", true, `{"data":[true],"userAgent":"WWE Server"}`)
		assert.True(t, reply.Failed)
	})
	t.Run("and an echo too", func(t *testing.T) {
		_, fromClient := ParseOutcome(&readings{}, "8", false, `{"data":[true],"userAgent":"WWE Client"}`)
		assert.True(t, fromClient)
	})
	t.Run("unless nobody reads it", func(t *testing.T) {
		r := &readings{asked: []string{"another"}}
		m, ok := ParseMessageBy(r, "", text)
		require.True(t, ok)
		assert.False(t, m.Reply.WasRead)
		assert.Equal(t, `{"a":[1,"b"]}`, m.Reply.Data)
	})
}

// Whatever is odd about a message, its data counts as if it had been read by itself.
func TestOddDataIsThereAsText(t *testing.T) {
	for name, text := range map[string]string{
		"null, then not":                        `{"referenceId":"7","data":null,"data":[1],"userAgent":"WWE Server"}`,
		"not null, then null":                   `{"referenceId":"7","data":[1],"data":null,"userAgent":"WWE Server"}`,
		"as deep as can be":                     `{"referenceId":"7","data":` + strings.Repeat("[", 500) + strings.Repeat("]", 500) + `,"userAgent":"WWE Server"}`,
		"of an event that turns out to be none": `{"event":"x","referenceId":"7","data":[1],"event":5,"userAgent":"WWE Server"}`,
		"null":                                  `{"referenceId":"7","data":null,"userAgent":"WWE Server"}`,
		"before the id":                         `{"data":[1],"referenceId":"7","userAgent":"WWE Server"}`,
		"before another id":                     `{"referenceId":"7","data":[1],"referenceId":"8","userAgent":"WWE Server"}`,
		"twice":                                 `{"referenceId":"7","data":[1],"data":[2],"userAgent":"WWE Server"}`,
		"twice, once before the id":             `{"data":[1],"referenceId":"7","data":[2],"userAgent":"WWE Server"}`,
		"of an event":                           `{"event":"interaction","referenceId":"7","data":[1],"userAgent":"WWE Server"}`,
		"of what turns out to be one":           `{"referenceId":"7","data":[1],"event":"interaction","userAgent":"WWE Server"}`,
		"that a reader cannot read":             `{"referenceId":"7","data":[1,1e999],"userAgent":"WWE Server"}`,
		"of a message that breaks off":          `{"referenceId":"7","data":[1],"userAgent":"WWE Server"`,
		"with something after the end":          `{"referenceId":"7","data":[1],"userAgent":"WWE Server"};`,
		"of somebody else than WWE":             `{"referenceId":"7","data":[1],"userAgent":"Mozilla"}`,
		"of our own echo":                       `{"referenceId":"7","data":[1],"userAgent":"WWE Client"}`,
		"of a refusal":                          `{"referenceId":"7","errorMessage":"no","data":[1],"userAgent":"WWE Server"}`,
		"of what turns out to be one too":       `{"referenceId":"7","data":[1],"errorMessage":"no","userAgent":"WWE Server"}`,
	} {
		t.Run(name, func(t *testing.T) { sameWhereItStands(t, text) })
	}
}

func FuzzReadingWhereItStandsIsReadingByItself(f *testing.F) {
	for _, text := range []string{
		`{"referenceId":"1","data":{"a":[{"b":"\ud83d\ude00"}]},"userAgent":"WWE Server"}`,
		`{ "referenceId" : "1" , "data" : [ 1 , 2 ] , "userAgent" : "WWE Server" } `,
		`{"referenceId":1,"data":"x","userAgent":"WWE Server","data":null}`,
	} {
		f.Add(text)
	}
	f.Fuzz(sameWhereItStands)
}

func sameWhereItStands(t *testing.T, text string) {
	want, wantOK := ParseMessage(text)
	r := &readings{}
	got, ok := ParseMessageBy(r, "", text)
	require.Equal(t, wantOK, ok)
	if got.Reply.WasRead {
		require.Equal(t, []string{got.ReferenceID}, r.asked)
		reader := jsontext.NewReader(want.Reply.Data)
		require.Equal(t, reader.Any(), r.got)
		require.NoError(t, reader.Err())
		got.Reply.WasRead, got.Reply.Data = false, want.Reply.Data
	}
	require.Equal(t, want, got)
}
