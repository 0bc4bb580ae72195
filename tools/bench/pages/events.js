// Events: how many, and how soon they are there.
import { contestants } from "./contestants.js";
import { median, quantile, rotated, takeTurns } from "./turns.js";

const COUNT = 10_000;
const TURNS = 3;

export async function events(go) {
	const { burst, emit } = document.getElementById("wwe").contentWindow;
	const figures = {};
	for (const subscribers of [1, 10]) {
		const runs = contestants(
			() => subscribed(subscribers, (received) => allOf(COUNT * subscribers, received, () => burst(COUNT))),
			(way) => go.events(way, subscribers, COUNT, burst),
		);
		const times = {};
		for (const name of Object.keys(runs)) {
			times[name] = [];
		}
		for (let turn = 0; turn < TURNS; turn++) {
			for (const name of rotated(Object.keys(runs), turn)) {
				times[name].push(await runs[name]() / COUNT);
			}
		}
		figures[`each, to ${subscribers}`] = medians(times);
	}

	const runs = contestants(
		() => subscribed(1, (received) => timesOf(COUNT, received, emit)),
		(way) => go.latency(way, COUNT, emit),
	);
	const middle = {}, late = {};
	for (let turn = 0; turn < TURNS; turn++) {
		for (const name of rotated(Object.keys(runs), turn)) {
			const times = await runs[name]();
			(middle[name] ??= []).push(median(times));
			(late[name] ??= []).push(quantile(times, 0.99));
		}
	}
	figures["until it is there"] = medians(middle);
	figures["until it is there, slowest 1 %"] = medians(late);
	return figures;
}

function medians(times) {
	return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)]));
}

// subscribed calls run with an object whose function `heard` each of the
// subscribers calls for each event. The client has room for one handler only.
async function subscribed(subscribers, run) {
	const received = { heard: () => {} };
	const handler = () => {
		for (let s = 0; s < subscribers; s++) {
			received.heard();
		}
	};
	const { service } = genesys.wwe;
	service.subscribe("interaction", handler);
	await new Promise((resolve) => service.interaction.markdone("1", resolve)); // answered after the subscription
	const result = await run(received);
	service.unsubscribe(handler);
	return result;
}

function allOf(count, received, burst) {
	return new Promise((resolve) => {
		let missing = count, began;
		received.heard = () => {
			if (--missing === 0) {
				resolve(performance.now() - began);
			}
		};
		burst();
		began = performance.now();
	});
}

function timesOf(count, received, emit) {
	return new Promise((resolve) => {
		const times = [];
		let began;
		const next = () => {
			began = performance.now();
			emit();
		};
		received.heard = () => {
			times.push(performance.now() - began);
			times.length < count ? next() : resolve(times);
		};
		next();
	});
}
