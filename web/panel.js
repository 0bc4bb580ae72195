// Mounts the agent panel into an element of a page: by mount(element, options),
// or by the element <wwe-panel> that this module defines. panel.d.ts says how.
// One WebAssembly program, loaded with the first panel, serves all of the page.

const wasm = new URL("./panel.wasm", import.meta.url).href;
const style = new URL("./panel.css", import.meta.url).href;
const wasmSize = 0; // bytes of panel.wasm as make dist knows them; 0 for unknown
const patience = 200; // milliseconds of loading that need no word

// What is said before the program is there to say anything.
const texts = {
	en: {
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
let program; // a promise of the running program's functions; undefined before the first panel, and after a failure

export function mount(element, options = {}) {
	const { origin, frame, timeout, theme } = options;
	const lang = options.lang || element.closest("[lang]")?.lang || navigator.language;
	const language = texts[lang.split("-")[0]] ? lang.split("-")[0] : "en";
	const text = texts[language];

	const root = document.createElement("div");
	root.className = "wwe-panel";
	root.lang = language;
	const link = document.createElement("link");
	link.rel = "stylesheet";
	link.href = style;
	root.hidden = true; // until it is styled
	link.onload = link.onerror = () => { root.hidden = false; };
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
	const fail = (reason, ...lines) => {
		clearTimeout(slow);
		const alert = document.createElement("div");
		alert.className = "wwe-panel-failure";
		alert.setAttribute("role", "alert");
		alert.append(...lines.map(paragraph));
		root.replaceChildren(alert);
		const detail = { reason, message: lines.join(" ") };
		element.dispatchEvent(new CustomEvent("wwe-panel-failed", { bubbles: true, composed: true, detail }));
		return new Error(detail.message);
	};
	const show = async () => {
		try {
			functions = await load();
		} catch (error) {
			if (!panels.has(panel)) {
				return;
			}
			const why = text[error.reason];
			throw fail(error.reason ?? "unknown", text.failed,
				typeof why === "function" ? why(...error.about) : why ?? String(error), ...(error.hint ? [error.hint] : []));
		}
		if (!panels.has(panel)) {
			return; // unmounted meanwhile
		}
		clearTimeout(slow);
		const shown = new Promise((resolve) => { panel.shown = resolve; });
		const outcome = functions.mount(root, { origin, frame, timeout, lang, place: panel.place }, element, panel.shown);
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

	const handle = {
		ready: undefined,
		setTheme(theme) {
			root.dataset.theme = theme || "auto";
		},
		unmount() {
			if (!panels.delete(panel)) {
				return;
			}
			clearTimeout(slow);
			panel.shown();
			if (id !== undefined) {
				functions.unmount(id);
			}
			link.remove();
			root.remove();
		},
	};
	handle.setTheme(theme);
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

function load() {
	program ??= start().catch((error) => {
		program = undefined; // the next panel tries again
		throw error;
	});
	return program;
}

// start loads the program and gives its functions, mount and unmount.
async function start() {
	if (typeof WebAssembly !== "object") {
		throw failure("unsupported");
	}
	const [{ goWith }, module] = await Promise.all([runtime(), download().then(compile)]);
	let functions;
	const go = new (goWith({ wwePanelStarted(mount, unmount) { functions = { mount, unmount }; } }))();
	go.env = { __proto__: null }; // whatever the page has added to Object.prototype
	let instance;
	try {
		instance = await WebAssembly.instantiate(module, go.importObject);
	} catch (error) {
		throw error instanceof WebAssembly.LinkError || error instanceof TypeError ? failure("mixed") : error;
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
		throw failure("unreachable", ["runtime.js"]);
	}
}

async function download() {
	let response;
	try {
		response = await fetch(wasm);
	} catch {
		throw failure("unreachable", [wasm]);
	}
	if (!response.ok) {
		const words = response.headers.get("Content-Type")?.startsWith("text/plain") ? await response.text() : "";
		throw failure("missing", [wasm, response.status], words.slice(0, 200).trim());
	}
	return response;
}

// compile does so while the download goes on where it can. The streaming
// compiler gets the response itself, so that browsers can cache its work, and
// a copy tells how far the download is.
async function compile(response) {
	const type = response.headers.get("Content-Type");
	const copy = response.clone();
	try {
		const streaming = type === "application/wasm" && WebAssembly.compileStreaming;
		const module = streaming
			? WebAssembly.compileStreaming(response)
			: response.arrayBuffer().then((bytes) => WebAssembly.compile(bytes)); // a server that does not know the type
		count(copy);
		return await module;
	} catch (error) {
		copy.body?.cancel().catch(() => {});
		if (error instanceof WebAssembly.CompileError) {
			throw /content.security.policy|unsafe-eval/i.test(error.message) ? failure("forbidden") : failure("damaged", [wasm, type]);
		}
		throw failure("unreachable", [wasm]); // the download broke off
	}
}

async function count(response) {
	// Content-Length is that of the compressed bytes, if they are.
	const total = wasmSize || (response.headers.has("Content-Encoding") ? 0 : Number(response.headers.get("Content-Length")));
	let loaded = 0;
	try {
		for (const reader = response.body.getReader(); ;) {
			const { done, value } = await reader.read();
			if (done) {
				return;
			}
			loaded += value.length;
			if (loaded <= total) {
				panels.forEach((panel) => panel.progress(loaded, total));
			}
		}
	} catch {
		// compile tells of a download that breaks off
	}
}

// <wwe-panel origin frame timeout lang theme>: each attribute is the option of
// that name. A new theme shows at once; any other change mounts anew.
class PanelElement extends HTMLElement {
	static observedAttributes = ["origin", "frame", "timeout", "lang", "theme"];
	#handle;
	#changed = false;
	#waiting = false;

	connectedCallback() { this.#update(); }
	disconnectedCallback() { this.#update(); }
	attributeChangedCallback(name, before, after) {
		if (before === after) {
			return;
		}
		if (name === "theme") {
			this.#handle?.setTheme(after);
			return;
		}
		this.#changed = true;
		this.#update();
	}

	// ready is the promise of the panel that is mounted.
	get ready() { return this.#handle?.ready; }

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
		for (const name of PanelElement.observedAttributes) {
			const value = this.getAttribute(name);
			if (value) {
				options[name] = name === "timeout" ? Number(value) : value;
			}
		}
		return options;
	}
}

if (!customElements.get("wwe-panel")) { // another copy of this module may have defined it
	customElements.define("wwe-panel", PanelElement);
}
