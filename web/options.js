// The options of mount, which panel.d.ts documents. They come from the page, so each may have any type.

const isText = (value) => typeof value === "string";
const typeOf = (value) => Object.prototype.toString.call(value).slice(8, -1); // also for another window's objects
const isFlag = (value) => typeof value === "boolean";
const isA = (type) => (value) => typeOf(value) === type;
export const isTheme = (value) => value === "auto" || value === "light" || value === "dark";

// An attribute may have no value, or the text of a boolean.
const isTruth = (value) => typeof value === "boolean" || value === "" || value === "true" || value === "false";
const isList = (value) => isText(value) || Array.isArray(value);

// The check for each option. null and undefined mean that the option is not set, and so does "" except
// for a boolean attribute.
const checks = {
	origin: (value) => wrongOf(value) === undefined,
	frame: isText,
	timeout: (value) => typeof value === "number" && (value === 0 || value >= 1 && value <= 1e9),
	lang: (value) => isText(value) || isA("Intl.Locale")(value),
	theme: isTheme,
	sound: isFlag,
	notify: isFlag,
	shortcuts: (value) => value === false || isText(value) ||
		isA("Object")(value) && Object.values(value).every((keys) => keys === false || isText(keys)),
	files: (value) => (isText(value) || isA("URL")(value)) && isURL(value),
	keys: isList,
	dispositions: isList,
	dispositionKey: isText,
	dispositionRequired: isTruth,
	noteKey: isText,
};

// listOf returns the items of a list. In an attribute, commas separate them.
function listOf(value) {
	return isText(value) ? value.split(",").map((part) => part.trim()) : [...value];
}

// dispositionOf returns a disposition: a value for WWE with a label, or a single text for both. An
// attribute contains value=label.
function dispositionOf(part) {
	if (!isText(part)) {
		return { value: part.value, label: part.label ?? part.value };
	}
	const at = part.indexOf("=");
	return at < 0 ? { value: part, label: part } : { value: part.slice(0, at).trim(), label: part.slice(at + 1).trim() };
}

// readList returns the items of a list, or the problem of the first invalid item.
function readList(name, given) {
	const list = [];
	const known = new Set();
	const parts = listOf(given);
	for (let n = 0; n < parts.length; n++) { // not with entries(), which old libraries replace
		const part = parts[n];
		const at = `${name}[${n}]`;
		let text = part;
		if (name === "dispositions" && (isText(part) && isText(given) || isA("Object")(part))) {
			const disposition = dispositionOf(part);
			for (const field of ["value", "label"]) {
				if (!isText(disposition[field]) || disposition[field] === "") {
					return { problem: { name: `${at}.${field}`, kind: "text", given: describe(disposition[field]) } };
				}
			}
			text = disposition.value;
			list.push(disposition);
		} else if (isText(part) && part !== "") {
			list.push(name === "dispositions" ? { value: part, label: part } : part);
		} else {
			return { problem: { name: at, kind: `${name}[]`, given: describe(part) } };
		}
		if (known.has(text)) {
			return { problem: { name: at, kind: "once", given: describe(text) } };
		}
		known.add(text);
	}
	return { list };
}

// wrongOf returns the part of an origin option that is invalid: of several origins, the first whose form
// differs from the one that browsers report. It returns undefined if all are valid.
function wrongOf(value) {
	return isText(value) ? (value.match(/[^\0- ]+/g) ?? [""]).find((one) => !/^http/.test(one) || parse(one)?.origin !== one) : value;
}

// isURL reports whether value can be the URL of a folder. "localhost:8080" cannot, because it is the URL
// of 8080 in the scheme localhost.
function isURL(value) {
	return Boolean(parse("file", parse(value, document.baseURI)));
}

function parse(url, base) {
	try {
		return new URL(url, base);
	} catch {
		return undefined;
	}
}

export const names = Object.keys(checks);

// read returns a copy of the page's options. problem describes the first invalid option by name and
// value. read throws only exceptions of the page's own getters.
export function read(given) {
	const type = typeOf(given);
	if (!["Object", "Module", "DOMStringMap"].includes(type)) { // others have no options as properties
		return { problem: { name: "options", given: describe(given).replace(/^an object$/, type === "Promise" ? "a Promise: await it" : `a ${type}`) } };
	}
	const options = {};
	let problem;
	for (const name of names) {
		const value = given[name];
		if (value === undefined || value === null || value === "" && checks[name] !== isTruth) {
			continue;
		}
		if (!checks[name](value)) {
			problem ??= { name, given: describe(name === "origin" ? wrongOf(value) : value) };
		} else if (checks[name] === isTruth) {
			options[name] = String(value) !== "false";
		} else if (checks[name] === isList) {
			const read = readList(name, value);
			problem ??= read.problem;
			options[name] = read.list;
		} else {
			options[name] = name === "shortcuts" ? shortcutText(value) : typeof value === "object" ? String(value) : value;
		}
	}
	if (options.frame && !options.origin) {
		problem ??= { name: "origin", given: "undefined" };
	}
	if ((options.dispositionKey || options.dispositionRequired) && !options.dispositions?.length) {
		problem ??= { name: "dispositions", given: options.dispositions ? "an empty array" : "undefined" };
	}
	if (options.noteKey && options.dispositions?.length && options.noteKey === (options.dispositionKey ?? "DispositionCode")) {
		problem ??= { name: "noteKey", given: describe(options.noteKey) };
	}
	for (const name of Object.keys(given)) {
		if (!names.includes(name)) {
			warn(name);
		}
	}
	return { ...options, problem };
}

// shortcutText returns the option as lines, the form that an attribute has too.
function shortcutText(value) {
	return typeof value === "object" ? Object.entries(value).map(([name, keys]) => `${name}=${keys}`).join("\n") : String(value);
}

// warn warns of an unknown option and suggests a similar one.
function warn(name) {
	const like = names.find((known) => distance(known, name.toLowerCase()) <= 2);
	console.warn(`wwe-panel: the option "${name}" is unknown and ignored.${like ? ` Did you mean "${like}"?` : ""}`);
}

// distance returns the number of letters to insert, delete or replace to turn a into b.
function distance(a, b) {
	let row = Array.from({ length: a.length + 1 }, (_, n) => n);
	for (const letter of b.slice(0, 20)) {
		const next = [row[0] + 1];
		for (let n = 1; n <= a.length; n++) {
			next[n] = Math.min(row[n] + 1, next[n - 1] + 1, row[n - 1] + (a[n - 1] !== letter));
		}
		row = next;
	}
	return row[a.length];
}

// describe describes any value for a message, without running the value's own code.
export function describe(value) {
	switch (typeof value) {
	case "string":
		return `"${value.length > 40 ? `${value.slice(0, 40)}…` : value}"`;
	case "bigint":
		return `${value}n`;
	case "symbol":
		return "a symbol";
	case "function":
		return "a function";
	case "object":
		return value === null ? "null" : Array.isArray(value) ? "an array" : "an object";
	}
	return String(value);
}
