import type { ArtifactStore } from "../artifacts/contract.ts";
import type { SiteFile } from "../model/wire.ts";
import { mapBounded } from "./bounded.ts";
import {
  exportFailed,
  exportIntoSource,
  exportOverForeign,
  nothingToExport,
  outputMissing,
} from "./export-faults.ts";
import { IntakeFault } from "./intake-fault.ts";

/** The file in an exported folder that says what Strata wrote there, so that the next export may remove it. */
export const manifestName = ".strata-export.json";

/** What an export writes, and where. */
export type SiteExport = {
  readonly target: FileSystemDirectoryHandle;
  /** The project's own folder, when it has one: never written to. */
  readonly source: FileSystemDirectoryHandle | undefined;
  readonly files: readonly SiteFile[];
  readonly artifacts: ArtifactStore;
  readonly onProgress?: (done: number) => void;
  readonly signal?: AbortSignal;
};

/** Files written at the same time. */
const filesAtOnce = 4;

/**
 * Writes a finished site into a folder. Removes the files of an earlier export that the site no longer has, and no
 * other. Each file is written whole or not at all. Throws an `IntakeFault` when the target touches the project's own
 * folder, holds files of the same names that Strata did not write, or cannot be written.
 */
export async function writeSite(job: SiteExport): Promise<void> {
  const { target, source, files, signal } = job;
  if (files.length === 0) throw nothingToExport();
  if (source !== undefined && (await touches(source, target))) throw exportIntoSource(target.name);
  const earlier = await readManifest(target);
  const paths = files.map(({ path }) => path);
  const foreign = await existing(
    target,
    paths.filter((path) => !earlier.has(path)),
  );
  if (foreign.length > 0) throw exportOverForeign(target.name, foreign);
  try {
    // Written first with both lists, so that an export that is cut off is still known as Strata's.
    await writeManifest(target, [...new Set([...earlier, ...paths])]);
    let done = 0;
    const folders = new FolderMaker(target);
    await mapBounded(
      files,
      filesAtOnce,
      async (file) => {
        await writeOne(job.artifacts, folders, file);
        job.onProgress?.(++done);
      },
      signal,
    );
    const current = new Set<string>(paths);
    for (const path of earlier) if (!current.has(path)) await remove(target, path);
    await writeManifest(target, paths);
  } catch (error) {
    signal?.throwIfAborted();
    throw error instanceof IntakeFault ? error : exportFailed(target.name, error);
  }
}

/** Whether one of the two folders is the other or lies in it. */
async function touches(
  source: FileSystemDirectoryHandle,
  target: FileSystemDirectoryHandle,
): Promise<boolean> {
  if (await source.isSameEntry(target)) return true;
  return (await source.resolve(target)) !== null || (await target.resolve(source)) !== null;
}

async function writeOne(artifacts: ArtifactStore, folders: FolderMaker, file: SiteFile): Promise<void> {
  const bytes = await artifacts.get(file.hash);
  if (bytes === undefined) throw outputMissing(file.path);
  const parts = file.path.split("/");
  const name = parts.pop() ?? "";
  const folder = await folders.make(parts);
  await writeFile(folder, name, bytes);
}

async function writeFile(
  folder: FileSystemDirectoryHandle,
  name: string,
  content: Uint8Array<ArrayBuffer> | string,
): Promise<void> {
  const handle = await folder.getFileHandle(name, { create: true });
  // The browser writes beside the file and moves it into place at `close`.
  const stream = await handle.createWritable();
  await stream.write(content);
  await stream.close();
}

/** Folders of the target, each looked up once. */
class FolderMaker {
  readonly #made = new Map<string, Promise<FileSystemDirectoryHandle>>();
  readonly #top: FileSystemDirectoryHandle;

  constructor(top: FileSystemDirectoryHandle) {
    this.#top = top;
  }

  make(parts: readonly string[]): Promise<FileSystemDirectoryHandle> {
    const name = parts.at(-1);
    if (name === undefined) return Promise.resolve(this.#top);
    const key = parts.join("/");
    let folder = this.#made.get(key);
    if (folder === undefined) {
      folder = this.make(parts.slice(0, -1)).then((parent) =>
        parent.getDirectoryHandle(name, { create: true }),
      );
      this.#made.set(key, folder);
    }
    return folder;
  }
}

/** What an earlier export wrote; nothing when there was none or its list is damaged. */
async function readManifest(target: FileSystemDirectoryHandle): Promise<ReadonlySet<string>> {
  try {
    const file = await (await target.getFileHandle(manifestName)).getFile();
    const parsed: unknown = JSON.parse(await file.text());
    const files = typeof parsed === "object" && parsed !== null && "files" in parsed ? parsed.files : [];
    return new Set(Array.isArray(files) ? files.filter((path) => typeof path === "string") : []);
  } catch {
    return new Set();
  }
}

async function writeManifest(target: FileSystemDirectoryHandle, paths: readonly string[]): Promise<void> {
  const text = JSON.stringify({ writtenBy: "Strata", files: [...paths].sort() }, null, 1);
  await writeFile(target, manifestName, `${text}\n`);
}

/** Those of `paths` that the folder already has, a folder of that name counted too. */
async function existing(
  target: FileSystemDirectoryHandle,
  paths: readonly string[],
): Promise<readonly string[]> {
  const found = await mapBounded(paths, 16, async (path) => {
    try {
      const { folder, name } = await locate(target, path);
      await folder.getFileHandle(name);
      return [path];
    } catch (error) {
      return error instanceof DOMException && error.name === "NotFoundError" ? [] : [path];
    }
  });
  return found.flat();
}

/** Removes a file and the folders that it leaves empty. What is already gone is fine. */
async function remove(target: FileSystemDirectoryHandle, path: string): Promise<void> {
  try {
    const { folder, name } = await locate(target, path);
    await folder.removeEntry(name);
    const above = path.split("/").slice(0, -1);
    // Refused by the browser, which ends the climb, as soon as a folder holds anything else.
    for (; above.length > 0; above.pop()) await removeEmpty(target, above.join("/"));
  } catch (error) {
    const isFine =
      error instanceof DOMException && ["NotFoundError", "InvalidModificationError"].includes(error.name);
    if (!isFine) throw error;
  }
}

async function removeEmpty(target: FileSystemDirectoryHandle, path: string): Promise<void> {
  const { folder, name } = await locate(target, path);
  await folder.removeEntry(name);
}

async function locate(
  target: FileSystemDirectoryHandle,
  path: string,
): Promise<{ readonly folder: FileSystemDirectoryHandle; readonly name: string }> {
  const parts = path.split("/");
  const name = parts.pop() ?? "";
  let folder = target;
  for (const part of parts) folder = await folder.getDirectoryHandle(part);
  return { folder, name };
}
