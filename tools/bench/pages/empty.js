// Starts the empty Go program, as the README's first panel does.
"use strict";

const go = new Go();
WebAssembly.instantiateStreaming(fetch("empty.wasm"), go.importObject).then(({ instance }) => go.run(instance));
