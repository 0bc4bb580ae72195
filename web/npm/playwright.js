// Playwright's test with the simulated desktop as its page. See playwright.d.ts.

import { test as base } from "@playwright/test";
import { startDesktop } from "./server.js";
import { withWidget } from "./urls.js";

export { expect } from "@playwright/test";

export const test = base.extend({
	widgetURL: ["http://localhost:3000/", { option: true }],
	widgetMode: ["workspace", { option: true }],

	// One server for all tests of a worker. It holds no state: WWE runs in the page.
	desktopURL: [async ({}, use) => {
		const desktop = await startDesktop({ port: 0 });
		await use(desktop.origin);
		await desktop.close();
	}, { option: true, scope: "worker" }],

	page: async ({ page, desktopURL, widgetURL, widgetMode }, use) => {
		await openDesktop(page, withWidget(new URL(desktopURL).origin, widgetURL, { mode: widgetMode }), widgetURL, widgetMode);
		await use(page);
	},

	host: async ({ page }, use) => {
		await use(new Proxy({}, { get: (_, name) => (isFunctionName(name) ? (...parameters) => call(page, name, parameters) : undefined) }));
	},

	widget: async ({ page }, use) => {
		await use(page.frameLocator("iframe[title^=Widget]"));
	},
});

// A page that has just been opened starts WWE over, even if an earlier test has used it. Only a reload keeps WWE's state.
async function openDesktop(page, url, widgetURL, widgetMode) {
	const widget = widgetMode === "interaction" ? undefined : widgetIn(page);
	await page.goto(url);
	await page.evaluate(ready);
	const problem = await widget;
	if (problem) {
		throw new Error(`The widget does not load from ${widgetURL}: ${problem}. ${adviceOn(problem, new URL(url).origin)}`);
	}
}

function adviceOn(problem, desktop) {
	if (problem.startsWith(answered)) {
		return "Correct the option widgetURL.";
	}
	if (problem.includes("BLOCKED_BY_RESPONSE")) { // Chromium's name for it
		return `Let its server leave out X-Frame-Options, and allow ${desktop} in frame-ancestors if it sends that.`;
	}
	return "Start its server (webServer in playwright.config.ts does that for you), or set the option widgetURL.";
}

const answered = "its server answers with ";

// Resolves when the widget's page is loaded, with the reason if it cannot be.
function widgetIn(page) {
	const isWidget = (frame) => frame.parentFrame() === page.mainFrame();
	return new Promise((resolve) => {
		const listeners = {
			requestfailed: (request) => {
				if (request.isNavigationRequest() && isWidget(request.frame())) {
					settle(request.failure()?.errorText ?? "no answer");
				}
			},
			response: (response) => {
				if (response.request().isNavigationRequest() && isWidget(response.frame()) && response.status() >= 400) {
					settle(answered + response.status());
				}
			},
			framenavigated: async (frame) => {
				if (isWidget(frame) && /^https?:/.test(frame.url())) {
					await frame.waitForLoadState("domcontentloaded").catch(() => {});
					settle();
				}
			},
			close: () => settle("the page was closed"),
		};
		const settle = (problem) => {
			for (const [event, listener] of Object.entries(listeners)) {
				page.off(event, listener);
			}
			resolve(problem);
		};
		for (const [event, listener] of Object.entries(listeners)) {
			page.on(event, listener);
		}
	});
}

// In the page: resolves when the desktop's program runs.
async function ready() {
	while (!window.wweHostCall) {
		const failure = document.querySelector("#status.error");
		if (failure) {
			throw new Error(`The simulated desktop does not start: ${failure.textContent}`);
		}
		await new Promise((resolve) => { setTimeout(resolve, 20); });
	}
}

// A Promise is not among wweHost's functions: await on the host itself must not look for one.
const isFunctionName = (name) => typeof name === "string" && name !== "then";

function call(page, name, parameters) {
	return page.evaluate(([name, parameters]) => {
		if (!Object.hasOwn(window.wweHost, name)) {
			throw new Error(`wweHost has no function ${name}`);
		}
		return window.wweHost[name](...parameters);
	}, [name, parameters]);
}
