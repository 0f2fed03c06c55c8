import { expect } from "@playwright/test";
import { test, waitForStart } from "./app.ts";
import { zipFolder } from "./archive.ts";
import { projectPath } from "./folder.ts";
import { expectGolden } from "./golden.ts";
import { makeProfile } from "./profile.ts";
import { openFolder } from "./project.ts";
import { latestRun, runAfter, stateOf } from "./session.ts";
import { projectIds, readSite } from "./site.ts";

test("a project of an earlier visit opens again after the browser was closed", async ({ server }) => {
  const profile = makeProfile();
  const first = await profile.launch();
  const page = await first.newPage();
  await page.goto(server.address);
  await waitForStart(page);
  const buffer = Buffer.from(await zipFolder(projectPath("blog")));
  await page
    .getByLabel("ZIP archive")
    .setInputFiles({ name: "blog.zip", mimeType: "application/zip", buffer });
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
});

test("a build goes on where it stopped when the tab is reloaded in the middle", async ({ openApp }) => {
  const page = await openApp();
  const before = await latestRun(page);
  void openFolder(page, projectPath("blog")).catch(() => undefined);
  const started = async () => (await latestRun(page))?.phase === "building";
  await expect.poll(started, { timeout: 30_000, intervals: [20] }).toBe(true);
  await page.reload();
  await waitForStart(page).catch(() => undefined);
  const reopened = page.getByRole("button", { name: /^blog/ }).first();
  if ((await stateOf(page)).project === null) await reopened.click();
  const run = await runAfter(page, before);
  expect(run).toMatchObject({ phase: "done", failed: 0 });
  expectGolden(await readSite(page, "blog"), "blog");
});
