// Built-in objects that nobody can change any more, as hardened pages have them.
for (const C of [Object, Function, Array, String, Number, Boolean, Symbol, Date, RegExp, Error, Promise, Map, Set, WeakMap,
	ArrayBuffer, Uint8Array, DataView, TextEncoder, TextDecoder, EventTarget, Node, Element, HTMLElement, Event, CustomEvent, MessageEvent]) {
	Object.freeze(C.prototype);
	Object.freeze(C);
}
Object.freeze(JSON);
Object.freeze(Reflect);
Object.freeze(Math);
