import { defineConfig } from "@playwright/test";
import type { DesktopOptions, WidgetOptions } from "wwe-desktop/playwright";

export default defineConfig<WidgetOptions, DesktopOptions>({
	fullyParallel: true,
	workers: 2,
	timeout: 60_000, // a loaded machine
	expect: { timeout: 30_000 },
	reporter: "list",
	use: {
		widgetURL: `${process.env.WIDGET}/`,
		launchOptions: { executablePath: process.env.CHROMIUM ?? "", args: ["--no-sandbox"] },
	},
});
