import { expect, type Page } from "@playwright/test";
import { test, waitForStart } from "./app.ts";
import { zipFolder } from "./archive.ts";
import { projectPath } from "./folder.ts";
import { expectGolden } from "./golden.ts";
import { latestRun, rowsOf, runAfter, stateOf } from "./session.ts";
import { projectIds, readSite } from "./site.ts";

test("a project of an earlier visit opens again after the browser was closed", async ({
  server,
  visited,
}) => {
  const profile = visited.copy();
  const first = await profile.launch();
  const page = await first.newPage();
  await page.goto(server.address);
  await waitForStart(page);
  await chooseZip(page);
  await runAfter(page, undefined);
  await first.close();

  const second = await profile.launch();
  const again = await second.newPage();
  await again.goto(server.address);
  await waitForStart(again);
  await again.getByRole("button", { name: /^blog/ }).first().click();
  await expect.poll(async () => (await stateOf(again)).project?.name).toBeDefined();
  const run = await runAfter(again, undefined);
  expect(run).toMatchObject({ phase: "done", failed: 0 });
  const [name] = [...(await projectIds(again)).keys()];
  expectGolden(await readSite(again, name!), "blog");
  await second.close();
  profile.remove();
});

test("[E14] a build goes on where it stopped when the tab is reloaded in the middle", async ({ openApp }) => {
  const page = await openApp();
  await chooseZip(page);
  const started = async () => (await latestRun(page))?.phase === "building";
  await expect.poll(started, { timeout: 60_000, intervals: [20] }).toBe(true);
  await page.reload();
  // Its files are kept as a copy, so the project opens again by itself.
  await page.waitForFunction(() => "strata" in globalThis);
  await expect.poll(async () => (await latestRun(page))?.phase, { timeout: 60_000 }).toBe("done");
  expect((await rowsOf(page, "run")).map(({ phase }) => phase)).toContain("cancelled");
  expectGolden(await readSite(page, "blog"), "blog");
});

/** Opens the blog as a ZIP, whose files the app keeps as a copy. */
async function chooseZip(page: Page): Promise<void> {
  const buffer = Buffer.from(await zipFolder(projectPath("blog")));
  await page
    .getByLabel("ZIP archive")
    .setInputFiles({ name: "blog.zip", mimeType: "application/zip", buffer });
}
