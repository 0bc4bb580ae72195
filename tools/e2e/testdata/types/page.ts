import { mount, type PanelHandle, type PanelOptions } from "wwe-panel";

// README's own listener, at the window, the document and an element.
addEventListener("wwe-interaction-changed", ({ target, detail }) => console.log(target, detail.interactionId, detail.state));
document.addEventListener("wwe-action-failed", ({ detail }) => console.log(detail.category));
document.body.addEventListener("wwe-panel-failed", ({ detail }) => console.log(detail.reason === "options"));
document.querySelector("main")?.addEventListener("wwe-interaction-selected", ({ detail }) => console.log(detail.change));
document.querySelector("#any")?.addEventListener("wwe-panel-failed", ({ detail }) => console.log(detail.message));

const undefinedOrigin: string | undefined = undefined;
const options: PanelOptions = { origin: undefinedOrigin, theme: undefined, timeout: 8000, lang: new Intl.Locale("de"), files: new URL("/panel/", location.href) };
const handle: PanelHandle = mount(document.body, options);
handle.setTheme("dark");
mount(document.body, { keys: ["Customer"], dispositions: ["sold", { value: "lost", label: "Not interested" }], dispositionKey: "Outcome", dispositionRequired: true, noteKey: "Note" });
mount(document.body, { ...document.body.dataset, keys: "Customer,Order", dispositions: "sold,lost" });
handle.select("1").then(() => handle.dial("+33 1 40 00 00 01")).catch(({ message }) => console.log(message));
mount(document.body, { sound: true, notify: false, shortcuts: { accept: "Ctrl+Shift+F2", reject: false } });
mount(document.body, { shortcuts: false });
handle.ready.then(() => handle.unmount());

const ready: Promise<void> | undefined = document.querySelector("wwe-panel")?.ready;
console.log(ready, document.createElement("wwe-panel").ready);

const dialled: Promise<void> | undefined = document.querySelector("wwe-panel")?.dial("1002");
console.log(dialled);

// @ts-expect-error: a misspelt shortcut
mount(document.body, { shortcuts: { acept: "Alt+Shift+Y" } });
// @ts-expect-error: no flag
mount(document.body, { sound: "yes" });
// @ts-expect-error: no number
handle.dial(42);
// @ts-expect-error: a misspelt option
mount(document.body, { orgin: "https://wwe.example.com" });
// @ts-expect-error: no theme
mount(document.body, { theme: "purple" });
// @ts-expect-error: no number
mount(document.body, { timeout: "8000" });
// @ts-expect-error: a disposition without a value
mount(document.body, { dispositions: [{ label: "Sold" }] });
// @ts-expect-error: no truth
mount(document.body, { dispositionRequired: "yes" });
// @ts-expect-error: the element may be missing
mount(document.getElementById("panel"));
