// Starts the Go program named by the script element's data-wasm attribute. If that fails, it shows the
// error, because Go cannot.

const { wasm } = document.querySelector("script[data-wasm]").dataset;

(async () => {
	try {
		const { goWith } = await import("./runtime.js").catch(() => {
			throw new Error("web/runtime.js is missing: run `make run` or `make build`");
		});
		const go = new (goWith({}))();
		const { instance } = await instantiate(wasm, go.importObject);
		let failed = false;
		go.exit = (code) => { failed = code !== 0; };
		await go.run(instance);
		if (failed) {
			say("This page has stopped because of an error of its own. Reload it.");
		}
	} catch (error) {
		say(`${wasm} could not be loaded: ${error.message}`);
	}
})();

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
	return WebAssembly.instantiate(await response.arrayBuffer(), imports); // the server sends another type
}
