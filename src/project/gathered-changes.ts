import type { FileSystemChangeRecord } from "./file-system-observer.ts";

/**
 * What a watch saw: the raw paths of the files that may have changed, and of folders with a `/` at their end; or `null`
 * when only a new listing can tell.
 */
export type FolderChange = readonly string[] | null;

/** Milliseconds of quiet after which changes are told, for editors save in several steps. */
const quietFor = 40;
/** Milliseconds after which a change is told even where something in the folder never stops writing. */
const toldWithin = 500;

/** Changes on their way to the callback, which hears of them once things have been quiet for a moment. */
export class GatheredChanges {
  readonly #onChange: (change: FolderChange) => void;
  #paths: Set<string> | null = new Set();
  #quiet: ReturnType<typeof setTimeout> | undefined;
  #latest: ReturnType<typeof setTimeout> | undefined;

  constructor(onChange: (change: FolderChange) => void) {
    this.#onChange = onChange;
  }

  add(records: readonly FileSystemChangeRecord[]): void {
    for (const record of records) this.#addOne(record);
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => this.#tell(), quietFor);
    this.#latest ??= setTimeout(() => this.#tell(), toldWithin);
  }

  stop(): void {
    clearTimeout(this.#quiet);
    clearTimeout(this.#latest);
    this.#latest = undefined;
  }

  #addOne({
    type,
    changedHandle,
    relativePathComponents,
    relativePathMovedFrom,
  }: FileSystemChangeRecord): void {
    const isKnown = type === "appeared" || type === "disappeared" || type === "modified" || type === "moved";
    // What disappeared has no handle that tells its kind.
    if (!isKnown || (changedHandle === null && type !== "disappeared")) this.#paths = null;
    const end = changedHandle?.kind === "directory" ? "/" : "";
    this.#paths?.add(relativePathComponents.join("/") + end);
    if (relativePathMovedFrom) this.#paths?.add(relativePathMovedFrom.join("/") + end);
  }

  #tell(): void {
    this.stop();
    const paths = this.#paths;
    this.#paths = new Set();
    this.#onChange(paths === null ? null : [...paths]);
  }
}
