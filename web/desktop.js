// window.wweHost: the simulated WWE for scripts and the console. Arguments and
// results cross to Go as JSON text; what Go refuses is thrown here, because Go
// cannot throw.
"use strict";

window.wweHost = Object.fromEntries(["ring", "hangUp", "interactions"].map((name) => [name, (...args) => {
	if (!window.wweHostCall) {
		throw new Error("wweHost is still loading");
	}
	const { result, error } = JSON.parse(window.wweHostCall(name, JSON.stringify(args)));
	if (error !== undefined) {
		throw new Error(error);
	}
	return result;
}]));
