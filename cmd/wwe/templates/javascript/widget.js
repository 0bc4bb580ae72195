// A widget in plain JavaScript on top of Genesys' own client file. It shows the agent's calls and can
// answer and end them. It saves the reason for a call in the call's user data, and blocks mark done until
// there is a summary.

const WARNING = "Write a summary first.";
const service = /** @type {GenesysService} */ (window.genesys?.wwe?.service); // checked below
const status = find(document, "#status");
const list = find(document, "#calls");
/** @type {Map<string, ReturnType<typeof newCall>>} */
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
		/** @type {GenesysInteraction[]} */ (answer.data).forEach(show);
		count();
	}, fail);
}

// Clients before 2020 lack interaction.accept, and others lack other methods, but sendMessage sends any
// request. Always pass a success callback: without one, the client does not call the failure callback
// either.
/** @type {(name: string, parameters: unknown[], succeeded: (answer: any) => void, failed: (text: string) => void) => void} */
function request(name, parameters, succeeded, failed) {
	const [namespace = "", method = ""] = name.split(".");
	/** @param {GenesysFailure} failure */
	const failing = (failure) => failed(why(failure));
	if (service[namespace]?.[method]) {
		service[namespace][method](...parameters, succeeded, failing);
	} else {
		service.sendMessage({ request: name, parameters }, succeeded, failing);
	}
}

/** @param {{data: GenesysEvent}} event */
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

/** @param {GenesysInteraction} interaction */
function show(interaction) {
	const id = interaction.interactionId;
	const call = calls.get(id) ?? newCall(id);
	if (!calls.has(id)) {
		calls.set(id, call);
		list.append(call.element);
	}
	call.show(interaction);
}

/** @param {string} id */
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
/** @param {string} id */
function newCall(id) {
	const template = /** @type {HTMLTemplateElement} */ (find(document, "#call"));
	const element = find(/** @type {DocumentFragment} */ (template.content.cloneNode(true)), "li");
	const reason = /** @type {HTMLInputElement} */ (find(element, "[name=reason]"));
	const summary = /** @type {HTMLTextAreaElement} */ (find(element, "[name=summary]"));
	let blocked = false;

	/** @param {string} text */
	const say = (text) => { find(element, ".failure").textContent = text; };
	/** @type {(name: string, ...parameters: unknown[]) => void} */
	const ask = (name, ...parameters) => {
		say("");
		request(name, [id, ...parameters], () => {}, say);
	};

	find(element, ".actions").addEventListener("click", ({ target }) => {
		if (target instanceof HTMLElement && target.dataset.request) {
			ask(target.dataset.request);
		}
	});
	find(element, "form").addEventListener("submit", (event) => {
		event.preventDefault();
		ask("interaction.setUserData", { Reason: reason.value });
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
		/** @param {GenesysInteraction} interaction */
		show({ state, ani, dnis, parties, userData }) {
			find(element, "h2").textContent = ani ?? dnis ?? parties?.[0]?.name ?? `Interaction ${id}`;
			find(element, ".state").textContent = state;
			for (const part of /** @type {NodeListOf<HTMLElement>} */ (element.querySelectorAll("[data-states]"))) {
				part.hidden = !part.dataset.states?.split(" ").includes(state);
			}
			// Customers enter these values, so never use innerHTML.
			find(element, "dl").replaceChildren(...Object.entries(userData ?? {}).flatMap(([key, value]) => [
				text("dt", key),
				text("dd", typeof value === "string" ? value : JSON.stringify(value)),
			]));
		},
	};
}

/** @type {(parent: ParentNode, selector: string) => HTMLElement} */
function find(parent, selector) {
	return /** @type {HTMLElement} */ (parent.querySelector(selector)); // it is in index.html
}

/** @type {(tag: string, content: string) => HTMLElement} */
function text(tag, content) {
	const element = document.createElement(tag);
	element.textContent = content;
	return element;
}

/** @param {string} message */
function fail(message) {
	status.className = "failure";
	status.textContent = message;
}

/** @param {GenesysFailure} failure */
function why(failure) {
	return typeof failure === "string" ? failure : failure.errorMessage || "WWE refused without a reason.";
}
