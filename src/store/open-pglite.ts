import { PGlite } from "@electric-sql/pglite";
import { waitForFreeHandles } from "./free-handles.ts";
import { noteFinished, removeUnfinished } from "./unfinished-directory.ts";

/** Milliseconds to wait before the second, third … attempt on a browser's storage. */
const pauses = [50, 200, 1000] as const;
/** Milliseconds after which an attempt counts as failed. It may go on holding files, so there is none after it. */
const attemptLimit = 60_000;

export type PGliteOptions = {
  /** `opfs-ahp://name` in a worker, `idb://name` in a page, `memory://` or a folder in Node. */
  readonly dataDir: string;
  /**
   * Gives a dump of a data directory, as `PGlite.dumpDataDir` makes it, for a new one to begin with. Not asked for an
   * existing one, nor for `idb://`.
   */
  readonly template?: (() => Promise<Blob | undefined>) | undefined;
  readonly signal?: AbortSignal | undefined;
};

const ofFileSystem = "opfs-ahp://";
/** Files that a new cluster and its first tables need. PGlite would make 1,000 and remove what is left over. */
const filesOfCluster = 600;

/** An attempt that did not end. */
class TooSlowError extends Error {}

/**
 * Opens PGlite on a data directory. On a browser's storage an open soon after a worker was killed can fail, so it is
 * tried again. What an open that was killed left half made is removed first. Rejects with the last failure, or with
 * the signal's reason. About 0.4 s for an existing directory, 4 s for a new one, 0.6 s from a template.
 */
export async function openPGlite({ dataDir, template, signal }: PGliteOptions): Promise<PGlite> {
  if (!isOfFileSystem(dataDir)) {
    const isNew = dataDir.startsWith("memory://");
    return openWithRetries(dataDir, isNew ? await template?.() : undefined, signal);
  }
  await waitForFreeHandles(dataDir, signal);
  const isNew = !(await removeUnfinished(dataDir));
  const opened = await openWithRetries(dataDir, isNew ? await template?.() : undefined, signal);
  await noteFinished(dataDir);
  return opened;
}

async function openWithRetries(
  dataDir: string,
  template: Blob | undefined,
  signal: AbortSignal | undefined,
): Promise<PGlite> {
  for (const pause of isOfBrowser(dataDir) ? pauses : []) {
    signal?.throwIfAborted();
    const opened = await attempt(dataDir, template).catch(unlessTooSlow);
    if (opened !== undefined) return opened;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  signal?.throwIfAborted();
  return attempt(dataDir, template);
}

/** Whether the data directory is in the browser's own file system. */
function isOfFileSystem(dataDir: string): boolean {
  return dataDir.startsWith(ofFileSystem);
}

/** Whether the data directory is in storage that a browser's tabs and workers share. */
export function isOfBrowser(dataDir: string): boolean {
  return isOfFileSystem(dataDir) || dataDir.startsWith("idb://");
}

async function attempt(dataDir: string, template: Blob | undefined): Promise<PGlite> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooSlowError(`no answer in ${attemptLimit / 1000} s`)), attemptLimit);
  });
  try {
    return await Promise.race([create(dataDir, template), late]);
  } finally {
    clearTimeout(timer);
  }
}

async function create(dataDir: string, template: Blob | undefined): Promise<PGlite> {
  if (template === undefined) return PGlite.create({ dataDir });
  if (!isOfFileSystem(dataDir)) return PGlite.create({ dataDir, loadDataDir: template });
  const { OpfsAhpFS } = await import("@electric-sql/pglite/opfs-ahp");
  const fs = new OpfsAhpFS(dataDir.slice(ofFileSystem.length), { initialPoolSize: filesOfCluster });
  return PGlite.create({ fs, loadDataDir: template });
}

function unlessTooSlow(error: unknown): undefined {
  if (error instanceof TooSlowError) throw error;
}
