import { expect, type Page } from "@playwright/test";
import { test } from "./app.ts";
import { copyProject, type Folder } from "./folder.ts";
import { openFolder } from "./project.ts";
import { buildAgain, latestRun, rowsOf, runsSince } from "./session.ts";
import { readSite, type Site } from "./site.ts";

/** The outputs that other bytes replaced after an edit; no more tasks ran than `limit`. */
async function builtBy(page: Page, edit: () => void, limit: number): Promise<readonly string[]> {
  const last = await latestRun(page);
  const before = new Map((await rowsOf(page, "node")).map((node) => [node.key, node.hash]));
  edit();
  await buildAgain(page);
  const built = (await runsSince(page, last)).reduce((sum, run) => sum + run.built, 0);
  const nodes = await rowsOf(page, "node");
  const changed = nodes.filter((node) => !node.key.startsWith("file:") && before.get(node.key) !== node.hash);
  expect(built, "tasks run").toBeGreaterThanOrEqual(changed.length);
  expect(built, "tasks run").toBeLessThanOrEqual(limit);
  return changed.map((node) => node.key).toSorted();
}

/** The site that a browser without any history makes of the folder as it is now. */
async function fromScratch(openOther: () => Promise<Page>, folder: Folder): Promise<Site> {
  const fresh = await openOther();
  await openFolder(fresh, folder.path);
  return readSite(fresh, folder.name);
}

function expectSame(site: Site, wanted: Site): void {
  expect([...site.keys()]).toEqual([...wanted.keys()]);
  for (const [path, bytes] of wanted) expect(site.get(path)!.equals(bytes), path).toBe(true);
}

test("runs no task when nothing changed", async ({ openApp }) => {
  const page = await openApp();
  const first = await openFolder(page, copyProject("blog").path);
  expect(first.built).toBeGreaterThan(5);
  expect(await buildAgain(page)).toMatchObject({ phase: "done", built: 0, failed: 0 });
});

test("builds only the page of an edited document", async ({ openApp, openOther }) => {
  const page = await openApp();
  const folder = copyProject("blog");
  await openFolder(page, folder.path);
  const edit = () => folder.write("about.md", "# About\n\nNobody keeps the light any more.\n");
  const built = await builtBy(page, edit, 2);
  // The page links to the start no longer, so the start loses a backlink.
  expect(built).toEqual(["page:about.md", "page:index.md"]);
  expectSame(await readSite(page, "blog"), await fromScratch(openOther, folder));
});

test("builds what embeds an edited note, and nothing else", async ({ openApp, openOther }) => {
  const page = await openApp();
  const folder = copyProject("vault");
  await openFolder(page, folder.path);
  const edit = () =>
    folder.write("Notes/Moon.md", "# Moon\n\nIt pulls hard. Back to [[Home]] and [[Tides|what it pulls]].\n");
  // The note, its two embedders, and the embedded notes themselves.
  const built = await builtBy(page, edit, 5);
  expect(built).toContain("page:Home.md");
  expect(built).toContain("page:Notes/Tides.md");
  expect(built).toContain("page:Notes/Moon.md");
  expect(built.filter((key) => /Ropes|Log|chart/.test(key))).toEqual([]);
  expectSame(await readSite(page, "vault"), await fromScratch(openOther, folder));
});

test("leaves what embeds a note alone when its embedded section did not change", async ({
  openApp,
  openOther,
}) => {
  const page = await openApp();
  const folder = copyProject("vault");
  await openFolder(page, folder.path);
  const bowline = "# Ropes\n\n## Bowline\n\nThe rabbit comes out of the hole: `[[not a link]]`.\n";
  const edit = () => folder.write("Notes/Ropes.md", `${bowline}\n## Hitch\n\nFor posts.\n`);
  const built = await builtBy(page, edit, 3);
  expect(built).toContain("page:Notes/Ropes.md");
  expect(built).not.toContain("page:Home.md");
  expectSame(await readSite(page, "vault"), await fromScratch(openOther, folder));
});

test("removes the outputs of a removed file", async ({ openApp, openOther }) => {
  const page = await openApp();
  const folder = copyProject("blog");
  await openFolder(page, folder.path);
  expect([...(await readSite(page, "blog")).keys()].some((path) => path.includes("logo"))).toBe(true);
  folder.remove("posts/fish-market.md");
  folder.remove("images/logo.png");
  await buildAgain(page);
  const paths = [...(await readSite(page, "blog")).keys()];
  expect(paths.filter((path) => /fish-market|logo/.test(path))).toEqual([]);
  expectSame(await readSite(page, "blog"), await fromScratch(openOther, folder));
});

test("makes the other widths when the settings change", async ({ openApp, openOther }) => {
  const page = await openApp();
  const folder = copyProject("blog");
  await openFolder(page, folder.path);
  folder.write("strata.yaml", "title: Other\nimages:\n  widths: [100]\n  quality: 60\n");
  const run = await buildAgain(page);
  expect(run).toMatchObject({ phase: "done", failed: 0 });
  expectSame(await readSite(page, "blog"), await fromScratch(openOther, folder));
});

test("ends where a build from scratch does after many edits", async ({ openApp, openOther }) => {
  const page = await openApp();
  const folder = copyProject("vault");
  await openFolder(page, folder.path);
  const edits = [
    () => folder.write("Notes/The Missing Note.md", "# Found\n\n![[Ropes#Sheet bend]]\n"),
    () => folder.remove("Notes/Moon.md"),
    () => folder.write("Archive/Log.md", "# Log\n\n[[Home]] ![[chart.png]]\n"),
    () => folder.write("Notes/Moon.md", "# Moon\n\nBack again. ![[The Missing Note]]\n"),
    () => folder.remove("Archive/Log.md"),
    () => folder.write("strata.yaml", "title: Garden\nbaseUrl: https://garden.example/\n"),
  ];
  for (const edit of edits) {
    edit();
    await buildAgain(page);
  }
  expectSame(await readSite(page, "vault"), await fromScratch(openOther, folder));
});

test("notices a change in the folder by itself", async ({ openApp }) => {
  const page = await openApp();
  const folder = copyProject("blog");
  await openFolder(page, folder.path);
  await expect(page.getByText("watching")).toBeVisible();
  folder.write("about.md", "# About\n\nThe light has moved.\n");
  // A build that publishes and collects between the two reads takes away what the first one named.
  const site = () => readSite(page, "blog").catch(() => undefined);
  const moved = async () => (await site())?.get("about.html")?.includes("The light has moved");
  await expect.poll(moved, { timeout: 20_000 }).toBe(true);
});
