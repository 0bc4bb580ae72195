#!/usr/bin/env node
// wwe-desktop shows a widget in the simulated desktop.

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { problemOf } from "./probe.js";
import { freePort, startDesktop } from "./server.js";
import { isOrigin, isWidgetURL } from "./urls.js";

const usage = `wwe-desktop shows your widget in a simulated Genesys Workspace Web Edition (WWE), to browsers on this machine only.

Usage: npx wwe-desktop --widget URL [options]

  --widget URL     your widget, on its own server. The URL may have WWE's variables, such as $Agent.UserName$.
  --port NUMBER    port of the desktop, 1 to 65535 (default 8080)
  --open           open the desktop in your browser
  --frames ORIGIN  a page of this origin may have the desktop in an iframe; repeat it for several
  --version        print the version
  -h, --help       print this help

Examples:
  npx wwe-desktop --widget http://localhost:3000 --open
  npx wwe-desktop --widget 'http://localhost:5173/?agent=$Agent.UserName$' --port 9000
`;

/** A mistake on the command line. The program exits with code 2; after any other failure it is 1. */
class UsageError extends Error {}

function optionsOf(args) {
	let values;
	try {
		({ values } = parseArgs({
			args,
			options: {
				widget: { type: "string" }, port: { type: "string" }, open: { type: "boolean" }, frames: { type: "string", multiple: true },
				version: { type: "boolean" }, help: { type: "boolean", short: "h" },
			},
		}));
	} catch (error) {
		throw new UsageError(error.message);
	}
	if (values.help || values.version) {
		return values;
	}
	const { widget, port = "8080", frames = [] } = values;
	if (widget === undefined) {
		throw new UsageError("name your widget: npx wwe-desktop --widget http://localhost:3000");
	}
	if (!isWidgetURL(widget)) {
		throw new UsageError(`--widget ${JSON.stringify(widget)} is not a URL such as http://localhost:3000`);
	}
	if (!/^\d{1,5}$/.test(port) || port < 1 || port > 65535) {
		throw new UsageError(`--port ${JSON.stringify(port)} is not a port (1 to 65535)`);
	}
	for (const origin of frames) {
		if (!isOrigin(origin)) {
			throw new UsageError(`--frames ${JSON.stringify(origin)} is not an origin such as http://localhost:3000`);
		}
	}
	return { ...values, widget, port: Number(port), frames };
}

async function start({ widget, port, frames }) {
	try {
		return await startDesktop({ widget, port, frames });
	} catch (error) {
		switch (error.code) {
		case "EADDRINUSE": {
			const free = await freePort(Math.min(port + 10, 65000));
			throw new Error(`port ${port} is taken; try: npx wwe-desktop ${[...process.argv.slice(2).filter(isNotPort), "--port", free].map(quoted).join(" ")}`);
		}
		case "EACCES":
			throw new Error(`you may not use port ${port}; try one above 1023: --port 8080`);
		case "ENOENT":
			throw new Error(`this installation is incomplete (${error.path} is missing); install wwe-desktop again`);
		}
		throw error;
	}
}

const isNotPort = (argument, n, all) => !/^--port(=|$)/.test(argument) && all[n - 1] !== "--port";
const quoted = (argument) => (/^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${String(argument).replaceAll("'", "'\\''")}'`);

function openBrowser(url) {
	const [command, ...args] = {
		darwin: ["open", url],
		win32: ["rundll32", "url.dll,FileProtocolHandler", url], // unlike start, it does not interpret & in the URL
	}[process.platform] ?? ["xdg-open", url];
	const failed = () => { console.error("wwe-desktop: no browser could be started; open the address yourself"); };
	spawn(command, args, { stdio: "ignore" }).once("error", failed).once("exit", (code) => { code && failed(); }).unref();
}

async function main() {
	const options = optionsOf(process.argv.slice(2));
	if (options.help) {
		process.stdout.write(usage);
		return;
	}
	if (options.version) {
		console.log(JSON.parse(readFileSync(new URL("./package.json", import.meta.url), "utf8")).version);
		return;
	}
	const desktop = await start(options);
	for (const signal of ["SIGINT", "SIGTERM"]) {
		process.once(signal, () => desktop.close());
	}
	console.log(`Open ${desktop.url} (your widget comes from ${options.widget}). Ctrl-C ends it.`);
	if (options.open) {
		openBrowser(desktop.url);
	}
	const problem = await problemOf(options.widget, desktop.origin);
	if (problem) {
		console.error(`wwe-desktop: ${problem}`);
	}
}

main().catch((error) => {
	console.error(`wwe-desktop: ${error.message}`);
	if (error instanceof UsageError) {
		console.error("npx wwe-desktop --help lists the options");
	}
	process.exitCode = error instanceof UsageError ? 2 : 1;
});
