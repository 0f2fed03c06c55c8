import { PGlite } from "@electric-sql/pglite";

/** Milliseconds to wait before the second, third … attempt. */
const pauses = [50, 150, 400, 1000, 2000] as const;
/** Milliseconds after which an attempt counts as failed: a handle that the last worker still holds can hang it. */
const attemptLimit = 30_000;

/**
 * Opens PGlite on a data directory. An open soon after a worker was killed can fail while the browser still frees the
 * dead worker's file handles (1 of 40 did), so it is tried again. Rejects with the last failure, or with the signal's
 * reason. About 0.4 s for an existing directory, 2 s for a new one.
 */
export async function openPGlite(dataDir: string, signal: AbortSignal | undefined): Promise<PGlite> {
  for (const pause of pauses) {
    signal?.throwIfAborted();
    const opened = await attempt(dataDir).catch(() => undefined);
    if (opened !== undefined) return opened;
    await sleep(pause);
  }
  signal?.throwIfAborted();
  return attempt(dataDir);
}

async function attempt(dataDir: string): Promise<PGlite> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Opening ${dataDir} took too long`)), attemptLimit);
  });
  try {
    return await Promise.race([PGlite.create({ dataDir }), late]);
  } finally {
    clearTimeout(timer);
  }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
