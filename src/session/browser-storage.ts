import type { StorageReport } from "./contract.ts";

/** What Chromium tells beside the sum: bytes by kind of store. */
type Estimate = StorageEstimate & { readonly usageDetails?: { readonly fileSystem?: number } };

/** What the browser says of the room that it gives. A page without a secure origin has no `navigator.storage`. */
export async function browserStorage(): Promise<StorageReport> {
  if (!("storage" in navigator)) return { usage: null, quota: null, isKept: false };
  const [estimate, isKept] = await Promise.all([navigator.storage.estimate(), navigator.storage.persisted()]);
  return { usage: await usageOf(estimate), quota: estimate.quota ?? null, isKept };
}

/**
 * Chromium counts the room that it holds ready for files that are being written, about a megabyte for each: a database
 * of hundreds of files would seem to take hundreds of megabytes. What the files hold is counted instead.
 */
async function usageOf({ usage, usageDetails }: Estimate): Promise<number | null> {
  const reserved = usageDetails?.fileSystem;
  if (usage === undefined || reserved === undefined) return usage ?? null;
  const held = await bytesIn(await navigator.storage.getDirectory());
  return usage - reserved + Math.min(held, reserved);
}

/** What files and folders hold; what goes while it is counted holds nothing. Cost: about 0.1 ms for each file. */
async function bytesIn(folder: FileSystemDirectoryHandle): Promise<number> {
  const sizes: Promise<number>[] = [];
  for await (const entry of folder.values())
    sizes.push(entry instanceof FileSystemFileHandle ? sizeOf(entry) : bytesIn(entry));
  const known = await Promise.all(sizes.map((size) => size.catch(() => 0)));
  return known.reduce((sum, size) => sum + size, 0);
}

async function sizeOf(file: FileSystemFileHandle): Promise<number> {
  return (await file.getFile()).size;
}

/** Asks the browser to keep what is stored, unless it does already. Some ask the person, so never without a cause. */
export async function keepStorage(): Promise<boolean> {
  if (!("storage" in navigator)) return false;
  return (await navigator.storage.persisted()) || (await navigator.storage.persist());
}
