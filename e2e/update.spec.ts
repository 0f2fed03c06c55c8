import { expect, type Page } from "@playwright/test";
import type { Session } from "../src/session/contract.ts";
import { test } from "./app.ts";
import { makeNewerBuild } from "./newer-build.ts";
import { slowProject } from "./noise.ts";
import { answerPicker, putPrivateFolder } from "./private-folder.ts";
import { latestRun, rowsOf, runAfter } from "./session.ts";
import { readSite } from "./site.ts";

test("a new version waits for the person's word and never loses a running build", async ({
  openApp,
  server,
}) => {
  const page = await openApp();
  const old = await scriptOf(page);
  await page.evaluate(() => Object.assign(globalThis, { untouched: true }));
  server.serve(makeNewerBuild());
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  await expect(page.getByRole("button", { name: "Update now" })).toBeVisible();
  // Enough to do that a rebuild outlasts the change of versions.
  // Every file of the old version is gone from the server; what it loads only now comes from its cache.
  await putPrivateFolder(page, "noise", slowProject(20));
  await answerPicker(page, "noise");
  await page.getByRole("button", { name: "Open folder" }).click();
  expect(await runAfter(page, undefined)).toMatchObject({ phase: "done", failed: 0 });
  const before = await readSite(page, "noise");
  expect(await page.evaluate(() => "untouched" in globalThis), "the page was not reloaded").toBe(true);

  const reloaded = page.waitForEvent("load");
  await page.evaluate(updateInTheMiddle);
  await reloaded;
  await page.waitForFunction(() => "strata" in globalThis);
  expect(await scriptOf(page)).not.toBe(old);
  await expect.poll(async () => (await latestRun(page))?.phase, { timeout: 60_000 }).toBe("done");
  expect((await rowsOf(page, "run")).map(({ phase }) => phase)).toContain("cancelled");
  expect(await latestRun(page)).toMatchObject({ failed: 0, poisoned: 0 });
  expect(await readSite(page, "noise")).toEqual(before);
});

/** The file that the page was started from. */
function scriptOf(page: Page): Promise<string> {
  return page.evaluate(() => document.querySelector<HTMLScriptElement>("script[src]")!.src);
}

/** Runs in the page: builds everything anew and accepts the new version once tasks are running. */
async function updateInTheMiddle(): Promise<void> {
  const { strata } = globalThis as unknown as { strata: Session };
  const { run } = strata.views;
  const isInTheMiddle = () => [...run.rows()].some(({ phase }) => phase === "building");
  await new Promise<void>((resolve) => {
    const stop = run.subscribe(() => {
      if (!isInTheMiddle()) return;
      stop();
      resolve();
    });
    void strata.build({ force: true });
  });
  document.querySelector<HTMLButtonElement>(".banner button")!.click();
}
