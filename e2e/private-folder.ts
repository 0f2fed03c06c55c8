import { Buffer } from "node:buffer";
import type { Page } from "@playwright/test";
import type { Site } from "./site.ts";

type Encoded = readonly (readonly [path: string, base64: string])[];

/**
 * Writes files into a folder of the origin's private file system. Its handle is as real as that of a folder on the
 * disk, and can be written to, which no test is allowed there.
 */
export async function putPrivateFolder(page: Page, name: string, files: Site): Promise<void> {
  const encoded = [...files].map(([path, bytes]) => [path, bytes.toString("base64")] as const);
  await page.evaluate(writeFiles, { name, files: encoded });
}

/** Removes a file of such a folder. */
export async function removePrivateFile(page: Page, name: string, path: string): Promise<void> {
  await page.evaluate(removeFile, { name, path });
}

/** All files of such a folder, ordered by path. */
export async function readPrivateFolder(page: Page, name: string): Promise<Site> {
  const files = await page.evaluate(readFiles, name);
  const site = files.map(([path, base64]) => [path, Buffer.from(base64, "base64")] as const);
  return new Map(site.toSorted(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
}

/** Lets the picker for folders answer with such a folder, for as long as the page lives. */
export async function answerPicker(page: Page, name: string): Promise<void> {
  await page.evaluate((folder) => {
    globalThis.showDirectoryPicker = async () =>
      (await navigator.storage.getDirectory()).getDirectoryHandle(folder, { create: true });
  }, name);
}

/** Runs in the page, and so uses nothing outside itself. */
async function writeFiles({
  name,
  files,
}: {
  readonly name: string;
  readonly files: Encoded;
}): Promise<void> {
  const top = await (await navigator.storage.getDirectory()).getDirectoryHandle(name, { create: true });
  for (const [path, base64] of files) {
    const parts = path.split("/");
    let folder = top;
    for (const part of parts.slice(0, -1)) folder = await folder.getDirectoryHandle(part, { create: true });
    const file = await folder.getFileHandle(parts.at(-1)!, { create: true });
    const stream = await file.createWritable();
    await stream.write(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
    await stream.close();
  }
}

/** Runs in the page. */
async function removeFile({ name, path }: { readonly name: string; readonly path: string }): Promise<void> {
  let folder = await (await navigator.storage.getDirectory()).getDirectoryHandle(name);
  const parts = path.split("/");
  for (const part of parts.slice(0, -1)) folder = await folder.getDirectoryHandle(part);
  await folder.removeEntry(parts.at(-1)!);
}

/** Runs in the page. */
async function readFiles(name: string): Promise<[path: string, base64: string][]> {
  const files: [string, string][] = [];
  const read = async (folder: FileSystemDirectoryHandle, above: string): Promise<void> => {
    for await (const entry of folder.values()) {
      if (entry.kind === "directory") await read(entry, `${above}${entry.name}/`);
      else {
        let text = "";
        for (const byte of new Uint8Array(await (await entry.getFile()).arrayBuffer()))
          text += String.fromCharCode(byte);
        files.push([above + entry.name, btoa(text)]);
      }
    }
  };
  await read(await (await navigator.storage.getDirectory()).getDirectoryHandle(name), "");
  return files;
}
