// The data of all contestants: interactions as WWE sends them.

export function interactions(count, keys, nested = true) {
	return Array.from({ length: count }, (_, n) => interaction(n + 1, keys, nested));
}

export function interaction(n, keys, nested = true) {
	const userData = { IW_CaseUid: uuid(n), IW_BundleUid: uuid(n + 1000) };
	for (let k = 0; k < keys - 2; k++) {
		userData[`Key${String(k).padStart(2, "0")}`] = `value ${k} of the call ${n}`;
	}
	if (nested) { // WWE has such beside the strings
		userData.Key03 = { name: "1003", state: "Talking" };
	}
	return {
		interactionId: String(n),
		caseId: uuid(n),
		parentInteractionId: null,
		userData,
		state: "TALKING",
		previousState: "RINGING",
		parties: [{ name: "1002", identifier: "1002", phoneNumber: "1002" }],
		contact: { displayName: "Zoë Müller", firstname: "Zoë", lastname: "Müller" },
		interactionUUID: `UIVB8J${n}`,
		callUuid: `UIVB8J${n}`,
		isConsultation: false,
		direction: "IN",
		callType: "INBOUND",
		ani: "+33140000001",
		dnis: "1002",
		isMainCaseInteraction: true,
		isCaseSelected: n === 1,
		isCaseExpanded: n === 1,
		media: "voice",
	};
}

function uuid(n) {
	return `bf1b3376-2858-4635-1c3f-${String(n).padStart(12, "0")}`;
}

// reply answers a request as WWE would, whoever asks.
export function reply({ request, event, referenceId }, data) {
	const message = { request, referenceId, data, userAgent: "WWE Server", protocolVersion: 2 };
	if (event) {
		delete message.request;
		message.subscriptionId = 0;
	}
	return message;
}

export function eventOf(interaction) {
	return {
		event: "interaction", data: { eventType: "ATTACHED_DATA_CHANGED", interaction }, userAgent: "WWE Server", protocolVersion: 2,
	};
}
