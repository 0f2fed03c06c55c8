import { afterEach, beforeEach, expect, it } from "vitest";
import { createMemoryStores } from "../artifacts/memory-stores.ts";
import { asContentHash, asSitePath } from "../model/ids.ts";
import type { SiteFile } from "../model/wire.ts";
import { openZip } from "./read-zip.ts";
import { put, readAll, testFolder } from "./testing/folder.ts";
import { manifestName, writeSite } from "./write-site.ts";
import { writeZip } from "./write-zip.ts";

let folder: Awaited<ReturnType<typeof testFolder>>;
const { artifacts } = createMemoryStores();
beforeEach(async () => {
  folder = await testFolder();
});
afterEach(() => folder.remove());

/** Site files whose artifacts are stored; the hash is made of the text, which is all that these tests need. */
async function site(texts: Readonly<Record<string, string>>): Promise<SiteFile[]> {
  const files = Object.entries(texts).map(([path, text]) => {
    const bytes = new TextEncoder().encode(text);
    const type = path.endsWith(".png") ? "image/png" : "text/html";
    return { path: asSitePath(path), hash: asContentHash(`h-${text}`), size: bytes.length, type, bytes };
  });
  await artifacts.putMany(files);
  return files.map(({ path, hash, size, type }) => ({ path, hash, size, type }));
}

const faultCode = (work: Promise<unknown>) =>
  work.then(
    () => "none",
    (error: { fault?: { code: string } }) => error.fault?.code,
  );

it("[P12] writes the site, and at the next export removes only what it wrote itself", async () => {
  const target = folder.handle;
  const common = { target, source: undefined, artifacts };
  await put(target, "mine.txt", "mine");
  await writeSite({
    ...common,
    files: await site({ "index.html": "1", "old/a.html": "2", "old/b/c.html": "3" }),
  });
  await put(target, "old/mine.txt", "mine too");
  const done: number[] = [];
  const files = await site({ "index.html": "1b", "new/d.html": "4" });
  await writeSite({ ...common, files, onProgress: (count) => done.push(count) });
  const { [manifestName]: manifest, ...rest } = await readAll(target);
  expect(rest).toEqual({
    "mine.txt": "mine",
    "old/mine.txt": "mine too",
    "index.html": "1b",
    "new/d.html": "4",
  });
  expect(manifest).toContain("new/d.html");
  expect(done).toEqual([1, 2]);
  const old = await target.getDirectoryHandle("old");
  await expect(old.getDirectoryHandle("b")).rejects.toMatchObject({ name: "NotFoundError" });
});

it("[P13] refuses the project's own folder, one inside it, and one that holds it", async () => {
  const source = await folder.handle.getDirectoryHandle("project", { create: true });
  const inside = await source.getDirectoryHandle("site", { create: true });
  const beside = await folder.handle.getDirectoryHandle("site", { create: true });
  const files = await site({ "index.html": "1" });
  for (const target of [source, inside, folder.handle]) {
    expect(await faultCode(writeSite({ target, source, files, artifacts }))).toBe("export-into-source");
  }
  expect(await readAll(folder.handle)).toEqual({});
  expect(await faultCode(writeSite({ target: beside, source, files, artifacts }))).toBe("none");
});

it("[P13] refuses to write over a file that it did not write", async () => {
  await put(folder.handle, "index.html", "mine");
  const files = await site({ "index.html": "1", "a.html": "2" });
  const work = writeSite({ target: folder.handle, source: undefined, files, artifacts });
  expect(await faultCode(work)).toBe("export-over-foreign");
  expect(await readAll(folder.handle)).toEqual({ "index.html": "mine" });
});

it("[P14] says so when there is nothing to write, or an output is missing", async () => {
  const common = { target: folder.handle, source: undefined, artifacts };
  expect(await faultCode(writeSite({ ...common, files: [] }))).toBe("nothing-to-export");
  const [file] = await site({ "a.html": "1" });
  const lost = [{ ...file!, hash: asContentHash("lost") }];
  expect(await faultCode(writeSite({ ...common, files: lost }))).toBe("output-missing");
});

async function zipped(files: readonly SiteFile[]): Promise<Blob> {
  const { readable, writable } = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>();
  const [blob] = await Promise.all([new Response(readable).blob(), writeZip(writable, { files, artifacts })]);
  return blob;
}

it("[P15] writes the same ZIP for the same site, whatever the order and the day", async () => {
  const texts = { "index.html": "start ".repeat(500), "a/b.png": "pixels", "ü.html": "umlaut" };
  const files = await site(texts);
  const first = new Uint8Array(await (await zipped(files)).arrayBuffer());
  await new Promise((resolve) => setTimeout(resolve, 2100));
  const second = new Uint8Array(await (await zipped([...files].reverse())).arrayBuffer());
  expect(second).toEqual(first);
  const { folder: unpacked } = await openZip(new Blob([first]), "site.zip");
  const list = await unpacked.children();
  expect(list.map(({ name }) => name).sort()).toEqual(["a", "index.html", "ü.html"]);
  const index = list.find(({ name }) => name === "index.html");
  expect(index?.type === "file" && (await (await index.open()).text())).toBe(texts["index.html"]);
});
