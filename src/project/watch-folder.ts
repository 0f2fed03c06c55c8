import { GatheredChanges, type FolderChange } from "./gathered-changes.ts";

export type Watch = {
  /** Whether the browser reports changes by itself; else the folder is looked at again now and then. */
  readonly isLive: boolean;
  stop(): void;
};

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
