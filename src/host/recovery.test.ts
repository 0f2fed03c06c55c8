import { beforeEach, expect, it } from "vitest";
import { asContentHash } from "../model/ids.ts";
import { SharedHost } from "./testing/shared-host.ts";
import { TestFolder } from "./testing/test-folder.ts";
import type { TestHost } from "./testing/test-host.ts";

const shared = new SharedHost();
let test: TestHost;

beforeEach(() => {
  test = shared.project();
});

/** Notes that no other project has, so that nothing of another is taken over. */
function notes(count: number): TestFolder {
  const folder = new TestFolder();
  folder.write("index.md", `# Home of ${shared.projects}\n\n![[note-0]]\n`);
  for (let i = 0; i < count; i++) folder.write(`note-${i}.md`, `# Note ${i} of ${shared.projects}\n`);
  return folder;
}

async function loseAllBytes(): Promise<void> {
  const hashes = [...test.views.node.values()].flatMap(({ hash, key }) =>
    hash === null || key.startsWith("file:") ? [] : [hash],
  );
  await test.stores.artifacts.deleteMany(hashes.map(asContentHash));
}

it("[E26] makes again what the browser dropped between two visits", async () => {
  const folder = notes(3);
  await test.build(folder);
  const before = await test.site();
  await loseAllBytes();
  await test.closeProject();
  expect(await test.build(folder)).toMatchObject({ phase: "done", failed: 0, built: before.size + 1 });
  expect(await test.site()).toEqual(before);
});

it("[E26] makes again what the browser dropped in the middle of a visit, once it is missed", async () => {
  const folder = notes(3);
  await test.build(folder);
  await loseAllBytes();
  folder.write("index.md", `# Home anew of ${shared.projects}\n\n![[note-0]]\n`);
  expect(await test.build(folder)).toMatchObject({ failed: 1 });
  expect(await test.build(folder)).toMatchObject({ failed: 0, poisoned: 0 });
  expect((await test.site()).get("index.html")).toContain(`Note 0 of ${shared.projects}`);
});

it("[E27] opens a project that is being closed once it is closed, with one engine at a time", async () => {
  const folder = notes(200);
  const since = test.ran.length;
  const first = test.build(folder).catch(() => undefined);
  while (!test.ran.slice(since).some((id) => id.startsWith("page:")))
    await new Promise((resolve) => setTimeout(resolve, 1));
  const closing = test.closeProject();
  const again = test.build(folder);
  await Promise.all([first, closing]);
  expect(await again).toMatchObject({ phase: "done" });
  expect([...test.views.node.keys()].filter((id) => id.startsWith("page:"))).toHaveLength(201);
  expect([...test.statuses().values()].every((status) => status === "DONE")).toBe(true);
});

it("[E28] ends a run that was read in and is cancelled before its build", async () => {
  await test.build(notes(2));
  const folder = notes(3);
  await test.intake({ base: null, entries: folder.entries(), removed: [] });
  const active = () => [...test.views.run.values()].filter(({ endedAt }) => endedAt === null);
  expect(active()).toHaveLength(1);
  await test.cancel();
  expect(active()).toEqual([]);
  expect(await test.build(folder)).toMatchObject({ phase: "done" });
});

it("[E7] frees the bytes of a project that has no documents any more", async () => {
  const folder = notes(3);
  await test.build(folder);
  const hashes = [...test.views.node.values()].flatMap(({ hash, key }) =>
    key.startsWith("page:") && hash !== null ? [hash] : [],
  );
  for (const path of folder.paths()) folder.remove(path);
  folder.write("left.txt", "left");
  await test.build(folder);
  expect((await test.stores.artifacts.present(hashes.map(asContentHash))).size).toBe(0);
});

it("[E3] gives a copied file the type that its name stands for, also after it was renamed", async () => {
  const folder = notes(1);
  folder.write("index.md", "# Clips\n\n[clip](clip.bin)\n");
  folder.write("clip.bin", `some bytes of ${shared.projects}`);
  await test.build(folder);
  folder.remove("clip.bin");
  folder.write("clip.mp4", `some bytes of ${shared.projects}`);
  folder.write("index.md", "# Clips\n\n[clip](clip.mp4)\n");
  await test.build(folder);
  const files = await test.stores.site.list(test.projectId);
  expect(files.find(({ path }) => path === "clip.mp4")?.type).toBe("video/mp4");
});

it("[E17] lets a scan that runs come to its end when the folder changes meanwhile", async () => {
  const folder = notes(300);
  const since = test.ran.length;
  const scans = () => test.ran.slice(since).filter((id) => id.startsWith("file:"));
  await test.open();
  const first = test.intake({ base: null, entries: folder.entries(), removed: [] });
  while (scans().length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  folder.write("note-7.md", "# Seven\n");
  const second = test.intake({ base: null, entries: folder.entries(), removed: [] });
  await Promise.all([first, second]);
  // All files once, and the changed one once more.
  expect(scans()).toHaveLength(folder.paths().length + 1);
});

it("[E76] explains what the first build of a visit made by what changed since the last build of the one before", async () => {
  const folder = notes(3);
  await test.build(folder);
  await test.closeProject();
  folder.write("note-0.md", `# Another note 0 of ${shared.projects}\n`);
  await test.open();
  await test.takeIn(folder);
  const roots = [{ resourceId: "file:note-0.md", setting: null, words: "note-0.md changed" }];
  expect((await test.inspect("page:index.md")).roots).toEqual(roots);
  await test.build(folder);
  expect((await test.inspect("page:index.md")).roots).toEqual(roots);
  folder.write("strata.yaml", "language: fr\n");
  await test.closeProject();
  await test.build(folder);
  const setting = [{ resourceId: null, setting: "language", words: "setting language changed" }];
  expect((await test.inspect("page:note-1.md")).roots).toEqual(setting);
});

it("[E76] names no change at the root where not all of them are known", async () => {
  const folder = notes(3);
  await test.build(folder);
  folder.write("index.md", `# Home anew of ${shared.projects}\n\n![[note-0]]\n`);
  await test.takeIn(folder);
  // What was taken in is in the log, and nothing was built from it.
  await test.closeProject();
  folder.write("note-0.md", `# Another note 0 of ${shared.projects}\n`);
  await test.build(folder);
  expect((await test.inspect("page:index.md")).roots).toBe(null);
});
