// Starts the Go program that the script element names: data-wasm. It tells the
// person what is wrong where that fails, as Go cannot.
"use strict";

(async ({ wasm }) => {
	try {
		if (!globalThis.Go) {
			throw new Error("wasm_exec.js is missing beside the page: run `make run` or `make build`");
		}
		const go = new Go();
		const { instance } = await instantiate(wasm, go.importObject);
		let failed = false;
		go.exit = (code) => { failed = code !== 0; };
		await go.run(instance);
		if (failed) {
			say("This page has stopped by a fault of its own. Reload it.");
		}
	} catch (error) {
		say(`${wasm} could not be loaded: ${error.message}`);
	}
})(document.currentScript.dataset);

function say(text) {
	const status = document.getElementById("status");
	status.textContent = text;
	status.classList.add("error");
	document.getElementById("loading")?.remove();
}

async function instantiate(url, imports) {
	const response = await fetch(url);
	if (!response.ok) {
		throw new Error(await response.text() || response.statusText);
	}
	if (response.headers.get("Content-Type") === "application/wasm") {
		return WebAssembly.instantiateStreaming(response, imports);
	}
	return WebAssembly.instantiate(await response.arrayBuffer(), imports); // a server that does not know the type
}
