// From navigation to the first interaction on the screen.
import { eventOf, interaction, interactions } from "./data.js";
import { median, rotated } from "./turns.js";
import { Visit, widget } from "./visit.js";

const contestants = ["empty", "panel", "plain", "minimal", "panel-model"]; // as the driver serves them
const turns = 3 * contestants.length;
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export async function start() {
	const first = {}, second = {};
	for (let turn = 0; turn < turns; turn++) {
		await visits(first, turn, `first${turn}`);
	}
	for (const contestant of contestants) {
		await work(widget(contestant, "again"));
	}
	for (let turn = 0; turn < turns; turn++) {
		await pause(3000); // Chromium keeps the process of a page that is closed for 2 s; a visit on the next day has a new one
		await visits(second, turn, "again");
	}
	return { "first visit": medians(first), "second visit": medians(second) };
}

async function visits(times, turn, name) {
	for (const contestant of rotated(contestants, turn)) {
		const visit = new Visit(interactions(1, 20));
		const { all, running, drawing } = await visit.open(widget(contestant, name));
		(times[contestant] ??= []).push(all);
		if (contestant === "panel") {
			await pause(200 + 17 * Math.random()); // it has drawn all; frames come each 17 ms
			(times.least ??= []).push(running + await visit.took("frame") + drawing);
			await pause(50 + 17 * Math.random());
			(times.compiled ??= []).push(running + await visit.took("second"));
		}
		visit.close();
	}
}

// work is what an agent does on the day before the second visit: enough for Chromium to keep the compiled code, if it does.
async function work(url) {
	const visit = new Visit(interactions(1, 20));
	await visit.open(url);
	for (let n = 0; n < 3000; n++) {
		visit.post(eventOf({ ...interaction(1, 20), ani: `+33140${n}` }));
	}
	await pause(5000);
	visit.close();
}

function medians(times) {
	return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)]));
}
