// The simulated WWE that all contestants talk to, each over postMessage.
import { eventOf, interaction, interactions, reply } from "./data.js";

const twenty = interactions(20, 20);
const one = interaction(1, 20);

addEventListener("message", ({ data, source, origin }) => {
	if (data.userAgent !== "WWE Client" || data.request === "bench.silence") {
		return;
	}
	source.postMessage(reply(data, data.request === "interaction.getInteractions" ? twenty : null), origin);
});

globalThis.emit = () => parent.postMessage(eventOf(one), "*");
globalThis.burst = (n) => {
	for (let i = 0; i < n; i++) {
		emit();
	}
};
