// Interactions into typed Go, beside JavaScript's own deep copy of them.
import { interactions } from "./data.js";
import { takeTurns } from "./turns.js";

export async function decode(go) {
	const figures = {};
	for (const keys of [20, 100]) {
		for (const count of [1, 20, 200]) {
			const data = interactions(count, keys);
			const flat = interactions(count, keys, false); // for vert, which cannot do otherwise
			figures[`${count} × ${keys} keys`] = await takeTurns({
				"JSON deep copy": (n) => copy(data, n),
				"text only": (n) => go.decode("text", data, n),
				"the least": (n) => go.decode("least", data, n),
				"ours": (n) => go.decode("ours", data, n),
				"encoding/json": (n) => go.decode("encoding/json", data, n),
				"syscall/js Get": (n) => go.decode("get", data, n),
				"vert": (n) => go.decode("vert", flat, n),
			}, { turns: 41, milliseconds: 4 });
		}
	}
	// Each turn begins with a heap that is clean, and is over before Go collects. Longer ones, which end when Go has cleared up what they left:
	const data = interactions(20, 20);
	const flat = interactions(20, 20, false);
	figures["20 × 20 keys, and cleared up"] = await takeTurns({
		"JSON deep copy": (n) => copy(data, n),
		"the least": (n) => go.decode("least", data, n, true),
		"ours": (n) => go.decode("ours", data, n, true),
		"vert": (n) => go.decode("vert", flat, n, true),
	}, { turns: 21, milliseconds: 50 });
	return figures;
}

function copy(data, n) {
	let copies = 0;
	const began = performance.now();
	for (let i = 0; i < n; i++) {
		copies += JSON.parse(JSON.stringify(data)).length;
	}
	const took = performance.now() - began;
	if (copies !== n * data.length) {
		throw new Error("not all were copied");
	}
	return took;
}
