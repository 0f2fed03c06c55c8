import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from "@zip.js/zip.js/index-native.js";
import { expect, it } from "vitest";
import { createMemoryStores } from "../artifacts/memory-stores.ts";
import { asProjectId } from "../model/ids.ts";
import { copyProject, listCopy } from "./copy-project.ts";
import { openZip, zipLimits } from "./read-zip.ts";

async function zipOf(files: Readonly<Record<string, string>>, password?: string): Promise<Blob> {
  const sink = new Uint8ArrayWriter();
  const writer = new ZipWriter(sink, password === undefined ? {} : { password });
  for (const [name, text] of Object.entries(files)) {
    await writer.add(name, new Uint8ArrayReader(new TextEncoder().encode(text)));
  }
  return new Blob([await writer.close()]);
}

const project = asProjectId("p");

async function copied(files: Readonly<Record<string, string>>, limits = zipLimits) {
  const stores = createMemoryStores();
  const { folder, problems } = await openZip(await zipOf(files), "notes.zip", limits);
  const found = await copyProject(stores, project, folder);
  const { entries } = await listCopy(stores, project);
  const texts: Record<string, string> = {};
  for (const { path, bytes } of entries) {
    const raw = bytes.type === "artifact" ? await stores.artifacts.get(bytes.hash) : undefined;
    texts[path] = new TextDecoder().decode(raw);
  }
  return { name: folder.name, texts, codes: [...problems, ...found].map(({ code }) => code) };
}

it("[P7] copies an archive's files with their bytes, and unwraps a single top folder", async () => {
  const flat = await copied({ "a.md": "A", "img/b.md": "B" });
  expect(flat).toEqual({ name: "notes", texts: { "a.md": "A", "img/b.md": "B" }, codes: [] });
  const wrapped = await copied({ "top/a.md": "A", "top/img/b.md": "B", "__MACOSX/top/._a.md": "x" });
  expect(wrapped.texts).toEqual(flat.texts);
});

it("[P7] applies the ignore rules of the archive's own settings", async () => {
  const files = { "strata.yaml": "ignore: [drafts/]", "a.md": "A", "drafts/b.md": "B", ".env": "secret" };
  expect(Object.keys((await copied(files)).texts)).toEqual(["a.md", "strata.yaml"]);
});

it("[P8] leaves out names that lead outside, each with a problem, and takes the rest", async () => {
  const { texts, codes } = await copied({
    "../evil.md": "1",
    "a/../../evil.md": "2",
    "/etc/passwd": "3",
    "C:/evil.md": "4",
    "a\\..\\evil.md": "5",
    "good.md": "G",
  });
  expect(texts).toEqual({ "good.md": "G" });
  expect(codes).toEqual(Array.from({ length: 5 }, () => "refused-name"));
});

it("[P9] refuses an archive over the limits before it is unpacked", async () => {
  const files = { "a.md": "a".repeat(5000), "b.md": "b" };
  await expect(copied(files, { files: 10, bytes: 4000 })).rejects.toMatchObject({
    fault: { code: "zip-too-large" },
  });
  await expect(copied(files, { files: 1, bytes: 40_000 })).rejects.toMatchObject({
    fault: { code: "zip-too-large" },
  });
});

it("[P9] stops an archive that states less than it holds", async () => {
  const zip = new Uint8Array(await (await zipOf({ "a.md": "a".repeat(200_000) })).arrayBuffer());
  const view = new DataView(zip.buffer);
  // The uncompressed size stands at byte 24 of the central record, which begins with PK\x01\x02.
  const central = zip.findIndex((_, i) => i + 4 <= zip.length && view.getUint32(i) === 0x504b0102);
  view.setUint32(central + 24, 10, true);
  const stores = createMemoryStores();
  const open = async () => {
    const { folder } = await openZip(new Blob([zip]), "bomb.zip", { files: 10, bytes: 100_000 });
    return copyProject(stores, project, folder);
  };
  const ended = await open().then(
    (problems) => problems.map(({ code }) => code),
    (error: unknown) => error,
  );
  expect(JSON.stringify(ended)).toMatch(/zip-too-large|unreadable-file/u);
  expect((await listCopy(stores, project)).entries).toEqual([]);
});

it("[P9] says what is wrong with a file that is no ZIP, or has a password", async () => {
  await expect(openZip(new Blob(["no zip"]), "x.zip")).rejects.toMatchObject({
    fault: { code: "not-a-zip" },
  });
  const locked = await zipOf({ "a.md": "A" }, "secret");
  await expect(openZip(locked, "x.zip")).rejects.toMatchObject({ fault: { code: "encrypted-zip" } });
});
