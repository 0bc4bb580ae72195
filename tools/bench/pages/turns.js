// How all is measured: the contestants take turns, so that what the machine does
// meanwhile befalls them alike, and what counts is the median. A turn is short,
// so that most of them are not interrupted.

// enough is after how many milliseconds a slow contestant has had its turns, once it has had five.
const enough = 1500;

// takeTurns gives for each contestant the median time of one of its iterations.
// contestants: name -> run(n), which does n iterations and gives their time in milliseconds.
export async function takeTurns(contestants, { turns, milliseconds }) {
	const names = Object.keys(contestants);
	const n = {}, times = {}, spent = {};
	for (const name of names) {
		n[name] = await iterationsIn(milliseconds, contestants[name]);
		times[name] = [];
		spent[name] = 0;
	}
	for (let turn = 0; turn < turns; turn++) {
		for (const name of rotated(names, turn)) {
			if (turn < 5 || spent[name] < enough) {
				const took = await contestants[name](n[name]);
				spent[name] += took;
				times[name].push(took / n[name]);
			}
		}
	}
	return Object.fromEntries(names.map((name) => [name, median(times[name])]));
}

// warm is how long each contestant runs before it counts: engines optimise what runs often.
const warm = 300;

// iterationsIn finds how many iterations take so long, once the contestant is warm.
async function iterationsIn(milliseconds, run) {
	for (let n = 1, all = 0; ;) {
		const took = await run(n);
		const fit = Math.max(1, Math.round(n * milliseconds / Math.max(took, 0.01)));
		all += took;
		if (all >= warm) {
			return fit;
		}
		n = Math.min(fit, n * 10);
	}
}

// rotated has each contestant begin a turn as often as the others.
export function rotated(list, by) {
	return list.map((_, i) => list[(i + by) % list.length]);
}

export const median = (numbers) => quantile(numbers, 0.5);

export function quantile(numbers, q) {
	const sorted = numbers.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
}
