import { readFileSync } from "node:fs";
import { expect } from "@playwright/test";
import { test } from "./app.ts";
import { unzip } from "./archive.ts";
import { projectPath } from "./folder.ts";
import { openFolder } from "./project.ts";
import { readSite } from "./site.ts";

test("exports the site as a ZIP", async ({ openApp }) => {
  const page = await openApp();
  // A ZIP is saved through a picker where there is one, which no test can answer; without it, as a download.
  await page.evaluate(() => Reflect.deleteProperty(globalThis, "showSaveFilePicker"));
  await openFolder(page, projectPath("blog"));
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitem", { name: "As a ZIP file" }).click();
  const path = await (await downloading).path();
  const exported = await unzip(new Uint8Array(readFileSync(path)));
  const site = await readSite(page, "blog");
  expect([...exported.keys()]).toEqual([...site.keys()]);
  for (const [name, bytes] of site) expect(exported.get(name)!.equals(bytes), name).toBe(true);
});
