// A widget in plain JavaScript on top of Genesys' own client file. It shows the agent's calls and can
// answer and end them. It saves the reason for a call in the call's user data, and blocks mark done until
// there is a summary.

const WARNING = "Write a summary first.";
const service = window.genesys?.wwe?.service;
const status = document.getElementById("status");
const list = document.getElementById("calls");
const calls = new Map(); // the calls on the page, by interactionId

if (!service) {
	fail("wwe-service-client-api.js is missing. Get the file from Genesys and put it beside this page.");
} else if (!service.subscribe || !service.sendMessage) {
	fail("wwe-service-client-api.js is not one that this page can use. Get the file of 2016 or later from Genesys.");
} else if (window.parent === window) {
	fail("This page is a widget: show it inside WWE.");
} else {
	// Subscribe first. WWE answers in order, so every change after the snapshot arrives as an event.
	service.subscribe(["interaction", "markdone"], onEvent);
	request("interaction.getInteractions", [], (answer) => {
		answer.data.forEach(show);
		count();
	}, fail);
}

// Clients before 2020 lack interaction.accept, and others lack other methods, but sendMessage sends any
// request. Always pass a success callback: without one, the client does not call the failure callback
// either.
function request(name, parameters, succeeded, failed) {
	const [namespace, method] = name.split(".");
	const failing = (failure) => failed(why(failure));
	if (service[namespace]?.[method]) {
		service[namespace][method](...parameters, succeeded, failing);
	} else {
		service.sendMessage({ request: name, parameters }, succeeded, failing);
	}
}

function onEvent({ data }) {
	if (!data.interaction) {
		return; // CASE_SELECTED, CASE_EXPANDED and CASE_COLLAPSED contain only a case
	}
	const { interactionId } = data.interaction;
	switch (data.eventType) {
	case "MARKDONE_APPLY": // WWE waits data.timeout milliseconds for a widget to block it
		calls.get(interactionId)?.guard();
		break;
	case "MARK_DONE":
		remove(interactionId);
		break;
	case "RELEASED": // either the call is over, or it waits to be marked done
		request("interaction.getByInteractionId", [interactionId], (answer) => {
			answer.data ? show(answer.data) : remove(interactionId);
		}, fail);
		break;
	default:
		show(data.interaction);
	}
	count();
}

function show(interaction) {
	const id = interaction.interactionId;
	if (!calls.has(id)) {
		calls.set(id, newCall(id));
		list.append(calls.get(id).element);
	}
	calls.get(id).show(interaction);
}

function remove(id) {
	calls.get(id)?.element.remove();
	calls.delete(id);
	count();
}

function count() {
	status.className = "";
	status.textContent = calls.size === 0 ? "No calls." : calls.size === 1 ? "1 call" : `${calls.size} calls`;
}

// A call on the page. Its element is created once and then updated, because the agent may be typing in
// it.
function newCall(id) {
	const element = document.getElementById("call").content.cloneNode(true).firstElementChild;
	const find = (selector) => element.querySelector(selector);
	const summary = find("[name=summary]");
	let blocked = false;

	const say = (text) => { find(".failure").textContent = text; };
	const ask = (name, ...parameters) => {
		say("");
		request(name, [id, ...parameters], () => {}, say);
	};

	find(".actions").addEventListener("click", ({ target }) => {
		if (target.dataset.request) {
			ask(target.dataset.request);
		}
	});
	find("form").addEventListener("submit", (event) => {
		event.preventDefault();
		ask(event.target.dataset.request, { Reason: event.target.reason.value });
	});
	summary.addEventListener("input", () => {
		if (blocked && summary.value.trim()) {
			blocked = false;
			ask("interaction.unblockMarkdone");
		}
	});

	return {
		element,
		guard() {
			if (!summary.value.trim()) { // a real widget would also save the summary
				blocked = true;
				ask("interaction.blockMarkdone", WARNING);
				say(WARNING);
			}
		},
		show({ state, ani, dnis, parties, userData }) {
			find("h2").textContent = ani ?? dnis ?? parties?.[0]?.name ?? `Interaction ${id}`;
			find(".state").textContent = state;
			for (const part of element.querySelectorAll("[data-states]")) {
				part.hidden = !part.dataset.states.split(" ").includes(state);
			}
			// Customers enter these values, so never use innerHTML.
			find("dl").replaceChildren(...Object.entries(userData ?? {}).flatMap(([key, value]) => [
				text("dt", key),
				text("dd", typeof value === "string" ? value : JSON.stringify(value)),
			]));
		},
	};
}

function text(tag, content) {
	const element = document.createElement(tag);
	element.textContent = content;
	return element;
}

function fail(message) {
	status.className = "failure";
	status.textContent = message;
}

// A refusal by WWE is an object. The client's own timeout is the string 'Request timeout'.
function why(failure) {
	return typeof failure === "string" ? failure : failure.errorMessage || "WWE refused without a reason.";
}
