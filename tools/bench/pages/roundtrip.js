// A call to WWE and its answer, small and large.
import { contestants, over } from "./contestants.js";
import { median, takeTurns } from "./turns.js";

const TURNS = 41;
const processes = ["far0", "far1", "far2"]; // sites: between two processes, calls take as long as it happens to be with these two

export async function roundTrip(go) {
	const figures = await calls(go, TURNS);
	const rounds = [];
	for (const site of processes) {
		await toFar(site, async () => rounds.push(await calls(go, Math.ceil(TURNS / processes.length))));
	}
	for (const [name, times] of Object.entries(rounds[0])) {
		const medianOf = (who) => median(rounds.map((round) => round[name][who]));
		figures[`${name}, WWE far`] = Object.fromEntries(Object.keys(times).map((who) => [who, medianOf(who)]));
	}
	return figures;
}

// Between processes Chromium makes it costly, some 2 ms for 20 interactions,
// to read the data of a message whose origin has not been read before. The
// client never reads it, we always do.

// toFar has a WWE on another site, and so in a process of its own, take the place of the other.
async function toFar(site, run) {
	const near = document.getElementById("wwe"), far = document.getElementById("far");
	await new Promise((resolve) => {
		far.onload = resolve;
		far.src = `http://${site}.localhost:${location.port}/wwe.html`;
	});
	near.id = "near";
	far.id = "wwe";
	genesys.wwe.service.targetWWEWindow(far.contentWindow);
	await run();
	far.id = "far";
	near.id = "wwe";
	genesys.wwe.service.targetWWEWindow(near.contentWindow);
}

async function calls(go, turns) {
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
			"syscall/js with the care that is due": (n) => over("off", () => go.roundTrip("careful", large, n)),
			"at its barest over the client": (n) => over("logging", () => go.roundTrip("bare client", large, n)),
		}, { turns, milliseconds: 20 });
	}
	return figures;
}

// callsInARow makes each call where the one before is answered, as callbacks
// let one do it best. The first does not count, with nobody: it wakes WWE.
function callsInARow(call, n) {
	return new Promise((resolve, reject) => {
		let began;
		const next = () => {
			began ??= performance.now();
			if (n-- > 0) {
				call(next, reject);
			} else {
				resolve(performance.now() - began);
			}
		};
		call(next, reject);
	});
}
