// Serves the simulated desktop to browsers on this machine.

import { readFile, readdir } from "node:fs/promises";
import http from "node:http";
import { extname } from "node:path";
import { isOrigin, withWidget } from "./urls.js";

const files = new URL("./desktop/web/", import.meta.url);
const desktopPage = "desktop.html", forgerPage = "forger.html";

const types = {
	".html": "text/html; charset=utf-8",
	".css": "text/css; charset=utf-8",
	".js": "text/javascript; charset=utf-8",
	".json": "application/json",
	".wasm": "application/wasm",
	".svg": "image/svg+xml",
	".png": "image/png",
};

const basePolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; " +
	"connect-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'";

/** Serves the desktop until close is called. See server.d.ts. */
export async function startDesktop({ port = 8080, widget, frames = [] } = {}) {
	for (const origin of frames) {
		if (!isOrigin(origin)) {
			throw new TypeError(`frames: ${JSON.stringify(origin)} is not an origin such as http://localhost:3000`);
		}
	}
	const content = new Map(); // by URL path
	for (const name of await readdir(files)) {
		content.set(name === desktopPage ? "/" : `/web/${name}`, await readFile(new URL(name, files)));
	}
	const servers = await listen(port);
	const bound = servers[0].address().port;
	const host = (name) => (bound === 80 ? name : `${name}:${bound}`); // as browsers write it
	const site = { content, origin: `http://${host("localhost")}`, host: host("localhost"), aliases: [host("127.0.0.1"), host("[::1]")], widget, frames };
	for (const server of servers) {
		server.on("request", (request, response) => answer(site, request, response));
	}
	return {
		origin: site.origin,
		url: widget === undefined ? `${site.origin}/` : withWidget(site.origin, widget),
		close: async () => {
			await closeAll(servers);
		},
	};
}

function answer(site, request, response) {
	const url = URL.canParse?.(request.url, site.origin) === false ? undefined : new URL(request.url, site.origin);
	if (site.aliases.includes(request.headers.host)) {
		return end(response, 307, "", { Location: site.origin + request.url });
	}
	if (request.headers.host !== site.host) { // a foreign name may resolve to this machine
		return end(response, 403, `open ${site.origin}`);
	}
	if (request.method !== "GET" && request.method !== "HEAD") {
		return end(response, 405, "only GET and HEAD are served here", { Allow: "GET, HEAD" });
	}
	const path = url?.pathname;
	response.setHeader("Content-Security-Policy", policy(site, path));
	const body = site.content.get(path);
	if (!body) {
		return end(response, 404, `${path} not found`);
	}
	if (path === "/" && site.widget !== undefined && !url.searchParams.get("widget")) {
		return end(response, 307, "", { Location: withWidget(site.origin, site.widget, url.searchParams) });
	}
	response.writeHead(200, {
		"Content-Type": types[extname(path) || ".html"] ?? "application/octet-stream", "Content-Length": body.length,
		"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store",
	});
	response.end(request.method === "HEAD" ? undefined : body);
}

function end(response, status, text, headers = {}) {
	response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", ...headers });
	response.end(text && `${text}\n`);
}

// The forger's page runs in two iframes of the desktop. One has an opaque origin, where 'self' matches nothing in WebKit.
function policy({ origin, frames }, path) {
	if (path === `/web/${forgerPage}`) {
		return `${basePolicy.replace("script-src 'self'", `script-src 'self' ${origin}`)}; frame-ancestors ${["'self'", ...frames].join(" ")}`;
	}
	// The desktop frames any page, and checks whether its server answers.
	return `${basePolicy.replace("connect-src 'self'", "connect-src 'self' http: https:")}; frame-src http: https:; frame-ancestors ${frames.join(" ") || "'none'"}`;
}

// Listens on IPv4 and, where there is IPv6, on the same port there: browsers may try [::1] first for localhost.
async function listen(port) {
	for (let attempt = 1; ; attempt++) {
		const ipv4 = await listenOn("127.0.0.1", port);
		try {
			return [ipv4, await listenOn("::1", ipv4.address().port)];
		} catch (error) {
			if (error.code !== "EADDRINUSE") {
				return [ipv4];
			}
			await closeAll([ipv4]);
			if (port !== 0 || attempt === 20) { // of a port that the system chose, another one may do
				throw error;
			}
		}
	}
}

function closeAll(servers) {
	return Promise.all(servers.map((server) => new Promise((resolve) => {
		server.close(resolve);
		server.closeAllConnections(); // or the server waits for browsers that keep theirs open
	})));
}

function listenOn(host, port) {
	return new Promise((resolve, reject) => {
		const server = http.createServer();
		server.once("error", reject);
		server.listen({ host, port, exclusive: true }, () => {
			server.off("error", reject);
			resolve(server);
		});
	});
}

/** Returns a port that is free on this machine, at or after the given one, to suggest in place of a port that is taken. */
export async function freePort(from) {
	for (let port = from; port < 65536; port++) {
		const servers = await listen(port).catch(() => []);
		await closeAll(servers);
		if (servers.length > 0) {
			return port;
		}
	}
	return 0;
}
