// Runs the program, and then shows what it has written.
let written = "";
globalThis.fs.writeSync = (_, bytes) => {
	written += new TextDecoder().decode(bytes);
	return bytes.length;
};
const go = new Go();
WebAssembly.instantiateStreaming(fetch("program.wasm"), go.importObject)
	.then(({ instance }) => go.run(instance))
	.then(() => { document.body.innerText = written; });
