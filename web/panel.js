// Mounts the agent panel into an element of a page, with mount(element, options) or as the element
// <wwe-panel>. panel.d.ts documents both. A single WebAssembly program, loaded with the first panel, runs
// all panels of the page. The module can be imported on a server, but cannot mount there.
import { attention } from "./attention.js";
import { describe, isTheme, names, read } from "./options.js";

const wasmSize = 0; // the size of panel.wasm in bytes, set by make dist; 0 if unknown
const patience = 200; // milliseconds of loading before a message appears
const longPatience = 3000; // milliseconds until a panel shows without its style sheet, or in English

// The files beside this module: each with its name, and with its URL in the form that bundlers detect.
// webpack, Parcel and Vite copy these files beside their output and insert the URLs here.
const wasmFile = ["./panel.wasm", () => new URL("./panel.wasm", import.meta.url)];
const styleFile = ["./panel.css", () => new URL("./panel.css", import.meta.url)];
const iconFile = ["./ringing.svg", () => new URL("./ringing.svg", import.meta.url)]; // the page's icon while an interaction rings
// English is part of the program.
const languageFiles = {
	ar: ["./lang/ar.json", () => new URL("./lang/ar.json", import.meta.url)],
	de: ["./lang/de.json", () => new URL("./lang/de.json", import.meta.url)],
	es: ["./lang/es.json", () => new URL("./lang/es.json", import.meta.url)],
	fr: ["./lang/fr.json", () => new URL("./lang/fr.json", import.meta.url)],
	it: ["./lang/it.json", () => new URL("./lang/it.json", import.meta.url)],
	ja: ["./lang/ja.json", () => new URL("./lang/ja.json", import.meta.url)],
	pt: ["./lang/pt-BR.json", () => new URL("./lang/pt-BR.json", import.meta.url)],
};
const script = globalThis.document?.currentScript?.src; // the bundle, if a bundler has made this a classic script

// urlOf returns the URL of a file in the folder, or beside this module if there is no folder.
function urlOf([name, ownURL], folder) {
	if (folder) {
		const base = new URL(folder, document.baseURI);
		base.pathname = base.pathname.replace(/\/?$/, "/");
		return new URL(name, base).href;
	}
	try {
		return ownURL().href;
	} catch {
		return new URL(name, script || document.baseURI).href;
	}
}

// isBundled reports whether a bundler has put this module into another file, and may not have copied the
// files beside it. A release checks for its hashed name, because the other file may also be named panel.js.
function isBundled() {
	return !(wasmSize ? /\/panel-[0-9a-f]{16}\.js(\?|$)/ : /\/panel\.js(\?|$)/).test(import.meta.url ?? "");
}

// Texts needed before the program runs. The files of the other languages contain translations.
const english = {
	options: {
		options: "The options must be an object, not {x}.",
		origin: "The option origin must be the scheme, host and port of your WWE, such as \"https://wwe.example.com\", not {x}.",
		frame: "The option frame must be a string, the id of an iframe, not {x}.",
		timeout: "The option timeout must be a number of milliseconds, at least 1, not {x}.",
		lang: "The option lang must be a string, such as \"de\", or an Intl.Locale, not {x}.",
		theme: "The option theme must be \"auto\", \"light\" or \"dark\", not {x}.",
		files: "The option files must be the URL of a folder, not {x}.",
		sound: "The option sound must be true or false, not {x}.",
		notify: "The option notify must be true or false, not {x}.",
		shortcuts: "The option shortcuts must be false, or an object such as { accept: \"Alt+Shift+Y\", reject: false }, not {x}.",
		keys: "The option keys must be an array of user data keys, or a string that separates them by commas, not {x}.",
		"keys[]": "The option {y} must be a string, a user data key, not {x}.",
		dispositions: "The option dispositions must be an array of one or more dispositions, or a string that separates them by commas, not {x}.",
		"dispositions[]": "The option {y} must be a string, or an object with value and label, not {x}.",
		dispositionKey: "The option dispositionKey must be a string, a user data key, not {x}.",
		dispositionRequired: "The option dispositionRequired must be true or false, not {x}.",
		noteKey: "The option noteKey must be a string, a user data key other than the disposition's, not {x}.",
		text: "The option {y} must be a non-empty string, not {x}.",
		once: "The option {y} must differ from those before it, but repeats {x}.",
	},
	unstyled: "The panel's style is missing: {x} cannot be reached, or this page's Content-Security-Policy does not allow it in style-src.",
	sandboxed: "This page is in a sandbox without allow-same-origin: the server must send Access-Control-Allow-Origin: * with its files.",
	bundled: "A bundler has built this page without some of the panel's files. Copy {x} and {y} from the package wwe-panel to the folder of the page's script, or set the option files to the URL of their folder.",
	loading: "Loading the agent panel…",
	failed: "The agent panel could not be loaded. Show this to your administrator:",
	unsupported: "This browser has no WebAssembly, or it is switched off.",
	unreachable: "{x} cannot be reached, or this page's Content-Security-Policy does not allow it.",
	missing: "The server answers {y} for {x}.",
	forbidden: "This page's Content-Security-Policy does not allow WebAssembly. Its script-src needs 'wasm-unsafe-eval'.",
	incomplete: "{x} is incomplete: {y} bytes have arrived. Deploy it again.",
	damaged: "{x} is not WebAssembly: the server sends {y}.",
	untyped: "{x} is not WebAssembly: the server sends it without a type.",
	mixed: "Its files are not from the same build. Deploy all of them together.",
	stopped: "The agent panel has stopped because of an error of its own. Reload the page.",
};

// fill replaces {x} and {y} in a text.
function fill(text, x, y) {
	return text.replace(/\{([xy])\}/g, (_, name) => name === "x" ? x : y);
}

const panels = new Set(); // the mounted panels
let wasm; // the URL of the program
let program; // a promise of the running program's functions; undefined before the first panel, and after a failure

export function mount(element, options = {}) {
	if (element?.nodeType !== 1) {
		throw new TypeError(`wwe-panel: mount needs an element of the page, not ${describe(element)}.`);
	}
	const { origin, frame, timeout, theme, files, sound, notify, shortcuts, lang: chosen, problem, ...own } = read(options);
	const tag = chosen || element.closest("[lang]")?.lang || navigator.language;
	const file = languageFiles[/^[a-z]{2}(?![a-z])/i.exec(tag)?.[0].toLowerCase()];
	const hasDirection = Boolean(element.closest("[dir]"));
	let text = english;

	const root = document.createElement("div");
	root.className = "wwe-panel";
	root.lang = "en";
	let words; // of another language than English, once loaded
	let isDecided = false; // the panel's language is final
	const spoken = file && wordsOf(urlOf(file, files)).then((all) => {
		if (!all || isDecided) {
			return;
		}
		words = all;
		text = all.start;
		root.lang = unstyled.lang = all.lang;
		if (all.lang === "ar" && !hasDirection) {
			root.dir = unstyled.dir = "rtl";
		}
	});
	// decide waits a limited time for the language.
	const decide = async () => {
		if (spoken) {
			await Promise.race([spoken, new Promise((resolve) => setTimeout(resolve, longPatience))]);
			isDecided = true;
			if (!words) {
				warnOf(urlOf(file, files), "it takes too long");
			}
		}
	};
	const link = document.createElement("link");
	link.rel = "stylesheet";
	link.href = urlOf(styleFile, files);
	root.hidden = true; // until the style sheet has loaded
	const unstyled = document.createElement("div");
	unstyled.setAttribute("role", "status");
	unstyled.lang = "en";
	const showUnstyled = () => {
		unstyled.replaceChildren(...[fill(text.unstyled, link.href), ...hints()].map(paragraph));
		root.before(unstyled);
		root.hidden = false;
	};
	const slowStyle = setTimeout(showUnstyled, longPatience);
	link.onerror = showUnstyled;
	link.onload = () => {
		clearTimeout(slowStyle);
		remove(unstyled);
		root.hidden = false;
	};
	element.append(link, root);

	const bar = document.createElement("progress");
	let isLoading = true; // the panel is not shown yet
	const slow = setTimeout(async () => {
		await spoken;
		if (isLoading) {
			bar.setAttribute("aria-label", text.loading);
			root.append(paragraph(text.loading), bar);
		}
	}, patience);
	const loaded = () => {
		isLoading = false;
		clearTimeout(slow);
	};

	let functions, id; // set once the panel is mounted
	const panel = {
		place: placeOf(element),
		progress(loaded, total) {
			bar.max = total;
			bar.value = loaded;
		},
		shown() {}, // replaced once the panel is mounted
		stopped() {
			id = undefined;
			panel.shown();
			fail("stopped", text.stopped);
		},
	};
	// hints returns advice about a file that cannot be loaded.
	const hints = () => [...(globalThis.origin === "null" ? [text.sandboxed] : []), ...(isBundled() && !files ? [fill(text.bundled, wasmFile[0].slice(2), styleFile[0].slice(2))] : [])];
	const say = (lines) => {
		loaded();
		const alert = document.createElement("div");
		alert.className = "wwe-panel-failure";
		alert.setAttribute("role", "alert");
		alert.append(...lines.map(paragraph));
		root.replaceChildren(alert);
	};
	const fail = (reason, ...lines) => {
		say(lines);
		const detail = { reason, message: lines.join(" ") };
		element.dispatchEvent(new CustomEvent("wwe-panel-failed", { bubbles: true, composed: true, detail }));
		return new Error(detail.message);
	};
	const show = async () => {
		if (problem) {
			const lines = () => [text.failed, fill(text.options[problem.kind ?? problem.name], problem.given, problem.name)];
			if (!spoken) {
				say(lines());
			}
			await decide(); // mount returns the handle before the page hears of the failure
			if (panels.has(panel)) {
				throw fail("options", ...lines());
			}
			return;
		}
		try {
			functions = await load(files);
		} catch (error) {
			await decide();
			if (!panels.has(panel)) {
				return;
			}
			const why = text[error.words ?? error.reason];
			throw fail(error.reason ?? "unknown", text.failed, why ? fill(why, ...error.about) : String(error), ...(error.hint ? [error.hint] : []),
				...(error.isOfFile ? hints() : []));
		}
		await decide();
		if (!panels.has(panel)) {
			return; // unmounted meanwhile
		}
		loaded();
		const shown = new Promise((resolve) => { panel.shown = resolve; });
		const outcome = functions.mount(root, { ...own, origin, frame, timeout, words: words?.lines, notify, shortcuts, place: panel.place,
			attention: (tell) => attention({ lock: `wwe-panel ${origin} ${frame}`, icon: urlOf(iconFile, files), sound, notify }, tell) }, element, panel.shown);
		if (typeof outcome === "string") {
			throw fail("options", text.failed, outcome);
		}
		id = outcome;
		if (!panels.has(panel)) { // an event listener of the page has unmounted it meanwhile
			functions.unmount(id);
			return;
		}
		await shown;
	};

	// order performs a method of the handle once the panel is ready.
	const order = (what, about) => {
		const done = (async () => {
			if (typeof about !== "string") {
				throw new TypeError(`wwe-panel: ${what} needs a string, not ${describe(about)}.`);
			}
			await handle.ready;
			const reason = id === undefined ? "the panel is unmounted" : await new Promise((resolve) => functions.order(id, what, about, resolve));
			if (reason) {
				throw new Error(`wwe-panel: ${what}: ${reason}`);
			}
		})();
		done.catch(() => {}); // the page may ignore the promise
		return done;
	};

	const handle = {
		ready: undefined,
		select: (interactionId) => order("select", interactionId),
		dial: (number) => order("dial", number),
		setTheme(theme) {
			if (theme && !isTheme(theme)) {
				throw new TypeError(`wwe-panel: ${fill(english.options.theme, describe(theme))}`);
			}
			root.dataset.theme = theme || "auto";
		},
		unmount() {
			if (!panels.delete(panel)) {
				return;
			}
			loaded();
			clearTimeout(slowStyle);
			panel.shown();
			if (id !== undefined) {
				functions.unmount(id);
			}
			[link, unstyled, root].forEach(remove);
		},
	};
	root.dataset.theme = theme ?? "auto";
	panels.add(panel);
	handle.ready = show();
	handle.ready.catch(() => {}); // the element shows the failure, so the page may ignore the promise
	return handle;
}

// placeOf returns the name under which a panel stores its place for a page reload. It is the element's
// id. A number distinguishes panels with the same id, or none.
function placeOf({ id }) {
	const taken = new Set(); // not with Array.from, which old libraries replace
	for (const panel of panels) {
		taken.add(panel.place);
	}
	let place = String(id);
	for (let n = 2; taken.has(place); n++) {
		place = `${id} ${n}`;
	}
	return place;
}

// remove removes an element from its parent, if any. It avoids DOM's remove, because Prototype.js
// replaces that with a method that throws for an element without a parent.
function remove(element) {
	element.replaceWith();
}

function paragraph(text) {
	const p = document.createElement("p");
	p.textContent = text;
	return p;
}

// failure returns an error with a reason that has a text, the values for that text, and an optional hint
// such as the server's message.
function failure(reason, about = [], hint = "") {
	return Object.assign(new Error(reason), { reason, about, hint });
}

// fileFailure returns a failure to load the program. words selects the text if the reason has several.
function fileFailure(reason, about, { hint = "", words = reason } = {}) {
	return Object.assign(failure(reason, about, hint), { words, isOfFile: true });
}

const languages = new Map(); // promises of their texts, by file URL
const unspoken = new Set(); // URLs of files that the console has been warned about

// wordsOf returns a promise of the texts in a language file. It resolves to undefined, and the panel is
// in English, if the file cannot be loaded. The next panel tries again.
function wordsOf(url) {
	if (!languages.has(url)) {
		languages.set(url, readWords(url).catch(({ message }) => {
			languages.delete(url);
			warnOf(url, message);
		}));
	}
	return languages.get(url);
}

function warnOf(url, why) {
	if (!unspoken.has(url)) {
		unspoken.add(url);
		console.warn(`wwe-panel: ${url} cannot be loaded, so the panel speaks English: ${why}`);
	}
}

// readWords parses with the response's own json method, because the page may have replaced JSON.
async function readWords(url) {
	const response = await fetch(url);
	if (!response.ok) {
		throw new Error(`the server answers ${response.status}`);
	}
	const { lang, start, panel } = await response.json();
	return { lang, start: { ...english, ...start, options: { ...english.options, ...start?.options } }, lines: `lang\t${lang}${linesOf(panel)}` };
}

// linesOf converts texts to lines for the program: a name, a tab and the text.
function linesOf(texts, prefix = "") {
	let lines = "";
	for (const [name, text] of Object.entries(texts)) {
		lines += typeof text === "object" ? linesOf(text, `${name}.`) : `\n${prefix}${name}\t${String(text).replace(/[\t\n]/g, " ")}`;
	}
	return lines;
}

// load starts the program. The first panel decides which folder it comes from.
function load(files) {
	if (!program) {
		wasm = urlOf(wasmFile, files);
	}
	program ??= start().catch((error) => {
		program = undefined; // the next panel tries again
		throw error;
	});
	return program;
}

// start loads the program and returns its functions: mount, unmount and order.
async function start() {
	if (typeof WebAssembly !== "object") {
		throw failure("unsupported");
	}
	const [{ goWith }, module] = await Promise.all([runtime(), download().then(compile)]);
	let functions;
	const go = new (goWith({ wwePanelStarted(mount, unmount, order) { functions = { mount, unmount, order }; } }))();
	go.env = { __proto__: null }; // ignores additions of the page to Object.prototype
	let instance;
	try {
		instance = await WebAssembly.instantiate(module, go.importObject);
	} catch (error) {
		throw isForbidden(error) ? failure("forbidden")
			: error instanceof WebAssembly.LinkError || error instanceof TypeError ? failure("mixed") : error;
	}
	go.exit = () => {};
	const running = go.run(instance); // runs until the main function blocks
	const stop = () => {
		program = undefined;
		panels.forEach((panel) => panel.stopped());
	};
	running.then(stop, stop);
	if (!functions) {
		throw failure("mixed");
	}
	return functions;
}

// runtime loads Go's JavaScript runtime, which must match the program.
async function runtime() {
	try {
		return await import("./runtime.js");
	} catch {
		throw fileFailure("unreachable", ["runtime.js"]);
	}
}

async function download() {
	let response;
	try {
		response = await fetch(wasm);
	} catch {
		throw fileFailure("unreachable", [wasm]);
	}
	if (!response.ok) {
		const words = response.headers.get("Content-Type")?.startsWith("text/plain") ? await response.text() : "";
		throw fileFailure("missing", [wasm, response.status], { hint: words.slice(0, 200).trim() });
	}
	return response;
}

// isForbidden reports whether the page's Content-Security-Policy forbids WebAssembly. Chromium and
// Firefox fail at compilation, WebKit at instantiation.
function isForbidden({ message }) {
	return /content.security.policy|\bCSP\b|unsafe-eval/i.test(message);
}

// compile compiles the program, during the download if possible. The streaming compiler gets the response
// itself, so that browsers can cache the compiled code. A copy of the response measures the progress.
async function compile(response) {
	const type = response.headers.get("Content-Type");
	const copy = response.clone();
	const arrived = { bytes: 0, isWasm: false, whole: false, enough: false };
	let counting;
	try {
		const streaming = type === "application/wasm" && WebAssembly.compileStreaming;
		const module = streaming
			? WebAssembly.compileStreaming(response)
			: response.arrayBuffer().then((bytes) => WebAssembly.compile(bytes)); // the server sends another type
		counting = count(copy, arrived);
		return await module;
	} catch (error) {
		if (isForbidden(error)) {
			throw failure("forbidden");
		}
		await Promise.race([counting, new Promise((resolve) => setTimeout(resolve, patience))]);
		if (!arrived.whole && !(error instanceof WebAssembly.CompileError)) { // Firefox: a truncated program
			throw fileFailure("unreachable", [wasm]); // the download broke off
		}
		throw arrived.isWasm
			? fileFailure("damaged", [wasm, arrived.bytes], { words: "incomplete" })
			: fileFailure("damaged", [wasm, type], type ? {} : { words: "untyped" });
	} finally {
		arrived.enough = true;
	}
}

// count reads a copy of the response and records how much has arrived.
async function count(response, arrived) {
	// For compressed files, Content-Length is the compressed size.
	const total = wasmSize || (response.headers.has("Content-Encoding") ? 0 : Number(response.headers.get("Content-Length")));
	try {
		const reader = response.body.getReader();
		while (!arrived.enough) {
			const { done, value } = await reader.read();
			if (done) {
				arrived.whole = true;
				return;
			}
			arrived.isWasm ||= arrived.bytes === 0 && [0, 0x61, 0x73, 0x6d].every((byte, n) => byte === value[n]);
			arrived.bytes += value.length;
			if (arrived.bytes <= total) {
				panels.forEach((panel) => panel.progress(arrived.bytes, total));
			}
		}
		await reader.cancel();
	} catch {
		// compile reports a broken download
	}
}

// attributesOf returns the attributes of an option. For dispositionKey these are disposition-key and
// data-disposition-key, because some pages cannot set attributes without data-.
function attributesOf(name) {
	const attribute = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
	return isOfWork(name) ? [attribute, `data-${attribute}`] : [attribute];
}

// isOfWork reports whether an option is about the agent's work. Only these have a data- attribute,
// because a page may use data-theme itself.
const isOfWork = (name) => /^(keys$|disposition|note)/.test(name);

// <wwe-panel origin frame timeout lang theme files sound notify shortcuts keys …>: each attribute is an
// option. A new theme applies at once. Any other change remounts the panel.
class PanelElement extends (globalThis.HTMLElement ?? Object) {
	static observedAttributes = names.flatMap(attributesOf);
	#handle;
	#changed = false;
	#waiting = false;

	connectedCallback() { this.#update(); }
	disconnectedCallback() { this.#update(); }
	attributeChangedCallback(name, before, after) {
		if (before === after) {
			return;
		}
		if (name === "theme" && isThemeAttribute(before) && isThemeAttribute(after)) {
			this.#handle?.setTheme(after);
			return;
		}
		this.#changed = true;
		this.#update();
	}

	// ready is the promise of the mounted panel.
	get ready() { return this.#handle?.ready; }

	// select and dial call the methods of the handle. They return undefined if no panel is mounted.
	select(interactionId) { return this.#handle?.select(interactionId); }
	dial(number) { return this.#handle?.dial(number); }

	// #update remounts after the current script has finished, so that several changes by one script cause
	// only one remount.
	#update() {
		if (this.#waiting) {
			return;
		}
		this.#waiting = true;
		queueMicrotask(() => {
			this.#waiting = false;
			if (this.#handle && (this.#changed || !this.isConnected)) {
				this.#handle.unmount();
				this.#handle = undefined;
			}
			this.#changed = false;
			if (this.isConnected && !this.#handle) {
				this.#handle = mount(this, this.#options());
			}
		});
	}

	#options() {
		const options = {};
		for (const name of names) {
			const attribute = attributesOf(name).find((one) => this.hasAttribute(one));
			const value = this.getAttribute(attribute ?? name);
			if (name === "sound" || name === "notify") { // boolean attributes, as in HTML
				options[name] = value !== null && value !== "false";
			} else if (value || attribute && name === "dispositionRequired") {
				options[name] = name === "timeout" && !isNaN(value) ? Number(value) : value;
			}
		}
		return options;
	}
}

const isThemeAttribute = (value) => !value || isTheme(value);

if (globalThis.customElements && !customElements.get("wwe-panel")) { // or another copy of this module has defined it
	customElements.define("wwe-panel", PanelElement);
}
