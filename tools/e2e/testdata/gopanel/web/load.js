import { greeting } from "./parts/greeting.js";

globalThis.greeting = greeting;
const { goWith } = await import("./runtime.js");
const go = new (goWith({}))();
const { instance } = await WebAssembly.instantiateStreaming(fetch(document.querySelector("script[data-wasm]").dataset.wasm), go.importObject);
go.run(instance);
