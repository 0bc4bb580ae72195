import type {
	FrameLocator, PlaywrightTestArgs, PlaywrightTestOptions, PlaywrightWorkerArgs, PlaywrightWorkerOptions, TestType,
} from "@playwright/test";
import type { AsyncHost } from "./host.js";

export { expect } from "@playwright/test";

/** Options for use in playwright.config.ts, or for test.use. */
export interface WidgetOptions {
	/** The URL of the widget. Default: "http://localhost:3000/". */
	widgetURL: string;
	/** "workspace" (the default) is one iframe for all interactions, "interaction" one for each. */
	widgetMode: "workspace" | "interaction";
}

export interface WidgetFixtures {
	/** The simulated WWE: window.wweHost of the page. Each function returns a Promise. */
	host: AsyncHost;
	/** The widget in its iframe. In the mode "interaction", use page.frameLocator('[data-interaction="1"]'). */
	widget: FrameLocator;
}

export interface DesktopOptions {
	/**
	 * The address of the desktop. By default, each worker serves one on a free port. If your widget trusts one origin only,
	 * let webServer in playwright.config.ts start npx wwe-desktop and name its address here: all workers can share it.
	 */
	desktopURL: string;
}

/**
 * Playwright's test, with a page that shows the simulated WWE and the widget. WWE is new in each test. page.reload() keeps its
 * calls, as a reload of WWE does.
 */
export const test: TestType<
	PlaywrightTestArgs & PlaywrightTestOptions & WidgetOptions & WidgetFixtures,
	PlaywrightWorkerArgs & PlaywrightWorkerOptions & DesktopOptions
>;

export type { AsyncHost, WWEHost } from "./host.js";
