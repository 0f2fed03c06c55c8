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
  /** A dump of a data directory, as `PGlite.dumpDataDir` gives it, for a new one to begin with. */
  readonly template?: Blob | undefined;
  readonly signal?: AbortSignal | undefined;
};

/** An attempt that did not end. */
class TooSlowError extends Error {}

/**
 * Opens PGlite on a data directory. On a browser's storage an open soon after a worker was killed can fail, so it is
 * tried again. What an open that was killed left half made is removed first. Rejects with the last failure, or with
 * the signal's reason. About 0.5 s for an existing directory, 4 s for a new one, 0.6 s from a template.
 */
export async function openPGlite(options: PGliteOptions): Promise<PGlite> {
  const { dataDir, signal } = options;
  if (!isOfFileSystem(dataDir)) return openWithRetries(options);
  await waitForFreeHandles(dataDir, signal);
  await removeUnfinished(dataDir);
  const opened = await openWithRetries(options);
  await noteFinished(dataDir);
  return opened;
}

async function openWithRetries(options: PGliteOptions): Promise<PGlite> {
  const { signal } = options;
  for (const pause of isOfBrowser(options.dataDir) ? pauses : []) {
    signal?.throwIfAborted();
    const opened = await attempt(options).catch(unlessTooSlow);
    if (opened !== undefined) return opened;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  signal?.throwIfAborted();
  return attempt(options);
}

/** Whether the data directory is in the browser's own file system. */
function isOfFileSystem(dataDir: string): boolean {
  return dataDir.startsWith("opfs-ahp://");
}

/** Whether the data directory is in storage that a browser's tabs and workers share. */
export function isOfBrowser(dataDir: string): boolean {
  return isOfFileSystem(dataDir) || dataDir.startsWith("idb://");
}

async function attempt({ dataDir, template }: PGliteOptions): Promise<PGlite> {
  const from = template === undefined ? {} : { loadDataDir: template };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooSlowError(`no answer in ${attemptLimit / 1000} s`)), attemptLimit);
  });
  try {
    return await Promise.race([PGlite.create({ dataDir, ...from }), late]);
  } finally {
    clearTimeout(timer);
  }
}

function unlessTooSlow(error: unknown): undefined {
  if (error instanceof TooSlowError) throw error;
}
