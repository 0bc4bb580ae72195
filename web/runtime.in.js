// Go's JavaScript runtime, wasm_exec.js, isolated from the page. It adds nothing to the page's globals.
// It uses neither the page's variables fs, process and path, nor built-in objects that the page replaces
// later. make inserts Go's file at the line that names it and writes the result to runtime.js.

const page = globalThis;

// The built-in objects that wasm_exec.js and our programs use, saved when this module is loaded.
const {
	Array, CustomEvent, DataView, Date, Error, Map, Math, MessageChannel, Object, Promise, TextDecoder, TextEncoder, URL,
	Uint8Array, Uint8ClampedArray, WebAssembly, addEventListener, cancelAnimationFrame, clearInterval, clearTimeout, console,
	crypto, isNaN, parseInt, queueMicrotask, removeEventListener, requestAnimationFrame, setInterval, setTimeout,
} = page;
const { Function, JSON, Reflect: { apply, construct, deleteProperty, get, set }, String } = isSound(page) ? page : emptyPage();
const performance = { now: Function.prototype.bind.call(page.performance.now, page.performance) };

// isSound reports whether JSON and bind are the browser's own. For example, MooTools has a bind that
// drops arguments, and MooTools 1.2 has a JSON without stringify.
function isSound({ JSON }) {
	try {
		return JSON.stringify.bind(null, [7], null)(1) === "[\n 7\n]";
	} catch {
		return false;
	}
}

// emptyPage returns the built-in objects of an empty page.
function emptyPage() {
	const frame = document.createElement("iframe");
	document.documentElement.append(frame);
	try {
		const { Function, JSON, Reflect, String } = frame.contentWindow;
		return { Function, JSON, Reflect, String };
	} catch {
		return page; // the page's own objects: in a sandbox the iframe is inaccessible
	} finally {
		frame.remove();
	}
}

// goWith returns a class Go. Its programs see the page's globals, except that js.Global().Get looks in
// names first.
export function goWith(names) {
	const own = {
		__proto__: null,
		Array, CustomEvent, Date, Function, JSON, MessageChannel, Object, Reflect: { apply, get, set }, String, TextDecoder, TextEncoder, URL, Uint8Array,
		addEventListener, cancelAnimationFrame, clearInterval, clearTimeout, crypto, performance, queueMicrotask, removeEventListener,
		requestAnimationFrame, setInterval, setTimeout,
		...names,
	};
	const Reflect = {
		apply, construct, deleteProperty, set,
		get: (object, name) => object === page && name in own ? own[name] : get(object, name),
	};
	const fs = { writeSync: (...parameters) => own.fs.writeSync(...parameters) };
	// globalThis is our own object while wasm_exec.js defines its classes, and the page's when a program
	// starts.
	((globalThis) => {
		// wasm_exec.js
		globalThis = page;
	})(own);
	delete own.performance; // programs use the page's, which has more than now
	return own.Go;
}
