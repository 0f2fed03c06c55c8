import type { Problem } from "../model/problem.ts";
import type { IntakeEntry } from "../model/source.ts";
import { mapBounded } from "./bounded.ts";
import type { FolderNode } from "./folder-tree.ts";
import { IntakeFault } from "./intake-fault.ts";
import { unreadableFile } from "./intake-problems.ts";
import { walkFolder, type FoundFile, type Walk, type WalkOptions } from "./walk-folder.ts";

/** The whole of a folder as the engine takes it. */
export type Listing = {
  /** Ordered by path. */
  readonly entries: readonly IntakeEntry[];
  readonly problems: readonly Problem[];
};

/** Files opened at the same time. Opening reads size and time, not the bytes. */
const filesAtOnce = 64;

/**
 * Lists a folder. A file that vanishes or cannot be opened becomes a problem. Rejects when the top cannot be read, or
 * with the signal's reason. Cost: about 60 µs a file with directory handles.
 */
export async function listFolder(top: FolderNode, options: WalkOptions = {}): Promise<Listing> {
  return openFiles(await walkFolder(top, options), options);
}

/** Opens what a walk found. */
export async function openFiles(walk: Walk, { signal }: WalkOptions = {}): Promise<Listing> {
  const opened = await mapBounded(walk.files, filesAtOnce, openEntry, signal);
  return {
    entries: opened.flatMap((result) => ("bytes" in result ? [result] : [])),
    problems: [...walk.problems, ...opened.flatMap((result) => ("bytes" in result ? [] : [result]))],
  };
}

/** The entry of a file, or the problem that keeps it out. */
export async function openEntry({ path, leaf }: FoundFile): Promise<IntakeEntry | Problem> {
  try {
    const file = await leaf.open();
    return { path, size: file.size, modified: file.lastModified, bytes: { type: "file", file } };
  } catch (error) {
    if (error instanceof IntakeFault) throw error;
    return unreadableFile(path, error);
  }
}
