// A call to WWE and its answer, small and large.
import { contestants, over } from "./contestants.js";
import { takeTurns } from "./turns.js";

export async function roundTrip(go) {
	const { interaction } = genesys.wwe.service;
	const figures = {};
	for (const [name, call] of Object.entries({
		"mark done": (done, failed) => interaction.markdone("1", done, failed),
		"20 interactions": (done, failed) => interaction.getInteractions(done, failed),
	})) {
		const large = name !== "mark done";
		figures[name] = await takeTurns({
			...contestants((n) => callsInARow(call, n), (way, n) => go.roundTrip(way, large, n)),
			"syscall/js at its barest": (n) => over("off", () => go.roundTrip("bare", large, n)),
		}, { turns: 61, milliseconds: 5 });
	}
	return figures;
}

// callsInARow makes each call where the one before is answered, as callbacks let one do it best.
function callsInARow(call, n) {
	return new Promise((resolve, reject) => {
		const began = performance.now();
		const next = () => {
			if (n-- > 0) {
				call(next, reject);
			} else {
				resolve(performance.now() - began);
			}
		};
		next();
	});
}
