// Go's own part in JavaScript, wasm_exec.js, kept apart from the page: it puts
// nothing there, and reads neither what the page calls fs, process or path nor
// what becomes of the page's built-in objects later. make puts Go's file in
// place of the line that names it, and the whole into runtime.js.

const page = globalThis;

// The built-in objects that wasm_exec.js and our programs use, as they are when
// this is loaded.
const {
	Array, CustomEvent, DataView, Date, Error, Map, Math, MessageChannel, Object, Promise, TextDecoder, TextEncoder, URL,
	Uint8Array, Uint8ClampedArray, WebAssembly, addEventListener, cancelAnimationFrame, clearInterval, clearTimeout, console,
	crypto, isNaN, parseInt, queueMicrotask, removeEventListener, requestAnimationFrame, setInterval, setTimeout,
} = page;
const { Function, JSON, Reflect: { apply, construct, deleteProperty, get, set }, String } = isSound(page) ? page : emptyPage();
const performance = { now: Function.prototype.bind.call(page.performance.now, page.performance) };

// isSound reports whether JSON and bind are the browser's. MooTools, for
// example, has a bind that drops arguments, and 1.2 a JSON without stringify.
function isSound({ JSON }) {
	try {
		return JSON.stringify.bind(null, [7], null)(1) === "[\n 7\n]";
	} catch {
		return false;
	}
}

// emptyPage returns what a page without scripts has.
function emptyPage() {
	const frame = document.createElement("iframe");
	document.documentElement.append(frame);
	try {
		const { Function, JSON, Reflect, String } = frame.contentWindow;
		return { Function, JSON, Reflect, String };
	} catch {
		return page; // in a sandbox, which keeps the two apart
	} finally {
		frame.remove();
	}
}

// goWith returns a class Go. The programs that it runs have the page's globals,
// but for those in names: js.Global().Get finds these first.
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
	// globalThis is our own object while wasm_exec.js defines what it does there,
	// and the page's when a program starts.
	((globalThis) => {
		// wasm_exec.js
		globalThis = page;
	})(own);
	delete own.performance; // programs get the page's, which has more than the time
	return own.Go;
}
