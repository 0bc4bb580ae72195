// Starts the Go program named by the script element's data-wasm attribute. If that fails, this script
// says so on the page, because Go cannot.

const { wasm } = document.querySelector("script[data-wasm]").dataset;

document.getElementById("retry").addEventListener("click", () => location.reload());

try {
	const { goWith } = await import("./runtime.js").catch(() => {
		throw new Error("runtime.js is missing. Run wwe dev or wwe build.");
	});
	const go = new (goWith({}))();
	const { instance } = await instantiate(wasm, go.importObject);
	let failed = false;
	go.exit = (code) => { failed = code !== 0; };
	await go.run(instance);
	if (failed) {
		fail("This panel has stopped because of a mistake in it. The browser's console has the details.");
	}
} catch (error) {
	fail(`The panel cannot start: ${error.message}`);
}

function fail(text) {
	document.getElementById("status").textContent = "";
	document.getElementById("failure").textContent = text;
}

async function instantiate(url, imports) {
	const response = await fetch(url);
	if (!response.ok) {
		throw new Error(`${url}: ${await response.text() || response.statusText}`);
	}
	if (response.headers.get("Content-Type") === "application/wasm") {
		return WebAssembly.instantiateStreaming(response, imports);
	}
	return WebAssembly.instantiate(await response.arrayBuffer(), imports); // the server sends another type
}
