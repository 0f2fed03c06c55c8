import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import { test } from "./app.ts";
import { unzip } from "./archive.ts";
import { copyProject, projectPath } from "./folder.ts";
import { answerPicker, putPrivateFolder, readPrivateFolder } from "./private-folder.ts";
import { openFolder } from "./project.ts";
import { buildAgain } from "./session.ts";
import { readSite, type Site } from "./site.ts";

test("exports the site as a ZIP", async ({ openApp }) => {
  const page = await openApp();
  // A ZIP is saved through a picker where there is one, which no test can answer; without it, as a download.
  await page.evaluate(() => Reflect.deleteProperty(globalThis, "showSaveFilePicker"));
  await openFolder(page, projectPath("blog"));
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitem", { name: "As a ZIP file" }).click();
  const path = await (await downloading).path();
  expectSame(await unzip(new Uint8Array(readFileSync(path))), await readSite(page, "blog"));
});

test("exports to a folder, and again after a change, beside files of somebody else", async ({ openApp }) => {
  const page = await openApp();
  const folder = copyProject("blog");
  await openFolder(page, folder.path);
  const mine = new Map([
    ["mine.txt", Buffer.from("mine")],
    ["posts/mine.txt", Buffer.from("mine too")],
  ]);
  await putPrivateFolder(page, "exported", mine);
  await exportTo(page, "exported");
  const first = await readSite(page, "blog");
  expectSame(await writtenIn(page, "exported"), new Map([...mine, ...first]));

  folder.remove("posts/fish-market.md");
  await buildAgain(page);
  await exportTo(page, "exported");
  const second = await readSite(page, "blog");
  expect(second.size).toBeLessThan(first.size);
  expectSame(await writtenIn(page, "exported"), new Map([...mine, ...second]));

  // A folder in which somebody else has a file of the same name is left as it is.
  const foreign = new Map([["index.html", Buffer.from("not by Strata")]]);
  await putPrivateFolder(page, "foreign", foreign);
  await chooseExport(page, "foreign");
  await expect(page.getByText(/index\.html/).first()).toBeVisible();
  expectSame(await readPrivateFolder(page, "foreign"), foreign);
});

async function chooseExport(page: Page, folder: string): Promise<void> {
  await answerPicker(page, folder);
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitem", { name: "To a folder" }).click();
}

async function exportTo(page: Page, folder: string): Promise<void> {
  await chooseExport(page, folder);
  const done = page.getByText(`written to ${folder}`);
  await expect(done).toBeVisible();
  await page.getByRole("button", { name: "Dismiss" }).first().click();
  await expect(done).toBeHidden();
}

/** Without the list that Strata keeps there of what it wrote. */
async function writtenIn(page: Page, folder: string): Promise<Site> {
  const files = await readPrivateFolder(page, folder);
  return new Map([...files].filter(([path]) => path !== ".strata-export.json"));
}

function expectSame(files: Site, wanted: Site): void {
  expect([...files.keys()].toSorted()).toEqual([...wanted.keys()].toSorted());
  for (const [path, bytes] of wanted) expect(files.get(path)!.equals(bytes), path).toBe(true);
}
