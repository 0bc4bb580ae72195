package wwe

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"wwebridge/internal/jsontext"
)

func TestOfPropertiesThatOccurTwiceTheLastCounts(t *testing.T) {
	i := readInteraction(jsontext.NewReader(`{"interactionId":"1","parties":[{"name":"a"},{"name":"b"}],"ani":"1","ani":"2","parties":[{"name":"c"}]}`))
	assert.Equal(t, []Party{{Name: "c"}}, i.Parties)
	assert.Equal(t, "2", i.ANI)
}
