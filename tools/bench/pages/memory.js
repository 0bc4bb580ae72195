// What Go holds after much work, beside what it held at the start.
const MANY = 100_000;

export async function memory(go) {
	const { burst } = document.getElementById("wwe").contentWindow;
	const held = async (work, n) => {
		const heap = await go.memory(work, n, burst);
		return { "Go heap": heap, "linear memory": go.linearMemory(), "JavaScript values": go.valuesHeld() };
	};
	for (const work of ["calls", "events", "unanswered"]) {
		await held(work, MANY / 4); // the start is a program in use: Go keeps room for as many goroutines as there have ever been
	}
	const figures = { "at the start": await held("nothing", 0) };
	figures["after 100,000 calls"] = await held("calls", MANY);
	figures["after 100,000 events"] = await held("events", MANY);
	figures["after 100,000 calls that nobody answers"] = await held("unanswered", MANY);
	return figures;
}
