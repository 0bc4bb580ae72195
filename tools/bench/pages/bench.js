// The page of the benchmark: runs the section that the query names, and reports its figures to the driver.
import { startGo } from "./go.js";
import { decode } from "./decode.js";
import { roundTrip } from "./roundtrip.js";
import { events } from "./events.js";
import { concurrency } from "./concurrency.js";
import { memory } from "./memory.js";
import { panelEvents } from "./panel.js";
import { start } from "./start.js";

const sections = { decode, roundTrip, events, panelEvents, concurrency, start, memory };
const post = (path, body) => fetch(path, { method: "POST", body });
addEventListener("error", (e) => post("failed", e.message));
addEventListener("unhandledrejection", (e) => post("failed", String(e.reason?.stack ?? e.reason)));

if (document.readyState !== "complete") {
	await new Promise((resolve) => addEventListener("load", resolve));
}
clientListens(false);
genesys.wwe.service.targetWWEWindow(document.getElementById("wwe").contentWindow);
if (!crossOriginIsolated) {
	throw new Error("times would be too coarse");
}
const section = sections[new URLSearchParams(location.search).get("section")];
const figures = await section(await startGo("bench.wasm"));
await post("figures", JSON.stringify(figures));
