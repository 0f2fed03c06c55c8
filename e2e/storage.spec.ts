import { expect, type Page } from "@playwright/test";
import type { Session } from "../src/session/contract.ts";
import { test } from "./app.ts";
import { latestRun, runAfter } from "./session.ts";

type Counting = { asked: number };

/** Runs in the page before the app: counts how often the browser is asked to keep what is stored. */
function countAsking(): void {
  const counting = globalThis as unknown as Counting;
  counting.asked = 0;
  StorageManager.prototype.persisted = () => Promise.resolve(false);
  StorageManager.prototype.persist = () => {
    counting.asked++;
    return Promise.resolve(false);
  };
}

const asked = (page: Page) => page.evaluate(() => (globalThis as unknown as Counting).asked);

test("asks for lasting storage after the first build that a person asked for, never at load, and cleans up", async ({
  openApp,
  page,
}) => {
  await page.addInitScript(countAsking);
  await openApp();
  expect(await asked(page)).toBe(0);
  await page.getByRole("button", { name: "Try the sample" }).click();
  await runAfter(page, undefined);
  await expect.poll(() => asked(page)).toBe(1);

  const last = await latestRun(page);
  await page.reload();
  await runAfter(page, last);
  expect(await asked(page)).toBe(0);

  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Storage…" }).click();
  const dialog = page.getByRole("dialog", { name: "Storage" });
  await expect(dialog.getByText(/used of .* that the browser gives/u)).toBeVisible();
  await expect(dialog.getByText(/Finished files of all projects: [\d,]+ files/u)).toBeVisible();
  await dialog.getByRole("button", { name: "Keep it for good" }).click();
  await expect(dialog.getByRole("status")).toContainText("The browser did not agree");
  expect(await asked(page)).toBe(1);
  await dialog.getByRole("button", { name: "Clean up" }).click();
  await expect(dialog.getByRole("status")).toContainText(/Nothing to free|Freed/u);
});

test("tells the room that files take, not what the browser holds ready for a database that is open", async ({
  openApp,
}) => {
  const page = await openApp();
  await page.getByRole("button", { name: "Try the sample" }).click();
  await runAfter(page, undefined);
  const [told, whileOpen] = await page.evaluate(async () => [
    (await (globalThis as unknown as { strata: Session }).strata.storage()).usage,
    (await navigator.storage.estimate()).usage,
  ]);
  // Where the browser holds nothing ready, this shows nothing.
  expect(whileOpen! - told!).toBeGreaterThan(10e6);
  // With its threads a page loses all files that are open.
  for (const worker of page.workers())
    await worker.evaluate(() => (globalThis as unknown as { close(): void }).close()).catch(() => {});
  await expect
    .poll(() => page.evaluate(async () => (await navigator.storage.estimate()).usage))
    .toBeLessThan(told! + 3e6);
  expect(await page.evaluate(async () => (await navigator.storage.estimate()).usage)).toBeGreaterThan(
    told! - 3e6,
  );
});
