import { expect, type Page } from "@playwright/test";
import { test } from "./app.ts";
import { drop } from "./drop.ts";
import { projectPath } from "./folder.ts";
import { expectGolden } from "./golden.ts";
import { latestRun, rowsOf } from "./session.ts";
import { readSite } from "./site.ts";

test("starts the engine again when its thread ends in the middle of a build, and goes on", async ({
  openApp,
}) => {
  const page = await openApp();
  await drop(page, projectPath("blog"));
  await inTheMiddle(page);
  endThread(page, /engine\.worker/);
  await expect(page.getByText("The engine stopped unexpectedly and was started again.")).toBeVisible();
  await expectDone(page);
  expect((await rowsOf(page, "run")).map(({ phase }) => phase)).toContain("cancelled");
  expectGolden(await readSite(page, "blog"), "blog");
});

test("carries out the task of a thread that ended in another", async ({ openApp }) => {
  const page = await openApp();
  await drop(page, projectPath("blog"));
  await inTheMiddle(page);
  endThread(page, /task\.worker/);
  await expectDone(page);
  expect(await rowsOf(page, "problem")).toEqual([]);
  expect(await latestRun(page)).toMatchObject({ failed: 0, poisoned: 0 });
  expectGolden(await readSite(page, "blog"), "blog");
});

async function inTheMiddle(page: Page): Promise<void> {
  const phase = async () => (await latestRun(page))?.phase;
  await expect.poll(phase, { timeout: 60_000, intervals: [20] }).toBe("building");
}

async function expectDone(page: Page): Promise<void> {
  await expect.poll(async () => (await latestRun(page))?.phase, { timeout: 60_000 }).toBe("done");
}

/** The thread closes itself, of which the page hears no event: the quietest of all ends. */
function endThread(page: Page, name: RegExp): void {
  const thread = page.workers().find((worker) => name.test(worker.url()));
  expect(thread, `a thread like ${name}`).toBeDefined();
  // Never answered.
  void thread!.evaluate(() => (globalThis as unknown as { close(): void }).close()).catch(() => {});
}
