// What the panels tell, and what the Content-Security-Policy reports.
const told = [], violations = [];
document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => violations.push(`${violatedDirective}: ${blockedURI}`));
for (const name of ["wwe-interaction-changed", "wwe-interaction-selected", "wwe-action-failed", "wwe-panel-failed"]) {
	document.addEventListener(name, ({ target, detail }) => told.push({ name, from: target.id, detail }));
}
