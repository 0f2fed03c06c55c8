import { beforeAll, beforeEach, expect, it } from "vitest";
import { asJobId } from "../model/ids.ts";
import type { RunRow } from "../model/view-rows.ts";
import { TestFolder } from "./testing/test-folder.ts";
import { openTestHost, type TestHost } from "./testing/test-host.ts";

let test: TestHost;

beforeAll(async () => {
  test = await openTestHost();
});

beforeEach(() => test.deleteProject());

function smallVault(): TestFolder {
  const folder = new TestFolder();
  folder.write(
    "index.md",
    "# Home\n\nSee [[Notes]] and [the guide](docs/guide.md#setup).\n\n![[docs/guide#Setup]]\n",
  );
  folder.write(
    "Notes.md",
    "---\ntitle: My notes\n---\n\nBack [home](index.md). A [missing](nowhere.md) one.\n",
  );
  folder.write("docs/guide.md", "# Guide\n\n## Setup\n\nDo this.\n\n## Use\n\nDo that. ![[#Setup]]\n");
  return folder;
}

it("[E1] builds a folder into a site whose links lead where they should", async () => {
  const run = await test.build(smallVault());
  expect(run).toMatchObject({ phase: "done", failed: 0, poisoned: 0 });
  const site = await test.site();
  expect([...site.keys()].sort()).toEqual([
    "Notes.html",
    "docs/guide.html",
    "docs/index.html",
    "index.html",
    "strata.css",
  ]);
  expect(site.get("index.html")).toContain('href="docs/guide.html#setup"');
  expect(site.get("index.html")).toContain("Do this.");
  expect(site.get("docs/guide.html")).toContain("Do that.");
  expect([...test.views.problem.values()]).toMatchObject([
    { path: "Notes.md", line: 5, code: "broken-reference" },
  ]);
});

it("[E2] runs no task for a folder that did not change", async () => {
  const folder = smallVault();
  const first = await test.build(folder);
  const second = await test.build(folder);
  expect(first.built).toBeGreaterThan(4);
  expect(second).toMatchObject({ phase: "done", built: 0, failed: 0, reused: first.built });
});

it("[E4] runs after an edit only what the edit touches", async () => {
  const folder = smallVault();
  await test.build(folder);
  folder.write(
    "Notes.md",
    "---\ntitle: My notes\n---\n\nBack [home](index.md), in other words. A [missing](nowhere.md) one.\n",
  );
  expect(await test.ranIn(() => test.build(folder))).toEqual(["page:Notes.md"]);
  folder.write(
    "docs/guide.md",
    "# Guide\n\n## Setup\n\nDo that instead.\n\n## Use\n\nDo that. ![[#Setup]]\n",
  );
  expect(await test.ranIn(() => test.build(folder))).toEqual([
    "fragment:docs/guide.md#setup",
    "page:docs/guide.md",
    "page:index.md",
  ]);
});

it("[E4] runs again what a changed setting touches, and nothing else", async () => {
  const folder = smallVault();
  await test.build(folder);
  folder.write("strata.yaml", "images:\n  quality: 60\n");
  expect(await test.ranIn(() => test.build(folder))).toEqual([]);
  folder.write("strata.yaml", "language: de\n");
  const ran = await test.ranIn(() => test.build(folder));
  expect(ran).toEqual(["listing:docs", "page:Notes.md", "page:docs/guide.md", "page:index.md"]);
});

it("[E4] renders a page again when a file that it links to appears", async () => {
  const folder = smallVault();
  await test.build(folder);
  folder.write("nowhere.md", "# Somewhere after all");
  expect(await test.ranIn(() => test.build(folder))).toContain("page:Notes.md");
  expect((await test.site()).get("Notes.html")).toContain('href="nowhere.html"');
  expect(test.problems()).toEqual([]);
});

it("[E5] stops where an output did not change", async () => {
  const folder = smallVault();
  await test.build(folder);
  folder.write(
    "docs/guide.md",
    "# Guide\n\n## Setup\n\nDo this.\n\n## Use\n\nDo it otherwise. ![[#Setup]]\n",
  );
  // The section that index.md embeds is rendered again, and is the same.
  expect(await test.ranIn(() => test.build(folder))).toEqual([
    "fragment:docs/guide.md#setup",
    "page:docs/guide.md",
  ]);
});

const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>';

it("[E6] makes nothing again of a picture that moved", async () => {
  const folder = smallVault();
  folder.write("a.svg", svg);
  folder.write("show.md", "![](a.svg)");
  await test.build(folder);
  folder.remove("a.svg");
  folder.write("moved/b.svg", svg);
  folder.write("show.md", "![](moved/b.svg)");
  const ran = await test.ranIn(() => test.build(folder));
  expect(ran).toEqual(["page:show.md"]);
  expect((await test.site()).get("moved/b.svg")).toBeDefined();
});

it("[E7] takes the outputs of a deleted file away, its bytes included", async () => {
  const folder = smallVault();
  folder.write("a.svg", svg);
  folder.write("show.md", "![](a.svg)");
  await test.build(folder);
  const { hash } = (await test.stores.site.list(test.projectId)).find(({ path }) => path === "a.svg") ?? {};
  folder.remove("a.svg");
  folder.remove("show.md");
  await test.build(folder);
  const paths = [...(await test.site()).keys()];
  expect(paths).not.toContain("a.svg");
  expect(paths).not.toContain("show.html");
  expect(await test.stores.artifacts.list()).not.toContain(hash);
  expect([...test.views.node.keys()].filter((key) => key.includes("show"))).toEqual([]);
});

it("[E8] builds notes that link to each other in any order", async () => {
  const folder = new TestFolder();
  folder.write("a.md", "[[b]]");
  folder.write("b.md", "[[a]]");
  expect(await test.build(folder)).toMatchObject({ phase: "done", poisoned: 0, failed: 0 });
});

it("[E9] tells a cycle of embeds with file and line, and builds everything outside it", async () => {
  const folder = smallVault();
  folder.write("x.md", "# X\n\n![[y]]\n");
  folder.write("y.md", "# Y\n\ntext\n\n![[x]]\n");
  const run = await test.build(folder);
  expect(run).toMatchObject({ phase: "done", failed: 0, poisoned: 4 });
  const cycle = test.problems().find(({ code }) => code === "embed-cycle");
  expect(cycle).toMatchObject({
    path: "x.md",
    line: 3,
    message: "These embed each other: x.md -> y.md -> x.md.",
  });
  expect(test.statuses().get("page:index.md")).toBe("DONE");
  expect(test.statuses().get("page:x.md")).toBe("POISONED");
});

it("[E9] takes a section that embeds another of its own file for no cycle, and one that embeds itself for one", async () => {
  const folder = new TestFolder();
  folder.write("a.md", "# One\n\n![[#Two]]\n\n# Two\n\nText.\n");
  expect(await test.build(folder)).toMatchObject({ poisoned: 0 });
  folder.write("a.md", "# One\n\n![[#Two]]\n\n# Two\n\n![[#Two]]\n");
  await test.build(folder);
  const cycle = {
    code: "embed-cycle",
    path: "a.md",
    line: 7,
    message: "a.md#two embeds itself: a.md#two -> a.md#two.",
  };
  expect(test.problems()).toMatchObject([cycle]);
});

it("[E11] holds back what needs a broken picture, keeps its last good page, and builds the rest", async () => {
  const folder = smallVault();
  folder.write("show.md", "# Good\n");
  await test.build(folder);
  folder.write("broken.png", new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]));
  folder.write("show.md", "# New\n\n![](broken.png)\n");
  folder.write("Notes.md", "# Also new\n");
  await test.build(folder);
  expect(test.statuses().get("file:broken.png")).toBe("FAILED");
  expect(test.statuses().get("page:show.md")).toBe("POISONED");
  expect((await test.inspect("page:show.md")).culprits).toEqual(["page:show.md", "file:broken.png"]);
  const site = await test.site();
  expect(site.get("show.html")).toContain("Good");
  expect(site.get("Notes.html")).toContain("Also new");
  folder.remove("broken.png");
  await test.build(folder);
  expect((await test.site()).get("show.html")).toContain("New");
});

it("[E12] does not try a failure again until its inputs change", async () => {
  const folder = new TestFolder();
  folder.write("layout.html", "{{#title}} never closed");
  folder.write("strata.yaml", "layout: layout.html\n");
  folder.write("a.md", "# A\n");
  expect(await test.build(folder)).toMatchObject({ phase: "done", failed: 2 });
  expect(await test.ranIn(() => test.build(folder))).toEqual([]);
  folder.write("layout.html", "<!doctype html><title>{{title}}</title>{{{content}}}");
  await test.build(folder);
  expect((await test.site()).get("a.html")).toContain("<title>A</title>");
});

it("[E12] counts and shows a known failure in each run, and writes it down in the first one alone", async () => {
  const folder = new TestFolder();
  folder.write("layout.html", "{{#title}} never closed");
  folder.write("strata.yaml", "layout: layout.html\n");
  for (let i = 0; i < 20; i++) folder.write(`note-${i}.md`, `# Note ${i}\n`);
  folder.write("x.md", "![[y]]\n");
  folder.write("y.md", "![[x]]\n");
  const first = await test.build(folder);
  const written = async (run: RunRow) => {
    const events = await test.events(asJobId(run.key));
    return events.map(({ resourceId, outcome }) => `${resourceId} ${outcome}`);
  };
  expect(await written(first)).toContain("page:note-1.md failed");
  expect(await written(first)).toContain("page:x.md poisoned");
  const before = test.statuses();
  await test.closeProject();
  folder.write("note-0.md", "# Note 0\n\nMore.\n");
  const second = await test.build(folder);
  expect(second).toMatchObject({ failed: first.failed, poisoned: first.poisoned });
  expect(await written(second)).toEqual(["page:note-0.md failed"]);
  expect(test.statuses()).toEqual(before);
  folder.write("layout.html", "<!doctype html><title>{{title}}</title>{{{content}}}");
  expect(await test.build(folder)).toMatchObject({ failed: 0, poisoned: first.poisoned });
});

/** Resolves when the first page is under way. */
async function firstPage(since: number): Promise<void> {
  while (!test.ran.slice(since).some((id) => id.startsWith("page:")))
    await new Promise((resolve) => setTimeout(resolve, 1));
}

function manyNotes(): TestFolder {
  const folder = new TestFolder();
  for (let i = 0; i < 200; i++) folder.write(`note-${i}.md`, `# Note ${i}\n`);
  return folder;
}

it("[E17] ends a build when its folder changes, and not when a listing has no news", async () => {
  const folder = manyNotes();
  const since = test.ran.length;
  const first = test.build(folder);
  await firstPage(since);
  folder.write("note-199.md", "# Anew\n");
  const second = test.build(folder);
  expect(await first).toMatchObject({ phase: "cancelled" });
  expect(await second).toMatchObject({ phase: "done" });
  expect((await test.site()).get("note-199.html")).toContain("Anew");
  const third = test.build(folder, { force: true });
  await firstPage(test.ran.length);
  const fourth = test.build(folder);
  expect(await third).toMatchObject({ phase: "done", built: 202 });
  expect(await fourth).toMatchObject({ phase: "done", built: 0 });
});

it("[E20] takes a change of the listing before, and refuses one of a listing that it does not have", async () => {
  const folder = smallVault();
  await test.build(folder);
  const before = await test.site();
  const entries = folder.entries().slice(0, 1);
  const lost = { base: "of another engine", entries, removed: [] };
  expect(await test.intake(lost)).toEqual({
    listing: null,
    changed: 0,
    removed: 0,
    unchanged: 0,
    token: null,
  });
  await test.build(folder);
  expect(await test.site()).toEqual(before);
  const all = folder.entries();
  expect(await test.intake({ base: null, entries: all, removed: [] })).toMatchObject({
    changed: 0,
    unchanged: all.length,
  });
});

it("[E13] keeps what a cancelled run finished, and makes the rest once", async () => {
  const folder = manyNotes();
  const before = test.ran.length;
  const first = await test.ranIn(async () => {
    const building = test.build(folder);
    await firstPage(before);
    await test.cancel();
    expect(await building).toMatchObject({ phase: "cancelled" });
  });
  const done = [...test.statuses()].filter(([id, status]) => id.startsWith("page:") && status === "DONE");
  expect(first.length).toBeLessThan(201);
  const second = await test.ranIn(() => test.build(folder));
  const finished = new Set(done.map(([id]) => id));
  expect(second.filter((id) => finished.has(id))).toEqual([]);
  expect((await test.site()).size).toBe(202);
});

it("[E15] says why a task ran, down to the file or setting at the root", async () => {
  const folder = smallVault();
  await test.build(folder);
  folder.write("docs/guide.md", "# Guide\n\n## Setup\n\nAnew.\n");
  await test.build(folder);
  expect(test.views.node.get("page:index.md")?.cause).toBe("fragment:docs/guide.md#setup changed");
  expect((await test.inspect("page:index.md")).causes).toEqual([
    "page:index.md: fragment:docs/guide.md#setup changed",
    "fragment:docs/guide.md#setup: docs/guide.md changed",
  ]);
  expect((await test.inspect("page:index.md")).reasons).toEqual([
    "page:index.md",
    "fragment:docs/guide.md#setup",
    "file:docs/guide.md",
  ]);
  folder.write("strata.yaml", "title: Named\n");
  await test.build(folder);
  expect(test.views.node.get("page:Notes.md")?.cause).toBe("setting title changed");
  expect(await test.inspect("page:Notes.md")).toMatchObject({
    causes: ["page:Notes.md: setting title changed"],
    roots: [{ setting: "title", words: "setting title changed" }],
  });
});

it("[E15] [E76] names the file behind a change of navigation and backlinks, before and after the build", async () => {
  const folder = smallVault();
  await test.build(folder);
  folder.write("docs/New.md", "[[Notes]] [[nowhere in particular]]");
  await test.takeIn(folder);
  const cause = "navigation changed: docs/New.md";
  expect(
    (await test.plan(null)).tasks.find(({ resourceId }) => resourceId === "page:docs/guide.md")?.cause,
  ).toBe(cause);
  const guide = {
    causes: [`page:docs/guide.md: ${cause}`, "docs/New.md is new"],
    reasons: ["page:docs/guide.md", "file:docs/New.md"],
    roots: [{ resourceId: "file:docs/New.md", setting: null, words: "docs/New.md is new" }],
  };
  expect(await test.inspect("page:docs/guide.md")).toMatchObject(guide);
  await test.build(folder);
  expect(test.views.node.get("page:docs/guide.md")?.cause).toBe(cause);
  expect(await test.inspect("page:docs/guide.md")).toMatchObject(guide);
  expect((await test.inspect("page:Notes.md")).causes).toEqual([
    "page:Notes.md: backlinks changed: docs/New.md",
    "docs/New.md is new",
  ]);
  // A build of nothing takes nothing of that away.
  await test.build(folder);
  expect(await test.inspect("page:docs/guide.md")).toMatchObject(guide);
});

it("[E16] finds as impact exactly what the edges of the graph reach", async () => {
  await test.build(smallVault());
  const edges = [...test.views.edge.values()].filter(({ ordersBuild }) => ordersBuild);
  for (const start of test.views.node.keys()) {
    const reached = new Set([start]);
    for (let size = 0; size !== reached.size;) {
      size = reached.size;
      for (const { first, then } of edges) if (reached.has(first)) reached.add(then);
    }
    reached.delete(start);
    expect(new Set((await test.inspect(start)).impact)).toEqual(reached);
  }
});
