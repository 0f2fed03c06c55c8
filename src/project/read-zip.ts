import { BlobReader, ZipReader, configure, type FileEntry } from "@zip.js/zip.js/index-native.js";
import { parseProjectPath } from "../base/project-path.ts";
import type { Problem } from "../model/problem.ts";
import { folderOfList, type FolderNode } from "./folder-tree.ts";
import { encryptedZip, type IntakeFault, notAZip, zipTooLarge } from "./intake-fault.ts";
import { refusedName } from "./intake-problems.ts";

// The browser's own inflater runs off this thread already, and the page's content policy allows no worker from a blob.
configure({ useWebWorkers: false, useCompressionStream: true });

/** Beyond these a ZIP is refused: it would not fit into the browser's storage, or was made to harm. */
export type ZipLimits = {
  readonly files: number;
  /** Bytes, unpacked, all files together. */
  readonly bytes: number;
};

export const zipLimits: ZipLimits = { files: 100_000, bytes: 2 * 1024 ** 3 };

/** An archive as a folder whose files are inflated when they are opened. */
export type ZipFolder = {
  readonly folder: FolderNode;
  readonly problems: readonly Problem[];
};

/**
 * Opens a ZIP. Names that lead out of it are left out with a problem; a single top folder is unwrapped. Throws an
 * `IntakeFault` when it is no ZIP, is encrypted, or is over the limits. The sizes that it states are checked at once,
 * and the bytes that really come out are counted while inflating, since a ZIP can lie.
 */
export async function openZip(blob: Blob, name: string, limits: ZipLimits = zipLimits): Promise<ZipFolder> {
  const entries = await readDirectory(blob, name);
  const files = entries.filter((entry) => !isLitter(entry.filename));
  if (files.length > limits.files) throw zipTooLarge(name, `${limits.files} files`);
  const stated = files.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
  if (stated > limits.bytes) throw zipTooLarge(name, sizeText(limits.bytes));
  if (files.some((entry) => entry.encrypted)) throw encryptedZip(name);
  const problems: Problem[] = [];
  const budget = new Budget(limits.bytes, () => zipTooLarge(name, sizeText(limits.bytes)));
  const safe = files.filter((entry) => {
    const isSafe = isSafeName(entry.filename);
    if (!isSafe) problems.push(refusedName(entry.filename));
    return isSafe;
  });
  const unwrap = topFolderLength(safe.map((entry) => entry.filename));
  const list = safe.map((entry) => ({
    path: entry.filename.slice(unwrap),
    open: () => inflate(entry, budget),
  }));
  return { folder: folderOfList(name.replace(/\.zip$/iu, ""), list), problems };
}

async function readDirectory(blob: Blob, name: string): Promise<readonly FileEntry[]> {
  try {
    // Names are judged by us, one by one, so that one bad name does not refuse the whole archive.
    const reader = new ZipReader(new BlobReader(blob), { filenameValidation: "tolerant" });
    const entries = await reader.getEntries();
    return entries.filter((entry): entry is FileEntry => !entry.directory);
  } catch (error) {
    throw notAZip(name, error);
  }
}

/** Resource forks that macOS puts beside every file. */
function isLitter(filename: string): boolean {
  return filename.startsWith("__MACOSX/") || filename.endsWith("/");
}

function isSafeName(filename: string): boolean {
  const hasDrive = /^[a-z]:/iu.test(filename);
  return !hasDrive && parseProjectPath(filename) !== undefined && !filename.split("/").includes("..");
}

/** The length of the folder that holds everything, with its slash; 0 when there is none. */
function topFolderLength(names: readonly string[]): number {
  const first = names[0];
  const slash = first?.indexOf("/") ?? -1;
  if (first === undefined || slash < 0) return 0;
  const top = first.slice(0, slash + 1);
  return names.every((name) => name.startsWith(top)) ? top.length : 0;
}

async function inflate(entry: FileEntry, budget: Budget): Promise<File> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const sink = new WritableStream<Uint8Array<ArrayBuffer>>({
    write: (chunk) => {
      budget.spend(chunk.byteLength);
      chunks.push(chunk);
    },
  });
  try {
    await entry.getData(sink, { checkCrc32: true });
  } catch (error) {
    throw budget.exceeded ?? error;
  }
  return new File(chunks, entry.filename, { lastModified: entry.lastModDate.getTime() });
}

/** Bytes that may still come out of an archive. */
class Budget {
  exceeded: IntakeFault | undefined;
  #left: number;
  readonly #fault: () => IntakeFault;

  constructor(bytes: number, fault: () => IntakeFault) {
    this.#left = bytes;
    this.#fault = fault;
  }

  spend(bytes: number): void {
    this.#left -= bytes;
    if (this.#left >= 0) return;
    this.exceeded = this.#fault();
    throw this.exceeded;
  }
}

function sizeText(bytes: number): string {
  return bytes >= 1024 ** 3 ? `${bytes / 1024 ** 3} GB unpacked` : `${Math.round(bytes / 1024)} kB unpacked`;
}
