// The fixture of wwe-desktop, with the widget in plain JavaScript.
import { expect, test } from "wwe-desktop/playwright";

test("an agent takes a call, saves its reason and marks it done", async ({ host, widget }) => {
	const id = await host.ring({ ani: "+33 1 40 00 00 01", userData: { Segment: "Gold" } });
	await expect(widget.getByText("Gold")).toBeVisible();
	await widget.getByRole("button", { name: "Accept" }).click();
	await widget.getByLabel("Reason").fill("Billing");
	await widget.getByRole("button", { name: "Save" }).click();
	await expect(widget.getByText("Billing")).toBeVisible();
	expect((await host.interaction(id)).userData).toEqual({ Segment: "Gold", Reason: "Billing" });

	await host.hangUp(id);
	await widget.getByLabel("Summary").fill("An invoice came twice.");
	await widget.getByRole("button", { name: "Mark done" }).click();
	await expect(widget.getByText("No calls.")).toBeVisible();
	expect(await host.interactions()).toEqual([]);
});

for (const number of [1, 2, 3, 4]) {
	test(`WWE is new in each test: ${number}`, async ({ host, widget }) => {
		expect(await host.interactions()).toEqual([]);
		expect((await host.config()).rateLimit).toBe(0);
		await host.configure({ rateLimit: 600 });
		await host.ring({ ani: `+33 1 40 00 00 0${number}` });
		await expect(widget.getByText(`+33 1 40 00 00 0${number}`)).toBeVisible();
		await expect(widget.getByText("1 call", { exact: true })).toBeVisible();
	});
}

test("a reload of the page is a reload of WWE: the call stays", async ({ host, page, widget }) => {
	await host.answer(await host.ring({ ani: "+33 1 40 00 00 05" }));
	await expect(widget.getByText("TALKING")).toBeVisible();
	await page.reload();
	await expect(widget.getByText("TALKING")).toBeVisible();
	expect((await host.interactions()).length).toBe(1);
});

test("a fault shows what the widget does about a refusal", async ({ host, widget }) => {
	await host.fault({ request: "interaction.accept", refuse: "not now", next: 1 });
	await host.ring();
	await widget.getByRole("button", { name: "Accept" }).click();
	await expect(widget.getByRole("alert")).toHaveText("not now");
});

test("what WWE would refuse is an error", async ({ host }) => {
	await expect(host.answer("7")).rejects.toThrow("7");
	const unknown = host as unknown as { fly(): Promise<void> };
	await expect(unknown.fly()).rejects.toThrow("wweHost has no function fly");
});

test.describe("a forged message", () => {
	test("comes from pages of the package", async ({ host, page, widget }) => {
		await host.fault({ request: "interaction.accept", kind: "forge", next: 1 });
		await host.ring();
		await widget.getByRole("button", { name: "Accept" }).click();
		await expect(page.locator("iframe[title=Forger]")).toHaveCount(2);
		await expect.poll(async () => (await host.interactions())[0]?.state).toBe("TALKING");
	});
});

test.describe("per interaction", () => {
	test.use({ widgetMode: "interaction" });
	test("each has an iframe of its own", async ({ host, page }) => {
		const id = await host.dial({ dnis: "+33 6 12 34 56 78" });
		await page.getByRole("button", { name: /^Show #/ }).click();
		await expect(page.frameLocator(`[data-interaction="${id}"]`).getByText("DIALING")).toBeVisible();
	});
});
