package wwe_test

import (
	_ "embed"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// standInClient is a script that takes the place of Genesys' client file: it defines window.genesys.wwe.service. It holds none
// of that file's text, but was written from a public description of the client: request names, wire format, timeouts, and the
// defects that pages meet. The head of the script names the globals by which a test shortens its timeout, silences its log, or
// makes it an older client.
//
//go:embed testdata/client.js
var standInClient string

// requests lists the 74 request names of the newest known client, by namespace.
var requests = map[string]string{
	"auth":  "getJwtToken",
	"agent": "get getState getStateList setState",
	"interaction": "getInteractions getByInteractionId setUserData deleteUserData selectCaseByCaseId " +
		"markdone blockMarkdone unblockMarkdone accept reject " +
		"singleStepTransfer singleStepConference consult completeTransfer completeConference",
	"voice": "dial dialEx answer hold resume hangUp " +
		"startCallRecording stopCallRecording pauseCallRecording resumeCallRecording",
	"sipEndpoint": "muteMicrophone unmuteMicrophone muteSpeaker unmuteSpeaker isMicrophoneMute isSpeakerMute",
	"email":       "create",
	"media":       "getMediaList getMediaByName setState",
	"outbound": "getCampaigns getListOfCallResults startDirectPushPreview stopDirectPushPreview getPreviewRecord " +
		"getChainedRecords getRecordFields rejectPreviewRecord cancelPreviewRecord cancelReschedule getCallResult " +
		"setDoNotCall removeDoNotCall updateRecordFields callPreviewRecord rescheduleRecord setCallResult",
	"system": "getAllowedServices triggerActivity popupToast updateToast closeToast openDialog closeDialog " +
		"updateViewInApplicationMenuBar closeViewInApplicationMenuBar " +
		"amIVisible isFrameLeading isFrameFollowing isFrameNegotiating isFrameLeadingOrNegotiating isLastActiveFrame",
	"messenger":     "broadcastMessage",
	"configuration": "getOption",
}

// The script's table has one block per namespace, `name: {`, and one line per request, `name: 'parameters'`.
var (
	namespaceBlock = regexp.MustCompile(`(?s)\n    (\w+): \{\n(.*?)\n    \}`)
	requestLine    = regexp.MustCompile(`(?m)^      (\w+): '[\w ?]*',?$`)
)

func TestTheStandInHasEveryRequest(t *testing.T) {
	var want []string
	for namespace, names := range requests {
		for name := range strings.FieldsSeq(names) {
			want = append(want, namespace+"."+name)
		}
	}
	require.Len(t, want, 74)

	var got []string
	for _, block := range namespaceBlock.FindAllStringSubmatch(standInClient, -1) {
		for _, line := range requestLine.FindAllStringSubmatch(block[2], -1) {
			got = append(got, block[1]+"."+line[1])
		}
	}
	assert.ElementsMatch(t, want, got)
}

// The script's table of what came later has one line for each year, which may go on: `2020: 'auth interaction.accept ' +`.
var (
	laterBlock = regexp.MustCompile(`(?s)var since = \{\n(.*?)\n  \};`)
	laterYear  = regexp.MustCompile(`(?s)(\d{4}): ((?:'[^']*'[ +\n]*)+)`)
	quotedText = regexp.MustCompile(`'([^']*)'`)
)

func TestOlderStandInsLackWhatCameLater(t *testing.T) {
	block := laterBlock.FindStringSubmatch(standInClient)
	require.NotNil(t, block)
	later := map[string][]string{}
	for _, line := range laterYear.FindAllStringSubmatch(block[1], -1) {
		for _, text := range quotedText.FindAllStringSubmatch(line[2], -1) {
			later[line[1]] = append(later[line[1]], strings.Fields(text[1])...)
		}
	}
	lacks := map[string]int{}
	for year, names := range later {
		for _, name := range names {
			namespace, method, single := strings.Cut(name, ".")
			require.Contains(t, requests, namespace, name)
			if single {
				require.Contains(t, strings.Fields(requests[namespace]), method, name)
				lacks[year]++
			} else {
				lacks[year] += len(strings.Fields(requests[namespace]))
			}
		}
	}
	assert.Equal(t, map[string]int{"2017": 12, "2020": 4, "2021": 22, "2022": 3, "2023": 6}, lacks)
}
