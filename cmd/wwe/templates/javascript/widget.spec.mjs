// The widget of this folder, tested inside the simulated WWE: wwe dev in one terminal, npm test in another.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { chromium } from "playwright-core";

const { DESKTOP = "http://localhost:8080", WIDGET = "http://localhost:8081", CHROMIUM } = process.env;
const usual = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const wwe = (script, argument) => page.evaluate(script, argument); // in the desktop's page, which has wweHost
let browser, page, widget;

before(async () => { browser = await chromium.launch({ executablePath: CHROMIUM ?? usual.find(existsSync) }); });
after(() => browser?.close());
beforeEach(async () => {
	page = await browser.newPage();
	await page.goto(`${DESKTOP}/?widget=${WIDGET}/`);
	widget = page.frameLocator("iframe[title^=Widget]");
	await widget.getByText("No calls.").waitFor();
});
afterEach(() => page.close());

test("an agent takes a call, saves its reason and marks it done", async () => {
	const id = await wwe(() => wweHost.ring({ ani: "+33 1 40 00 00 01", userData: { Segment: "Gold" } }));
	await widget.getByText("Gold").waitFor();
	await widget.getByRole("button", { name: "Accept" }).click();
	await widget.getByLabel("Reason").fill("Billing");
	await widget.getByRole("button", { name: "Save" }).click();
	await widget.getByText("Billing").waitFor();
	assert.deepEqual((await wwe(() => wweHost.interactions()))[0].userData, { Segment: "Gold", Reason: "Billing" });

	await wwe((id) => wweHost.hangUp(id), id);
	await widget.getByRole("button", { name: "Mark done" }).click();
	await widget.getByText("Write a summary first.").waitFor();
	await wwe(async () => { while (!/"errorMessage"/.test(wweHost.messages().at(-1).text)) await new Promise(requestAnimationFrame); }); // refused
	await widget.getByLabel("Summary").fill("An invoice came twice.");
	await widget.getByRole("button", { name: "Mark done" }).click();
	await widget.getByText("No calls.").waitFor();
	assert.deepEqual(await wwe(() => wweHost.interactions()), []);
	assert.match(JSON.stringify(await wwe(() => wweHost.requests())), /interaction.blockMarkdone.*interaction.unblockMarkdone/);
});
