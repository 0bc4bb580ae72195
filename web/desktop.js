// window.wweHost: the simulated WWE for scripts and the console. github.com/norunners/vert passes
// arguments and results between JavaScript and Go by value, if their properties are known. User data and
// other values with arbitrary properties pass as JSON text. This file checks every value before it passes
// it to Go, because vert checks nothing. It also throws the errors, because Go cannot.
"use strict";

{
	const id = "the id of an interaction", work = (options) => ({ options: `?an object: {${options}, userData, contact}` });
	const campaign = "the name of a campaign", target = { id, options: "a number, or a target: {type, destination, media}" };
	// The arguments of each function, with their descriptions for errors. "?" marks an optional argument.
	const functions = {
		ring: work("ani, dnis"), dial: work("dnis, ani"), chat: work("from, media, conference"), email: work("from, to, subject"),
		transferIn: { ...work("ani, dnis"), from: "an object, and the name of the colleague who transfers" },
		compose: work("to, subject"), workItem: work("from, media"), preview: work("campaign, phone"),
		pull: { uuid: "the interactionUUID of what workbin() has" }, workbin: {},
		answer: { id }, reject: { id }, hold: { id }, resume: { id }, hangUp: { id }, markDone: { id }, actions: { id },
		do: { id, action: "an action" }, interactions: {}, interaction: { id },
		setUserData: { id, userData: "an object of keys and values" }, deleteUserData: { id, key: "a key" },
		addParty: { id, options: "a party: {name, phoneNumber, username, firstName, lastName}" }, removeParty: { id, name: "the name of a party" },
		selectCase: { id: "the id of a case" },
		agentState: { state: "?the operation name of a state" }, mediaState: { media: "the name of a media", state: "?the operation name of a state" },
		config: {}, configure: { config: "an object: {rateLimit, silentRefusal, …}, as config() gives it" },
		fault: { options: "an object: {request, topic, kind, next, probability, refuse, data, delay, count}" }, faults: {}, clearFaults: {},
		consult: target, transfer: target, conference: target, completeTransfer: { id }, completeConference: { id },
		toasts: {}, pressToast: { id: "the id of a toast", button: "a button" }, closeToast: { id: "the id of a toast" },
		dialogs: {}, closeDialog: { id: "the id of a dialog" }, views: {}, post: { text: "a text that begins with wwe" },
		loadCampaign: { campaign: "a campaign: {name, mode, records: [[{phone, fields}]]}" },
		startCampaign: { name: campaign }, unloadCampaign: { name: campaign }, recordOutcome: { id },
		emit: { topic: "a topic", data: "?anything" }, restart: {}, requests: {}, messages: {}, reset: {},
	};
	// These wait about a second for a widget that may block mark done.
	const waits = ["do", "markDone"];

	const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
	// crossing returns the value to pass to Go, or undefined if the value has the wrong type. like is the
	// zero value of the Go type. If like has a property json, the value passes as JSON text. If it also has
	// isObject, the value must be an object.
	const crossing = (value, like, of, path) => {
		if (like.json !== undefined) {
			const json = JSON.stringify(value);
			return like.isObject === undefined || json?.startsWith("{") ? { json } : undefined;
		}
		if (isObject(like)) {
			return isObject(value) ? properties(value, like, of, path && `${path}.`) : undefined;
		}
		return typeof value === typeof like && (typeof value !== "number" || Number.isFinite(value)) ? value : undefined;
	};
	const properties = (object, like, of, path) => {
		const result = { __proto__: null };
		for (const [name, value] of Object.entries(object)) {
			if (value === undefined) {
				continue;
			}
			if (!Object.hasOwn(like, name)) {
				throw new Error(`${of} knows no option ${path}${name}`);
			}
			if (value === null) {
				continue;
			}
			result[name] = crossing(value, like[name], of, path + name);
			if (result[name] === undefined) {
				throw new Error(`${of}: ${path}${name} has the wrong type`);
			}
		}
		return result;
	};
	// recorded returns the known arguments as JSON, for a copy of the steps as a test.
	const recorded = (name, values) => {
		const known = values.slice(0, Object.keys(functions[name]).length);
		return JSON.stringify(known.slice(0, known.findLastIndex((value) => value !== undefined && value !== null) + 1));
	};
	const call = (name, values, settle) => {
		if (!window.wweHostCall) {
			throw new Error("wweHost is still loading");
		}
		const like = window.wweHostCall.takes[name], result = { __proto__: null };
		for (const [n, [argument, words]] of Object.entries(functions[name]).entries()) {
			let value = values[n];
			if (value === undefined || value === null) {
				if (words.startsWith("?")) {
					continue;
				}
			} else if (functions[name] === target && argument === "options" && typeof value === "string") {
				value = { destination: value };
			}
			if (value !== undefined && value !== null) {
				result[argument] = crossing(value, like[argument], name, argument === "options" ? "" : argument);
			}
			if (result[argument] === undefined) {
				throw new Error(`${name} takes ${words.replace("?", "")}`);
			}
		}
		return window.wweHostCall(name, result, settle, recorded(name, values));
	};
	const outcome = ({ error, json, result }) => {
		if (error) {
			throw new Error(error);
		}
		return json ? JSON.parse(json) : result;
	};
	window.wweHost = Object.fromEntries(Object.keys(functions).map((name) => [name, waits.includes(name)
		? (...args) => new Promise((resolve) => { call(name, args, resolve); }).then(outcome)
		: (...args) => outcome(call(name, args))]));
}

// The functions below are for Go. Each JavaScript object that Go refers to costs more than a message, and
// there may be ten thousand messages.

// Posts JSON text to a window as its value, and other text as a string.
window.wwePostText = (to, text, origin) => {
	let message = text;
	try {
		message = JSON.parse(text);
	} catch { /* as it is */ }
	try {
		to.postMessage(message, origin);
	} catch { /* the iframe has just been removed */ }
};

// Removes the first rows of the log and appends others. Each row is given as its class and the texts of
// its columns.
window.wweLogRows = (list, excess, rows) => {
	while (excess-- > 0) {
		list.firstElementChild.remove();
	}
	const element = (tag, className, ...children) => {
		const e = document.createElement(tag);
		e.className = className;
		e.append(...children); // strings become text nodes
		return e;
	};
	list.append(...JSON.parse(rows).map(([classes, time, who, name, text, pair]) => {
		const summary = element("summary", "",
			element("time", "", time), element("span", "way", who), element("span", "name", name), element("code", "", text), element("span", "pair", pair));
		summary.tabIndex = -1; // reached with arrow keys, because five hundred tab stops are too many
		return element("li", classes, element("details", "", summary));
	}));
};
