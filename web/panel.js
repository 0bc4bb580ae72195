// Mounts the agent panel into an element of a page: by mount(element, options),
// or by the element <wwe-panel> that this module defines. panel.d.ts says how.
// One WebAssembly program, loaded with the first panel, serves all of the page.
// The module can be imported on a server, where there is nothing to mount into.
import { attention } from "./attention.js";
import { describe, isTheme, names, read } from "./options.js";

const wasmSize = 0; // bytes of panel.wasm as make dist knows them; 0 for unknown
const patience = 200; // milliseconds of loading that need no word
const stylePatience = 3000; // milliseconds until a panel is shown without its style

// The files beside this module, by their names and as bundlers look for them:
// webpack, Parcel and Vite put the files beside what they build, and their URLs here.
const wasmFile = ["./panel.wasm", () => new URL("./panel.wasm", import.meta.url)];
const styleFile = ["./panel.css", () => new URL("./panel.css", import.meta.url)];
const iconFile = ["./ringing.svg", () => new URL("./ringing.svg", import.meta.url)]; // of the page while something rings
const script = globalThis.document?.currentScript?.src; // that a bundler has put this module into, if it is no module any more

// urlOf returns the URL of a file in the folder, or beside this module without one.
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

// isBundled reports whether a bundler has put this module into another file,
// and may have left behind the files beside it. That file may be another panel.js.
function isBundled() {
	return !(wasmSize ? /\/panel-[0-9a-f]{16}\.js(\?|$)/ : /\/panel\.js(\?|$)/).test(import.meta.url ?? "");
}

// What is said before the program is there to say anything.
const texts = {
	en: {
		option: ({ name, kind = name, given }) => `The ${name === "options" ? "options" : `option ${name}`} must be ${texts.en.kinds[kind]}, not ${given}.`,
		kinds: {
			options: "an object",
			origin: "scheme, host and port of your WWE, such as \"https://wwe.example.com\"",
			frame: "a string, the id of an iframe",
			timeout: "a number of milliseconds, at least 1",
			lang: "a string, such as \"de\", or an Intl.Locale",
			theme: "\"auto\", \"light\" or \"dark\"",
			sound: "true or false",
			notify: "true or false",
			shortcuts: "false, or an object such as { accept: \"Alt+Shift+Y\", reject: false }",
			files: "the URL of a folder",
			keys: "a list of keys of user data, an array or a string with commas",
			"keys[]": "a key of user data, a string",
			dispositions: "a list of one or more dispositions, an array or a string with commas",
			"dispositions[]": "a string, or an object with value and label",
			dispositionKey: "a string, a key of user data",
			dispositionRequired: "true or false",
			noteKey: "a string, another key of user data than the disposition's",
			text: "a string that is not empty",
			once: "another one",
		},
		unstyled: (url) => `The panel's style is missing: ${url} cannot be reached, or this page's Content-Security-Policy does not allow it in style-src.`,
		sandboxed: "This page is in a sandbox without allow-same-origin: the server must send Access-Control-Allow-Origin: * with its files.",
		bundled: `A bundler has built this page without all files of the panel. Copy ${wasmFile[0].slice(2)} and ${styleFile[0].slice(2)} from the package wwe-panel beside the page's script, or set the option files to the URL of their folder.`,
		incomplete: (url, bytes) => `${url} is incomplete: ${bytes} bytes have arrived. Deploy it again.`,
		loading: "Loading the agent panel…",
		failed: "The agent panel could not be loaded.",
		unsupported: "This browser has no WebAssembly, or it is switched off.",
		unreachable: (url) => `${url} cannot be reached, or this page's Content-Security-Policy does not allow it.`,
		missing: (url, status) => `The server answers ${status} for ${url}.`,
		forbidden: "This page's Content-Security-Policy does not allow WebAssembly. Its script-src needs 'wasm-unsafe-eval'.",
		damaged: (url, type) => `${url} is not WebAssembly: the server sends ${type || "it without a type"}.`,
		mixed: "Its files are not from the same build. Deploy all of them together.",
		stopped: "The agent panel has stopped by a fault of its own. Reload the page.",
	},
	de: {
		option: ({ name, kind = name, given }) => `Die ${name === "options" ? "Optionen müssen" : `Option ${name} muss`} ${texts.de.kinds[kind]} sein, nicht ${given}.`,
		kinds: {
			options: "ein Objekt",
			origin: "Schema, Host und Port von WWE wie \"https://wwe.example.com\"",
			frame: "ein Text, die id eines iframe,",
			timeout: "eine Zahl von Millisekunden, mindestens 1,",
			lang: "ein Text wie \"de\" oder ein Intl.Locale",
			theme: "\"auto\", \"light\" oder \"dark\"",
			sound: "true oder false",
			notify: "true oder false",
			shortcuts: "false oder ein Objekt wie { accept: \"Alt+Shift+Y\", reject: false }",
			files: "die URL eines Ordners",
			keys: "eine Liste von Schlüsseln der Benutzerdaten, ein Array oder ein Text mit Kommas,",
			"keys[]": "ein Schlüssel der Benutzerdaten, ein Text,",
			dispositions: "eine Liste mit mindestens einem Ergebnis, ein Array oder ein Text mit Kommas,",
			"dispositions[]": "ein Text oder ein Objekt mit value und label",
			dispositionKey: "ein Text, ein Schlüssel der Benutzerdaten,",
			dispositionRequired: "true oder false",
			noteKey: "ein Text, ein anderer Schlüssel der Benutzerdaten als der des Ergebnisses,",
			text: "ein Text, der nicht leer ist,",
			once: "ein anderes",
		},
		unstyled: (url) => `Die Gestaltung des Panels fehlt: ${url} ist nicht erreichbar, oder die Content-Security-Policy dieser Seite erlaubt es in style-src nicht.`,
		sandboxed: "Diese Seite ist in einer Sandbox ohne allow-same-origin: Der Server muss für ihre Dateien Access-Control-Allow-Origin: * senden.",
		bundled: `Ein Bundler hat diese Seite ohne alle Dateien des Panels gebaut. Kopieren Sie ${wasmFile[0].slice(2)} und ${styleFile[0].slice(2)} aus dem Paket wwe-panel neben das Skript der Seite, oder geben Sie mit der Option files die URL ihres Ordners an.`,
		incomplete: (url, bytes) => `${url} ist unvollständig: ${bytes} Bytes sind angekommen. Stellen Sie die Datei neu bereit.`,
		loading: "Das Agentenpanel wird geladen…",
		failed: "Das Agentenpanel konnte nicht geladen werden.",
		unsupported: "Dieser Browser hat kein WebAssembly, oder es ist abgeschaltet.",
		unreachable: (url) => `${url} ist nicht erreichbar, oder die Content-Security-Policy dieser Seite erlaubt es nicht.`,
		missing: (url, status) => `Der Server antwortet ${status} für ${url}.`,
		forbidden: "Die Content-Security-Policy dieser Seite erlaubt kein WebAssembly. In script-src fehlt 'wasm-unsafe-eval'.",
		damaged: (url, type) => `${url} ist kein WebAssembly: Der Server sendet ${type || "die Datei ohne Typ"}.`,
		mixed: "Die Dateien sind nicht aus demselben Build. Stellen Sie alle zusammen bereit.",
		stopped: "Das Agentenpanel ist durch einen eigenen Fehler stehen geblieben. Laden Sie die Seite neu.",
	},
};

const panels = new Set(); // those mounted
let wasm; // the URL of the program
let program; // a promise of the running program's functions; undefined before the first panel, and after a failure

export function mount(element, options = {}) {
	if (element?.nodeType !== 1) {
		throw new TypeError(`wwe-panel: mount needs an element of the page, not ${describe(element)}.`);
	}
	const { origin, frame, timeout, theme, files, sound, notify, shortcuts, lang: chosen, problem, ...own } = read(options);
	const lang = chosen || element.closest("[lang]")?.lang || navigator.language;
	const language = /^de(?![a-z])/i.test(lang) ? "de" : "en";
	const text = texts[language];

	const root = document.createElement("div");
	root.className = "wwe-panel";
	root.lang = language;
	const link = document.createElement("link");
	link.rel = "stylesheet";
	link.href = urlOf(styleFile, files);
	root.hidden = true; // until it is styled
	const unstyled = document.createElement("div");
	unstyled.setAttribute("role", "status");
	unstyled.lang = language;
	const showUnstyled = () => {
		unstyled.replaceChildren(...[text.unstyled(link.href), ...hints()].map(paragraph));
		root.before(unstyled);
		root.hidden = false;
	};
	const slowStyle = setTimeout(showUnstyled, stylePatience);
	link.onerror = showUnstyled;
	link.onload = () => {
		clearTimeout(slowStyle);
		remove(unstyled);
		root.hidden = false;
	};
	element.append(link, root);

	const bar = document.createElement("progress");
	bar.setAttribute("aria-label", text.loading);
	const slow = setTimeout(() => root.append(paragraph(text.loading), bar), patience);

	let functions, id; // once it is mounted
	const panel = {
		place: placeOf(element),
		progress(loaded, total) {
			bar.max = total;
			bar.value = loaded;
		},
		shown() {}, // what waits for the panel, once it is mounted
		stopped() {
			id = undefined;
			panel.shown();
			fail("stopped", text.stopped);
		},
	};
	// hints are what to do about a file that cannot be loaded.
	const hints = () => [...(globalThis.origin === "null" ? [text.sandboxed] : []), ...(isBundled() && !files ? [text.bundled] : [])];
	const say = (lines) => {
		clearTimeout(slow);
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
			say([text.failed, text.option(problem)]);
			await undefined; // the page has its handle before it hears of the failure
			if (panels.has(panel)) {
				throw fail("options", text.failed, text.option(problem));
			}
			return;
		}
		try {
			functions = await load(files);
		} catch (error) {
			if (!panels.has(panel)) {
				return;
			}
			const why = text[error.words ?? error.reason];
			throw fail(error.reason ?? "unknown", text.failed,
				typeof why === "function" ? why(...error.about) : why ?? String(error), ...(error.hint ? [error.hint] : []),
				...(error.isOfFile ? hints() : []));
		}
		if (!panels.has(panel)) {
			return; // unmounted meanwhile
		}
		clearTimeout(slow);
		const shown = new Promise((resolve) => { panel.shown = resolve; });
		const outcome = functions.mount(root, { ...own, origin, frame, timeout, lang, notify, shortcuts, place: panel.place,
			attention: (tell) => attention({ lock: `wwe-panel ${origin} ${frame}`, icon: urlOf(iconFile, files), sound, notify }, tell) }, element, panel.shown);
		if (typeof outcome === "string") {
			throw fail("options", text.failed, outcome);
		}
		id = outcome;
		if (!panels.has(panel)) { // unmounted by what the page was told meanwhile
			functions.unmount(id);
			return;
		}
		await shown;
	};

	// order has the panel do something once it is there.
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
		done.catch(() => {}); // nobody has to wait for it
		return done;
	};

	const handle = {
		ready: undefined,
		select: (interactionId) => order("select", interactionId),
		dial: (number) => order("dial", number),
		setTheme(theme) {
			if (theme && !isTheme(theme)) {
				throw new TypeError(`wwe-panel: ${texts.en.option({ name: "theme", given: describe(theme) })}`);
			}
			root.dataset.theme = theme || "auto";
		},
		unmount() {
			if (!panels.delete(panel)) {
				return;
			}
			clearTimeout(slow);
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
	handle.ready.catch(() => {}); // it is on the page: nobody has to wait for it
	return handle;
}

// placeOf names what a panel remembers across a reload, which keeps the ids of
// elements, and the order of panels in elements that have none.
function placeOf({ id }) {
	const taken = new Set(); // not by Array.from, which old libraries replace
	for (const panel of panels) {
		taken.add(panel.place);
	}
	let place = String(id);
	for (let n = 2; taken.has(place); n++) {
		place = `${id} ${n}`;
	}
	return place;
}

// remove takes an element away from where it is, if it is anywhere: Prototype.js
// has a remove of its own, which throws for an element without a parent.
function remove(element) {
	element.replaceWith();
}

function paragraph(text) {
	const p = document.createElement("p");
	p.textContent = text;
	return p;
}

// failure is an error that texts can tell of, with what it is about and
// perhaps the server's own words.
function failure(reason, about = [], hint = "") {
	return Object.assign(new Error(reason), { reason, about, hint });
}

// fileFailure is a failure to load the program, with its reason in words if
// that has several.
function fileFailure(reason, about, { hint = "", words = reason } = {}) {
	return Object.assign(failure(reason, about, hint), { words, isOfFile: true });
}

// load starts the program; the first panel says from which folder.
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

// start loads the program and gives its functions: mount, unmount and order.
async function start() {
	if (typeof WebAssembly !== "object") {
		throw failure("unsupported");
	}
	const [{ goWith }, module] = await Promise.all([runtime(), download().then(compile)]);
	let functions;
	const go = new (goWith({ wwePanelStarted(mount, unmount, order) { functions = { mount, unmount, order }; } }))();
	go.env = { __proto__: null }; // whatever the page has added to Object.prototype
	let instance;
	try {
		instance = await WebAssembly.instantiate(module, go.importObject);
	} catch (error) {
		throw isForbidden(error) ? failure("forbidden")
			: error instanceof WebAssembly.LinkError || error instanceof TypeError ? failure("mixed") : error;
	}
	go.exit = () => {};
	const running = go.run(instance); // until its main function waits
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

// runtime is Go's own part in JavaScript, which must match the program.
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

// isForbidden reports whether the page's policy is why WebAssembly fails: in
// Chromium and Firefox when it compiles, in WebKit when it starts.
function isForbidden({ message }) {
	return /content.security.policy|\bCSP\b|unsafe-eval/i.test(message);
}

// compile does so while the download goes on where it can. The streaming
// compiler gets the response itself, so that browsers can cache its work, and
// a copy tells how far the download is.
async function compile(response) {
	const type = response.headers.get("Content-Type");
	const copy = response.clone();
	const arrived = { bytes: 0, isWasm: false, whole: false, enough: false };
	let counting;
	try {
		const streaming = type === "application/wasm" && WebAssembly.compileStreaming;
		const module = streaming
			? WebAssembly.compileStreaming(response)
			: response.arrayBuffer().then((bytes) => WebAssembly.compile(bytes)); // a server that does not know the type
		counting = count(copy, arrived);
		return await module;
	} catch (error) {
		if (isForbidden(error)) {
			throw failure("forbidden");
		}
		await Promise.race([counting, new Promise((resolve) => setTimeout(resolve, patience))]);
		if (!arrived.whole && !(error instanceof WebAssembly.CompileError)) { // Firefox throws another error for a truncated program
			throw fileFailure("unreachable", [wasm]); // the download broke off
		}
		throw arrived.isWasm
			? fileFailure("damaged", [wasm, arrived.bytes], { words: "incomplete" })
			: fileFailure("damaged", [wasm, type]);
	} finally {
		arrived.enough = true;
	}
}

// count reads the response along with the compiler, and keeps what has arrived.
async function count(response, arrived) {
	// Content-Length is that of the compressed bytes, if they are.
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
		// compile tells of a download that breaks off
	}
}

// attributesOf are the attributes of an option: disposition-key of dispositionKey,
// and data-disposition-key, for pages that may have no attributes of their own.
function attributesOf(name) {
	const attribute = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
	return isOfWork(name) ? [attribute, `data-${attribute}`] : [attribute];
}

// isOfWork tells of the options about the agent's work. A page may have its own
// data-theme, as for all of its elements.
const isOfWork = (name) => /^(keys$|disposition|note)/.test(name);

// <wwe-panel origin frame timeout lang theme files sound notify shortcuts keys …>: each attribute is an
// option. A new theme shows at once; any other change remounts.
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

	// ready is the promise of the panel that is mounted.
	get ready() { return this.#handle?.ready; }

	// select and dial are those of its handle; undefined while there is none.
	select(interactionId) { return this.#handle?.select(interactionId); }
	dial(number) { return this.#handle?.dial(number); }

	// #update waits for the script that changes the page: one that sets three
	// attributes, or moves the element, does it in one go.
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
			if (name === "sound" || name === "notify") { // which are there or not, as any other flag in HTML
				options[name] = value !== null && value !== "false";
			} else if (value || attribute && name === "dispositionRequired") {
				options[name] = name === "timeout" && !isNaN(value) ? Number(value) : value;
			}
		}
		return options;
	}
}

const isThemeAttribute = (value) => !value || isTheme(value);

if (globalThis.customElements && !customElements.get("wwe-panel")) { // another copy of this module may have defined it
	customElements.define("wwe-panel", PanelElement);
}
