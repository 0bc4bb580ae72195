// The panel under 10,000 events, and with 10,000 interactions: does it ever keep the agent waiting?
import { eventOf, interactions } from "./data.js";
import { median } from "./turns.js";
import { Visit, widget } from "./visit.js";

const COUNT = 10_000;
const TURNS = 3;

export async function panelEvents() {
	return {
		"10,000 events": await medians(async (turn) => await flood(widget("panel", `flood${turn}`))),
		"10,000 interactions": await medians(async (turn) => await crowd(widget("panel", `crowd${turn}`))),
	};
}

async function medians(run) {
	const runs = [];
	for (let turn = 0; turn < TURNS; turn++) {
		runs.push(await run(turn));
	}
	return Object.fromEntries(Object.keys(runs[0]).map((name) => [name, median(runs.map((run) => run[name]))]));
}

// crowd has WWE hold that many interactions at once, all of which are new to the panel.
async function crowd(url) {
	const visit = new Visit(interactions(1, 10));
	await visit.open(url);
	await new Promise((resolve) => setTimeout(resolve, 1000)); // as below
	const all = interactions(COUNT, 10);
	visit.hold(all);
	visit.post({ bench: "begin busy" });
	visit.post(eventOf(all[COUNT - 1])); // of one that the panel does not know, so that it asks for all
	await new Promise((resolve) => setTimeout(resolve, 5000)); // more than it needs
	const done = visit.told("busy");
	visit.post({ bench: "end busy" });
	const { longestBusy } = await done;
	visit.close();
	return { "longest busy": longestBusy };
}

// flood posts the events faster than the panel can take them, but not all at once: that would keep a core from the panel,
// whose tasks would then be long because they wait for it. The panel has a process of its own, where only its own long tasks
// are seen.
async function flood(url) {
	const all = interactions(20, 20);
	const host = [];
	const observer = new PerformanceObserver((list) => host.push(...list.getEntries().map(({ duration }) => duration)));
	const visit = new Visit(all);
	await visit.open(url);
	await new Promise((resolve) => setTimeout(resolve, 1000)); // until the first render is over, which is not what is measured
	observer.observe({ type: "longtask" });
	visit.post({ bench: "begin" });
	const done = visit.told("tasks");
	const began = performance.now();
	for (let n = 0; n < COUNT; n++) {
		const interaction = all[n % all.length];
		interaction.userData.Key01 = `change ${n}`;
		visit.post(eventOf(interaction));
		if (n % 50 === 49) {
			await new Promise((resolve) => setTimeout(resolve));
		}
	}
	visit.post({ bench: "end" });
	const { longTasks } = await done;
	const took = performance.now() - began;
	observer.disconnect();
	visit.close();
	const longest = (tasks) => Math.max(0, ...tasks);
	return {
		"long tasks": longTasks.length, "longest task": longest(longTasks), "until all are shown": took,
		"long tasks of the host": host.length, "longest task of the host": longest(host),
	};
}
