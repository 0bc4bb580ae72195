// Each of these tests fails, with an error that says what to do.
import { test } from "wwe-desktop/playwright";

test.describe("nobody listens", () => {
	test.use({ widgetURL: process.env.REFUSING ?? "" });
	test("refused", async ({ widget }) => { await widget.getByText("never").waitFor(); });
});

test.describe("no such page", () => {
	test.use({ widgetURL: `${process.env.WIDGET}/missing` });
	test("missing", async ({ widget }) => { await widget.getByText("never").waitFor(); });
});

test.describe("framing forbidden", () => {
	test.use({ widgetURL: `${process.env.FORBIDDING}/` });
	test("forbidden", async ({ widget }) => { await widget.getByText("never").waitFor(); });
});
