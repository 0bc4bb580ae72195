package recording

// shape describes which parts of a JSON value a Redactor keeps. The shape of an array
// is the shape of its elements. A nil shape keeps nothing. Regardless of the shape, the
// Redactor keeps true, false, null, the empty string and the protocol's property names.
type shape struct {
	properties map[string]*shape // of an object; properties without a shape are not kept
}

var (
	kept      = &shape{} // keeps a string or a number
	whole     = &shape{} // keeps any value completely
	userData  = &shape{} // keeps the properties with allowed keys
	errorText = &shape{} // keeps a text except for words that may identify a person
	key       = &shape{} // keeps a string that looks like a key of user data
	property  = &shape{} // keeps a string that is the name of one of the protocol's properties
	request   = &shape{} // keeps a string that looks like "namespace.method"
	reference = &shape{} // keeps a string that looks like a referenceId
	agent     = &shape{} // keeps the userAgent of a client or of WWE
	topic     = &shape{} // keeps a topic except for the channel of a messenger
)

func object(properties map[string]*shape) *shape { return &shape{properties} }

// shapesOf returns a map from each name to s.
func shapesOf(s *shape, names ...string) map[string]*shape {
	m := map[string]*shape{}
	for _, name := range names {
		m[name] = s
	}
	return m
}

// with adds a property to m and returns m.
func with(m map[string]*shape, name string, s *shape) map[string]*shape {
	m[name] = s
	return m
}

// propertyNames lists the protocol's properties. It is a string for the same reason as
// commonWords.
const propertyNames = " ani autoCloseTimeout backgroundColor button buttonShowDismiss buttons callType callUuid campaign caseId connId contact data destination dialogId " +
	"direction displayName dnis employeeId errorMessage event eventType expiration firstName firstname frameId height iconUrl id identifier interaction " +
	"interactionId interactionUUID isCaseExpanded isCaseSelected isConsultation isMainCaseInteraction jwtToken keyValues label labelColor lastName lastname " +
	"media message mode name operationName options parameters parentInteraction parentInteractionId parties path phone phoneNumber previousState " +
	"protocolVersion recordHandle recordingState referenceId request roles ronaCallState selectedCaseId sendToMyMessage shortLabel startDate started state " +
	"subject subscriptionId timeout title toastId tooltip type userAgent userData userName username value width "

// envelope returns the shape of a message's property other than parameters and data.
func envelope(name string) *shape {
	switch name {
	case "request":
		return request
	case "event":
		return topic
	case "referenceId":
		return reference
	case "userAgent":
		return agent
	case "protocolVersion":
		return kept
	case "subscriptionId", "frameId":
		return whole // WWE's own values, whose type is not documented
	case "errorMessage":
		return errorText
	}
	return nil
}

func mediaState() *shape { return object(shapesOf(kept, "type", "displayName", "operationName")) }

func media() *shape {
	return object(with(shapesOf(kept, "media", "name"), "state", mediaState()))
}

func interaction() *shape {
	properties := shapesOf(kept, "interactionId", "parentInteractionId", "parentInteraction", "caseId", "state", "previousState",
		"media", "direction", "callType", "recordingState", "ronaCallState")
	return object(with(with(properties, "userData", userData), "parties", object(shapesOf(kept, "type"))))
}

func target() *shape { return object(shapesOf(kept, "type", "media")) }

// parameterOf returns the shape of parameter n of a request. It returns nil for an
// unknown request.
func parameterOf(request string, n int) *shape {
	var shapes []*shape
	switch request {
	case "interaction.setUserData", "outbound.updateRecordFields":
		shapes = []*shape{kept, userData}
	case "interaction.deleteUserData":
		shapes = []*shape{kept, key}
	case "interaction.consult", "interaction.singleStepTransfer", "interaction.singleStepConference":
		shapes = []*shape{kept, target(), userData, userData}
	case "voice.dial", "voice.dialEx", "email.create":
		shapes = []*shape{nil, userData, userData}
	case "media.setState", "outbound.callPreviewRecord", "outbound.setCallResult":
		shapes = []*shape{kept, kept}
	case "outbound.rescheduleRecord":
		shapes = []*shape{kept, kept, nil, kept}
	case "interaction.getByInteractionId", "interaction.selectCaseByCaseId", "interaction.accept", "interaction.reject",
		"interaction.markdone", "interaction.blockMarkdone", "interaction.unblockMarkdone",
		"interaction.completeTransfer", "interaction.completeConference",
		"voice.answer", "voice.hold", "voice.resume", "voice.hangUp", "voice.startCallRecording", "voice.stopCallRecording",
		"voice.pauseCallRecording", "voice.resumeCallRecording",
		"outbound.getPreviewRecord", "outbound.getChainedRecords", "outbound.getRecordFields", "outbound.rejectPreviewRecord",
		"outbound.cancelPreviewRecord", "outbound.cancelReschedule", "outbound.getCallResult", "outbound.setDoNotCall",
		"outbound.removeDoNotCall",
		"agent.setState", "media.getMediaByName":
		shapes = []*shape{kept} // an id, or the name of a state, a media or a campaign
	}
	if n < len(shapes) {
		return shapes[n]
	}
	return nil
}

// result returns the shape of the data in the reply to a request.
func result(request string) *shape {
	switch request {
	case "interaction.getInteractions", "interaction.getByInteractionId":
		return interaction()
	case "agent.get":
		return object(shapesOf(kept, "roles"))
	case "agent.getState", "agent.getStateList":
		return mediaState()
	case "media.getMediaList", "media.getMediaByName":
		return media()
	case "outbound.getCampaigns":
		return object(shapesOf(kept, "campaign", "mode"))
	case "system.getAllowedServices":
		return kept
	}
	return nil
}

// eventData returns the shape of the data of a topic's events.
func eventData(topic string) *shape {
	switch topic {
	case "interaction", "markdone":
		properties := shapesOf(kept, "eventType", "selectedCaseId", "caseId", "timeout")
		return object(with(properties, "interaction", interaction()))
	case "agent":
		return mediaState()
	case "media":
		return media()
	case "outbound":
		return object(shapesOf(kept, "eventType", "campaign", "mode"))
	case "system":
		return object(shapesOf(kept, "eventType"))
	}
	return nil
}
