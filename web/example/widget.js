// A widget in plain JavaScript over Genesys' own client file: it shows the agent's calls, takes and ends them, saves the
// reason of a call in its user data, and does not let a call be marked done without a summary.

const WARNING = "Write a summary first.";
const service = window.genesys?.wwe?.service;
const status = document.getElementById("status");
const list = document.getElementById("calls");
const calls = new Map(); // what is on the page, by interactionId

if (!service) {
	fail("wwe-service-client-api.js is missing. Get the file from Genesys and put it beside this page.");
} else if (!service.subscribe || !service.sendMessage) {
	fail("wwe-service-client-api.js is not one that this page can use. Get the file of 2016 or later from Genesys.");
} else if (window.parent === window) {
	fail("This page is a widget: show it inside WWE.");
} else {
	// In this order, because WWE answers in order: what happens after the reading comes as an event.
	service.subscribe(["interaction", "markdone"], onEvent);
	request("interaction.getInteractions", [], (answer) => {
		answer.data.forEach(show);
		count();
	}, fail);
}

// Clients before 2020 have no interaction.accept, others lack other methods; sendMessage takes every request.
// Without a callback for success the client calls none for failure either.
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
		return; // CASE_SELECTED, CASE_EXPANDED and CASE_COLLAPSED name a case only
	}
	const { interactionId } = data.interaction;
	switch (data.eventType) {
	case "MARKDONE_APPLY": // WWE waits data.timeout milliseconds for us to block it
		calls.get(interactionId)?.guard();
		break;
	case "MARK_DONE":
		remove(interactionId);
		break;
	case "RELEASED": // is it over, or does it wait to be marked done?
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

// One call on the page, made once and then changed: the agent may be typing there.
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
			if (!summary.value.trim()) { // a widget of yours would also save the summary
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
			// Customers type these: never innerHTML.
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

// A refusal by WWE is an object; the client's own time-out is the string 'Request timeout'.
function why(failure) {
	return typeof failure === "string" ? failure : failure.errorMessage || "WWE refused without a reason.";
}
