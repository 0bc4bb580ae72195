// A page whose handlers throw.
for (const name of ["message", "wwe-interaction-changed", "wwe-interaction-selected", "DOMContentLoaded", "click", "load"]) {
	addEventListener(name, () => { throw new Error("the page's own"); }, true);
	document.addEventListener(name, () => { throw new Error("the page's own"); });
}
