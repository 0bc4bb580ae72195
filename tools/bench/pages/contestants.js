// The ways to WWE. The client listens only while it is its turn, and logs only as shipped.

// over runs it with the client in that state: logging, silent, or off.
export async function over(client, run) {
	globalThis.__standinDebug = client === "logging";
	clientListens(client !== "off");
	try {
		return await run();
	} finally {
		clientListens(false);
	}
}

// contestants gives each way a run of n: byClient(n) does it in JavaScript, byGo(way, n) in Go.
export function contestants(byClient, byGo) {
	return {
		"client as shipped": (n) => over("logging", () => byClient(n)),
		"client without logging": (n) => over("silent", () => byClient(n)),
		"ours": (n) => over("off", () => byGo("own protocol", n)),
		"ours over the client": (n) => over("logging", () => byGo("client object", n)),
		"ours over it without logging": (n) => over("silent", () => byGo("client object", n)),
	};
}
