import fc from "fast-check";
import { expect, it } from "vitest";
import { compareNames } from "../base/byte-order.ts";
import { parseProjectPath, type ProjectPath } from "../base/project-path.ts";
import { asContentHash, asProjectId, asSitePath, type SitePath } from "../model/ids.ts";
import type { SiteFile } from "../model/wire.ts";
import type { NewArtifact } from "./contract.ts";
import type { Stores } from "./stores.ts";

const project = asProjectId("project-a");
const other = asProjectId("project-b");
const hashOf = (n: number) => asContentHash(n.toString(16).padStart(16, "0"));

function artifact(n: number, text = `artifact ${n}`): NewArtifact {
  return { hash: hashOf(n), type: "text/plain", bytes: new TextEncoder().encode(text) };
}

function siteFile(path: string, n = 1): SiteFile {
  return { path: asSitePath(path), hash: hashOf(n), size: n, type: "text/html" };
}

function projectPath(raw: string): ProjectPath {
  const path = parseProjectPath(raw);
  if (path === undefined) throw new Error(`not a project path: ${raw}`);
  return path;
}

/** The duties of every implementation of the stores. `open` gives empty stores of their own to each test. */
export function describeStores(open: () => Promise<Stores>): void {
  describeArtifacts(open);
  describeSite(open);
  describeTexts(open);
  describeProjects(open);
  describeCopiedFiles(open);
}

function describeArtifacts(open: () => Promise<Stores>): void {
  it("[A1] gives back the bytes that were put, and undefined for what never was", async () => {
    const { artifacts } = await open();
    await artifacts.putMany([artifact(1), artifact(2, "")]);
    expect(await artifacts.get(hashOf(1))).toEqual(artifact(1).bytes);
    expect(await artifacts.getMany([hashOf(2), hashOf(3), hashOf(1)])).toEqual([
      new Uint8Array(0),
      undefined,
      artifact(1).bytes,
    ]);
  });

  it("[A1] answers a put with hash, size and type of each artifact, in order", async () => {
    const { artifacts } = await open();
    expect(await artifacts.putMany([artifact(5, "abc"), artifact(4, "")])).toEqual([
      { hash: hashOf(5), size: 3, type: "text/plain" },
      { hash: hashOf(4), size: 0, type: "text/plain" },
    ]);
  });

  it("[A2] keeps one artifact when the same bytes are put twice, also in one call", async () => {
    const { artifacts } = await open();
    await artifacts.putMany([artifact(1), artifact(1)]);
    await artifacts.putMany([artifact(2), artifact(1)]);
    expect(await artifacts.list()).toEqual([hashOf(1), hashOf(2)]);
  });

  it("[A3] stores the part that a view shows, and is not changed by later writes to it", async () => {
    const { artifacts } = await open();
    const buffer = new TextEncoder().encode("before|inside|after");
    const view = buffer.subarray(7, 13);
    await artifacts.putMany([{ hash: hashOf(1), type: "text/plain", bytes: view }]);
    view.fill(0);
    const first = await artifacts.get(hashOf(1));
    expect(new TextDecoder().decode(first)).toBe("inside");
    expect(first?.buffer.byteLength).toBe(6);
    first?.fill(0);
    expect(new TextDecoder().decode(await artifacts.get(hashOf(1)))).toBe("inside");
  });

  it.each([3, 1000])("[A4] tells which of %i hashes are present", async (count) => {
    const { artifacts } = await open();
    const even = Array.from({ length: count }, (_, i) => i).filter((i) => i % 2 === 0);
    await artifacts.putMany(even.map((i) => artifact(i)));
    const asked = Array.from({ length: count }, (_, i) => hashOf(i));
    expect(await artifacts.present(asked)).toEqual(new Set(even.map(hashOf)));
    expect(await artifacts.present([])).toEqual(new Set());
  });

  it("[A5] forgets what is deleted, and only that", async () => {
    const { artifacts } = await open();
    await artifacts.putMany([artifact(1), artifact(2), artifact(3)]);
    await artifacts.deleteMany([hashOf(1), hashOf(3), hashOf(9)]);
    expect(await artifacts.list()).toEqual([hashOf(2)]);
    expect(await artifacts.get(hashOf(1))).toBeUndefined();
  });
}

function describeSite(open: () => Promise<Stores>): void {
  it("[A6] finds the files of a project's site by path, and no other project's", async () => {
    const { site } = await open();
    await site.change(project, [siteFile("index.html", 1)], []);
    await site.change(other, [siteFile("index.html", 2)], []);
    expect(await site.find(project, asSitePath("index.html"))).toEqual(siteFile("index.html", 1));
    expect(await site.find(project, asSitePath("missing.html"))).toBeUndefined();
  });

  it("[A6] puts after it removes, so a path in both is there afterwards", async () => {
    const { site } = await open();
    await site.change(project, [siteFile("a", 1), siteFile("b", 1)], []);
    await site.change(project, [siteFile("a", 2)], [asSitePath("a"), asSitePath("b")]);
    expect(await site.list(project)).toEqual([siteFile("a", 2)]);
  });

  it("[A7] lists a site by the UTF-8 order of its paths", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.string({ minLength: 1, unit: "binary" })), async (names) => {
        const { site, close } = await open();
        await site.change(
          project,
          names.map((name) => siteFile(name)),
          [],
        );
        const listed = (await site.list(project)).map((file) => file.path);
        expect(listed).toEqual([...names].sort(compareNames));
        close();
      }),
      { numRuns: 20 },
    );
  });

  it("[A8] clears one project's site and leaves the others", async () => {
    const { site } = await open();
    await site.change(project, [siteFile("a"), siteFile("b")], []);
    await site.change(other, [siteFile("a")], []);
    await site.clear(project);
    expect(await site.list(project)).toEqual([]);
    expect(await site.list(other)).toEqual([siteFile("a")]);
  });

  it("[A6] equals a plain map after any sequence of changes", async () => {
    const path = fc.constantFrom("a", "b", "c/d", "c").map(asSitePath);
    const change = fc.tuple(fc.array(fc.tuple(path, fc.nat(9))), fc.array(path));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 6 }), async (changes) => {
        const { site, close } = await open();
        const model = new Map<SitePath, SiteFile>();
        for (const [put, remove] of changes) {
          const files = put.map(([at, n]) => siteFile(at, n));
          await site.change(project, files, remove);
          remove.forEach((at) => model.delete(at));
          files.forEach((file) => model.set(file.path, file));
        }
        const expected = [...model.values()].sort((a, b) => compareNames(a.path, b.path));
        expect(await site.list(project)).toEqual(expected);
        close();
      }),
      { numRuns: 20 },
    );
  });
}

function describeTexts(open: () => Promise<Stores>): void {
  it("[A9] keeps texts by key, the last one put", async () => {
    const { highlighted } = await open();
    await highlighted.putMany([
      ["a", "1"],
      ["b", "2"],
    ]);
    await highlighted.putMany([["a", "3"]]);
    expect(await highlighted.getMany(["b", "x", "a"])).toEqual(["2", undefined, "3"]);
    expect(await highlighted.getMany([])).toEqual([]);
  });
}

function describeProjects(open: () => Promise<Stores>): void {
  it("[A10] lists projects by the time they were opened, the last first", async () => {
    const { projects } = await open();
    await projects.put({ projectId: project, name: "A", origin: "folder", openedAt: 1 });
    await projects.put({ projectId: other, name: "B", origin: "copy", openedAt: 2 });
    expect((await projects.list()).map((record) => record.name)).toEqual(["B", "A"]);
    await projects.touch(project, 3);
    await projects.touch(asProjectId("unknown"), 4);
    expect((await projects.list()).map((record) => record.name)).toEqual(["A", "B"]);
    await projects.delete(other);
    expect(await projects.find(other)).toBeUndefined();
    expect(await projects.find(project)).toMatchObject({ name: "A", openedAt: 3 });
  });
}

function describeCopiedFiles(open: () => Promise<Stores>): void {
  it("[A11] keeps one listing a project, and names every hash that it needs", async () => {
    const { copiedFiles } = await open();
    const file = (path: string, n: number) => ({
      path: projectPath(path),
      size: n,
      modified: n,
      hash: hashOf(n),
    });
    await copiedFiles.replace(project, [file("b.md", 1), file("a.md", 2)]);
    await copiedFiles.replace(other, [file("c.md", 2)]);
    await copiedFiles.replace(project, [file("z.md", 3), file("a.md", 2)]);
    expect(await copiedFiles.list(project)).toEqual([file("a.md", 2), file("z.md", 3)]);
    expect(await copiedFiles.hashes()).toEqual(new Set([hashOf(2), hashOf(3)]));
    await copiedFiles.clear(project);
    expect(await copiedFiles.list(project)).toEqual([]);
    expect(await copiedFiles.hashes()).toEqual(new Set([hashOf(2)]));
  });
}
