package standin

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

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

func TestClientHasEveryRequest(t *testing.T) {
	var want []string
	for namespace, names := range requests {
		for name := range strings.FieldsSeq(names) {
			want = append(want, namespace+"."+name)
		}
	}
	require.Len(t, want, 74)

	var got []string
	for _, block := range namespaceBlock.FindAllStringSubmatch(Client, -1) {
		for _, line := range requestLine.FindAllStringSubmatch(block[2], -1) {
			got = append(got, block[1]+"."+line[1])
		}
	}
	assert.ElementsMatch(t, want, got)
}
