// A WWE that holds as many interactions as it is told to, and answers nothing before.
"use strict";

let interactions, isSilent = true, post;
const waiting = [];

// working marks the task as one of this page: the panel's page may share its thread.
const working = () => performance.mark("wwe");

function answer({ request, event, referenceId }) {
	working();
	const reply = { request, referenceId, data: null, userAgent: "WWE Server", protocolVersion: 2 };
	if (event === "subscribe") {
		reply.subscriptionId = "1";
	} else if (request === "interaction.getInteractions") {
		reply.data = interactions;
	} else if (request === "system.getAllowedServices") {
		reply.data = ["*"];
	}
	post(reply);
}

addEventListener("message", ({ source, origin, data }) => {
	if (data.userAgent !== "WWE Client") {
		return;
	}
	post = (message) => source.postMessage(message, origin);
	if (isSilent) {
		waiting.push(data);
	} else {
		answer(data);
	}
});

// hold has WWE hold so many calls, each in a case of its own.
function hold(count) {
	interactions = Array.from({ length: count }, (_, n) => ({
		interactionId: String(n), caseId: `case ${n}`, parentInteractionId: "", interactionUUID: `uuid ${n}`, connId: `0${n}`,
		state: "TALKING", previousState: "RINGING", media: "voice", ani: `+33 1 ${n}`, dnis: "1001", direction: "IN", callType: "Inbound",
		isConsultation: false, isMainCaseInteraction: true, isCaseSelected: n === 0, isCaseExpanded: n === 0,
		parties: [{ name: `+33 1 ${n}`, identifier: `+33 1 ${n}`, phoneNumber: `+33 1 ${n}` }],
		userData: Object.fromEntries(Array.from({ length: 10 }, (_, key) => [`Key${key}`, `The value ${key} of the call ${n}`])),
	}));
}

// speak has WWE answer.
function speak() {
	isSilent = false;
	waiting.splice(0).forEach(answer);
}

// happen changes a call and tells the page of it.
function happen(n, eventType, change) {
	working();
	Object.assign(interactions[n], change);
	post({ event: "interaction", data: { eventType, interaction: interactions[n] }, userAgent: "WWE Server", protocolVersion: 2 });
}

// burst has so many data events of one call happen, one every few milliseconds.
async function burst(count) {
	for (let n = 0; n < count; n++) {
		happen(5, "ATTACHED_DATA_CHANGED", { userData: { Count: String(n) } });
		await new Promise((next) => setTimeout(next, 10));
	}
}
