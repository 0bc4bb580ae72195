// Finds out why a browser would not show a widget on the desktop.

import http from "node:http";
import https from "node:https";

const patience = 5000; // milliseconds
// Without these there is no server. After any other failure there is one, and the browser says what it does not like.
const unreachable = new Set(["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "ETIMEDOUT"]);

/** Returns what is wrong with the widget's URL and what to do, or undefined if nothing is known to be wrong. */
export async function problemOf(widget, desktop) {
	let answer;
	try {
		answer = await headersOf(widget);
	} catch (error) {
		const code = error.code ?? error.errors?.[0]?.code; // several addresses give several errors
		return unreachable.has(code)
			? `nothing answers at ${widget} (${code}): start your widget's server, then press Reload on the desktop`
			: undefined;
	}
	if (answer.statusCode >= 400) {
		return `${widget} answers with ${answer.statusCode}: check the path`;
	}
	if (answer.headers["x-frame-options"]) {
		return `${widget} has the header X-Frame-Options, so that WWE cannot show it: let your server leave it out`;
	}
	const ancestors = /(?:^|;)\s*frame-ancestors\s([^;]*)/i.exec(answer.headers["content-security-policy"] ?? "")?.[1].trim();
	if (ancestors === "'none'" || ancestors === "'self'") {
		return `${widget} has the header Content-Security-Policy with frame-ancestors ${ancestors}: add ${desktop}`;
	}
}

function headersOf(url) {
	return new Promise((resolve, reject) => {
		const { get } = url.startsWith("https:") ? https : http;
		const request = get(url, { autoSelectFamily: true, timeout: patience }, (response) => {
			response.destroy();
			resolve(response);
		});
		request.once("timeout", () => request.destroy(Object.assign(new Error("timeout"), { code: "ETIMEDOUT" })));
		request.once("error", reject);
	});
}
