package recording

// shape says what of a JSON value stays as it is; the shape of an array is
// that of its elements. nil is the shape of what does not stay. true, false,
// null, the empty string and the protocol's names of properties stay anywhere.
type shape struct {
	properties map[string]*shape // of an object; those that are not here do not stay
}

var (
	kept      = &shape{} // a string or a number that stays
	whole     = &shape{} // all of it stays, whatever it is
	userData  = &shape{} // of its properties those stay whose keys are allowed
	errorText = &shape{} // stays, without what may identify somebody
	key       = &shape{} // stays if it looks like a key of user data
	property  = &shape{} // stays if it is the name of one of the protocol's properties
	request   = &shape{} // stays if it looks like "namespace.method"
	reference = &shape{} // stays if it looks like a referenceId
	agent     = &shape{} // stays if it is the userAgent of a client or of WWE
	topic     = &shape{} // stays but for the channel of a messenger
)

func object(properties map[string]*shape) *shape { return &shape{properties} }

// shapesOf is a value for each of the names.
func shapesOf(s *shape, names ...string) map[string]*shape {
	m := map[string]*shape{}
	for _, name := range names {
		m[name] = s
	}
	return m
}

// with adds properties to those that m has.
func with(m map[string]*shape, name string, s *shape) map[string]*shape {
	m[name] = s
	return m
}

// propertyNames are those of the protocol. (A string, as commonWords is.)
const propertyNames = " ani autoCloseTimeout backgroundColor button buttonShowDismiss buttons callType callUuid campaign caseId connId contact data destination dialogId " +
	"direction displayName dnis employeeId errorMessage event eventType expiration firstName firstname frameId height iconUrl id identifier interaction " +
	"interactionId interactionUUID isCaseExpanded isCaseSelected isConsultation isMainCaseInteraction jwtToken keyValues label labelColor lastName lastname " +
	"media message mode name operationName options parameters parentInteraction parentInteractionId parties path phone phoneNumber previousState " +
	"protocolVersion recordHandle recordingState referenceId request roles ronaCallState selectedCaseId sendToMyMessage shortLabel startDate started state " +
	"subject subscriptionId timeout title toastId tooltip type userAgent userData userName username value width "

// envelope is what every message has around its parameters and its data.
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
		return whole // WWE's own, of a type that nobody knows
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

// parameterOf returns the shape of a request's parameter number n. Of requests
// that are not here nothing stays.
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

// result returns the shape of the data in the answer to a request.
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
