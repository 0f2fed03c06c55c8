import { compareNames } from "../base/byte-order.ts";
import { folderOf, parseProjectPath, type ProjectPath } from "../base/project-path.ts";
import type { IntakeEntry } from "../model/source.ts";
import { folderOfHandle, leafOfHandle } from "./folder-tree.ts";
import type { FolderChange } from "./gathered-changes.ts";
import type { IgnoreRules } from "./ignore-rules.ts";
import { folderGone } from "./intake-fault.ts";
import { openEntry, openFiles, type Listing } from "./intake.ts";
import { walkFolder, type Walk, type WalkOptions } from "./walk-folder.ts";

/** More changed files than this are looked for by listing the whole folder. */
const fewFiles = 200;

/**
 * A folder behind a handle, with its last listing, so that a few changed files cost a few files. The listing is the
 * same as a whole new one would be, as long as the changes that it is told of are all there are.
 */
export class FolderSource {
  readonly handle: FileSystemDirectoryHandle;
  /** Milliseconds that the last whole listing took. */
  listedIn = 0;
  #last: LastListing | undefined;

  constructor(handle: FileSystemDirectoryHandle) {
    this.handle = handle;
  }

  /** Lists the folder anew. Rejects with an `IntakeFault` when it cannot be read at all. */
  async list(options: WalkOptions = {}): Promise<Listing> {
    const start = performance.now();
    // The rules may be others now: until they are known, every change concerns the listing.
    this.#last = undefined;
    const walk = await walkFolder(folderOfHandle(this.handle), options).catch((error: unknown) => {
      options.signal?.throwIfAborted();
      throw folderGone(this.handle.name, error);
    });
    const listing = await openFiles(walk, options);
    this.listedIn = performance.now() - start;
    this.#last = { listing, rules: walk.rules, namesOnDisk: walk.namesOnDisk };
    return listing;
  }

  /** Whether `change` is of more than what the rules of the last listing leave out. */
  concerns(change: FolderChange): boolean {
    const rules = this.#last?.rules;
    return rules === undefined || change === null || !change.every((raw) => isLeftOut(rules, raw));
  }

  /** Lists the folder after `change`. Falls back to a whole listing when the change is too much or not clear. */
  async listAfter(change: FolderChange, options: WalkOptions = {}): Promise<Listing> {
    const last = this.#last;
    const changed = last && change && clearlyChanged(last, change);
    if (last === undefined || !changed) return this.list(options);
    if (changed.length === 0) return last.listing;
    const fresh = await Promise.all(changed.map((file) => this.#entryOf(file)));
    const entries = new Map<string, IntakeEntry>(last.listing.entries.map((entry) => [entry.path, entry]));
    // Of a folder that was moved away the watch tells one name, and not of what kind it was.
    const wasFolder = (folder: string) =>
      !entries.has(folder) && [...entries.keys()].some((path) => path.startsWith(`${folder}/`));
    if (fresh.includes("unclear") || changed.some(({ path }) => wasFolder(path))) return this.list(options);
    changed.forEach(({ path }, i) => {
      const entry = fresh[i];
      if (typeof entry === "object") entries.set(path, entry);
      else entries.delete(path);
    });
    const ordered = [...entries.values()].sort((a, b) => compareNames(a.path, b.path));
    const listing = { entries: ordered, problems: [] };
    this.#last = { ...last, listing };
    return listing;
  }

  async #entryOf({ path, raw }: ChangedFile): Promise<IntakeEntry | "gone" | "unclear"> {
    try {
      const parts = raw.split("/");
      const name = parts.pop() ?? "";
      let folder = this.handle;
      for (const part of parts) folder = await folder.getDirectoryHandle(part);
      const entry = await openEntry({ path, leaf: leafOfHandle(await folder.getFileHandle(name)) });
      return "bytes" in entry ? entry : "unclear";
    } catch (error) {
      return error instanceof DOMException && error.name === "NotFoundError" ? "gone" : "unclear";
    }
  }
}

type LastListing = { readonly listing: Listing; readonly rules: IgnoreRules } & Pick<Walk, "namesOnDisk">;

/** `raw` is the file's name on disk, which asks for its handle; it may differ from the path in its Unicode form. */
type ChangedFile = { readonly path: ProjectPath; readonly raw: string };

/** The project's own files in `change`, or `undefined` where only a whole listing can tell what it means. */
function clearlyChanged(last: LastListing, change: readonly string[]): readonly ChangedFile[] | undefined {
  // A problem may be gone now, and only a whole listing tells.
  if (last.listing.problems.length > 0) return undefined;
  const files: ChangedFile[] = [];
  for (const raw of change) {
    if (isLeftOut(last.rules, raw)) continue;
    const path = parseProjectPath(raw);
    if (path === undefined || setsRules(path)) return undefined;
    // A folder, or another name for the same path: a rename, or a second file, of which a listing takes one.
    if (raw !== (last.namesOnDisk.get(path) ?? path)) return undefined;
    files.push({ path, raw });
  }
  return files.length > fewFiles ? undefined : files;
}

function setsRules(path: string): boolean {
  return (
    path === "strata.yaml" || path === "strata.yml" || path === ".gitignore" || path.endsWith("/.gitignore")
  );
}

/** Whether what changed is left out by the rules, so that no listing would be another. */
function isLeftOut(rules: IgnoreRules, raw: string): boolean {
  const isFolder = raw.endsWith("/");
  const name = isFolder ? raw.slice(0, -1) : raw;
  // The matcher throws on such a name.
  if (parseProjectPath(name) !== name.normalize("NFC")) return false;
  for (let folder = isFolder ? name : folderOf(name); folder !== ""; folder = folderOf(folder)) {
    if (rules.ignoresFolder(folder)) return true;
  }
  return !isFolder && !setsRules(name) && rules.ignoresFile(name);
}
