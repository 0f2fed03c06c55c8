import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FolderSource } from "./folder-source.ts";
import { folderOfHandle, folderOfList, folderOfNodes } from "./folder-tree.ts";
import { listFolder, type Listing } from "./intake.ts";
import { put, testFolder } from "./testing/folder.ts";
import { watchFolder } from "./watch-folder.ts";

let folder: Awaited<ReturnType<typeof testFolder>>;
beforeEach(async () => {
  folder = await testFolder();
});
afterEach(() => folder.remove());

const pathsOf = (listing: Listing) => listing.entries.map(({ path }) => path);

it("[P4] lists what belongs to the project, ordered by path, with size and time", async () => {
  await put(folder.handle, "b/c.md", "c!");
  await put(folder.handle, "a.md", "aaa");
  await put(folder.handle, ".gitignore", "*.log");
  await put(folder.handle, "x.log", "no");
  await put(folder.handle, "b/.gitignore", "!x.log\nnot.md");
  await put(folder.handle, "b/x.log", "yes");
  await put(folder.handle, "b/not.md", "no");
  await put(folder.handle, "node_modules/m/readme.md", "no");
  await put(folder.handle, "strata.yaml", "ignore: [drafts]");
  await put(folder.handle, "drafts/d.md", "no");
  const found: number[] = [];
  const listing = await listFolder(folderOfHandle(folder.handle), { onFound: (count) => found.push(count) });
  expect(pathsOf(listing)).toEqual(["a.md", "b/c.md", "b/x.log", "strata.yaml"]);
  expect(listing.problems).toEqual([]);
  expect(listing.entries[1]).toMatchObject({ size: 2, bytes: { type: "file" } });
  expect(Math.abs((listing.entries[1]?.modified ?? 0) - Date.now())).toBeLessThan(60_000);
  expect(found.at(-1)).toBe(4);
});

it("[P5] reports what cannot be read and goes on", async () => {
  const gone = async () => Promise.reject(new DOMException("gone", "NotFoundError"));
  const list = folderOfList("p", [
    { path: "a.md", open: async () => new File(["a"], "a.md") },
    { path: "sub/gone.md", open: gone },
  ]);
  const broken = { type: "folder" as const, name: "locked", children: gone };
  const listing = await listFolder(folderOfNodes("p", [...(await list.children()), broken]));
  expect(pathsOf(listing)).toEqual(["a.md"]);
  expect(listing.problems.map(({ code, path }) => [code, path])).toEqual([
    ["unreadable-folder", "locked"],
    ["unreadable-file", "sub/gone.md"],
  ]);
});

it("[P6] takes one of two names that are the same once normalised, and reports the other", async () => {
  const open = async () => new File(["x"], "x");
  const list = folderOfList(
    "p",
    ["u\u0308.md", "ü.md", "back\\slash.md"].map((path) => ({ path, open })),
  );
  const listing = await listFolder(list);
  expect(pathsOf(listing)).toEqual(["ü.md"]);
  expect(listing.problems.map(({ code }) => code)).toEqual(["refused-name", "same-path-twice"]);
});

it("[P4] stops when the signal aborts", async () => {
  await put(folder.handle, "a/b/c.md", "c");
  const signal = AbortSignal.abort();
  await expect(listFolder(folderOfHandle(folder.handle), { signal })).rejects.toMatchObject({
    name: "AbortError",
  });
});

it("[P10] lists the same after a few changes as a whole new listing would", async () => {
  for (const path of ["a.md", "b/c.md", "b/d.md"]) await put(folder.handle, path, path);
  await put(folder.handle, ".gitignore", "*.log");
  const source = new FolderSource(folder.handle);
  await source.list();
  await put(folder.handle, "b/c.md", "longer than before");
  await put(folder.handle, "new/e.md", "new");
  await put(folder.handle, "no.log", "no");
  await (await folder.handle.getDirectoryHandle("b")).removeEntry("d.md");
  const changed = ["b/c.md", "new/e.md", "no.log", "b/d.md", ".git/index"];
  const quick = await source.listAfter(changed);
  const whole = await new FolderSource(folder.handle).list();
  const plain = (listing: Listing) =>
    listing.entries.map(({ path, size, modified }) => ({ path, size, modified }));
  expect(plain(quick)).toEqual(plain(whole));
  await put(folder.handle, ".gitignore", "*.md");
  expect(pathsOf(await source.listAfter([".gitignore"]))).toEqual(["no.log"]);
});

describe("names that are not in the form that paths are in", () => {
  const composed = "m\u00fcll/\u00fc.md";
  const decomposed = composed.normalize("NFD");
  const plain = ({ entries, problems }: Listing) => ({
    entries: entries.map(({ path, size }) => [path, size]),
    codes: problems.map(({ code }) => code),
  });
  const whole = async () => plain(await new FolderSource(folder.handle).list());

  it("[P10] keeps a file that was edited under such a name, and removes it once it is gone", async () => {
    await put(folder.handle, decomposed, "1");
    const source = new FolderSource(folder.handle);
    await source.list();
    await put(folder.handle, decomposed, "longer");
    expect(plain(await source.listAfter([decomposed]))).toEqual({ entries: [[composed, 6]], codes: [] });
    await (await folder.handle.getDirectoryHandle("mu\u0308ll")).removeEntry("u\u0308.md");
    expect(plain(await source.listAfter([decomposed]))).toEqual({ entries: [], codes: [] });
  });

  it("[P10] sees that a second file of the same path came, and that one of the two went", async () => {
    await put(folder.handle, decomposed, "1");
    const source = new FolderSource(folder.handle);
    await source.list();
    await put(folder.handle, composed, "another");
    const both = plain(await source.listAfter([composed]));
    expect(both).toEqual(await whole());
    expect(both.codes).toEqual(["same-path-twice"]);
    await folder.handle.removeEntry("mu\u0308ll", { recursive: true });
    const one = plain(await source.listAfter([decomposed]));
    expect(one).toEqual({ entries: [[composed, 7]], codes: [] });
  });

  it("[P10] judges them by the name on disk, as a whole listing does", async () => {
    await put(folder.handle, ".gitignore", composed);
    await put(folder.handle, decomposed, "1");
    const source = new FolderSource(folder.handle);
    await source.list();
    await put(folder.handle, decomposed, "longer");
    expect(plain(await source.listAfter([decomposed]))).toEqual(await whole());
  });
});

it("[P10] takes out all files of a folder that disappeared, of which the watch tells like of a file", async () => {
  for (const path of ["a.md", "b/c.md", "b/d/e.md"]) await put(folder.handle, path, path);
  const source = new FolderSource(folder.handle);
  await source.list();
  await folder.handle.removeEntry("b", { recursive: true });
  expect(pathsOf(await source.listAfter(["b"]))).toEqual(["a.md"]);
});

it("[P10] says in plain words that the whole folder is gone", async () => {
  const gone = await testFolder();
  await gone.remove();
  await expect(new FolderSource(gone.handle).list()).rejects.toMatchObject({
    fault: { code: "folder-gone" },
  });
});

it("[P11] notices a change in a watched folder", async () => {
  await put(folder.handle, "a.md", "1");
  const changes: (readonly string[] | null)[] = [];
  const watch = await watchFolder(
    folder.handle,
    (change) => changes.push(change),
    () => true,
  );
  expect(watch.isLive).toBe("FileSystemObserver" in globalThis);
  await put(folder.handle, "a.md", "22");
  await expect.poll(() => changes.length, { timeout: 9_000 }).toBeGreaterThan(0);
  watch.stop();
  if (watch.isLive) expect(changes.flat()).toContain("a.md");
});
