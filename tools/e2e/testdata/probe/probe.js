// A widget that keeps what WWE sends to it, and what the client makes of that.
"use strict";

var raw = []; // the JSON text of each message, as it came
var answers = []; // to each request {succeeded: [message…], failed: [message…]}
var handled = []; // [topic, data] of each event that the client gave to its handler
window.__standinDebug = false; // the log of every message is not what is tested
window.__standinOld = location.search.includes("old");

// Registered before the client's listener, which takes the referenceId out of the message.
window.addEventListener("message", (event) => raw.push(JSON.stringify(event.data)));

// ask sends a request in one of the two ways that the client has, and returns the place of its answer.
function ask(way, request, parameters) {
	const [succeeded, failed] = callbacks();
	if (way === "sendMessage") {
		genesys.wwe.service.sendMessage({ request, parameters }, succeeded, failed);
	} else {
		const [namespace, method] = request.split(".");
		genesys.wwe.service[namespace][method](...parameters, succeeded, failed);
	}
	return answers.length - 1;
}

// subscribe likewise; by the method the client tells nobody about the answer.
function subscribe(way, topics) {
	if (way === "sendMessage") {
		genesys.wwe.service.sendMessage({ event: "subscribe", data: topics }, ...callbacks());
	} else {
		genesys.wwe.service.subscribe(topics, (message) => handled.push([message.event, message.data]));
	}
}

function callbacks() {
	const answer = { succeeded: [], failed: [] };
	answers.push(answer);
	return [(message) => answer.succeeded.push(message), (message) => answer.failed.push(message)];
}

// requests are the names that the client has a method for.
function requests() {
	const service = genesys.wwe.service;
	return Object.keys(service).filter((name) => typeof service[name] === "object")
		.flatMap((namespace) => Object.keys(service[namespace]).map((method) => `${namespace}.${method}`));
}

// What is documented of results.
const strings = (object, ...keys) => keys.every((key) => typeof object[key] === "string");
const isState = (state) => strings(state, "type", "displayName", "operationName");
const isMedia = (media) => strings(media, "media") && isState(media.state);
const isAgent = (agent) => strings(agent, "employeeId", "firstname", "lastname", "username");
const isToken = (token) => strings(token, "expiration", "jwtToken") && !isNaN(Date.parse(token.expiration));
const isInteraction = (interaction) => strings(interaction, "interactionId", "caseId", "state", "previousState", "media") &&
	interaction.parentInteractionId !== undefined && typeof interaction.userData === "object" && Array.isArray(interaction.parties);
const isBoolean = (value) => typeof value === "boolean";
const isString = (value) => typeof value === "string";
const all = (is) => (list) => Array.isArray(list) && list.every(is);
