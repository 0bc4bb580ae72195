// window.wweHost: the simulated WWE for scripts and the console. Arguments and
// results cross to Go as JSON text; what Go refuses is thrown here, because Go
// cannot throw.
"use strict";

{
	const call = (name, args, settle) => {
		if (!window.wweHostCall) {
			throw new Error("wweHost is still loading");
		}
		return window.wweHostCall(name, JSON.stringify(args), settle);
	};
	const outcome = (text) => {
		const { result, error } = JSON.parse(text);
		if (error !== undefined) {
			throw new Error(error);
		}
		return result;
	};
	// These wait for a widget that may block mark done, for about a second.
	const waits = ["do", "markDone"];
	const names = [
		"ring", "transferIn", "dial", "chat", "email", "compose", "workItem", "preview", "pull", "workbin",
		"answer", "reject", "hold", "resume", "hangUp", "markDone", "actions", "do",
		"interactions", "interaction", "setUserData", "deleteUserData", "addParty", "removeParty", "selectCase",
		"agentState", "mediaState", "config", "configure", "fault", "faults", "clearFaults",
		"emit", "restart", "requests", "messages", "reset",
	];
	window.wweHost = Object.fromEntries(names.map((name) => [name, waits.includes(name)
		? (...args) => new Promise((resolve) => { call(name, args, resolve); }).then(outcome)
		: (...args) => outcome(call(name, args))]));
}
