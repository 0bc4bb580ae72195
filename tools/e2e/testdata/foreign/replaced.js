// Globals that are something else now, and one listener that keeps messages for itself.
for (const name of ["JSON", "Reflect", "Promise", "Symbol", "Map", "Set", "Proxy", "Date", "Number", "String", "Uint8Array", "DataView",
	"TextEncoder", "TextDecoder", "CustomEvent", "Event", "EventTarget", "MessageChannel", "WebAssembly", "URL",
	"fs", "process", "path", "Go", "crypto", "performance", "addEventListener", "removeEventListener", "dispatchEvent", "postMessage",
	"fetch", "setTimeout", "clearTimeout", "queueMicrotask"]) {
	Object.defineProperty(window, name, { configurable: true, writable: true, value: "not what it was" });
}
Array.from = Array.of = Object.keys = Function.prototype.bind = () => { throw new Error("not what it was"); };
