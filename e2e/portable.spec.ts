import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import type { Session } from "../src/session/contract.ts";
import { test, watchErrors } from "./app.ts";
import { drop } from "./drop.ts";
import { filesIn, projectPath } from "./folder.ts";
import { answerPicker, putPrivateFolder } from "./private-folder.ts";
import { goTo } from "./project.ts";
import { buildAgain, latestRun, rowsOf, runAfter, stateOf } from "./session.ts";
import { readSite } from "./site.ts";

const files = mkdtempSync(join(tmpdir(), "strata-portable-"));
test.afterAll(() => rmSync(files, { recursive: true, force: true }));

/** Opens the project `blog` from a folder that the test may write to, and builds it. */
async function openBlog(page: Page): Promise<void> {
  await putPrivateFolder(page, "blog", filesIn(projectPath("blog")));
  await answerPicker(page, "blog");
  await page.getByRole("button", { name: "Open folder" }).click();
  expect(await runAfter(page, undefined)).toMatchObject({ phase: "done", failed: 0 });
}

/** Exports the open project; gives the path of the file. */
async function exportProject(page: Page, name: string): Promise<string> {
  // No test can answer the picker; without it the file is a download.
  await page.evaluate(() => Reflect.deleteProperty(globalThis, "showSaveFilePicker"));
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitem", { name: "The whole project…" }).click();
  const dialog = page.getByRole("dialog", { name: "Export project" });
  await expect(dialog.getByText(/the preview works there at once/u)).toBeVisible();
  const downloading = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Export" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^blog\.strata\.zip$/u);
  const path = join(files, `${name}.strata.zip`);
  copyFileSync(await download.path(), path);
  return path;
}

/** Chooses a file where `button` asks for one. */
async function choose(page: Page, open: () => Promise<void>, path: string): Promise<void> {
  const choosing = page.waitForEvent("filechooser");
  await open();
  await (await choosing).setFiles(path);
}

async function importProject(page: Page, path: string): Promise<void> {
  await choose(page, () => page.getByRole("button", { name: "Import a project…" }).click(), path);
}

/** Merges a file into the open project and waits for the build that follows. */
async function mergeProject(page: Page, path: string): Promise<void> {
  const before = await latestRun(page);
  const more = page.getByRole("button", { name: "More" });
  const merge = async () => {
    await more.click();
    await page.getByRole("menuitem", { name: "Merge a project file…" }).click();
  };
  await choose(page, merge, path);
  expect(await runAfter(page, before)).toMatchObject({ phase: "done", failed: 0 });
}

const edges = async (page: Page) => (await rowsOf(page, "edge")).map(({ key }) => key).toSorted();
const operations = (page: Page) =>
  page.evaluate(async () => {
    const { strata } = globalThis as unknown as { readonly strata: Session };
    return (await strata.projectSummary())?.operations;
  });

async function edit(page: Page, path: string, text: string): Promise<void> {
  await putPrivateFolder(page, "blog", new Map([[path, Buffer.from(text)]]));
}

test("takes a whole project into another browser, and both into one again", async ({
  openApp,
  openOther,
}) => {
  const here = await openApp();
  await openBlog(here);
  const first = await exportProject(here, "first");

  const there = await openOther();
  const errors = watchErrors(there);
  await importProject(there, first);
  await expect(there.getByText("no folder yet")).toBeVisible();
  expect((await stateOf(there)).project).toMatchObject({ name: "blog", origin: "import" });
  await expect.poll(() => edges(there)).toEqual(await edges(here));
  expect(await readSite(there, "blog")).toEqual(await readSite(here, "blog"));
  await goTo(there, "Preview");
  await expect(there.locator("iframe").first().contentFrame().getByRole("heading").first()).toBeVisible();

  await there.reload();
  await expect(there.getByText("no folder yet")).toBeVisible();
  await expect.poll(() => edges(there)).toEqual(await edges(here));

  await putPrivateFolder(there, "blog", filesIn(projectPath("blog")));
  await answerPicker(there, "blog");
  await there.getByRole("button", { name: "Choose its folder" }).click();
  expect(await runAfter(there, undefined)).toMatchObject({ phase: "done", built: 0, failed: 0 });
  expect((await stateOf(there)).project).toMatchObject({ name: "blog", origin: "folder" });
  expect(await readSite(there, "blog")).toEqual(await readSite(here, "blog"));

  const texts = { "about.md": "# About us\n\n[[index]]\n", "index.md": "# Shop\n\n[[about]]\n" };
  await edit(here, "about.md", texts["about.md"]);
  await edit(there, "index.md", texts["index.md"]);
  await buildAgain(here);
  await buildAgain(there);
  const [fromHere, fromThere] = [await exportProject(here, "here"), await exportProject(there, "there")];
  await mergeProject(here, fromThere);
  await mergeProject(there, fromHere);
  // Each folder has the last word in its own browser, until the files have been exchanged too.
  await edit(here, "index.md", texts["index.md"]);
  await edit(there, "about.md", texts["about.md"]);
  await buildAgain(here);
  await buildAgain(there);
  expect(await edges(here)).toEqual(await edges(there));
  expect((await edges(here)).some((edge) => edge.startsWith("file:index.md\nfile:about.md"))).toBe(true);
  expect(await readSite(there, "blog")).toEqual(await readSite(here, "blog"));

  await mergeProject(here, fromThere);
  const before = await operations(here);
  await mergeProject(here, fromThere);
  expect(await operations(here)).toBe(before);
  expect(await edges(here)).toEqual(await edges(there));
  expect(errors).toEqual([]);
});

test("knows a dropped project file, and refuses a broken one whole", async ({ openApp, openOther }) => {
  const here = await openApp();
  await openBlog(here);
  const path = await exportProject(here, "dropped");
  const there = await openOther();
  const broken = join(files, "broken.strata.zip");
  writeFileSync(broken, "no ZIP");
  await importProject(there, broken);
  await expect(there.getByText(/broken\.strata\.zip could not be read as a project file/u)).toBeVisible();
  expect((await stateOf(there)).recents).toEqual([]);
  await drop(there, path);
  await expect(there.getByText("no folder yet")).toBeVisible();
  await expect.poll(() => edges(there)).toEqual(await edges(here));
  await there.getByRole("button", { name: "Close project" }).click();
  await expect(there.getByText("imported, no folder yet")).toBeVisible();
});
