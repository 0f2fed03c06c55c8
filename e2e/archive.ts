import { Buffer } from "node:buffer";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { BlobReader, Uint8ArrayReader, Uint8ArrayWriter, ZipReader, ZipWriter } from "@zip.js/zip.js";
import type { Site } from "./site.ts";

/** Packs a folder of the disk as a ZIP whose paths begin inside the folder. */
export async function zipFolder(folder: string): Promise<Uint8Array> {
  const writer = new ZipWriter(new Uint8ArrayWriter());
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((e) => e.isFile());
  for (const entry of entries) {
    const place = join(entry.parentPath, entry.name);
    const path = relative(folder, place).replaceAll("\\", "/");
    await writer.add(path, new Uint8ArrayReader(readFileSync(place)));
  }
  return writer.close();
}

/** Unpacks a ZIP into a site. */
export async function unzip(bytes: Uint8Array<ArrayBuffer>): Promise<Site> {
  const reader = new ZipReader(new BlobReader(new Blob([bytes])));
  const files = new Map<string, Buffer>();
  for (const entry of await reader.getEntries()) {
    if (entry.directory) continue;
    files.set(entry.filename, Buffer.from(await entry.getData(new Uint8ArrayWriter())));
  }
  await reader.close();
  return new Map([...files].toSorted(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
}
