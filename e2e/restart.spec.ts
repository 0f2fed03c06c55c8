import { expect, type BrowserContext, type Page } from "@playwright/test";
import type { Session } from "../src/session/contract.ts";
import { test, waitForStart } from "./app.ts";
import { zipFolder } from "./archive.ts";
import { filesIn, projectPath } from "./folder.ts";
import { expectGolden } from "./golden.ts";
import { answerPicker, putPrivateFolder } from "./private-folder.ts";
import { firstPage } from "./profile.ts";
import { latestRun, rowsOf, runAfter, stateOf } from "./session.ts";
import { readSite } from "./site.ts";

test("projects of an earlier visit open again after the browser was closed, a folder once it may be read", async ({
  server,
  visited,
}) => {
  const profile = visited.copy();
  const first = await profile.launch();
  const page = await visit(first, server.address);
  await chooseZip(page);
  const blog = await runAfter(page, undefined);
  await putPrivateFolder(page, "vault", filesIn(projectPath("vault")));
  await answerPicker(page, "vault");
  await openAnother(page);
  const vault = await runAfter(page, undefined);
  expect(vault).toMatchObject({ phase: "done", failed: 0 });
  await first.close();

  const second = await profile.launch();
  await second.addInitScript(askForPermission);
  const again = await visit(second, server.address);
  await again.getByRole("button", { name: /^blog/ }).click();
  expect(await runAfter(again, blog)).toMatchObject({ phase: "done", built: 0, failed: 0 });
  expectGolden(await readSite(again, "blog"), "blog");

  await again.evaluate(() => (globalThis as unknown as { strata: Session }).strata.closeProject());
  const offer = again.getByRole("button", { name: /^vault.*asks for permission/ });
  await offer.click();
  await expect(again.getByText("The browser was not allowed to read the folder vault.")).toBeVisible();
  await offer.click();
  await expect.poll(async () => (await stateOf(again)).project?.name).toBe("vault");
  expect(await runAfter(again, vault)).toMatchObject({ phase: "done", built: 0, failed: 0 });
  expectGolden(await readSite(again, "vault"), "vault");
  await second.close();
  profile.remove();
});

async function visit(context: BrowserContext, address: string): Promise<Page> {
  const page = await firstPage(context);
  await page.goto(address);
  await waitForStart(page);
  return page;
}

/** Opens what the picker gives while another project is open. */
async function openAnother(page: Page): Promise<void> {
  await page.evaluate(() => (globalThis as unknown as { strata: Session }).strata.closeProject());
  await page.getByRole("button", { name: "Open folder" }).click();
}

/**
 * Runs in the page before the app. A browser without a screen cannot show its question, and a private folder needs
 * none; so this answers in the browser's place as a person who first refuses, and only to a click.
 */
function askForPermission(): void {
  let questions = 0;
  const { prototype } = FileSystemHandle;
  prototype.queryPermission = async () => (questions > 1 ? "granted" : "prompt");
  prototype.requestPermission = async () => {
    if (!navigator.userActivation.isActive) throw new DOMException("no click", "SecurityError");
    return ++questions > 1 ? "granted" : "denied";
  };
}

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
