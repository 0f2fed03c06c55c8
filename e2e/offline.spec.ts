import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { test, waitForStart } from "./app.ts";
import { goTo } from "./project.ts";
import { runAfter, stateOf } from "./session.ts";

test("works with the network off after the first load", async ({ openApp, server }) => {
  const page = await openApp();
  await expect.poll(async () => (await stateOf(page)).offlineReady, { timeout: 60_000 }).toBe(true);
  // Neither a server nor a network: a service worker's own requests are not held back everywhere.
  server.serve(mkdtempSync(join(tmpdir(), "strata-nothing-")));
  await page.context().setOffline(true);
  await page.reload();
  await waitForStart(page);
  await page.getByRole("button", { name: "Try the sample" }).click();
  expect(await runAfter(page, undefined)).toMatchObject({ phase: "done", failed: 0 });
  await goTo(page, "Preview");
  const heading = page.frameLocator("iframe").getByRole("heading").first();
  await expect(heading).toBeVisible();
});
