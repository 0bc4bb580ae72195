// A widget in an iframe on another site, hence in a process of its own, and around it a WWE that answers it.
import { reply } from "./data.js";

const state = { type: "READY", displayName: "Ready", operationName: "Ready" };

export class Visit {
	#iframe = Object.assign(document.createElement("iframe"), { allow: "cross-origin-isolated" }); // for times of 5 µs there too
	#interactions;
	#waiting = {};

	constructor(interactions) {
		this.#interactions = interactions;
		addEventListener("message", this.#receive);
	}

	// open gives the milliseconds from navigation until the page has shown the first interaction: all, until main of the panel's
	// program ran (NaN for other pages), and those that the browser took to draw the first interaction when the page had it.
	async open(url) {
		const told = this.told("shown");
		const began = performance.timeOrigin + performance.now();
		this.#iframe.src = url;
		document.body.prepend(this.#iframe);
		const { running, drawing, shown, isolated } = await told;
		if (!isolated) {
			throw new Error("times would be too coarse");
		}
		return { all: shown - began, running: running - began, drawing };
	}

	// took gives the milliseconds that something takes on the page: "frame", an answer and then the next frame, when the page has
	// nothing else to do; "second", a second panel until it shows the first interaction.
	async took(what) {
		const told = this.told(what);
		this.post({ bench: what });
		return (await told).took;
	}

	// hold has WWE hold other interactions from now on.
	hold(interactions) { this.#interactions = interactions; }

	told(what) { return new Promise((resolve) => { this.#waiting[what] = resolve; }); }

	post(message) { this.#iframe.contentWindow.postMessage(message, "*"); }

	close() {
		removeEventListener("message", this.#receive);
		this.#iframe.remove();
	}

	#receive = ({ data, source, origin }) => {
		if (source !== this.#iframe.contentWindow) {
			return;
		}
		if (data.bench === "asked") {
			this.post({ bench: "answer" });
		} else if (data.bench) {
			this.#waiting[data.bench]?.(data);
		} else if (data.userAgent === "WWE Client") {
			source.postMessage(reply(data, this.#answer(data.request)), origin);
		}
	};

	#answer(request) {
		return {
			"interaction.getInteractions": this.#interactions,
			"system.getAllowedServices": ["*"],
			"agent.get": { employeeId: "1", firstname: "Ada", lastname: "Agent", username: "ada" },
			"agent.getState": state,
			"agent.getStateList": [state],
			"media.getMediaList": [{ media: "voice", state }],
		}[request] ?? null;
	}
}

// widget is the address of a contestant's page. Each name is a site of its own, with its own process and its own caches.
export function widget(contestant, name) {
	const port = new URLSearchParams(location.search).get("widgets");
	return `http://${contestant}-${name}.localhost:${port}/`;
}
