// A WWE that always has the same call, for a page in an iframe. Tests that mount
// a panel a thousand times use it, because it remembers nothing but its subscriptions.
"use strict";

const answers = {
	"interaction.getInteractions": [{
		interactionId: "1", caseId: "1", state: "RINGING", userData: { Segment: "Gold" }, parties: [],
		isMainCaseInteraction: true, media: "voice", ani: "+33 1 40 00 00 01", direction: "IN", callType: "Inbound",
	}],
	"system.getAllowedServices": ["*"],
};
let subscriptions = 0;
var held = new Set();

addEventListener("message", ({ source, origin, data }) => {
	if (data.userAgent !== "WWE Client") {
		return;
	}
	const { request, event, referenceId } = data;
	const answer = { request, referenceId, data: answers[request] ?? null, userAgent: "WWE Server", protocolVersion: 2 };
	if (event === "subscribe") {
		answer.subscriptionId = subscriptions++;
		held.add(answer.subscriptionId);
	} else if (event === "unsubscribe") {
		held.delete(data.data);
	}
	source.postMessage(answer, origin);
});
