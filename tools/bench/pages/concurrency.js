// Many calls at the same time: one must not pay for the others.
import { contestants } from "./contestants.js";
import { takeTurns } from "./turns.js";

export async function concurrency(go) {
	const figures = {};
	for (const inFlight of [1, 10, 100, 1000]) {
		const waves = (n) => Math.max(1, Math.ceil(n / inFlight));
		// Only whole waves: their time, as if there had been n calls.
		const scaled = async (n, run) => await run(waves(n)) * n / (waves(n) * inFlight);
		const all = contestants(
			(n) => scaled(n, (w) => inWaves(inFlight, w)),
			(way, n) => scaled(n, (w) => go.concurrency(way, inFlight, w * inFlight)),
		);
		const { "client without logging": client, ours, "ours over it without logging": over } = all;
		figures[inFlight] = await takeTurns({
			"client without logging": client, ours, "ours over it without logging": over,
		}, { turns: 11, milliseconds: 50 });
	}
	return figures;
}

async function inWaves(inFlight, waves) {
	const { interaction } = genesys.wwe.service;
	const began = performance.now();
	for (; waves > 0; waves--) {
		await new Promise((resolve, reject) => {
			let missing = inFlight;
			const done = () => { --missing || resolve(); };
			for (let i = 0; i < inFlight; i++) {
				interaction.markdone("1", done, reject);
			}
		});
	}
	return performance.now() - began;
}
