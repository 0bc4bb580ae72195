package wwe

import (
	"fmt"
	"strings"
	"testing"

	"wwebridge/internal/jsontext"
)

// BenchmarkDecodingTwentyInteractions decodes about 25 kB, as
// interaction.getInteractions brings them on a busy day.
func BenchmarkDecodingTwentyInteractions(b *testing.B) {
	var list []string
	for n := range 20 {
		var data []string
		for key := range 20 {
			data = append(data, fmt.Sprintf(`"Key%02d":"value %d of %d"`, key, key, n))
		}
		list = append(list, fmt.Sprintf(`{"interactionId":"%d","caseId":"bf1b3376-2858-4635-1c3f-b7dd21334c%02d","parentInteractionId":null,`+
			`"userData":{%s},"state":"TALKING","previousState":"RINGING",`+
			`"parties":[{"name":"1002","identifier":"1002","phoneNumber":"1002"},{"name":"Ann Lee","identifier":"ann","phoneNumber":"1003",`+
			`"type":"AGENT","username":"ann","firstname":"Ann","lastname":"Lee","path":"/users/1a2b"}],`+
			`"interactionUUID":"UIVB8J","callUuid":"UIVB8J","isConsultation":false,"direction":"OUT","callType":"INTERNAL","dnis":"1002",`+
			`"isMainCaseInteraction":true,"isCaseSelected":true,"isCaseExpanded":true,"media":"voice",`+
			`"contact":{"displayName":"Ann Lee","firstname":"Ann","lastname":"Lee"}}`, n, n, strings.Join(data, ",")))
	}
	text := "[" + strings.Join(list, ",") + "]"
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		r := jsontext.NewReader(text)
		if got := readInteractions(r); len(got) != 20 || r.Err() != nil {
			b.Fatal(len(got), r.Err())
		}
	}
}
