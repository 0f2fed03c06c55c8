import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { test } from "./app.ts";
import { zipFolder } from "./archive.ts";
import { drop } from "./drop.ts";
import { makeFolder, projectPath } from "./folder.ts";
import { expectGolden } from "./golden.ts";
import { goTo, openFolder } from "./project.ts";
import { buildAgain, latestRun, rowsOf, runAfter } from "./session.ts";
import { projectIds, readSite } from "./site.ts";

test("builds a dropped ZIP as it builds the folder", async ({ openApp }) => {
  const page = await openApp();
  const archive = join(mkdtempSync(join(tmpdir(), "strata-zip-")), "blog.zip");
  writeFileSync(archive, await zipFolder(projectPath("blog")));
  await drop(page, archive);
  await runAfter(page, undefined);
  const [name] = [...(await projectIds(page)).keys()];
  expectGolden(await readSite(page, name!), "blog");
});

test("opens the sample with one click", async ({ openApp }) => {
  const page = await openApp();
  await page.getByRole("button", { name: "Try the sample" }).click();
  const run = await runAfter(page, undefined);
  expect(run).toMatchObject({ phase: "done", failed: 0, poisoned: 0 });
  expect(run.built).toBeGreaterThan(5);
  expect(await rowsOf(page, "problem")).toEqual([]);
});

test("opens a chosen ZIP", async ({ openApp }) => {
  const page = await openApp();
  const buffer = Buffer.from(await zipFolder(projectPath("docs")));
  await page
    .getByLabel("ZIP archive")
    .setInputFiles({ name: "docs.zip", mimeType: "application/zip", buffer });
  await runAfter(page, undefined);
  const [name] = [...(await projectIds(page)).keys()];
  expectGolden(await readSite(page, name!), "docs");
});

test("leaves out what is ignored", async ({ openApp }) => {
  const page = await openApp();
  const folder = makeFolder("ignoring", {
    "index.md": "# Kept",
    ".gitignore": "drafts/\n*.tmp.md\n!keep.tmp.md\n",
    "drafts/a.md": "# Draft",
    "x.tmp.md": "# Temporary",
    "keep.tmp.md": "# Kept after all",
    "node_modules/p/readme.md": "# Package",
    ".git/description.md": "# Git",
    ".obsidian/a.md": "# Hidden",
    "sub/.gitignore": "local.md\n",
    "sub/local.md": "# Local",
    "sub/shown.md": "# Shown",
  });
  await openFolder(page, folder.path);
  const files = (await rowsOf(page, "node")).filter((node) => node.key.startsWith("file:"));
  const documents = files.filter((node) => node.kind === "document").map((node) => node.label);
  expect(documents.toSorted()).toEqual(["index.md", "keep.tmp.md", "sub/shown.md"]);
});

test("says what is missing in an empty folder, and goes on", async ({ openApp }) => {
  const page = await openApp();
  await drop(page, makeFolder("empty", {}).path);
  await expect(page.getByText(/no files|empty/i).first()).toBeVisible();
  await openFolder(page, projectPath("blog"));
  expect((await latestRun(page))?.phase).toBe("done");
});

test("says that a folder has no documents", async ({ openApp }) => {
  const page = await openApp();
  await drop(page, makeFolder("pictures", { "a.txt": "text" }).path);
  await expect(page.getByText(/no documents/i).first()).toBeVisible();
});

test("marks a picture that cannot be read and builds everything else", async ({ openApp }) => {
  const page = await openApp();
  const folder = makeFolder("broken", {
    "index.md": "# Start\n\n![broken](broken.png)\n\n[other](other.md)\n",
    "other.md": "# Other\n",
    "broken.png": "this is no picture",
  });
  await openFolder(page, folder.path);
  const problems = await rowsOf(page, "problem");
  expect(problems.some((problem) => problem.path === "broken.png" && problem.remedy !== "")).toBe(true);
  const site = await readSite(page, "broken");
  expect([...site.keys()]).toContain("other.html");
  await goTo(page, "Problems");
  await expect(page.getByText("broken.png").first()).toBeVisible();
});

test("names the cycle of notes that embed each other, and builds the others", async ({ openApp }) => {
  const page = await openApp();
  const folder = makeFolder("circle", {
    "a.md": "# A\n\n![[b]]\n",
    "b.md": "# B\n\n![[a]]\n",
    "c.md": "# C\n",
  });
  await openFolder(page, folder.path);
  const problems = await rowsOf(page, "problem");
  expect(problems.some((problem) => /->/.test(problem.message) && /a\.md/.test(problem.message))).toBe(true);
  expect([...(await readSite(page, "circle")).keys()]).toContain("c.html");
});

test("tells broken and ambiguous references with their lines", async ({ openApp }) => {
  const page = await openApp();
  await openFolder(page, projectPath("vault"));
  const found = (await rowsOf(page, "problem")).map((problem) => [problem.path, problem.line]);
  expect(found).toContainEqual(["Home.md", 19]);
  await openFolder(page, projectPath("docs"));
  const docs = (await rowsOf(page, "problem")).map((problem) => `${problem.path}:${problem.line}`);
  expect(docs).toEqual(expect.arrayContaining(["guide/start.md:3", "guide/start.md:7", "guide/start.md:9"]));
});

test("names files that vanish in the middle, builds the rest, and all of it once they are back", async ({
  openApp,
  context,
}) => {
  const files = {
    "index.md": "# Start\n\n[[Unlisted]] and [[Unread]]\n",
    "Unlisted.md": "# Gone before it was looked at\n",
    "Unread.md": "# Gone before it was read\n",
  };
  const folder = makeFolder("vanishing", files);
  await context.exposeFunction("vanish", (name: string) => folder.remove(name));
  await context.addInitScript(vanishWhenOpened);
  const page = await openApp();
  expect(await openFolder(page, folder.path)).toMatchObject({ phase: "done" });
  const problems = await rowsOf(page, "problem");
  for (const path of ["Unlisted.md", "Unread.md"]) {
    const found = problems.find((problem) => problem.path === path && problem.severity === "error");
    expect(found?.message, path).toMatch(/no longer there|not there any more/);
    expect(found?.remedy, path).not.toBe("");
  }
  expect([...(await readSite(page, "vanishing")).keys()]).toContain("index.html");
  for (const [path, text] of Object.entries(files)) folder.write(path, text);
  await buildAgain(page);
  expect(await rowsOf(page, "problem")).toEqual([]);
  expect((await readSite(page, "vanishing")).get("Unread.html")!.toString()).toContain("before it was read");
});

/** Runs in the page before the app: one file is gone when it is opened, another when its bytes are asked for. */
function vanishWhenOpened(): void {
  const { vanish } = globalThis as unknown as { vanish(name: string): Promise<void> };
  const real = FileSystemFileHandle.prototype.getFile;
  const vanishing = new Set(["Unlisted.md", "Unread.md"]);
  FileSystemFileHandle.prototype.getFile = async function getFile() {
    if (!vanishing.delete(this.name)) return real.call(this);
    const opened = this.name === "Unread.md" ? await real.call(this) : undefined;
    await vanish(this.name);
    return opened ?? real.call(this);
  };
}
