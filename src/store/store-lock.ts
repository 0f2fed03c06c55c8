import { isOfBrowser } from "./open-pglite.ts";

/** Gives back what was locked. */
export type Release = () => void;

/**
 * Waits until no other tab or worker has the data directory open. Without Web Locks (Node), and for a database in
 * memory, there is nothing to wait for. Rejects when the signal aborts while it waits.
 */
export async function lockDataDir(dataDir: string, signal: AbortSignal | undefined): Promise<Release> {
  if (!isOfBrowser(dataDir) || typeof navigator === "undefined" || !("locks" in navigator))
    return () => undefined;
  return new Promise<Release>((resolve, reject) => {
    const held = () => new Promise<void>((release) => resolve(() => release()));
    navigator.locks.request(`strata-store ${dataDir}`, signal ? { signal } : {}, held).catch(reject);
  });
}
