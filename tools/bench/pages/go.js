// startGo runs the Go half of the benchmark, and gives its functions and what they hold.
export async function startGo(url) {
	let said = "";
	globalThis.fs.writeSync = (_, bytes) => {
		said += new TextDecoder().decode(bytes);
		return bytes.length;
	};
	const go = new Go();
	const { instance } = await WebAssembly.instantiateStreaming(fetch(url), go.importObject);
	let functions;
	globalThis.goBenchStarted = (given) => { functions = given; };
	const ended = go.run(instance).then(() => { throw new Error(`the Go program has ended: ${said}`); });
	return {
		...Object.fromEntries(Object.entries(functions).map(([name, f]) => [name, (...args) => Promise.race([f(...args), ended])])),
		linearMemory: () => instance.exports.mem.buffer.byteLength,
		valuesHeld: () => go._values.length - go._idPool.length,
	};
}
