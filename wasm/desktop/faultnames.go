package main

import "wwebridge/wasm/wwetest"

// faultNames are the names of faults on the page. Scripts use the identifiers.
var faultNames = map[wwetest.FaultKind]string{
	wwetest.FaultKindIgnore:     "WWE ignores it",
	wwetest.FaultKindSilence:    "WWE falls silent",
	wwetest.FaultKindRefuse:     "WWE refuses",
	wwetest.FaultKindData:       "WWE answers with other data",
	wwetest.FaultKindDrop:       "The answer is lost",
	wwetest.FaultKindDelay:      "The answer comes late",
	wwetest.FaultKindTwice:      "The answer comes twice",
	wwetest.FaultKindReorder:    "Messages overtake each other",
	wwetest.FaultKindWrongType:  "The data has the wrong type",
	wwetest.FaultKindWrongID:    "The answer belongs to no request",
	wwetest.FaultKindTruncated:  "The answer is cut off",
	wwetest.FaultKindHuge:       "The answer is very large",
	wwetest.FaultKindBurst:      "A burst of events comes first",
	wwetest.FaultKindEventFirst: "An event comes before the answer",
	wwetest.FaultKindRestart:    "WWE reloads instead of answering",
	wwetest.FaultKindForge:      "Another page forges the answer",
}
