// Starts a Go program as the panel in docs/writing-a-panel.md does, and tells it where WWE is.
"use strict";

globalThis.wweOrigin = location.ancestorOrigins[0];
const go = new Go();
WebAssembly.instantiateStreaming(fetch("program.wasm"), go.importObject).then(({ instance }) => go.run(instance));
