import type { ProjectPath } from "../base/project-path.ts";
import type { IntakeEntry } from "./source.ts";

/** The files of a folder by path, as they were at one time. */
export type Listing = ReadonlyMap<ProjectPath, IntakeEntry>;

/** What an intake says of the folder: all of it, or how it differs from the listing before. */
export type ListingChange = {
  /** What the answer to the intake before called its listing; `null` when `entries` are all there are. */
  readonly base: string | null;
  /** Files that are new or of another size, modification time or place of their bytes. */
  readonly entries: readonly IntakeEntry[];
  readonly removed: readonly ProjectPath[];
};

/** How `entries`, all there are, differ from `last`. Most of a folder stays, and a `File` is slow to send. */
export function changeBetween(last: Listing, entries: readonly IntakeEntry[]): Omit<ListingChange, "base"> {
  const listed = new Set(entries.map(({ path }) => path));
  return {
    entries: entries.filter((entry) => !isSameEntry(entry, last.get(entry.path))),
    removed: [...last.keys()].filter((path) => !listed.has(path)),
  };
}

function isSameEntry(entry: IntakeEntry, known: IntakeEntry | undefined): boolean {
  if (known === undefined || known.size !== entry.size || known.modified !== entry.modified) return false;
  if (entry.bytes.type === "file") return known.bytes.type === "file";
  return known.bytes.type === "artifact" && known.bytes.hash === entry.bytes.hash;
}
