// Functions of the page that pass everything on, as a monitoring script has them.
const wrap = (object, name) => {
	const original = object[name];
	object[name] = function (...rest) { return original.apply(this ?? window, rest); };
};
for (const name of ["postMessage", "addEventListener", "removeEventListener", "dispatchEvent", "fetch", "setTimeout", "clearTimeout",
	"setInterval", "clearInterval", "queueMicrotask", "requestAnimationFrame", "cancelAnimationFrame"]) {
	wrap(window, name);
}
wrap(EventTarget.prototype, "addEventListener");
wrap(EventTarget.prototype, "removeEventListener");
wrap(EventTarget.prototype, "dispatchEvent");
wrap(Function.prototype, "bind");
for (const name of ["stringify", "parse"]) {
	wrap(JSON, name);
}
for (const name of ["get", "set", "apply", "construct", "deleteProperty"]) {
	wrap(Reflect, name);
}
