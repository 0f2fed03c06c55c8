import { expect } from "@playwright/test";
import { test } from "./app.ts";
import { filesIn, makeFolder, projectPath } from "./folder.ts";
import { expectGolden } from "./golden.ts";
import { answerPicker, putPrivateFolder } from "./private-folder.ts";
import { openFolder } from "./project.ts";
import { rowsOf, runAfter, stateOf } from "./session.ts";
import { readSite } from "./site.ts";

test("opens a folder that the picker gives, and again after a reload without a word", async ({ openApp }) => {
  const page = await openApp();
  await putPrivateFolder(page, "blog", filesIn(projectPath("blog")));
  await answerPicker(page, "blog");
  await page.getByRole("button", { name: "Open folder" }).click();
  const first = await runAfter(page, undefined);
  expect(first).toMatchObject({ phase: "done", failed: 0 });
  expect((await stateOf(page)).project).toMatchObject({ name: "blog", origin: "folder" });
  expectGolden(await readSite(page, "blog"), "blog");
  await page.reload();
  expect(await runAfter(page, first)).toMatchObject({ phase: "done", built: 0 });
});

test("opens a folder from a directory input where there is no picker", async ({ openApp, context }) => {
  await context.addInitScript(() => Reflect.deleteProperty(globalThis, "showDirectoryPicker"));
  const page = await openApp();
  await page.getByLabel("Folder", { exact: true }).setInputFiles(projectPath("blog"));
  expect(await runAfter(page, undefined)).toMatchObject({ phase: "done", failed: 0 });
  expect((await stateOf(page)).project).toMatchObject({ name: "blog", origin: "copy" });
  expectGolden(await readSite(page, "blog"), "blog");
});

test("opens a dropped folder where the browser gives no handles", async ({ openApp, context }) => {
  await context.addInitScript(() =>
    Reflect.deleteProperty(DataTransferItem.prototype, "getAsFileSystemHandle"),
  );
  const page = await openApp();
  // Entries come a hundred at a time.
  const names = Array.from({ length: 250 }, (_, i) => `notes/note-${String(i).padStart(3, "0")}.md`);
  const folder = makeFolder("many", {
    "index.md": "# Start\n\n![[note-249]]\n",
    ...Object.fromEntries(names.map((name) => [name, `# ${name}\n\nText.\n`])),
  });
  expect(await openFolder(page, folder.path)).toMatchObject({ phase: "done", failed: 0 });
  expect((await stateOf(page)).project).toMatchObject({ name: "many", origin: "copy" });
  const documents = (await rowsOf(page, "node")).filter(({ kind }) => kind === "document");
  expect(documents.map(({ label }) => label).toSorted()).toEqual(["index.md", ...names]);
  expect(await rowsOf(page, "problem")).toEqual([]);
  expect((await readSite(page, "many")).get("index.html")!.toString()).toContain("note-249.md");
});
