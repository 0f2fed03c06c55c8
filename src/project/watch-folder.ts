import type { FileSystemChangeRecord } from "./file-system-observer.ts";

/** What a watch saw: the raw paths of the files that may have changed, or `null` when only a new listing can tell. */
export type FolderChange = readonly string[] | null;

export type Watch = {
  /** Whether the browser reports changes by itself; else the folder is looked at again now and then. */
  readonly isLive: boolean;
  stop(): void;
};

/** Milliseconds in which changes are gathered, for editors save in several steps. */
const gather = 40;
/** Milliseconds between looks at a folder that the browser does not watch, while the page is visible. */
const lookEvery = 4_000;

/**
 * Calls back after changes in a folder, through the browser's observer where there is one; else when the page becomes
 * visible or focused, and every few seconds while it is visible and `isCheap()`. Changes of the folder's own ignored
 * files are reported too; whoever lists decides.
 */
export async function watchFolder(
  handle: FileSystemDirectoryHandle,
  onChange: (change: FolderChange) => void,
  isCheap: () => boolean,
): Promise<Watch> {
  const observed = await observe(handle, onChange);
  return observed ?? lookNowAndThen(() => onChange(null), isCheap);
}

async function observe(
  handle: FileSystemDirectoryHandle,
  onChange: (change: FolderChange) => void,
): Promise<Watch | undefined> {
  const Observer = globalThis.FileSystemObserver;
  if (Observer === undefined) return undefined;
  const gathered = new GatheredChanges(onChange);
  const observer = new Observer((records) => gathered.add(records));
  try {
    await observer.observe(handle, { recursive: true });
  } catch {
    return undefined;
  }
  return {
    isLive: true,
    stop: () => {
      observer.disconnect();
      gathered.stop();
    },
  };
}

/** Changes on their way to the callback, which hears of them once things have been quiet for a moment. */
class GatheredChanges {
  readonly #onChange: (change: FolderChange) => void;
  #paths: Set<string> | null = new Set();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(onChange: (change: FolderChange) => void) {
    this.#onChange = onChange;
  }

  add(records: readonly FileSystemChangeRecord[]): void {
    for (const record of records) this.#addOne(record);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tell(), gather);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #addOne({
    type,
    changedHandle,
    relativePathComponents,
    relativePathMovedFrom,
  }: FileSystemChangeRecord): void {
    const isOfFile = changedHandle === null ? type === "disappeared" : changedHandle.kind === "file";
    const isKnown = type === "appeared" || type === "disappeared" || type === "modified" || type === "moved";
    if (!isOfFile || !isKnown) this.#paths = null;
    this.#paths?.add(relativePathComponents.join("/"));
    if (relativePathMovedFrom) this.#paths?.add(relativePathMovedFrom.join("/"));
  }

  #tell(): void {
    const paths = this.#paths;
    this.#paths = new Set();
    this.#onChange(paths === null ? null : [...paths]);
  }
}

function lookNowAndThen(look: () => void, isCheap: () => boolean): Watch {
  const lookIfVisible = () => {
    if (document.visibilityState === "visible") look();
  };
  const timer = setInterval(() => {
    if (isCheap()) lookIfVisible();
  }, lookEvery);
  addEventListener("focus", lookIfVisible);
  document.addEventListener("visibilitychange", lookIfVisible);
  return {
    isLive: false,
    stop: () => {
      clearInterval(timer);
      removeEventListener("focus", lookIfVisible);
      document.removeEventListener("visibilitychange", lookIfVisible);
    },
  };
}
