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
		"consult", "transfer", "conference", "completeTransfer", "completeConference",
		"toasts", "pressToast", "closeToast", "dialogs", "closeDialog", "views", "post",
		"loadCampaign", "startCampaign", "unloadCampaign", "recordOutcome",
		"emit", "restart", "requests", "messages", "reset",
	];
	window.wweHost = Object.fromEntries(names.map((name) => [name, waits.includes(name)
		? (...args) => new Promise((resolve) => { call(name, args, resolve); }).then(outcome)
		: (...args) => outcome(call(name, args))]));
}

// What follows is for Go, to which each JavaScript object that it gets hold of
// costs more than a message does, of which there may be ten thousand.

// Posts what JSON text says to a window, and text that is not JSON as a string.
window.wwePostText = (to, text, origin) => {
	let message = text;
	try {
		message = JSON.parse(text);
	} catch { /* as it is */ }
	try {
		to.postMessage(message, origin);
	} catch { /* the iframe was taken away just now */ }
};

// Takes the first rows from the log and adds others at its end, each given by
// its class and the texts of its columns.
window.wweLogRows = (list, excess, rows) => {
	while (excess-- > 0) {
		list.firstElementChild.remove();
	}
	const element = (tag, className, ...children) => {
		const e = document.createElement(tag);
		e.className = className;
		e.append(...children); // strings become text
		return e;
	};
	list.append(...JSON.parse(rows).map(([way, time, who, name, text]) => {
		const summary = element("summary", "",
			element("time", "", time), element("span", "way", who), element("span", "name", name), element("code", "", text));
		summary.tabIndex = -1; // arrow keys go there: five hundred stops for Tab are too many
		return element("li", way, element("details", "", summary));
	}));
};
