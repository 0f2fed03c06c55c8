import { expect } from "@playwright/test";
import { test, waitForStart } from "./app.ts";
import { startServer } from "./origin.ts";
import { goTo } from "./project.ts";
import { runAfter, stateOf } from "./session.ts";

test("works with the network off after the first load", async ({ page }) => {
  const server = await startServer();
  await page.goto(server.address);
  await waitForStart(page);
  await expect.poll(async () => (await stateOf(page)).offlineReady, { timeout: 60_000 }).toBe(true);
  await server.close();
  await page.context().setOffline(true);
  await page.reload();
  await waitForStart(page);
  await page.getByRole("button", { name: "Try the sample" }).click();
  expect(await runAfter(page, undefined)).toMatchObject({ phase: "done", failed: 0 });
  await goTo(page, "Preview");
  const heading = page.frameLocator("iframe").getByRole("heading").first();
  await expect(heading).toBeVisible();
});
